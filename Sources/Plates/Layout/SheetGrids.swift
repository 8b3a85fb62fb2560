import Assay
import DoseTables
import Spreadsheets

/// A layout as a workbook whose sheets are shaped as the plate, each called as the column of a table that it would be:
/// `drug1`, `conc1`, `role`, … (gDR's templates: `Gnumber`, `Concentration`, `Gnumber_2`, `Concentration_2`).
///
/// A sheet may number its columns and letter its rows; without that its cell A1 is well A1.
struct SheetGrids {
  private var columns: [LayoutColumn] = []
  private var values: [WellPosition: [LayoutColumn: String]] = [:]
  private var lines: [WellPosition: Int] = [:]
  private var units: [Int: ConcentrationUnit] = [:]
  /// The number of the sheets that are such grids.
  private(set) var sheets: [Int] = []

  /// Reads sheets; `nil` where none is of a layout.
  init?(_ tables: [(name: String?, table: TextTable)]) {
    for (number, (name, table)) in tables.enumerated() {
      guard let name, let column = Self.column(name), !columns.contains(column), take(table, as: column) else {
        continue
      }
      columns.append(column)
      sheets.append(number)
      if case .dose(let drug) = column { units[drug] = ColumnRole.unit(inColumnName: name) }
    }
    guard columns.contains(.role) || columns.contains(.drug(1)) else { return nil }
  }

  private static func column(_ sheet: String) -> LayoutColumn? {
    switch LayoutColumn(name: sheet) {
    case .plate, .well, .row, .column, nil: nil
    case let column: column
    }
  }

  /// Whether the sheet has the shape of a plate; takes its wells.
  private mutating func take(_ table: TextTable, as column: LayoutColumn) -> Bool {
    let isLabelled = table.rows[0].fields.dropFirst().enumerated().allSatisfy {
      $1 == "\($0 + 1)" || $1 == "\($0 + 1).0"
    }
    let body = isLabelled ? table.rows.dropFirst() : table.rows[...]
    var own: [(position: WellPosition, text: String, line: Int)] = []
    for row in body {
      let letters = isLabelled ? WellPosition.row(letters: row.field(0)) : row.line - 1
      guard let index = letters, index < 32, row.fields.count <= (isLabelled ? 49 : 48) else { return false }
      for (place, text) in row.fields.enumerated() where !text.isEmpty && (!isLabelled || place > 0) {
        own.append((.init(row: index, column: place - (isLabelled ? 1 : 0)), text, row.line))
      }
    }
    for well in own {
      values[well.position, default: [:]][column] = well.text
      lines[well.position] = lines[well.position] ?? well.line
    }
    return !own.isEmpty
  }

  /// Gives the wells to a builder.
  func read(of table: TextTable, plate: String, into builder: inout LayoutBuilder) {
    for (position, own) in values.sorted(by: { $0.key < $1.key }) {
      builder.take(
        .init(
          plate: plate, well: position.description, line: lines[position] ?? 0, values: own, headerUnits: units,
          hasRoles: columns.contains(.role), isNamed: false),
        numbers: table)
    }
  }
}

extension TextTable {
  /// The tables of a file: the text, or a workbook's sheets with their names.
  static func tables(_ bytes: [UInt8]) throws(PlateReadingError) -> [(name: String?, table: TextTable)] {
    guard Workbook.isArchive(bytes) else { return [(nil, try TextTable(bytes))] }
    let sheets: [TextSheet]
    do throws(WorkbookError) {
      sheets = try Workbook.sheets(bytes, limits: WorkbookLimits())
    } catch {
      throw .workbook(error)
    }
    var tables: [(name: String?, table: TextTable)] = []
    for sheet in sheets {
      if let line = sheet.cutAt { throw .rowTooLarge(line: line) }
      tables.append((sheet.name, try TextTable(sheet.csv)))
    }
    guard !tables.isEmpty else { throw .emptyFile }
    return tables
  }
}
