import Assay
import Spreadsheets

/// Finds grids of numbers alone, without letters and column numbers. Their shape must be a plate's.
struct BareGridFinder {
  let sheet: TextSheet
  let reading: CellReading

  /// Whether a few small rows are taken for a small plate: where the sheet holds numbers alone, or is a reader's.
  private let takesSmall: Bool

  init(sheet: TextSheet, reading: CellReading, isReaders: Bool) {
    self.sheet = sheet
    self.reading = reading
    takesSmall = isReaders || sheet.rows.allSatisfy { row in row.cells.allSatisfy { reading.content($0) != .text } }
  }

  /// The grids that begin at the row, stacked without a line between them; or where the search may go on.
  func find(at first: Int) -> (blocks: [FoundBlock], end: Int) {
    var end = first
    while end < sheet.rows.count, end == first || sheet.rows[end].line == sheet.rows[end - 1].line + 1, isNumbers(end) {
      end += 1
    }
    // Blank rows at the ends keep grids apart, or are rows of the plate.
    guard let top = (first..<end).first(where: hasReading), let last = (first..<end).last(where: hasReading) else {
      return ([], max(end, first + 1))
    }
    let filled = (top...last).map { sheet.rows[$0].width }.max() ?? 0
    let given = (top...last).map { sheet.rows[$0].cells.count }.max() ?? 0
    let paragraphs = paragraphs(top...last)
    guard
      let format = format([[end - first], paragraphs.map(\.count), [last + 1 - top]], filled: filled, given: given)
    else { return ([], end) }
    // Twelve rows of eight are a plate of 96 wells on its side as well as two of 48.
    let isSideways = PlateFormat.standard.contains { $0.rows == filled && $0.columns == last + 1 - top }
    if !isSideways, let parts = parts(first..<end, top...last, format) {
      return (parts.map { grid($0.rows, from: $0.line, format) }, end)
    }
    // Lines without anything in them, one of which is a row of the plate.
    if !isSideways, let through = rowsApart(from: top, to: end, format) {
      return ([grid(top..<through, from: sheet.rows[top].line, format)], through)
    }
    let line = sheet.rows[top].line
    var block = FoundBlock(shape: .grid, rows: first..<end, series: [], format: format)
    block.findings = [.shortGrid(line: line, rows: last + 1 - top, columns: filled, expected: format.rows)]
    return ([block], end)
  }

  private func isNumbers(_ row: Int) -> Bool {
    let cells = sheet.rows[row].cells
    return cells.count >= 2 && !cells.contains { reading.content($0) == .text } && !isHeader(row)
  }

  private func hasReading(_ row: Int) -> Bool { sheet.rows[row].cells.contains { reading.content($0).isReading } }

  /// The rows that hold something and stand together.
  private func paragraphs(_ rows: ClosedRange<Int>) -> [Range<Int>] {
    var paragraphs: [Range<Int>] = []
    for row in rows where hasReading(row) {
      if let last = paragraphs.last, last.upperBound == row {
        paragraphs[paragraphs.count - 1] = last.lowerBound..<row + 1
      } else {
        paragraphs.append(row..<row + 1)
      }
    }
    return paragraphs
  }

  /// The plates that the rows make: whole ones, one below another or with blank rows between them; or a plate some of
  /// whose rows are blank. `nil` where it can not be told which rows these are.
  private func parts(
    _ all: Range<Int>, _ core: ClosedRange<Int>, _ format: PlateFormat
  ) -> [(rows: Range<Int>, line: Int)]? {
    func stacked(_ rows: Range<Int>) -> [(rows: Range<Int>, line: Int)] {
      stride(from: rows.lowerBound, to: rows.upperBound, by: format.rows).map {
        ($0..<$0 + format.rows, sheet.rows[$0].line)
      }
    }
    let paragraphs = paragraphs(core)
    if paragraphs.allSatisfy({ $0.count % format.rows == 0 }) { return paragraphs.flatMap(stacked) }
    if core.count % format.rows == 0,
      all.count % format.rows != 0 || (core.lowerBound - all.lowerBound) % format.rows == 0
    {
      return stacked(core.lowerBound..<core.upperBound + 1)
    }
    return all.count % format.rows == 0 ? stacked(all) : nil
  }

  /// Where the plate ends whose rows are `top` and those below it, lines without anything between them: as many lines
  /// as the plate has rows.
  private func rowsApart(from top: Int, to end: Int, _ format: PlateFormat) -> Int? {
    var next = end
    let line = sheet.rows[top].line
    while next < sheet.rows.count, isNumbers(next), sheet.rows[next].line < line + format.rows { next += 1 }
    guard next > end, sheet.rows[next - 1].line == line + format.rows - 1 else { return nil }
    // A row right behind the last is one too many.
    return next < sheet.rows.count && isNumbers(next) && sheet.rows[next].line == line + format.rows ? nil : next
  }

  private func grid(_ rows: Range<Int>, from line: Int, _ format: PlateFormat) -> FoundBlock {
    var series = FoundBlock.Series(line: line)
    for row in rows {
      for column in 0..<format.columns {
        series.add(
          .init(row: sheet.rows[row].line - line, column: column), sheet.rows[row].cell(column),
          line: sheet.rows[row].line)
      }
    }
    return FoundBlock(shape: .grid, rows: rows, series: [series], format: format)
  }

  /// Whether the row holds column numbers above a row with letters.
  private func isHeader(_ row: Int) -> Bool {
    guard row + 1 < sheet.rows.count, let header = GridHeader.all(in: sheet.rows[row]).first else { return false }
    return header.numbers.count == sheet.rows[row].filled.count
      && WellName.row(sheet.rows[row + 1].cell(header.label)) != nil
  }

  /// The plate whose columns fit and whose rows divide the first of the counts of rows that one does: with blank rows,
  /// between them, without them. Without such a plate one that has as many columns.
  private func format(_ counts: [[Int]], filled: Int, given: Int) -> PlateFormat? {
    let fitting = PlateFormat.standard.filter { format in
      format.columns >= filled && format.columns <= max(given, filled) && (format.columns >= 8 || takesSmall)
    }
    for rows in counts {
      if let exact = fitting.last(where: { format in rows.allSatisfy { $0 % format.rows == 0 } }) { return exact }
    }
    let rows = counts.last?.first ?? 0
    return fitting.last { $0.columns == filled && $0.columns >= 8 && (rows < $0.rows || takesSmall) }
  }
}
