/// What an `.xlsx` file may hold. It is a zip archive, of which a few kilobytes can inflate to gigabytes; all of this
/// is checked before anything is inflated, and again while it is.
public struct WorkbookLimits: Sendable, Hashable, Codable {
  /// The largest file, bytes. Default: 64 MiB.
  public var largestFile = 64 << 20
  /// The most parts in the archive. Default: 4,096.
  public var mostEntries = 4_096
  /// The most bytes that all parts together inflate to. Default: 256 MiB.
  public var largestInflated = 256 << 20
  /// How many times its size a part may inflate to. Worksheets reach some tens. Default: 400.
  public var largestRatio = 400
  /// Parts that inflate to less are not held to `largestRatio`, bytes. Default: 1 MiB.
  public var ratioFrom = 1 << 20
  /// The most worksheets that are read. Default: 256.
  public var mostSheets = 256
  /// The most cells of the workbook. Default: 1,000,000.
  public var mostCells = 1_000_000

  /// The most bytes of text in the cells of a worksheet; a shared text counts in each cell that has it. Default: 32 MiB.
  public var mostText = 32 << 20

  /// The defaults.
  public init() {}

  /// The most shared texts, 4 to each cell: a text that several cells have is kept once.
  package var mostTexts: Int { 4 * mostCells }
}

/// What one XML part of a workbook may hold. These are no options: no workbook comes near them, and none needs more.
enum WorkbookXMLLimits {
  /// The most bytes of one tag, comment or processing instruction. A cell's tag has some 40; its text does not count.
  static let tagBytes = 1 << 20
  /// The most attributes of one element. The root of a worksheet has some 30.
  static let attributes = 1_000
  /// How deep elements may lie within elements. A worksheet has some 10 levels.
  static let depth = 256
}
