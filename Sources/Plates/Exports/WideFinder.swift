import Assay
import DoseTables
import Spreadsheets

/// Finds tables with one column a well: lists that lie on their side, and kinetics with one row a time.
struct WideFinder {
  let sheet: TextSheet
  let reading: CellReading

  /// How many rows of text (`Content`, `Group`) are passed over below the wells' names.
  private static let mostTexts = 4

  /// A part of the header whose wells are of one plate: cells that name no well, and the wells behind them.
  private struct Part {
    var names: [Int]
    var wells: [(cell: Int, position: WellPosition)]
    /// The plate that it is of, where others stand beside it.
    var plate: String?
  }

  /// The table whose header with the wells' names is the row.
  func find(at row: Int) -> FoundBlock? {
    let header = sheet.rows[row]
    let parts = parts(of: row)
    let wells = parts.flatMap(\.wells)
    guard wells.count >= 2,
      parts.allSatisfy({ part in
        let span = (part.wells.last?.cell ?? 0) - (part.wells.first?.cell ?? 0) + 1
        return part.wells.count * 10 >= span * 8
      }), let first = wells.first
    else { return nil }
    guard !isGridHeader(row, wells: wells.map(\.position), at: first.cell) else { return nil }
    var block = FoundBlock(shape: .list, rows: row..<row + 1, series: [])
    var end = row + 1
    // What the wells hold, in words, may stand between their names and the readings.
    while end < min(sheet.rows.count, row + 1 + Self.mostTexts), isText(sheet.rows[end], wells: wells.map(\.cell)) {
      end += 1
    }
    var series: [[FoundBlock.Series]] = parts.map { _ in [] }
    while end < sheet.rows.count {
      let cells = sheet.rows[end]
      let contents = wells.map { reading.content(cells.cell($0.cell)) }
      guard contents.contains(where: \.isReading), contents.count(where: { $0 == .text }) * 2 < contents.count else {
        break
      }
      for (place, part) in parts.enumerated()
      where parts.count == 1 || part.wells.contains(where: { !cells.cell($0.cell).isEmpty }) {
        series[place].append(self.series(part, header, cells))
      }
      end += 1
    }
    block.series = series.flatMap(\.self)
    guard !block.series.isEmpty else { return nil }
    block.rows = row..<end
    return block
  }

  /// The parts of a header: where wells are named again behind another time, the plates that stand beside one another, each called
  /// as the line above calls it, or numbered.
  private func parts(of row: Int) -> [Part] {
    let header = sheet.rows[row]
    func isTime(_ cell: Int) -> Bool {
      let name = ColumnRole.fold(header.cells[cell])
      return ["time", "zeit", "elapsed", "hours"].contains(where: name.hasPrefix)
    }
    let wells = header.cells.indices.compactMap { cell in
      WellName.position(header.cells[cell]).map { (cell: cell, position: $0) }
    }
    guard let first = wells.first else { return [] }
    let one = [Part(names: Array(0..<first.cell), wells: wells)]
    let starts = header.cells.indices.filter(isTime)
    guard starts.count > 1, starts[0] < first.cell else { return one }
    var parts: [Part] = []
    for (place, start) in starts.enumerated() {
      let range = (place == 0 ? 0 : start)..<(place + 1 < starts.count ? starts[place + 1] : header.cells.count)
      let own = wells.filter { range.contains($0.cell) }
      // Columns of a time and of a temperature may stand before the same wells.
      guard let first = own.first else { continue }
      parts.append(Part(names: Array(range.lowerBound..<first.cell), wells: own))
      parts[parts.count - 1].plate = row > 0 ? name(above: row, in: range) : nil
    }
    let all = parts.flatMap { $0.wells.map(\.position) }
    guard parts.count > 1, Set(all).count < all.count else { return one }
    let isNamed = Set(parts.compactMap(\.plate)).count == parts.count
    for place in parts.indices where !isNamed { parts[place].plate = "\(place + 1)" }
    return parts
  }

  /// What the line above says of some columns.
  private func name(above row: Int, in range: Range<Int>) -> String? {
    range.lazy.map { sheet.rows[row - 1].cell($0) }.first { !$0.isEmpty }
  }

  /// The wells of a part in a row.
  private func series(_ part: Part, _ header: TextSheet.Row, _ cells: TextSheet.Row) -> FoundBlock.Series {
    var series = FoundBlock.Series(line: cells.line)
    series.plate = part.plate
    for place in part.names where !cells.cell(place).isEmpty {
      let (text, name) = (cells.cell(place), ColumnRole.fold(header.cell(place)))
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
    for well in part.wells { series.add(well.position, cells.cell(well.cell), line: cells.line) }
    return series
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
