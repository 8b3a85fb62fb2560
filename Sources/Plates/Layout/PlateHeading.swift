import DoseTables

/// A line that names the plate below it.
enum PlateHeading {
  /// Whether a line names a plate: `Plate 1`, `Barcode X7`, and not what a table holds (`Plate layout`, `Plate reader data`).
  static func namesPlate(_ text: String) -> Bool {
    guard text.utf8.count <= ColumnRole.longestName else { return false }
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    let names = ["plate", "platte", "plaque", "barcode"]
    guard let first = words.first, names.contains(where: first.hasPrefix), words.count <= 4 else { return false }
    if words.count == 1 { return !names.contains(String(first)) && first.contains(where: \.isNumber) }
    let others: Set<String> = [
      "reader", "layout", "map", "type", "format", "setup", "information", "info", "read", "reading", "readings",
      "data",
      "results", "result", "size", "template", "definition",
    ]
    return !words.dropFirst().contains { others.contains(String($0)) }
  }
}
