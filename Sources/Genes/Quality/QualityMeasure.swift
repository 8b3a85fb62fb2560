/// A figure of the quality of a sample or a contrast.
public struct QualityMeasure: Sendable, Hashable {
  /// What it is about.
  public enum Subject: String, Sendable {
    case sample, replicates, contrast, vehicle
  }

  /// Whether it is as expected.
  public enum Verdict: String, Sendable {
    case pass, warn
    /// There is no bound.
    case none = ""
  }

  /// What it is about.
  public var subject: Subject
  /// Its name: a sample, a pair of samples, a contrast.
  public var name: String
  /// What was measured: `reads`, `zero_guides`.
  public var measure: String
  /// The figure.
  public var value: Double
  /// Its unit.
  public var unit: String
  /// What is expected, in words; empty where there is no bound.
  public var expected: String
  /// Whether it is as expected.
  public var verdict: Verdict
  /// What it means, and what to do where it is not as expected.
  public var meaning: String
}
