import LeastSquares
import Statistics

/// Refits of the marginals to resampled on-axis wells: how uncertain a null's predictions are.
///
/// Each copy is the fitted marginals plus errors drawn with replacement (Van der Borght et al. 2017; Efron 1979 Ann.
/// Stat. 7, 1–26), refitted from the fit. Every null shares the copies. Draws are counter-based: they depend on the
/// seed, the block and their number only.
struct BIGLRefits {
  let fit: BIGLMarginalFit
  let marginals: BIGLMarginals
  private let fitted: [Double]
  private let errors: [Double]
  private let random: CounterRandom

  /// - Parameter errors: What is drawn from; `nil` for the residuals of the wells.
  init(_ fit: BIGLMarginalFit, marginals: BIGLMarginals, errors: [Double]?, random: CounterRandom) {
    self.fit = fit
    self.marginals = marginals
    self.random = random
    fitted = fit.wells.map(marginals.response)
    // Residuals are smaller than errors, since the curves follow them: Davison & Hinkley (1997) §6.2.3.
    let stretch = (Double(fit.wells.count) / Double(max(1, marginals.degrees))).squareRoot()
    self.errors = errors ?? zip(fit.wells, fitted).map { stretch * ($0.response - $1) }
  }

  /// The refit number `copy` of a stage, and `more` errors for wells off the axes.
  func draw(stage: Stage, copy: Int, more: Int = 0) throws(LeastSquaresError) -> (BIGLMarginals, [Double]) {
    let stream = UInt64(stage.rawValue) << 32 | UInt64(copy)
    func error(_ place: Int) -> Double {
      let word = random.word(stream: stream, index: UInt64(place)).0
      return errors[Int(word.multipliedFullWidth(by: UInt64(errors.count)).high)]
    }
    let responses = fitted.indices.map { fitted[$0] + error($0) }
    return (try fit.refit(responses, from: marginals), (0..<more).map { error(fitted.count + $0) })
  }

  /// What copies are for; each has its own random numbers.
  enum Stage: Int {
    /// The covariance of the predictions.
    case covariance = 1
    /// F under the null.
    case null = 2
  }

  /// The covariance of each null's predictions over `count` refits, in units of σ²: BIGL's CP.
  func covariances(
    _ nulls: [BIGLNull], at doses: [(Double, Double)], count: Int
  ) throws(LeastSquaresError) -> [Matrix] {
    var copies: [BIGLMarginals] = []
    for copy in 0..<count { copies.append(try draw(stage: .covariance, copy: copy).0) }
    var result: [Matrix] = []
    for null in nulls {
      var table = Matrix(rows: doses.count, columns: count)
      for (column, copy) in copies.enumerated() {
        for (row, value) in null.predictions(copy, at: doses).enumerated() { table[row, column] = value }
      }
      for row in 0..<doses.count {
        let mean = (0..<count).reduce(0) { $0 + table[row, $1] } / Double(count)
        for column in 0..<count { table[row, column] -= mean }
      }
      let scale = 1 / (Double(count - 1) * marginals.sigma * marginals.sigma)
      result.append(try BLAS.multiply(table, table, transposeB: true).scaled(by: scale))
    }
    return result
  }
}
