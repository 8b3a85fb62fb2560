/// How the noise of a simulated well depends on its true inhibition.
public struct WellNoise: Sendable, Hashable {
  /// Standard deviation where nothing dies, percentage points.
  public var sdAt0: Double
  /// Standard deviation where everything dies, percentage points; in between it runs straight.
  public var sdAt100: Double

  /// Makes noise.
  public init(sdAt0: Double, sdAt100: Double) {
    self.sdAt0 = sdAt0
    self.sdAt100 = sdAt100
  }

  /// The same noise everywhere.
  public static func constant(_ sd: Double) -> WellNoise { .init(sdAt0: sd, sdAt100: sd) }

  /// Standard deviation at a true inhibition, %.
  public func sd(at inhibition: Double) -> Double {
    sdAt0 + (sdAt100 - sdAt0) * min(max(inhibition / 100, 0), 1)
  }
}
