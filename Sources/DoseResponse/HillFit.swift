/// A fitted Hill curve and how good it is.
public struct HillFit: Sendable, Hashable {
  /// What the fit is worth.
  public enum Status: String, Sendable {
    /// The global minimum, inside the bounds.
    case converged
    /// The global minimum within the bounds lies on one of them: h or EC50 (or E0, Emax) is a limit, not an estimate.
    case atBound = "at_bound"
    /// The data do not depend on dose: E0 = Emax, and neither h nor EC50 means anything.
    case flat
    /// Fewer distinct doses than parameters: many curves fit equally well and this is one of them. Its values at the
    /// tested doses are sound, its parameters are not.
    case underdetermined
    /// Nothing to fit.
    case noData = "no_data"
  }

  /// The curve; all NaN when the status is `noData`.
  public var curve: HillCurve
  /// Σ w (y − f)² over the points.
  public var rss: Double
  /// 1 − RSS / Σ w (y − ȳ)²; NaN when the responses are all the same. May be below 0 when E0 is fixed.
  public var r2: Double
  /// Number of points (distinct doses with a measured response).
  public var points: Int
  /// What the fit is worth.
  public var status: Status

  /// Makes a fit.
  public init(curve: HillCurve, rss: Double, r2: Double, points: Int, status: Status) {
    self.curve = curve
    self.rss = rss
    self.r2 = r2
    self.points = points
    self.status = status
  }

  /// An Emax beyond these, % inhibition, is one that the data do not bound: the curve has not bent at the highest dose.
  public static let boundedEmax = -200.0...300.0

  /// Emax where the data bound it; `nil` where the curve within the tested doses is all that is known.
  public var emax: Double? { Self.boundedEmax.contains(curve.emax) ? curve.emax : nil }

  /// Whether h and EC50 are estimates that a dose may be read from.
  public var isIdentified: Bool { status == .converged || status == .atBound }
}
