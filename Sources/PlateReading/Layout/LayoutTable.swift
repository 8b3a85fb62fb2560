import Assay

/// A layout as a table: one row a well.
struct LayoutTable {
  private var columns: [LayoutColumn: Int] = [:]
  private var headerUnits: [Int: ConcentrationUnit] = [:]

  /// Finds the columns; `nil` when the header is no layout's (a layout has a well and a role or a drug).
  init?(header: [String]) {
    for (position, name) in header.enumerated() {
      guard let column = LayoutColumn(name: name), columns[column] == nil else { continue }
      columns[column] = position
      if case .dose(let number) = column, let unit = LayoutColumn.unit(inName: name) { headerUnits[number] = unit }
    }
    let hasWell = columns[.well] != nil || (columns[.row] != nil && columns[.column] != nil)
    guard hasWell, columns[.role] != nil || columns[.drug(1)] != nil else { return nil }
  }

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

  /// Reads the rows below the header. A row without a plate's name belongs to `plate`, the file's own name.
  func read(_ rows: ArraySlice<TextTable.Row>, of table: TextTable, plate: String, into builder: inout LayoutBuilder) {
    let lacking = withoutDose(rows)
    guard lacking.isEmpty else {
      builder.problems.add(
        .doseColumnMissing(drugs: lacking, columns: table.rows[0].fields), .refused, file: builder.file,
        line: table.rows[0].line)
      return
    }
    for row in rows {
      var values: [LayoutColumn: String] = [:]
      for (column, position) in columns where position < row.fields.count { values[column] = row.fields[position] }
      let own = values[.plate] ?? ""
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
