import DoseResponse
import LeastSquares

/// The two marginal curves of a block, fitted together with one baseline.
///
/// Van der Borght et al. (2017) Sci. Rep. 7, 17935: fⱼ(d) = b + (mⱼ − b) / (1 + (EC50ⱼ/d)^hⱼ).
public struct BIGLMarginals: Sendable, Equatable {
  /// The first drug's curve; its E0 is the baseline b.
  public var first: HillCurve
  /// The second drug's curve; its E0 is the baseline b.
  public var second: HillCurve
  /// Residual sum of squares over all on-axis wells, response units squared.
  public var rss: Double
  /// On-axis wells less the seven parameters.
  public var degrees: Int
  /// Covariance of (b, m₁, m₂, h₁, h₂, ln EC50₁, ln EC50₂), linearised; 0 for a parameter at its bound. `nil` when the
  /// wells do not determine the parameters.
  public var covariance: Matrix?

  /// Makes marginals that share a baseline.
  public init(
    baseline: Double, asymptotes: (Double, Double), hills: (Double, Double), ec50s: (Double, Double), rss: Double,
    degrees: Int, covariance: Matrix? = nil
  ) {
    first = HillCurve(e0: baseline, emax: asymptotes.0, hill: hills.0, ec50: ec50s.0)
    second = HillCurve(e0: baseline, emax: asymptotes.1, hill: hills.1, ec50: ec50s.1)
    self.rss = rss
    self.degrees = degrees
    self.covariance = covariance
  }

  /// σ = √(RSS / degrees of freedom), response units; NaN without a degree of freedom.
  public var sigma: Double { degrees > 0 ? (rss / Double(degrees)).squareRoot() : .nan }

  /// Whether both curves rise, or both fall.
  public var runsOneWay: Bool { (first.emax - first.e0) * (second.emax - second.e0) >= 0 }

  /// Whether the curve that moves most up to the given doses rises.
  func movesUp(at highest: [Double]) -> Bool {
    let reach = zip([first, second], highest).map { $0.response(at: $1) - $0.e0 }
    return (reach.max { abs($0) < abs($1) } ?? 0) >= 0
  }

  /// The response in a well with at most one of the drugs.
  func response(of well: BIGLWell) -> Double { (well.drug == 0 ? first : second).response(at: well.dose) }
}

/// An on-axis well: one drug at a dose, or an untreated control (dose 0 of either).
struct BIGLWell: Sendable {
  var drug: Int
  var dose: Double
  var response: Double
}
