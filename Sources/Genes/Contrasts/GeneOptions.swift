import Statistics

/// How genes are scored.
public struct GeneOptions: Sendable, Hashable {
  /// Which statistics are made.
  public enum Method: String, Sendable, CaseIterable {
    /// Standardised fold changes, after drugZ.
    case z
    /// Ranks, after MAGeCK.
    case rra
    /// Both.
    case both

    /// Whether fold changes are scored.
    public var hasZ: Bool { self != .rra }
    /// Whether ranks are.
    public var hasRRA: Bool { self != .z }
  }

  /// Which statistics are made. Default: both.
  public var method = Method.both
  /// Whether z is drugZ's to the digit, its faults included. Default: no.
  public var isDrugZ = false
  /// False discovery rate at which a gene is called. Default: 0.1.
  public var falseDiscoveryRate = 0.1
  /// A gene has no effect where its interval lies within ± this many log2 units. Default: 0.5.
  public var threshold = 0.5
  /// Level of the intervals. Default: 0.95.
  public var confidence = 0.95

  /// The defaults.
  public init() {}
}

/// Sets of guides that are given as files: which of a table's guides each names.
public struct GuideSets: Sendable, Hashable {
  /// Guides without a target, or genes of which it is known that they do nothing: their fold change is 0.
  public var nonTargeting: [Bool]?
  /// Guides of genes that every cell needs.
  public var essential: [Bool]?
  /// Guides of genes that no cell needs.
  public var nonEssential: [Bool]?
  /// Guides whose counts the samples are scaled by.
  public var normalisation: [Bool]?

  /// No sets.
  public init() {}

  /// The guides whose fold change is 0: non-targeting, else non-essential.
  var null: [Bool]? { nonTargeting ?? nonEssential }
}
