import Foundation
import LeastSquares
import Statistics

/// What the combination cells of a block say of one null: one F test of all of them, and a call for each.
///
/// Van der Borght et al. (2017) Sci. Rep. 7, 17935. R holds each cell's mean response less the null's prediction;
/// under the null its covariance is A = σ² (CP + diag(1/replicates)), σ² that of the marginals' residuals and σ² CP
/// that of the predictions.
/// - meanR: F = Rᵀ A⁻¹ R / n₁ with n₁ cells and the marginals' degrees of freedom.
/// - maxR: the elements of A^−½ R, A^−½ the symmetric root, against the quantile of the largest of n₁ independent |t|.
public struct BIGLTest: Sendable {
  /// What is said of a cell.
  public enum Call: String, Sendable, CaseIterable {
    /// Further from the baseline than the null allows.
    case synergistic
    /// Nearer to the baseline than the null allows.
    case antagonistic
    /// Within what noise explains.
    case additive
    /// Off the null, where one drug raises the response and the other lowers it: neither word has a meaning.
    case undefined
  }

  /// The null.
  public var null: BIGLNull
  /// The cells that were compared: every measured combination cell.
  public var cells: [Int]
  /// What the null expects in each of `cells`, response units.
  public var predictions: [Double]
  /// meanR: F.
  public var f: Double
  /// Degrees of freedom of numerator and denominator.
  public var degrees: (Double, Double)
  /// P(F ≥ f) under the null: by resampling where that was asked for, else from the F distribution.
  public var p: Double
  /// maxR: R^T A^−½ for each of `cells`, without unit.
  public var studentized: [Double]
  /// The least |maxR| that is called.
  public var cutoff: Double
  /// The call of each of `cells`.
  public var calls: [Call]

  /// Makes a test of its parts.
  public init(
    null: BIGLNull, cells: [Int], predictions: [Double], f: Double, degrees: (Double, Double), p: Double,
    studentized: [Double], cutoff: Double, calls: [Call]
  ) {
    self.null = null
    self.cells = cells
    self.predictions = predictions
    self.f = f
    self.degrees = degrees
    self.p = p
    self.studentized = studentized
    self.cutoff = cutoff
    self.calls = calls
  }

  /// The call of the cell whose maxR is largest.
  public var call: Call {
    studentized.indices.max { abs(studentized[$0]) < abs(studentized[$1]) }.map { calls[$0] } ?? .additive
  }
}

/// The square root of A⁻¹ without σ², from the eigenvectors of CP + diag(1/replicates).
struct BIGLRoot {
  private let spread: SingularValues

  init(covariance: Matrix, replicates: [Int]) throws(LeastSquaresError) {
    var a = covariance
    for (place, count) in replicates.enumerated() { a[place, place] += 1 / Double(count) }
    spread = try SingularValues(a)
  }

  /// The components of R along the eigenvectors, each over its standard deviation in units of σ.
  private func whitened(_ differences: [Double]) throws(LeastSquaresError) -> [Double] {
    let components = try BLAS.multiply(spread.left, transposeA: true, Matrix(column: differences))
    return zip(components.elements, spread.values).map { $0 / $1.squareRoot() }
  }

  /// F of differences R from the null, at noise σ.
  func f(_ differences: [Double], sigma: Double) throws(LeastSquaresError) -> Double {
    try whitened(differences).reduce(0) { $0 + $1 * $1 } / (Double(differences.count) * sigma * sigma)
  }

  /// A^−½ R at noise σ.
  func studentized(_ differences: [Double], sigma: Double) throws(LeastSquaresError) -> [Double] {
    try BLAS.multiply(spread.left, Matrix(column: whitened(differences))).elements.map { $0 / sigma }
  }
}

extension BIGLTest {
  /// Tests a null.
  ///
  /// - Parameters:
  ///   - cells: The cells, their doses > 0, wells and mean responses.
  ///   - covariance: CP.
  init(
    _ null: BIGLNull, cells: BIGLCells, refits: BIGLRefits, covariance: Matrix, options: BIGLOptions
  ) throws(LeastSquaresError) {
    let marginals = refits.marginals
    let root = try BIGLRoot(covariance: covariance, replicates: cells.replicates)
    self.null = null
    self.cells = cells.cells
    predictions = null.predictions(marginals, at: cells.doses)
    let differences = zip(cells.means, predictions).map { $0 - $1 }
    let count = Double(differences.count)
    f = try root.f(differences, sigma: marginals.sigma)
    degrees = (count, Double(marginals.degrees))
    p = FisherF.upper(f, degrees.0, degrees.1)
    if options.resamples > 0 {
      p = try Self.resampledP(
        f, null: null, predictions: predictions, cells: cells, refits: refits, root: root, count: options.resamples)
    }
    studentized = try root.studentized(differences, sigma: marginals.sigma)
    // P(max |t| ≤ c) over n₁ independent cells is P(|t| ≤ c)ⁿ¹.
    let level = -expm1(log1p(-options.cellSignificance) / count)
    let cutoff = StudentT.critical(level, degrees: degrees.1)
    self.cutoff = cutoff
    let towards = marginals.runsOneWay ? (marginals.movesUp(at: cells.highest) ? 1.0 : -1.0) : 0
    calls = studentized.map { value in
      guard abs(value) > cutoff else { return .additive }
      guard towards != 0 else { return .undefined }
      return value * towards > 0 ? .synergistic : .antagonistic
    }
  }

  /// P(F ≥ f) over blocks made under the null: the null's predictions and the fitted marginals plus resampled errors,
  /// refitted; CP stays. (1 + hits)/(1 + count), after Davison & Hinkley (1997) Bootstrap Methods, §4.2.
  private static func resampledP(
    _ f: Double, null: BIGLNull, predictions: [Double], cells: BIGLCells, refits: BIGLRefits, root: BIGLRoot, count: Int
  ) throws(LeastSquaresError) -> Double {
    let wells = cells.replicates.reduce(0, +)
    var hits = 0
    for copy in 0..<count {
      let (marginals, noise) = try refits.draw(stage: .null, copy: copy, more: wells)
      let expected = null.predictions(marginals, at: cells.doses)
      var next = 0
      var differences: [Double] = []
      for (place, replicates) in cells.replicates.enumerated() {
        let mean = noise[next..<next + replicates].reduce(0, +) / Double(replicates)
        next += replicates
        differences.append(predictions[place] + mean - expected[place])
      }
      if try root.f(differences, sigma: marginals.sigma) >= f { hits += 1 }
    }
    return Double(1 + hits) / Double(1 + count)
  }
}
