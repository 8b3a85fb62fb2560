/// The order of a screen's blocks.
public enum Ranking {
  /// Best first: by consensus, then by combination sensitivity, then as they were read. Blocks without a consensus come
  /// last.
  public static func ranked(_ blocks: [BlockSummary]) -> [BlockSummary] {
    blocks.sorted { one, other in
      let left = one.consensus ?? -.infinity
      let right = other.consensus ?? -.infinity
      if left != right { return left > right }
      let leftCSS = one.css ?? -.infinity
      let rightCSS = other.css ?? -.infinity
      return leftCSS != rightCSS ? leftCSS > rightCSS : one.index < other.index
    }
  }
}
