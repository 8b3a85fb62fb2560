/// What a screen says about each of its blocks.
public struct ScreenEvidence: Sendable {
  /// About the noise of blocks without replicates; `nil` where it is not needed or cannot be told.
  public var noise: ScreenNoise?
  /// About untreated levels; `nil` where responses are used as read and nobody asks.
  public var baseline: ScreenBaseline?
  /// About drugs that many blocks measured alone; `nil` where each block stands on its own wells.
  public var anchors: ScreenAnchors?

  /// Nothing: a block stands alone and as read.
  public static let none = ScreenEvidence(noise: nil, baseline: nil)

  /// Takes what is known.
  public init(noise: ScreenNoise?, baseline: ScreenBaseline?, anchors: ScreenAnchors? = nil) {
    self.noise = noise
    self.baseline = baseline
    self.anchors = anchors
  }

  /// Pools what the first pass over a screen learned of its blocks, in any order.
  public init(_ blocks: [BlockEvidence], options: SynergyOptions) {
    let inference = options.inference
    noise = blocks.allSatisfy(\.noise.isOwn) ? nil : ScreenNoise(blocks.map(\.noise), options: inference)
    baseline = ScreenBaseline(
      blocks, noise: noise, options: options.baseline, minimumBlocks: inference.minimumScreenBlocks)
    anchors = ScreenAnchors(blocks, noise: noise, baseline: baseline, options: options)
  }
}
