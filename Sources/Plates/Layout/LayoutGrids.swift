import Assay
import DoseTables

/// A layout as grids: the file that the R package `plater` reads (Hughes 2016, JOSS 1:106).
///
/// One grid for each property, one under another: the top-left cell names the property (`role`, `drug1`, `conc1`,
/// `sample`, …, as the columns of a table), the row beside it numbers the plate's columns, the first field of each row
/// has the row's letters. A file is one plate, named as the file is; a grid `plate` may name it otherwise.
struct LayoutGrids {
  /// One grid: the property and what stands in each well.
  private var grids: [(column: LayoutColumn, unit: ConcentrationUnit?)] = []
  private var values: [WellPosition: [LayoutColumn: String]] = [:]
  private var lines: [WellPosition: Int] = [:]
  /// Rows that were not understood: their lines and first fields.
  private(set) var strange: [(line: Int, text: String)] = []

  /// Whether a row begins a grid: a name, then 1, 2, 3, … to the end.
  static func isGridHead(_ fields: [String]) -> Bool {
    fields.count >= 3 && !fields[0].isEmpty && fields.dropFirst().enumerated().allSatisfy { $1 == "\($0 + 1)" }
  }

  /// Reads the rows; `nil` when no grid is of a layout.
  init?(_ rows: [TextTable.Row]) {
    guard let first = rows.first, Self.isGridHead(first.fields) else { return nil }
    var current: LayoutColumn?
    var columns = 0
    for row in rows {
      if Self.isGridHead(row.fields) {
        current = LayoutColumn(name: row.fields[0])
        columns = row.fields.count - 1
        if let column = current {
          var unit: ConcentrationUnit?
          if case .dose = column { unit = ColumnRole.unit(inColumnName: row.fields[0]) }
          grids.append((column, unit))
        } else {
          strange.append((row.line, row.fields[0]))
        }
        continue
      }
      guard let column = current else { continue }
      guard let number = WellPosition.row(letters: row.field(0)), row.fields.count <= columns + 1 else {
        strange.append((row.line, row.field(0)))
        continue
      }
      for place in 1..<max(2, row.fields.count) where !row.field(place).isEmpty {
        let position = WellPosition(row: number, column: place - 1)
        values[position, default: [:]][column] = row.fields[place]
        lines[position] = min(lines[position] ?? row.line, row.line)
      }
    }
    guard grids.contains(where: { $0.column == .role || $0.column == .drug(1) }) else { return nil }
  }

  /// Gives the wells to a builder.
  func read(of table: TextTable, plate: String, into builder: inout LayoutBuilder) {
    var units: [Int: ConcentrationUnit] = [:]
    for case (.dose(let number), let unit?) in grids { units[number] = unit }
    for (position, own) in values.sorted(by: { $0.key < $1.key }) {
      let name = own[.plate] ?? ""
      builder.take(
        .init(
          plate: name.isEmpty ? plate : name, well: position.description, line: lines[position] ?? 0, values: own,
          headerUnits: units, hasRoles: grids.contains { $0.column == .role }, isNamed: !name.isEmpty),
        numbers: table)
    }
  }
}
