import Assay
import DoseTables
import Spreadsheets

/// A list that numbers its wells, 1 … 96, row by row: 1 is A1, 2 is A2.
struct NumberedWells {
  /// The column that holds the numbers.
  let cell: Int
  /// The plate: of the size that the export states, or of as many wells as are numbered without a gap; `nil` when
  /// neither tells it.
  let format: PlateFormat?
  /// The largest number.
  let last: Int
  /// The row after the list.
  let end: Int

  private static let names = ListColumns.wellNames.union(["wellnumber", "wellnr", "wellnum", "kavitätnr"])

  /// Looks below the header in the row; `nil` where no column named as wells holds numbers.
  init?(_ sheet: TextSheet, header: Int, stated: PlateFormat?) {
    guard header + 1 < sheet.rows.count else { return nil }
    let next = sheet.rows[header + 1]
    let candidates = sheet.rows[header].cells.indices.filter { WellNumber.number(next.cell($0)) != nil }
    guard !candidates.isEmpty else { return nil }
    let names = sheet.rows[header].cells.map { cell in
      cell.utf8.contains { $0 >= 0x41 } ? ColumnRole.fold(cell) : ""
    }
    guard let cell = candidates.first(where: { Self.names.contains(names[$0]) }),
      !names.indices.contains(where: {
        ListColumns.wellNames.contains(names[$0]) && WellName.position(next.cell($0)) != nil
      }),
      !(names.contains(where: ListColumns.rowNames.contains) && names.contains(where: ListColumns.columnNames.contains))
    else { return nil }
    var numbers: Set<Int> = []
    var end = header + 1
    var row = end
    while row < sheet.rows.count {
      if let number = WellNumber.number(sheet.rows[row].cell(cell)) {
        numbers.insert(number)
        end = row + 1
      } else if !sheet.rows[row].isBlank {
        break
      }
      row += 1
    }
    guard let last = numbers.max() else { return nil }
    let isEvident = numbers.count == last && last >= WellNumber.fewest
    self.cell = cell
    self.last = last
    self.end = end
    format = stated ?? (isEvident ? PlateFormat(wells: last) : nil)
  }
}
