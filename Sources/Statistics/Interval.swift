/// A range of plausible values; an end is infinite where the data do not bound it.
public struct Interval: Sendable, Hashable {
  /// The lower end.
  public var low: Double
  /// The upper end.
  public var high: Double

  /// Makes an interval.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Whether the value lies in it.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
