/// Whether a drug that was measured alone in many blocks of a sample (the anchor) is read from all of them.
public struct AnchorOptions: Sendable, Hashable, Codable {
  /// Where a block's readings of the anchor alone come from.
  public enum Method: String, Sendable, CaseIterable, Codable {
    /// The block's own wells.
    case own
    /// The block's own wells, drawn towards those of the sample's other blocks as far as these agree.
    case shared
  }

  /// The method. Default: own. What sharing rests on cannot be seen from a screen alone: that no few plates differ from the
  /// others, and that wells with one drug read as those with two do.
  public var method: Method = .own
  /// Blocks of a sample, with wells of their own, that must have measured a drug alone at the same doses. Default: 24.
  public var minimumBlocks: Int = 24
  /// Significance at which a block's readings differ from the others' by more than noise and plates explain, and are left
  /// as they are.
  /// Default: 0.001.
  public var significance: Double = 0.001

  /// The defaults.
  public init() {}
}
