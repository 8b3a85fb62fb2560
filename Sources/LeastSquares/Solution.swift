/// Why a search stopped.
public enum StopReason: String, Sendable, Equatable, CaseIterable {
  /// The residuals are orthogonal to the columns of the Jacobian: ``LevenbergMarquardt/Options/gradientTolerance``, or
  /// no residual is left.
  case gradientSmall
  /// The next step would not change any parameter noticeably: ``LevenbergMarquardt/Options/stepTolerance``.
  case stepSmall
  /// The residual sum of squares no longer falls noticeably: ``LevenbergMarquardt/Options/rssTolerance``.
  case rssChangeSmall
  /// What is left to gain is below the rounding of the residual sum of squares, and another step does not bring the
  /// gradient nearer to zero.
  case precisionLimit
  /// ``LevenbergMarquardt/Options/maxIterations`` trials were made.
  case iterationLimit
  /// However short the step, the residual sum of squares does not fall: a Jacobian that is wrong, or a model with a
  /// jump.
  case noProgress
  /// The residuals are not finite at the start.
  case nonFiniteStart
  /// The Jacobian is not finite at the start.
  case nonFiniteJacobian

  /// Whether the parameters satisfy a test for a minimum.
  public var isConvergence: Bool {
    switch self {
    case .gradientSmall, .stepSmall, .rssChangeSmall, .precisionLimit: true
    case .iterationLimit, .noProgress, .nonFiniteStart, .nonFiniteJacobian: false
    }
  }
}

/// What a nonlinear search found, what it is worth, and what it cost.
public struct Solution: Sendable, Equatable {
  /// How a parameter stands to its bounds.
  public enum BoundState: Sendable, Equatable {
    /// Between the bounds, or on one that does not hold it back.
    case free
    /// On its lower bound; the sum would fall below it.
    case atLower
    /// On its upper bound; the sum would fall above it.
    case atUpper
    /// Its bounds are equal.
    case fixed
  }

  /// The parameters x, n of them, within the bounds.
  public let parameters: [Double]
  /// Weighted residual sum of squares Σ w r² at ``parameters``; NaN when the start was not finite.
  public let rss: Double
  /// Why the search stopped.
  public let reason: StopReason
  /// For each parameter how it stands to its bounds.
  public let boundStates: [BoundState]
  /// Residuals of positive weight.
  public let observations: Int
  /// Numerical rank of the Jacobian's free columns, scaled to length one.
  public let rank: Int
  /// (Jᵀ W J)⁻¹ from R⁻¹, n × n; rows and columns of parameters that are not free are 0. `nil` when the free
  /// columns are dependent or the Jacobian is not to be had.
  public let unscaledCovariance: Matrix?
  /// Trial steps, taken and refused.
  public let iterations: Int
  /// Calls of the residual function outside of differences.
  public let residualEvaluations: Int
  /// Jacobians, analytic or by differences.
  public let jacobianEvaluations: Int
  /// Calls of the residual function for differences.
  public let differenceEvaluations: Int
  /// max |Jⱼᵀr| / (‖Jⱼ‖ ‖r‖) over the free parameters at the end: 0 at a minimum.
  public let orthogonality: Double
  /// The last damping λ; near 0 when the end was Gauss–Newton's.
  public let damping: Double

  /// Whether the search ended at a minimum as far as its tests can tell.
  public var isConverged: Bool { reason.isConvergence }

  /// Indices of the parameters held by a bound.
  public var activeBounds: [Int] { boundStates.indices.filter { boundStates[$0] != .free } }

  /// Observations less free parameters; may be negative.
  public var degreesOfFreedom: Int { observations - (parameters.count - activeBounds.count) }

  /// √(RSS / degrees of freedom), in the unit of √w r; `nil` without a degree of freedom.
  public var residualStandardDeviation: Double? {
    degreesOfFreedom > 0 ? (rss / Double(degreesOfFreedom)).squareRoot() : nil
  }

  /// Covariance of the parameters, RSS / (m − n) (Jᵀ W J)⁻¹, as if the model were linear about the minimum; `nil`
  /// without rank or degrees of freedom.
  public var covariance: Matrix? {
    guard degreesOfFreedom > 0 else { return nil }
    return unscaledCovariance?.scaled(by: rss / Double(degreesOfFreedom))
  }

  /// Standard deviations of the parameters, in their units; 0 for those a bound holds; `nil` where ``covariance`` is.
  public var standardDeviations: [Double]? { covariance?.diagonal.map { $0.squareRoot() } }
}
