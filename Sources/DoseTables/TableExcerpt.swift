import Spreadsheets

/// A long table's columns and first rows, as a person sees them.
public struct TableExcerpt: Sendable, Hashable, Codable {
  /// The names of the columns.
  public var columns: [String]
  /// The fields of the first rows below them.
  public var rows: [[String]] = []

  package static let mostRows = 4

  /// Makes an excerpt.
  public init(columns: [String], rows: [[String]] = []) { (self.columns, self.rows) = (columns, rows) }

  /// The rows below a header that was not understood.
  package init?(_ columns: [String], _ bytes: [UInt8], line: Int) {
    guard columns.count > 1, let text = try? TextDecoding.text(bytes) else { return nil }
    self.columns = columns
    // The separator is the one that splits the header so.
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      var found: [[String]] = []
      CSVRows.forEach(in: text.bytes, from: text.start, separator: separator) { row in
        if row.line >= line { found.append(row.texts) }
        return found.count <= Self.mostRows
      }
      if found.first == columns {
        rows = Array(found.dropFirst())
        return
      }
    }
  }
}
