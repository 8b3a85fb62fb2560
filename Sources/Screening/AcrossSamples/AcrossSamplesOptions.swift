import Synergy

/// The choices of the analysis over samples, each with its default.
public struct AcrossSamplesOptions: Sendable, Hashable, Codable {
  /// The model whose scores order the map of samples and stand first; `nil`: Bliss where it was scored, since its
  /// reference needs no fit that may fail in one sample and not in another, else the first model. Default: `nil`.
  public var primary: NullModel?
  /// Permutations for the p value of an association; all arrangements are gone through where there are no more than
  /// that. Default: 9,999.
  public var permutations: Int = 9999
  /// Seed of the permutations. Default: 1.
  public var seed: UInt64 = 1
  /// The least samples of a level; a rarer level is left out of a test, which says so. Default: 3.
  public var minimumPerLevel: Int = 3
  /// The least samples of a test. Default: 6.
  public var minimumSamples: Int = 6
  /// The most levels of an annotation in words; one with more is left out. Default: 10.
  public var mostLevels: Int = 10
  /// The most combinations whose rows are put in order by clustering; with more they stay as ranked. Default: 2,000.
  public var mostClustered: Int = 2000

  /// The defaults.
  public init() {}

  /// The model that stands first among those that were scored; `nil` when there is none.
  public func primary(of models: [NullModel]) -> NullModel? {
    if let primary, models.contains(primary) { return primary }
    return models.contains(.bliss) ? .bliss : models.first
  }
}
