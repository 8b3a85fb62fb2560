import Assay
import DoseTables

/// A layout as grids: the file that the R package `plater` reads (Hughes 2016, JOSS 1:106).
///
/// One grid for each property, one under another: the top-left cell names the property (`role`, `drug1`, `conc1`,
/// `sample`, …, as the columns of a table), the row beside it numbers the plate's columns, the first field of each row
/// has the row's letters. A file is one plate, named as the file is; a grid `plate` may name it otherwise. A grid that is called
/// otherwise may be a condition, as a column of a table may.
struct LayoutGrids {
  /// The grids' names, each with its column where it is one.
  private var grids: [(name: String, column: LayoutColumn?)] = []
  /// What stands in each well, by the grids' numbers.
  private var values: [WellPosition: [Int: String]] = [:]
  private var lines: [WellPosition: Int] = [:]
  /// Grids whose property was stated before: their lines and names.
  private var repeated: [(line: Int, name: String)] = []

  /// Whether a row begins a grid: a name, then 1, 2, 3, … to the end.
  static func isGridHead(_ fields: [String]) -> Bool {
    fields.count >= 3 && !fields[0].isEmpty && fields.dropFirst().enumerated().allSatisfy { $1 == "\($0 + 1)" }
  }

  /// Reads the rows; `nil` when no grid is of a layout.
  init?(_ rows: [TextTable.Row]) {
    guard let first = rows.first, Self.isGridHead(first.fields) else { return nil }
    var columns = 0
    for row in rows {
      if Self.isGridHead(row.fields) {
        let name = row.fields[0]
        let column = LayoutColumn(name: name).flatMap { [.well, .row, .column].contains($0) ? nil : $0 }
        let isKnown = grids.contains {
          $0.name.lowercased() == name.lowercased() || (column != nil && $0.column == column)
        }
        if isKnown { repeated.append((row.line, name)) }
        columns = row.fields.count - 1
        grids.append((name, column))
        continue
      }
      guard let number = WellPosition.row(letters: row.field(0)), row.fields.count <= columns + 1 else { continue }
      for place in 1..<max(2, row.fields.count) where !row.field(place).isEmpty {
        let position = WellPosition(row: number, column: place - 1)
        values[position, default: [:]][grids.count - 1] = row.fields[place]
        lines[position] = min(lines[position] ?? row.line, row.line)
      }
    }
    guard grids.contains(where: { $0.column == .role || $0.column == .drug(1) }) else { return nil }
  }

  /// Gives the wells to a builder.
  func read(of table: TextTable, plate: String, into builder: inout LayoutBuilder) {
    if let first = repeated.first {
      builder.problems.add(
        .gridTwice(name: first.name, line: first.line), .error, file: builder.file, line: first.line)
      return
    }
    var columns: [LayoutColumn: Int] = [.well: 0]
    var units: [Int: ConcentrationUnit] = [:]
    for (place, grid) in grids.enumerated() {
      guard let column = grid.column else { continue }
      columns[column] = place + 1
      if case .dose(let number) = column { units[number] = ColumnRole.unit(inColumnName: grid.name) }
    }
    let rows = values.sorted { $0.key < $1.key }.map { position, own in
      TextTable.Row(
        line: lines[position] ?? 0, fields: [position.description] + grids.indices.map { own[$0] ?? "" })
    }
    LayoutTable(header: ["well"] + grids.map(\.name), columns: columns, units: units)
      .read(rows[...], of: table, plate: plate, into: &builder)
  }
}
