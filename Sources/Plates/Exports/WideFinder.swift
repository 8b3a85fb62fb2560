import Assay
import DoseTables
import Spreadsheets

/// Finds tables with one column a well: lists that lie on their side, and kinetics with one row a time.
struct WideFinder {
  let sheet: TextSheet
  let reading: CellReading

  /// How many rows of text (`Content`, `Group`) are passed over below the wells' names.
  private static let mostTexts = 4

  /// The table whose header with the wells' names is the row.
  func find(at row: Int) -> FoundBlock? {
    let header = sheet.rows[row]
    let wells = header.cells.indices.compactMap { cell in
      WellName.position(header.cells[cell]).map { (cell: cell, position: $0) }
    }
    guard wells.count >= 2, let first = wells.first, let last = wells.last,
      wells.count * 10 >= (last.cell - first.cell + 1) * 8
    else { return nil }
    guard !isGridHeader(row, wells: wells.map(\.position), at: first.cell) else { return nil }
    let names = (0..<first.cell).map { ColumnRole.fold(header.cells[$0]) }
    var block = FoundBlock(shape: .list, rows: row..<row + 1, series: [])
    var end = row + 1
    // What the wells hold, in words, may stand between their names and the readings.
    while end < min(sheet.rows.count, row + 1 + Self.mostTexts), isText(sheet.rows[end], wells: wells.map(\.cell)) {
      end += 1
    }
    while end < sheet.rows.count {
      let cells = sheet.rows[end]
      let contents = wells.map { reading.content(cells.cell($0.cell)) }
      guard contents.contains(where: \.isReading), contents.count(where: { $0 == .text }) * 2 < contents.count else {
        break
      }
      var series = FoundBlock.Series(line: cells.line)
      for (place, name) in names.enumerated() where !cells.cell(place).isEmpty {
        let text = cells.cell(place)
        if name.hasPrefix("time") || name.hasPrefix("zeit") {
          series.time = header.cells[place].hasSuffix("[s]") ? text + " s" : text
        } else if name.hasPrefix("date") || reading.isDate(text) {
          series.time = text
        } else if name.hasPrefix("elapsed") {
          series.time = series.time ?? text
        } else if name.hasPrefix("cycle") || name.hasPrefix("zyklus") || name == "repeat" {
          series.repeatNumber = Int(text)
        } else if name.contains("barcode") || name.hasPrefix("plate") {
          series.plate = text
        } else if name.hasPrefix("wavelength") {
          series.label = text + " nm"
        } else if reading.content(text) == .text {
          series.label = text
        }
      }
      for well in wells { series.add(well.position, cells.cell(well.cell), line: cells.line) }
      block.series.append(series)
      end += 1
    }
    guard !block.series.isEmpty else { return nil }
    block.rows = row..<end
    return block
  }

  /// Whether the names are those of columns, `C1, C2, …`, above rows `A`, `B`, …, and no wells of row C.
  private func isGridHeader(_ row: Int, wells: [WellPosition], at first: Int) -> Bool {
    guard first > 0, Set(wells.map(\.row)).count == 1, row + 2 < sheet.rows.count,
      let letter = WellName.row(sheet.rows[row + 1].cell(first - 1))
    else { return false }
    return WellName.row(sheet.rows[row + 2].cell(first - 1)) == letter + 1
  }

  private func isText(_ row: TextSheet.Row, wells: [Int]) -> Bool {
    let texts = wells.count { reading.content(row.cell($0)) == .text }
    return texts * 2 > wells.count
  }
}
