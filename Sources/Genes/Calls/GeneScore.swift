import Statistics

/// A gene in a contrast.
public struct GeneScore: Sendable, Hashable {
  /// P and q of both directions under a method; NaN for a gene that could not be scored.
  public struct Evidence: Sendable, Hashable {
    /// P of such depletion under the drug by chance.
    public var pSensitises: Double
    /// P of such enrichment by chance.
    public var pProtects: Double
    /// The false discovery rate at which it would be called sensitising.
    public var qSensitises: Double
    /// The same of protecting.
    public var qProtects: Double
  }

  /// Ranks on both sides.
  public struct Ranks: Sendable, Hashable {
    /// ρ of α-RRA.
    public var depleted: Double
    /// The same on the other side.
    public var enriched: Double
    /// Guides within α.
    public var goodDepleted: Int
    /// The same on the other side.
    public var goodEnriched: Int
    /// Guides that were ranked.
    public var guides: Int
    /// Median log2 fold change.
    public var logFoldChange: Double
    /// Exact p, and q.
    public var evidence: Evidence
  }

  /// Its name.
  public var gene: String
  /// Its guides in the table.
  public var guides: Int
  /// Those of them with reads in the contrast.
  public var usedGuides: Int
  /// Σ z over guides and pairs; `nil` where method z was not asked for, as the next three.
  public var sumZ: Double?
  /// The number of z.
  public var observations: Int?
  /// The score of method z; NaN for a gene without reads.
  public var normZ: Double?
  /// P and q of method z.
  public var z: Evidence?
  /// Method rra; `nil` where that was not asked for.
  public var rra: Ranks?
  /// log2 fold change, centred.
  public var effect: Double
  /// Its standard error.
  public var error: Double
  /// Where it lies, at the level that was asked for.
  public var interval: Interval
  /// The evidence that the call rests on: of one method, or of both.
  public var evidence: Evidence
  /// What its loss does.
  public var call: GeneCall
  /// Why, in words: which method finds what.
  public var reason: String
}
