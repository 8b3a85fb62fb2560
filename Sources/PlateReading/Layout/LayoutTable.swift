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
      if case .dose(let number) = column, let unit = ColumnRole.unit(inColumnName: name) { headerUnits[number] = unit }
    }
    let hasWell = columns[.well] != nil || (columns[.row] != nil && columns[.column] != nil)
    guard hasWell, columns[.role] != nil || columns[.drug(1)] != nil else { return nil }
  }

  /// Reads the rows below the header. A row without a plate's name belongs to `plate`, the file's own name.
  func read(_ rows: ArraySlice<TextTable.Row>, of table: TextTable, plate: String, into builder: inout LayoutBuilder) {
    for row in rows {
      var values: [LayoutColumn: String] = [:]
      for (column, position) in columns where position < row.fields.count { values[column] = row.fields[position] }
      let own = values[.plate] ?? ""
      let well = values[.well] ?? (values[.row] ?? "") + (values[.column] ?? "")
      builder.take(
        .init(
          plate: own.isEmpty ? plate : own, well: well, line: row.line, values: values, headerUnits: headerUnits,
          hasRoles: columns[.role] != nil),
        numbers: table)
    }
  }
}
