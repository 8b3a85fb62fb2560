import DoseTables
import Spreadsheets

/// What an export says around its wells: names and values, headings. What was said holds until it is said anew.
struct BlockContext {
  /// Values by their names, folded: `Plate ID: 7` is `plateid` → `7`.
  private(set) var values: [String: String] = [:]
  /// The lines since the last block that hold one text only, nearest last.
  private(set) var headings: [String] = []
  /// The nearest heading before a block that has none of its own.
  private(set) var lastHeading: String?
  /// The nearest heading that names neither a plate nor what a plate map holds.
  private(set) var lastTitle: String?
  /// The rows since the last block.
  private(set) var recent: [TextSheet.Row] = []
  /// The names of a table whose values are in the next row.
  private var table: [String]?
  /// How many rows and headings are kept, and how many names: an export has some hundreds.
  private static let mostRecent = 80
  private static let mostValues = 2_000

  /// Takes a row that belongs to no block.
  mutating func take(_ row: TextSheet.Row) {
    let filled = row.filled
    if recent.count < Self.mostRecent { recent.append(row) }
    guard let first = filled.first else { return }
    if let names = table {
      table = nil
      for (cell, name) in names.enumerated() where !name.isEmpty { set(name, row.cell(cell)) }
      return
    }
    let names = row.cells.map(ColumnRole.fold)
    if filled.count >= 3, names.contains("barcode") || (names.contains("plate") && names.contains("repeat")) {
      table = names
      return
    }
    // EnVision's table of backgrounds has the names of the plate's table with other values.
    if names[first] == "plate", names.contains("meastime") {
      table = []
      return
    }
    var foundPair = false
    for (place, cell) in filled.enumerated() {
      let text = row.cells[cell]
      guard text.utf8.contains(UInt8(ascii: ":")), let colon = text.firstIndex(of: ":"), text.first?.isLetter == true,
        !(text.index(after: colon) < text.endIndex && text[text.index(after: colon)] == "\\")
      else { continue }
      let value = text[text.index(after: colon)...].trimmingSpaces
      let name = ColumnRole.fold(String(text[..<colon]))
      if !value.isEmpty {
        foundPair = true
        set(name, value)
      } else if place + 1 < filled.count {
        foundPair = true
        set(name, row.cells[filled[place + 1]])
      } else if filled.count > 1 || ["barcode", "plateid", "id1"].contains(name) {
        set(name, "")
      }
    }
    if !foundPair, filled.count >= 2 { set(names[first], row.cells[filled[1]]) }
    if filled.count == 1 {
      if headings.count == Self.mostRecent { headings.removeFirst() }
      headings.append(row.cells[first])
      lastHeading = row.cells[first]
      if !PlateHeading.namesPlate(row.cells[first]), !ExportWords.isLayout(row.cells[first]) {
        lastTitle = row.cells[first]
      }
    }
  }

  /// Forgets what belongs to one block only.
  mutating func endBlock() {
    headings = []
    recent = []
  }

  /// Sets a value by its folded name.
  mutating func set(_ name: String, _ value: String) {
    guard !name.isEmpty, values.count < Self.mostValues || values[name] != nil else { return }
    values[name] = value.unwrapped
  }

  /// The value of the first of the names that has one.
  func value(_ names: String...) -> String? {
    names.lazy.compactMap { values[$0] }.first { !$0.isEmpty && $0 != "N/A" }
  }
}

extension StringProtocol {
  /// Without the `="…"` that keeps spreadsheets from reading a barcode as a number or a date.
  var unwrapped: String {
    var text = self[...]
    if text.hasPrefix("=") { text = text.dropFirst() }
    if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
    return text.trimmingSpaces
  }
}
