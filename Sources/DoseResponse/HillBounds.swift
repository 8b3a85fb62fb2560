/// Bounds of a Hill fit.
public struct HillBounds: Sendable, Hashable, Codable {
  /// Hill slope h. Default 0.1 … 20.
  public var hill: ClosedRange<Double> = 0.1...20
  /// How far EC50 may lie outside the tested doses above 0, as a factor: from lowest / factor to highest × factor.
  /// Default 10,000: a curve that is saturated at the lowest dose, or has not bent at the highest, is best described
  /// so.
  public var ec50Factor: Double = 10_000
  /// E0, in response units. Default: unbounded.
  public var e0: ClosedRange<Double>?
  /// Emax, in response units. Default: unbounded.
  public var emax: ClosedRange<Double>?

  /// The defaults.
  public init() {}
}
