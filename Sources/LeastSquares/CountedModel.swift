/// The caller's problem, checked once: counts the calls, multiplies by √w, keeps to the box, and takes nothing that is
/// not finite.
struct CountedModel {
  /// A point where every residual is finite.
  struct Point {
    var x: [Double]
    /// √w r.
    var residuals: [Double]
    /// Σ w r².
    var rss: Double
  }

  let problem: NonlinearProblem
  let bounds: Bounds
  /// The start, moved into the box.
  let start: [Double]
  /// Residuals of positive weight.
  let observations: Int
  private let roots: [Double]?
  private(set) var residualEvaluations = 0
  private(set) var jacobianEvaluations = 0
  var quotient: DifferenceQuotient

  init(
    _ problem: NonlinearProblem, start: [Double], options: LevenbergMarquardt.Options
  ) throws(LeastSquaresError) {
    let n = problem.parameterCount
    guard problem.residualCount > 0, n > 0 else { throw .emptyProblem }
    guard start.count == n else { throw .dimensionMismatch("start", expected: n, found: start.count) }
    if let index = firstNonFinite(start) { throw .nonFinite("start", index: index) }
    bounds = problem.bounds ?? .none(n)
    try bounds.validate(count: n)
    roots = try squareRoots(ofWeights: problem.weights, count: problem.residualCount)
    observations = roots.map { $0.count { $0 > 0 } } ?? problem.residualCount
    self.problem = problem
    self.start = bounds.projection(of: start)
    let magnitudes = options.leastMagnitudes ?? start.map { $0 == 0 ? 1 : 1e-4 * abs($0) }
    quotient = DifferenceQuotient(
      method: options.differences, bounds: bounds, leastMagnitudes: magnitudes, residuals: problem.residuals)
  }

  /// The residuals at `x`; `nil` when one of them, or their sum of squares, is not finite.
  mutating func point(at x: [Double]) throws(LeastSquaresError) -> Point? {
    var residuals = [Double](repeating: .nan, count: problem.residualCount)
    problem.residuals(x, &residuals)
    residualEvaluations += 1
    guard residuals.count == problem.residualCount else {
      throw .dimensionMismatch("residuals", expected: problem.residualCount, found: residuals.count)
    }
    multiply(&residuals)
    let rss = residuals.reduce(0) { $0 + $1 * $1 }
    return rss.isFinite ? Point(x: x, residuals: residuals, rss: rss) : nil
  }

  /// The factored Jacobian at `point`; `nil` when it is not finite.
  mutating func linearize(_ point: Point) throws(LeastSquaresError) -> DampedSystem? {
    var jacobian = Matrix(rows: problem.residualCount, columns: problem.parameterCount, repeating: .nan)
    jacobianEvaluations += 1
    if let analytic = problem.jacobian {
      analytic(point.x, &jacobian)
      guard jacobian.rows == problem.residualCount, jacobian.columns == problem.parameterCount else {
        throw .dimensionMismatch(
          "elements of the Jacobian", expected: problem.residualCount * problem.parameterCount,
          found: jacobian.elements.count)
      }
      for j in 0..<jacobian.columns { multiplyColumn(j, of: &jacobian) }
    } else {
      // Differences of weighted residuals are the weighted Jacobian.
      quotient.evaluate(at: point.x, residuals: point.residuals, roots: roots, into: &jacobian)
    }
    guard firstNonFinite(jacobian.elements) == nil else { return nil }
    let system = try DampedSystem(jacobian: jacobian, residuals: point.residuals)
    return system.isUsable ? system : nil
  }

  /// How far each parameter may move down (≤ 0) and up (≥ 0).
  func room(about x: [Double]) -> (low: [Double], high: [Double]) {
    (zip(bounds.lower, x).map { $0 - $1 }, zip(bounds.upper, x).map { $0 - $1 })
  }

  /// x + p, on the bound to the last bit where `sides` says so.
  func move(_ x: [Double], by p: [Double], sides: [BoundedStep.Side]) -> [Double] {
    x.indices.map { j in
      switch sides[j] {
      case .low: bounds.lower[j]
      case .high: bounds.upper[j]
      case .free: min(max(x[j] + p[j], bounds.lower[j]), bounds.upper[j])
      }
    }
  }

  /// How each parameter stands to its bounds, by the sign of the gradient Jᵀr.
  func boundStates(at x: [Double], gradient: [Double]) -> [Solution.BoundState] {
    x.indices.map { j in
      if bounds.lower[j] == bounds.upper[j] { return .fixed }
      if x[j] == bounds.lower[j], gradient[j] > 0 { return .atLower }
      if x[j] == bounds.upper[j], gradient[j] < 0 { return .atUpper }
      return .free
    }
  }

  /// The result of a search that could not begin.
  func failed(_ reason: StopReason, at point: Point? = nil) -> Solution {
    let states = boundStates(at: start, gradient: start.map { _ in 0 })
    return Solution(
      parameters: start, rss: point?.rss ?? .nan, reason: reason, boundStates: states, observations: observations,
      rank: 0, unscaledCovariance: nil, iterations: 0, residualEvaluations: residualEvaluations,
      jacobianEvaluations: jacobianEvaluations, differenceEvaluations: quotient.evaluations, orthogonality: .nan,
      damping: .nan)
  }

  private func multiply(_ residuals: inout [Double]) {
    guard let roots else { return }
    // A residual of weight 0 takes no part, whatever its value.
    for i in roots.indices { residuals[i] = roots[i] == 0 ? 0 : residuals[i] * roots[i] }
  }

  private func multiplyColumn(_ j: Int, of jacobian: inout Matrix) {
    guard let roots else { return }
    for i in roots.indices { jacobian[i, j] = roots[i] == 0 ? 0 : jacobian[i, j] * roots[i] }
  }
}
