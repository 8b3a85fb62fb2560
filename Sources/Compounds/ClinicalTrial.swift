/// A clinical trial, or the part of one that tested one set of drugs.
public struct ClinicalTrial: Hashable, Sendable {
  /// How far it had come when it was cited.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// Results are stated.
    case reported
    /// No results yet.
    case underway = "under way"
    /// Ended before its time.
    case stopped
  }

  /// The registry's number: `NCT02343042`.
  public var id: String
  /// Every drug that was given, by its preferred name: the set that was tried, not a pair.
  public var drugs: [String]
  /// The regimen's name: `R-CHOP`; what was given besides `drugs` where the source does not name the drugs.
  public var regimen: String?
  /// The disease.
  public var indication: String
  /// Phase and size, in words.
  public var design: String?
  /// How far it had come.
  public var status: Status
  /// What was seen; `nil` while nothing was reported.
  public var seen: String?
  /// Where it is stated.
  public var citation: String
}
