import Assay
import DoseTables

/// A layout as a table: one row a well.
struct LayoutTable {
  private(set) var columns: [LayoutColumn: Int] = [:]
  private var headerUnits: [Int: ConcentrationUnit] = [:]
  let header: [String]

  /// The table of a file and the row of its header, which may stand below a title.
  static func find(in table: TextTable) -> (table: LayoutTable, header: Int)? {
    for (place, row) in table.rows.prefix(30).enumerated() {
      guard let found = LayoutTable(header: row.fields) else { continue }
      // Readers' lists have wells and contents below their preamble.
      if place == 0 || found.columns[.drug(1)] != nil { return (found, place) }
    }
    return nil
  }

  /// Finds the columns; `nil` when the header is no layout's (a layout has a well and a role or a drug).
  init?(header: [String]) {
    let header = TableColumns.numbered(header)
    self.header = header
    for (position, name) in header.enumerated() {
      guard let column = LayoutColumn(name: name), columns[column] == nil else { continue }
      columns[column] = position
      if case .dose(let number) = column, let unit = LayoutColumn.unit(inName: name) { headerUnits[number] = unit }
    }
    // Names that are told by their parts do not go before the known ones.
    if columns[.plate] == nil { columns[.plate] = header.firstIndex { PlateHeading.isPlateColumn($0) } }
    let hasWell = columns[.well] != nil || (columns[.row] != nil && columns[.column] != nil)
    guard hasWell, columns[.role] != nil || columns[.drug(1)] != nil else { return nil }
  }

  /// A table whose columns are known: that of grids, one well a row.
  init(header: [String], columns: [LayoutColumn: Int], units: [Int: ConcentrationUnit]) {
    (self.header, self.columns, headerUnits) = (header, columns, units)
  }

  /// The unit of a drug's dose in a row whose dose states none.
  func unit(of drug: Int, _ row: TextTable.Row) -> ConcentrationUnit {
    for column in [LayoutColumn.unit(drug), .unit(nil)] {
      if let text = columns[column].map(row.field), !LayoutBuilder.isNothing(text) { return ConcentrationUnit(text) }
    }
    return headerUnits[drug] ?? .unstated
  }

  /// Whether a combination has several rows.
  var isOneDrugARow: Bool { columns[.drug(1)] != nil && columns[.drug(2)] == nil }

  /// Whether it names drugs and their doses.
  var statesDoses: Bool { columns[.drug(1)] != nil && columns[.dose(1)] != nil }

  /// Drugs whose column has no column of doses beside it, though a row names one that is no vehicle and no control.
  private func withoutDose(_ rows: ArraySlice<TextTable.Row>) -> [Int] {
    columns.keys.compactMap { column -> Int? in
      guard case .drug(let number) = column, columns[.dose(number)] == nil, let place = columns[column] else {
        return nil
      }
      let isTreated = rows.contains { row in
        let role = columns[.role].map(row.field).flatMap { PlateLayout.Role(word: $0) }
        return !LayoutBuilder.isNoDrug(row.field(place)) && (role ?? .sample) == .sample
      }
      return isTreated ? number : nil
    }.sorted()
  }

  /// Reads rows whose one column says drugs and doses together, `selinexor 0.33 uM + bortezomib 5 nM`; whether they are so.
  private func readTexts(
    _ rows: ArraySlice<TextTable.Row>, of table: TextTable, plate file: String, into builder: inout LayoutBuilder
  ) -> Bool {
    guard let place = columns[.drug(1)],
      rows.contains(where: { TreatmentText($0.field(place), numbers: table)?.treatments.isEmpty == false })
    else { return false }
    let hasNumberedRows = numbersRows(rows)
    for row in rows {
      func text(_ column: LayoutColumn) -> String { columns[column].map(row.field) ?? "" }
      let plate = text(.plate).isEmpty ? file : text(.plate)
      let name = wellName(row, numbered: nil, hasNumberedRows)
      guard let position = WellName.position(name) else {
        builder.problems.add(.badWell(plate: plate, text: name), .warning, file: builder.file, line: row.line)
        continue
      }
      var well = PlateLayout.Well(position: position, role: .empty, line: row.line)
      well.sample = LayoutBuilder.isNothing(text(.sample)) ? nil : text(.sample)
      var isMedium = false
      let stated = text(.role)
      let role = PlateLayout.Role(word: stated)
      if !LayoutBuilder.isNothing(stated), role == nil {
        builder.problems.add(
          .badRole(plate: plate, well: name, text: stated), .warning, file: builder.file, line: row.line)
      } else if let content = TreatmentText(row.field(place), numbers: table) {
        well.role = role ?? content.role ?? .sample
        well.treatments = content.treatments
        isMedium = role == nil && content.isMedium
        let words = [stated, row.field(place)]
        if well.role == .negative, words.contains(where: ControlName.isVehicle) { well.holdsVehicle = true }
      } else if let role, role != .sample {
        well.role = role
      } else if !row.field(place).isEmpty {
        builder.problems.add(
          .badTreatment(plate: plate, well: name, text: row.field(place)), .warning, file: builder.file, line: row.line)
      }
      builder.take(well, plate: plate, isNamed: !text(.plate).isEmpty, isMedium: isMedium)
    }
    return true
  }

  /// The first row whose unit is not the one that its dose column's name states: its line, the drug, and the unit.
  private func otherUnit(_ rows: ArraySlice<TextTable.Row>) -> (Int, Int, String)? {
    guard !headerUnits.isEmpty else { return nil }
    for row in rows {
      for (number, own) in headerUnits.sorted(by: { $0.key < $1.key }) {
        guard let place = columns[.unit(number)] ?? columns[.unit(nil)] else { continue }
        let unit = ConcentrationUnit(row.field(place))
        if unit.molar != nil, unit != own { return (row.line, number, unit.symbol) }
      }
    }
    return nil
  }

  /// Reads the rows below the header. A row without a plate's name belongs to `plate`, the file's own name.
  func read(_ rows: ArraySlice<TextTable.Row>, of table: TextTable, plate: String, into builder: inout LayoutBuilder) {
    let lacking = withoutDose(rows)
    if lacking == [1], columns[.drug(2)] == nil, readTexts(rows, of: table, plate: plate, into: &builder) { return }
    guard lacking.isEmpty else {
      builder.problems.add(
        .doseColumnMissing(drugs: lacking, columns: header), .error, file: builder.file,
        line: rows.first?.line)
      return
    }
    if let (row, number, stated) = otherUnit(rows), let own = headerUnits[number] {
      builder.problems.add(
        .layoutUnits(drug: number, header: own.symbol, stated: stated), .error, file: builder.file, line: row)
      return
    }
    let conditions = LayoutConditions(self, rows, numbers: table)
    conditions.tell(&builder.problems, file: builder.file)
    let numbered = numbered(rows)
    if let numbered {
      builder.problems.add(.wellsNumbered(format: numbered), .info, file: builder.file, line: rows.first?.line)
    }
    let hasNumberedRows = numbersRows(rows)
    if hasNumberedRows {
      builder.problems.add(.rowsNumbered, .info, file: builder.file, line: rows.first?.line)
    }
    for row in rows {
      var values: [LayoutColumn: String] = [:]
      for (column, position) in columns where position < row.fields.count { values[column] = row.fields[position] }
      let own = values[.sample].flatMap { LayoutBuilder.isNothing($0) ? nil : $0 }
      values[.sample] = conditions.sample(own, row)
      // A star is any plate.
      let plateName = values[.plate] == "*" ? "" : values[.plate] ?? ""
      builder.take(
        .init(
          plate: plateName.isEmpty ? plate : plateName, well: wellName(row, numbered: numbered, hasNumberedRows),
          line: row.line,
          values: values, headerUnits: headerUnits, hasRoles: columns[.role] != nil, isNamed: !plateName.isEmpty,
          isOneDrugARow: isOneDrugARow,
          alsoOf: conditions.others(own, row)),
        numbers: table)
    }
  }

  /// The name of a row's well: as it stands, of its row and column, or of its number.
  private func wellName(_ row: TextTable.Row, numbered: PlateFormat?, _ hasNumberedRows: Bool = false) -> String {
    func text(_ column: LayoutColumn) -> String { columns[column].map(row.field) ?? "" }
    if columns[.well] != nil {
      guard let numbered, let number = WellNumber.number(text(.well)) else { return text(.well) }
      return WellPosition(row: (number - 1) / numbered.columns, column: (number - 1) % numbered.columns).description
    }
    guard hasNumberedRows, let letters = WellName.column(text(.row)), let column = WellName.column(text(.column)) else {
      return text(.row) + text(.column)
    }
    return WellPosition(row: letters - 1, column: column - 1).description
  }

  /// Whether rows and columns are numbered from 1. With a 0 among them they are not, and nothing says that all of them are.
  private func numbersRows(_ rows: ArraySlice<TextTable.Row>) -> Bool {
    guard columns[.well] == nil, let row = columns[.row], let column = columns[.column] else { return false }
    let stated = rows.filter { !$0.field(row).isEmpty || !$0.field(column).isEmpty }
    return !stated.isEmpty
      && stated.allSatisfy { WellName.column($0.field(row)) != nil && WellName.column($0.field(column)) != nil }
  }

  /// The plate whose wells are numbered row by row, where every number of a plate is there.
  private func numbered(_ rows: ArraySlice<TextTable.Row>) -> PlateFormat? {
    guard let place = columns[.well] else { return nil }
    var numbers: Set<Int> = []
    for row in rows where !row.field(place).isEmpty {
      guard let number = WellNumber.number(row.field(place)) else { return nil }
      numbers.insert(number)
    }
    guard let last = numbers.max(), numbers.count == last, last >= WellNumber.fewest else { return nil }
    return PlateFormat(wells: last)
  }
}
