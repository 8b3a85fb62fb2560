/// The anchors of a block in the report: numbered from 1 in the order in which the blocks were read, as people count them.
enum BlockAnchor {
  /// The block's page.
  static func page(_ index: Int) -> String { "b\(index + 1)" }
  /// The block's row in the ranking.
  static func row(_ index: Int) -> String { "r\(index + 1)" }
}
