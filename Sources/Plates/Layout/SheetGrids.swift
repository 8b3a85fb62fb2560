import Assay
import DoseTables

/// A layout as a workbook whose sheets are shaped as the plate, each called as the column of a table that it would be:
/// `drug1`, `conc1`, `role`, … (gDR's templates: `Gnumber`, `Concentration`, `Gnumber_2`, `Concentration_2`).
///
/// A sheet may number its columns and letter its rows; without that its cell A1 is well A1.
struct SheetGrids {
  private var columns: [LayoutColumn] = []
  private var values: [WellPosition: [LayoutColumn: String]] = [:]
  private var lines: [WellPosition: Int] = [:]
  private var units: [Int: ConcentrationUnit] = [:]
  /// Sheets that may say a condition of each well: their names, and the wells' values.
  private var conditions: [(name: String, values: [WellPosition: String])] = []
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
    takeConditions(tables)
  }

  /// Takes sheets that are called as no column and say one of a few things of each well, as a donor or a medium.
  private mutating func takeConditions(_ tables: [(name: String?, table: TextTable)]) {
    for (place, (name, table)) in tables.enumerated() where !sheets.contains(place) {
      guard let name, LayoutColumn(name: name) == nil, !PlateHeading.isDefaultName(name),
        let wells = Self.wells(table), wells.count > 1
      else { continue }
      let several = Set(wells.map(\.text))
      guard several.count <= OwnGrids<String>.mostValues, 2 * several.count <= wells.count else { continue }
      conditions.append(
        (name, Dictionary(wells.map { ($0.position, $0.text) }, uniquingKeysWith: { first, _ in first })))
      sheets.append(place)
    }
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
      guard let doses = Self.doses(table, isLabelled: isLabelled),
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

  /// The doses of a sheet that holds nothing else but words for no drug; `nil` for another.
  static func doses(_ table: TextTable, isLabelled: Bool) -> [(value: Double, unit: ConcentrationUnit?)]? {
    let cells = table.rows.dropFirst(isLabelled ? 1 : 0).flatMap { $0.fields.dropFirst(isLabelled ? 1 : 0) }
      .filter { !$0.isEmpty && (table.quantity($0) != nil || !LayoutBuilder.isNoDrug($0)) }
    let doses = cells.compactMap { table.quantity($0) }
    return !doses.isEmpty && doses.count == cells.count && doses.allSatisfy { $0.value >= 0 } ? doses : nil
  }

  private static func isLabelled(_ table: TextTable) -> Bool {
    table.rows[0].fields.dropFirst().enumerated().allSatisfy { $1 == "\($0 + 1)" || $1 == "\($0 + 1).0" }
  }

  /// The column that a sheet is called as, where it may hold that of each well.
  static func column(_ sheet: String) -> LayoutColumn? {
    switch LayoutColumn(name: sheet) {
    case .plate, .well, .row, .column, nil: nil
    case let column: column
    }
  }

  /// What a sheet of the shape of a plate says of its wells; `nil` for another.
  private static func wells(_ table: TextTable) -> [(position: WellPosition, text: String, line: Int)]? {
    let isLabelled = isLabelled(table)
    let body = isLabelled ? table.rows.dropFirst() : table.rows[...]
    var own: [(position: WellPosition, text: String, line: Int)] = []
    for row in body {
      let letters = isLabelled ? WellPosition.row(letters: row.field(0)) : row.line - 1
      guard let index = letters, index < 32, row.fields.count <= (isLabelled ? 49 : 48) else { return nil }
      for (place, text) in row.fields.enumerated() where !text.isEmpty && (!isLabelled || place > 0) {
        own.append((.init(row: index, column: place - (isLabelled ? 1 : 0)), text, row.line))
      }
    }
    return own
  }

  /// Whether the sheet has the shape of a plate; takes its wells.
  private mutating func take(_ table: TextTable, as column: LayoutColumn) -> Bool {
    guard let own = Self.wells(table) else { return false }
    for well in own {
      values[well.position, default: [:]][column] = well.text
      lines[well.position] = lines[well.position] ?? well.line
    }
    return !own.isEmpty
  }

  /// Gives the wells to a builder.
  func read(of table: TextTable, plate: String, into builder: inout LayoutBuilder) {
    var places: [LayoutColumn: Int] = [.well: 0]
    for (place, column) in columns.enumerated() { places[column] = place + 1 }
    let rows = values.sorted { $0.key < $1.key }.map { position, own in
      TextTable.Row(
        line: lines[position] ?? 0,
        fields: [position.description] + columns.map { own[$0] ?? "" } + conditions.map { $0.values[position] ?? "" })
    }
    LayoutTable(
      header: ["well"] + columns.map { "\($0)" } + conditions.map(\.name), columns: places, units: units
    ).read(rows[...], of: table, plate: plate, into: &builder)
  }
}
