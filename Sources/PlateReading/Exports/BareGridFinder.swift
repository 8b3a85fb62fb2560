import Assay

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
    var readings = 0
    while end < sheet.rows.count, end == first || sheet.rows[end].line == sheet.rows[end - 1].line + 1 {
      let contents = sheet.rows[end].cells.map(reading.content)
      guard sheet.rows[end].cells.count >= 2, !contents.contains(.text), !isHeader(end) else { break }
      readings += contents.count(where: \.isReading)
      end += 1
    }
    let count = end - first
    guard count > 0, readings > 0 else { return ([], max(end, first + 1)) }
    let filled = (first..<end).map { sheet.rows[$0].width }.max() ?? 0
    let given = (first..<end).map { sheet.rows[$0].cells.count }.max() ?? 0
    guard let format = format(rows: count, filled: filled, given: given) else { return ([], end) }
    var blocks: [FoundBlock] = []
    for top in stride(from: first, to: end, by: format.rows) {
      let rows = top..<min(top + format.rows, end)
      var series = FoundBlock.Series(line: sheet.rows[top].line)
      for row in rows {
        for column in 0..<format.columns {
          series.add(
            .init(row: row - top, column: column), sheet.rows[row].cell(column), line: sheet.rows[row].line)
        }
      }
      var block = FoundBlock(shape: .grid, rows: rows, series: [series], format: format)
      if rows.count < format.rows {
        block.findings.append(
          .shortGrid(line: sheet.rows[top].line, rows: rows.count, columns: format.columns, expected: format.rows))
      }
      blocks.append(block)
    }
    return (blocks, end)
  }

  /// Whether the row holds column numbers above a row with letters.
  private func isHeader(_ row: Int) -> Bool {
    guard row + 1 < sheet.rows.count, let header = GridHeader.all(in: sheet.rows[row]).first else { return false }
    return header.numbers.count == sheet.rows[row].filled.count
      && WellName.row(sheet.rows[row + 1].cell(header.label)) != nil
  }

  /// The plate whose columns fit and whose rows divide those that there are.
  private func format(rows: Int, filled: Int, given: Int) -> PlateFormat? {
    let fitting = PlateFormat.standard.filter { format in
      format.columns >= filled && format.columns <= max(given, filled) && (format.columns >= 8 || takesSmall)
    }
    if let exact = fitting.last(where: { rows % $0.rows == 0 }) { return exact }
    // A file that ends within its last plate.
    return fitting.last { $0.columns == filled && $0.columns >= 8 && (rows < $0.rows || takesSmall) }
  }
}
