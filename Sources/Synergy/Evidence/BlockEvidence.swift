/// What the first pass over a screen learns of one block.
public struct BlockEvidence: Sendable {
  /// About noise.
  public var noise: NoiseShare
  /// About the untreated level; `nil` where nothing tells.
  public var baseline: BaselineShare?
  /// About each drug alone; `nil` where it cannot be shared.
  var anchor: AnchorShare?
}
