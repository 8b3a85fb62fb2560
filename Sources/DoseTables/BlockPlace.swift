/// Where in its file a block stands, and what is written around it.
public struct BlockPlace: Sendable, Hashable {
  /// The line on which it begins.
  public var line: Int
  /// The worksheet of a workbook with several.
  public var sheet: String?
  /// The first column of a table that stands beside others.
  public var column: String?
  /// What a matrix is called above it or in its corner; empty where nothing is said, and of a long table's blocks.
  public var title = ""
  /// The texts above a matrix, understood or not, or above the one before where only a word for a replicate parts them.
  var section: [String] = []
  /// Whether it is a matrix, and no block of a long table.
  public var isMatrix = false

  /// Where it is, in words: `"Rep 1" (line 2)`.
  func words(id: String) -> String {
    var words = sheet.map { "sheet \(PlateReadingError.quoted($0))" } ?? ""
    if !title.isEmpty { words += (words.isEmpty ? "" : ", ") + PlateReadingError.quoted(title) }
    if words.isEmpty { words = "block \(PlateReadingError.short(id))" }
    if let column { return words + " (from column \(column) on)" }
    return words + " (line \(line))"
  }
}
