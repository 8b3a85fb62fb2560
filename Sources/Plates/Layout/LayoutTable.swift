import Assay
import DoseTables

/// A layout as a table: one row a well.
struct LayoutTable {
  private var columns: [LayoutColumn: Int] = [:]
  private var headerUnits: [Int: ConcentrationUnit] = [:]
  private let header: [String]

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
    let hasWell = columns[.well] != nil || (columns[.row] != nil && columns[.column] != nil)
    guard hasWell, columns[.role] != nil || columns[.drug(1)] != nil else { return nil }
  }

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
    for row in rows {
      func text(_ column: LayoutColumn) -> String { columns[column].map(row.field) ?? "" }
      let plate = text(.plate).isEmpty ? file : text(.plate)
      let name = columns[.well] == nil ? text(.row) + text(.column) : text(.well)
      guard let position = WellPosition(name) else {
        builder.problems.add(.badWell(plate: plate, text: name), .warning, file: builder.file, line: row.line)
        continue
      }
      var well = PlateLayout.Well(position: position, role: .empty, line: row.line)
      well.sample = LayoutBuilder.isNothing(text(.sample)) ? nil : text(.sample)
      let stated = text(.role)
      let role = PlateLayout.Role(word: stated)
      if !LayoutBuilder.isNothing(stated), role == nil {
        builder.problems.add(
          .badRole(plate: plate, well: name, text: stated), .warning, file: builder.file, line: row.line)
      } else if let content = TreatmentText(row.field(place), numbers: table) {
        well.role = role ?? content.role ?? .sample
        well.treatments = content.treatments
      } else if let role, role != .sample {
        well.role = role
      } else if !row.field(place).isEmpty {
        builder.problems.add(
          .badTreatment(plate: plate, well: name, text: row.field(place)), .warning, file: builder.file, line: row.line)
      }
      builder.take(well, plate: plate, isNamed: !text(.plate).isEmpty)
    }
    return true
  }

  /// The columns without a role that tell wells of one treatment apart, as a donor or a time does: each of their values is a
  /// sample of its own. Says so, and names the columns that were not needed.
  private func conditions(_ rows: ArraySlice<TextTable.Row>, builder: inout LayoutBuilder) -> [Int] {
    let known = Set(columns.values)
    var others = header.indices.filter { !known.contains($0) && !header[$0].isEmpty }
    // Times after the start are conditions as others are.
    if let day = columns[.day] {
      let times = Set(
        rows.map { $0.field(day) }.filter { !LayoutBuilder.isNothing($0) && !LayoutBuilder.isDayZero($0) })
      if times.count > 1 { others.append(day) }
    }
    guard !others.isEmpty else { return [] }
    let treatment = columns.filter { column, _ in
      switch column {
      case .drug, .dose, .unit, .role, .sample: true
      default: false
      }
    }.values.sorted()
    let drugs = columns.compactMap { column, place -> Int? in if case .drug = column { place } else { nil } }
    let hasDrugs = rows.filter { row in drugs.contains { !LayoutBuilder.isNoDrug(row.field($0)) } }
    var telling: [Int] = []
    for column in others where !ColumnRole.isReplicateName(header[column]) {
      var values: Set<String> = []
      var first: [[String]: String] = [:]
      var treatments: [String: Set<[String]>] = [:]
      var tells = false
      for row in hasDrugs {
        let value = row.field(column)
        values.insert(value)
        let key = treatment.map(row.field)
        treatments[value, default: []].insert(key)
        if let other = first[key] { tells = tells || other != value } else { first[key] = value }
      }
      // A donor or a time stands with many treatments, another name of the treatment with one.
      guard tells, treatments.values.allSatisfy({ $0.count >= 3 }) else { continue }
      telling.append(column)
      builder.problems.add(
        .layoutCondition(column: header[column], values: values.sorted()), .warning, file: builder.file)
    }
    let unread = others.filter { !telling.contains($0) }.map { header[$0] }
    if !unread.isEmpty { builder.problems.add(.layoutColumnsUnread(names: unread), .info, file: builder.file) }
    return telling
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
    let conditions = conditions(rows, builder: &builder)
    for row in rows {
      var values: [LayoutColumn: String] = [:]
      for (column, position) in columns where position < row.fields.count { values[column] = row.fields[position] }
      let stated = conditions.map { (header[$0], row.field($0)) }.filter { !$0.1.isEmpty }
      if !stated.isEmpty {
        let own = values[.sample].flatMap { LayoutBuilder.isNothing($0) ? nil : $0 }
        values[.sample] = ([own].compactMap(\.self) + stated.map { "\($0) \($1)" }).joined(separator: ", ")
      }
      // A star is any plate.
      let own = values[.plate] == "*" ? "" : values[.plate] ?? ""
      let well = values[.well] ?? (values[.row] ?? "") + (values[.column] ?? "")
      builder.take(
        .init(
          plate: own.isEmpty ? plate : own, well: well, line: row.line, values: values, headerUnits: headerUnits,
          hasRoles: columns[.role] != nil, isNamed: !own.isEmpty,
          isOneDrugARow: columns[.drug(1)] != nil && columns[.drug(2)] == nil),
        numbers: table)
    }
  }
}
