/// The order of a screen's blocks.
public enum Ranking {
  /// What the order looks at, known as soon as the block is analysed.
  ///
  /// Blocks stand by their consensus (the smallest of the models' lower bounds), ties by combination sensitivity;
  /// blocks that no model could score come at the end.
  public struct Standing: Sendable, Comparable {
    private let consensus: Double
    private let css: Double

    /// A block's standing.
    public init(_ summary: BlockSummary) {
      consensus = summary.consensus ?? -.infinity
      css = summary.css ?? -.infinity
    }

    /// Whether the first stands before the second.
    public static func < (one: Standing, other: Standing) -> Bool {
      return one.consensus != other.consensus ? one.consensus > other.consensus : one.css > other.css
    }
  }

  /// Best first; blocks of the same standing by their names, so that the order in which they were read does not matter.
  public static func ranked(_ blocks: [BlockSummary]) -> [BlockSummary] {
    blocks.map { (standing: Standing($0), block: $0) }.sorted { one, other in
      if one.standing != other.standing { return one.standing < other.standing }
      return one.block.id != other.block.id ? one.block.id < other.block.id : one.block.index < other.block.index
    }.map(\.block)
  }
}
