import Assay
import Spreadsheets

/// Finds grids that lie on their side: columns of letters, rows of numbers.
struct TransposedGridFinder {
  let sheet: TextSheet
  let reading: CellReading

  /// The grid whose row of letters is the given row.
  func find(at row: Int) -> FoundBlock? {
    let header = sheet.rows[row]
    guard let start = header.cells.firstIndex(where: { WellName.row($0) == 0 }), start > 0 else { return nil }
    var letters: [Int] = []
    while let letter = WellName.row(header.cell(start + letters.count)), letter == letters.count {
      letters.append(letter)
    }
    guard letters.count >= 2 else { return nil }
    var end = row + 1
    var series = FoundBlock.Series(line: header.line)
    var columns: Set<Int> = []
    var readings = 0
    while end < sheet.rows.count, let column = WellName.header(sheet.rows[end].cell(start - 1))?.number,
      columns.insert(column).inserted
    {
      let cells = sheet.rows[end]
      for (place, letter) in letters.enumerated() {
        let text = cells.cell(start + place)
        if reading.content(text).isReading { readings += 1 }
        series.add(.init(row: letter, column: column - 1), text, line: cells.line)
      }
      end += 1
    }
    guard columns.count >= 2, readings > 0 else { return nil }
    return FoundBlock(
      shape: .grid, rows: row..<end, series: [series], corner: header.cell(start - 1),
      format: PlateFormat.standard.first { $0.rows == letters.count && $0.columns == columns.count })
  }
}
