/// A nonlinear least-squares problem: minimise Σ wᵢ rᵢ(x)² over lower ≤ x ≤ upper.
///
/// For a curve f through observations y, rᵢ = f(tᵢ; x) − yᵢ, and the Jacobian is that of f.
///
/// ```swift
/// let problem = NonlinearProblem(residualCount: t.count, parameterCount: 2) { x, r in
///   for i in t.indices { r[i] = x[0] * exp(-x[1] * t[i]) - y[i] }
/// }
/// ```
public struct NonlinearProblem {
  /// Writes the residuals at `parameters` into `residuals`, every one of them. NaN and infinite values say "not here":
  /// the step is refused. The array comes filled with NaN.
  public typealias Residuals = (_ parameters: [Double], _ residuals: inout [Double]) -> Void

  /// Writes ∂rᵢ/∂xⱼ at `parameters` into `jacobian[i, j]`, every one of them: the matrix is m × n and comes filled
  /// with NaN, so that one left out shows as a Jacobian that is not finite.
  public typealias Jacobian = (_ parameters: [Double], _ jacobian: inout Matrix) -> Void

  /// Number of residuals m, ≥ 1.
  public var residualCount: Int
  /// Number of parameters n, ≥ 1.
  public var parameterCount: Int
  /// The residual function.
  public var residuals: Residuals
  /// The analytic Jacobian, or `nil` to take differences of the residuals (``LevenbergMarquardt/Options/differences``).
  public var jacobian: Jacobian?
  /// m weights ≥ 0, in the unit of 1/r² when they are reciprocal variances; `nil` for all 1. A residual of weight 0 is
  /// not counted in the degrees of freedom.
  public var weights: [Double]?
  /// The box the parameters stay in; `nil` for all of space. The residual function is never called outside it.
  public var bounds: Bounds?

  /// A problem from its parts; sizes are checked when it is solved.
  public init(
    residualCount: Int, parameterCount: Int, weights: [Double]? = nil, bounds: Bounds? = nil,
    jacobian: Jacobian? = nil, residuals: @escaping Residuals
  ) {
    self.residualCount = residualCount
    self.parameterCount = parameterCount
    self.weights = weights
    self.bounds = bounds
    self.jacobian = jacobian
    self.residuals = residuals
  }
}

/// A box: lower[j] ≤ x[j] ≤ upper[j]. Infinite bounds are no bounds; equal bounds fix the parameter.
public struct Bounds: Sendable, Equatable {
  /// The lower bounds, in the parameters' units; −∞ for none.
  public var lower: [Double]
  /// The upper bounds, in the parameters' units; +∞ for none.
  public var upper: [Double]

  /// A box from its lower and upper corner; checked when a problem is solved.
  public init(lower: [Double], upper: [Double]) {
    self.lower = lower
    self.upper = upper
  }

  /// All of space in `count` dimensions.
  public static func none(_ count: Int) -> Bounds {
    Bounds(
      lower: [Double](repeating: -.infinity, count: count), upper: [Double](repeating: .infinity, count: count))
  }

  /// The point of the box nearest to `point`.
  func projection(of point: [Double]) -> [Double] {
    point.indices.map { min(max(point[$0], lower[$0]), upper[$0]) }
  }

  func validate(count: Int) throws(LeastSquaresError) {
    guard lower.count == count else {
      throw .dimensionMismatch("lower bounds", expected: count, found: lower.count)
    }
    guard upper.count == count else {
      throw .dimensionMismatch("upper bounds", expected: count, found: upper.count)
    }
    for j in 0..<count where !(lower[j] <= upper[j] && lower[j] < .infinity && upper[j] > -.infinity) {
      throw .invalidBounds(index: j, lower: lower[j], upper: upper[j])
    }
  }
}
