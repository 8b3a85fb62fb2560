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
    if !columns.contains(.drug(1)), !columns.contains(.dose(1)) { takeDrugs(tables) }
    guard columns.contains(.role) || columns.contains(.drug(1)) else { return nil }
  }

  /// Takes sheets that are called after a drug and hold its doses, one in each well. That they are doses and not readings is
  /// shown by their unit, in the cells or behind the sheet's name, or by a sheet that says what wells are for.
  private mutating func takeDrugs(_ tables: [(name: String?, table: TextTable)]) {
    let isBeside = columns.contains(.role)
    var number = 1
    for (place, (name, table)) in tables.enumerated() where !sheets.contains(place) && table.rows.count > 1 {
      guard let name, name.contains(where: \.isLetter), LayoutColumn(name: name) == nil else { continue }
      let named = ColumnRole.doseOfNamedDrug(name)
      let isLabelled = Self.isLabelled(table)
      let cells = table.rows.dropFirst(isLabelled ? 1 : 0).flatMap { $0.fields.dropFirst(isLabelled ? 1 : 0) }
        .filter { !$0.isEmpty && (table.quantity($0) != nil || !LayoutBuilder.isNoDrug($0)) }
      let doses = cells.compactMap { table.quantity($0) }
      guard !doses.isEmpty, doses.count == cells.count, doses.allSatisfy({ $0.value >= 0 }),
        isBeside || named?.unit != nil || doses.allSatisfy({ $0.unit != nil || $0.value == 0 }),
        take(table, as: .dose(number))
      else { continue }
      for (position, own) in values where own[.dose(number)] != nil {
        let text = own[.dose(number)] ?? ""
        // A word for nothing in a dose's place is the vehicle.
        let isNothing = table.quantity(text) == nil
        values[position]?[.drug(number)] = isNothing ? text : named?.drug ?? name
        if isNothing { values[position]?[.dose(number)] = nil }
      }
      columns += [.drug(number), .dose(number)]
      units[number] = named?.unit
      sheets.append(place)
      number += 1
    }
  }

  private static func isLabelled(_ table: TextTable) -> Bool {
    table.rows[0].fields.dropFirst().enumerated().allSatisfy { $1 == "\($0 + 1)" || $1 == "\($0 + 1).0" }
  }

  private static func column(_ sheet: String) -> LayoutColumn? {
    switch LayoutColumn(name: sheet) {
    case .plate, .well, .row, .column, nil: nil
    case let column: column
    }
  }

  /// Whether the sheet has the shape of a plate; takes its wells.
  private mutating func take(_ table: TextTable, as column: LayoutColumn) -> Bool {
    let isLabelled = Self.isLabelled(table)
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
