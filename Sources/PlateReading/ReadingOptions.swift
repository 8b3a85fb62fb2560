/// How responses are stated in the files.
public struct ReadingOptions: Sendable, Hashable {
  /// What a response value means.
  public enum Response: String, Sendable, CaseIterable {
    /// Found out from the column's name, the untreated controls and the range of the values; asked about when these disagree.
    case auto
    /// % inhibition.
    case inhibition
    /// % viability (100 = untreated).
    case viability
    /// Viability as a fraction (1 = untreated).
    case viabilityFraction = "viability-fraction"
    /// Inhibition as a fraction (1 = full kill).
    case inhibitionFraction = "inhibition-fraction"
  }

  /// What a response value means. Default: auto.
  public var response: Response = .auto

  /// The defaults.
  public init() {}
}
