import Assay
import DoseTables
import Spreadsheets

/// Finds grids: rows named by letters below a row of column numbers, or without one.
struct GridFinder {
  let sheet: TextSheet
  /// Reads numbers of either decimal mark: which one the file has is told from the wells.
  let reading: CellReading

  /// The grid that begins at the row; several when they stand side by side.
  func find(at row: Int, after last: GridHeader?) -> FoundBlock? {
    let label = firstFilled(row)
    if isLabelledRow(sheet.rows[row], label: label) || (isEmptyRow(row, label) && begins(row, label)) {
      return withoutHeader(at: row, after: last)
    }
    var headers = GridHeader.all(in: sheet.rows[row])
    guard let first = headers.first else { return nil }
    // A header without a cell above the letters is as wide as the rows below without their letter.
    if first.shift == 1, row + 1 < sheet.rows.count, WellName.row(sheet.rows[row + 1].cell(0)) == nil {
      headers.removeFirst()
    }
    for header in headers {
      if let block = labelled(headers, from: row, rowLabel: header.label, below: row + 1) { return block }
    }
    return nil
  }

  /// Whether the next row has the next letter and readings.
  private func begins(_ row: Int, _ label: Int) -> Bool {
    guard row + 1 < sheet.rows.count, let letter = WellName.row(sheet.rows[row].cell(label)) else { return false }
    return WellName.row(sheet.rows[row + 1].cell(label)) == letter + 1
      && isLabelledRow(sheet.rows[row + 1], label: label)
  }

  private func firstFilled(_ row: Int) -> Int { sheet.rows[row].cells.firstIndex { !$0.isEmpty } ?? 0 }

  /// Whether the row begins with a row's letters and goes on with readings.
  private func isLabelledRow(_ row: TextSheet.Row, label: Int) -> Bool {
    guard WellName.row(row.cell(label)) != nil, row.cells.count > label + 2 else { return false }
    var readings = 0
    for cell in row.cells[(label + 1)...] {
      switch reading.content(cell) {
      case .number, .noted: readings += 1
      case .text: return readings >= 3
      case .empty: break
      }
    }
    return readings > 0
  }

  /// Rows with letters but no column numbers above: the columns are counted from 1, or are those of the grid before.
  private func withoutHeader(at row: Int, after last: GridHeader?) -> FoundBlock? {
    let label = firstFilled(row)
    var end = row
    var width = 0
    let letters = sheet.rows[row].cell(label)
    // Only to tell the width; no plate has more rows, and the first letter again begins the next plate.
    while end < min(sheet.rows.count, row + WellName.rows), end == row || sheet.rows[end].cell(label) != letters,
      isLabelledRow(sheet.rows[end], label: label) || (end > row && isEmptyRow(end, label))
    {
      width = max(width, readingWidth(sheet.rows[end], from: label + 1))
      end += 1
    }
    guard width >= 2 else { return nil }
    var header = GridHeader(start: label + 1, numbers: Array(1...width), label: label)
    if let last, last.label == label, last.shift == 0, last.numbers.count >= width {
      header.numbers = last.numbers
    } else {
      // One row alone may be anything.
      guard end - row >= 2 else { return nil }
      if let full = PlateFormat.standard.first(where: { $0.columns >= width }),
        sheet.rows[row].cells.count > label + full.columns
      {
        header.numbers = Array(1...full.columns)
      }
      let last = (row..<end).compactMap { WellName.row(sheet.rows[$0].cell(label)) }.max() ?? 0
      guard
        PlateFormat.standard.contains(where: {
          $0.columns == header.numbers.count && (last < $0.rows || $0.columns >= 12)
        })
      else {
        var block = FoundBlock(shape: .grid, rows: row..<end, series: [])
        block.findings.append(.columnsUntold(line: sheet.rows[row].line, rows: end - row, values: width))
        return block
      }
    }
    guard header.numbers.count <= WellName.columns else { return nil }
    return labelled([header], from: row, rowLabel: label, below: row)
  }

  private func isEmptyRow(_ row: Int, _ label: Int) -> Bool {
    WellName.row(sheet.rows[row].cell(label)) != nil && sheet.rows[row].filled.count == 1
  }

  /// How many cells from `start` on there are up to the last reading before a text.
  private func readingWidth(_ row: TextSheet.Row, from start: Int) -> Int {
    var width = 0
    for cell in start..<max(start, row.cells.count) {
      switch reading.content(row.cells[cell]) {
      case .number, .noted: width = cell - start + 1
      case .text: return width
      case .empty: break
      }
    }
    return width
  }

  /// The rows with letters from `first` on.
  private func labelled(_ headers: [GridHeader], from top: Int, rowLabel: Int, below first: Int) -> FoundBlock? {
    var lines: [(row: Int, letters: String, sub: Int)] = []
    var seen: Set<String> = []
    var row = first
    while row < sheet.rows.count {
      let cells = sheet.rows[row]
      let letters = cells.cell(rowLabel)
      if WellName.row(letters) != nil, !(letters.count > 1 && !hasReading(cells, headers) && cells.filled.count > 1) {
        // The first letter again begins the next grid.
        if letters == lines.first?.letters { break }
        lines.append((row, letters, 0))
        seen.insert(letters)
      } else if let last = lines.last, letters.isEmpty, cells.line == sheet.rows[row - 1].line + 1,
        fills(cells, headers) || isEmptyLabelled(cells, lines.map(\.row), headers),
        !isHeader(row, above: lines[0].letters, rowLabel)
      {
        lines.append((row, last.letters, last.sub + 1))
      } else if cells.isBlank, !lines.isEmpty, let next = nextFilled(after: row),
        WellName.row(sheet.rows[next].cell(rowLabel)) != nil, !seen.contains(sheet.rows[next].cell(rowLabel))
      {
        row = next
        continue
      } else {
        break
      }
      row += 1
    }
    guard !lines.isEmpty else { return nil }
    let hasSmall = lines.contains { WellName.isSmall($0.letters) } && lines.contains { !WellName.isSmall($0.letters) }
    var block = FoundBlock(shape: .grid, rows: top..<row, series: [], format: headers[0].format)
    for (number, header) in headers.enumerated() {
      block.series += series(lines, header, hasSmall: hasSmall, above: number > 0 || headers.count > 1 ? top : nil)
    }
    if headers[0].label < headers[0].start { block.corner = sheet.rows[top].cell(headers[0].label) }
    if top == first { block.corner = "" }
    checkEnd(of: &block, lines.map(\.row), headers)
    if headers.count == 1, let first = lines.first?.row,
      let name = summary(headers[0], first, lines.map { end(of: sheet.rows[$0.row], $0.letters, headers[0]) })
    {
      block.findings.append(.columnsNotRead(line: sheet.rows[top].line, names: [name], read: ["the wells"]))
    }
    checkWidths(of: &block, lines.map(\.row), headers, top: top == first ? nil : top)
    return block
  }

  /// Whether the row holds nothing but column numbers and the next grid begins below it.
  private func isHeader(_ row: Int, above letters: String, _ rowLabel: Int) -> Bool {
    guard let header = GridHeader.all(in: sheet.rows[row]).first, row + 1 < sheet.rows.count else { return false }
    return header.numbers.count == sheet.rows[row].filled.count && sheet.rows[row + 1].cell(rowLabel) == letters
  }

  private func nextFilled(after row: Int) -> Int? {
    (row + 1..<min(row + 4, sheet.rows.count)).first { !sheet.rows[$0].isBlank }
  }

  private func hasReading(_ row: TextSheet.Row, _ headers: [GridHeader]) -> Bool {
    headers.contains { $0.cells.contains { reading.content(row.cell($0)).isReading } }
  }

  private func fills(_ row: TextSheet.Row, _ headers: [GridHeader]) -> Bool {
    headers.contains { $0.cells.contains { !row.cell($0).isEmpty } }
  }

  /// Whether the row has no well that holds something, but a label at its end as the rows before have
  /// (`Conc/Dil` of a plate row without standards).
  private func isEmptyLabelled(_ row: TextSheet.Row, _ before: [Int], _ headers: [GridHeader]) -> Bool {
    guard headers.count == 1, let first = row.filled.first, first >= headers[0].cells.upperBound else { return false }
    return before.contains { sheet.rows[$0].cell(first) == row.cells[first] || !sheet.rows[$0].cell(first).isEmpty }
  }

  /// One series for each label at the rows' ends; without labels one for each row below a letter.
  private func series(
    _ lines: [(row: Int, letters: String, sub: Int)], _ header: GridHeader, hasSmall: Bool, above: Int?
  ) -> [FoundBlock.Series] {
    var series: [FoundBlock.Series] = []
    var places: [String: Int] = [:]
    let title = above.map { self.title(above: $0, header) } ?? ""
    // `Barcode: P2` above one of several grids names its plate.
    let plate = title.firstIndex(of: ":").flatMap { colon in
      ["barcode", "platebarcode", "plateid", "plate", "platename"].contains(ColumnRole.fold(String(title[..<colon])))
        ? title[title.index(after: colon)...].trimmingSpaces : nil
    }
    let ends = lines.map { above == nil ? end(of: sheet.rows[$0.row], $0.letters, header) : "" }
    // Where most rows end with their wells, a number behind them is one value too many and no label. Nor is a mean.
    let isSummary = summary(header, lines.first?.row, ends) != nil
    let hasLabels = ends.count(where: \.isEmpty) * 2 <= ends.count && !isSummary
    for (line, end) in zip(lines, ends) {
      guard var index = WellName.row(line.letters) else { continue }
      if hasSmall, WellName.isSmall(line.letters), index < WellName.pastZ { index += WellName.pastZ }
      let cells = sheet.rows[line.row]
      let isExcess = !hasLabels && reading.content(end).isReading && !isSummary
      let label = isExcess || isSummary ? "" : end
      let key = label.isEmpty ? "\(line.sub)" : "=" + label
      let place: Int
      if let known = places[key] {
        place = known
      } else {
        place = series.count
        places[key] = place
        series.append(
          .init(label: label.isEmpty ? (plate == nil ? title : "") : label, plate: plate, line: cells.line))
      }
      for (number, cell) in zip(header.numbers, header.cells) {
        series[place].add(.init(row: index, column: number - 1), cells.cell(cell), line: cells.line)
      }
      // Told as a well past the plate.
      if isExcess, let last = header.numbers.max() {
        series[place].add(.init(row: index, column: last), end, line: cells.line)
      }
    }
    return series
  }

  /// What stands above a grid's letters or its first column.
  private func title(above row: Int, _ header: GridHeader) -> String {
    guard row > 0 else { return "" }
    let cells = sheet.rows[row - 1]
    return cells.cell(header.label).isEmpty ? cells.cell(header.start) : cells.cell(header.label)
  }

  /// What stands behind the wells of a row; some software names the row again there, which says nothing.
  private func end(of row: TextSheet.Row, _ letters: String, _ header: GridHeader) -> String {
    row.cells.dropFirst(header.cells.upperBound).first { !$0.isEmpty && $0 != letters } ?? ""
  }

  /// The name of what stands behind the rows, where it is that of their means or sums.
  private func summary(_ header: GridHeader, _ first: Int?, _ ends: [String]) -> String? {
    guard let first, first > 0, ends.contains(where: { reading.content($0).isReading }),
      let cell = sheet.rows[first].cells.indices.dropFirst(header.cells.upperBound).first(where: {
        !sheet.rows[first].cells[$0].isEmpty
      })
    else { return nil }
    let name = sheet.rows[first - 1].cell(cell - header.shift)
    let folded = ColumnRole.fold(name)
    return ["avg", "average", "mean", "median", "sd", "stdev", "std", "cv", "sum", "total", "sem", "mittelwert"]
      .contains { folded == $0 || folded.hasPrefix("row" + $0) || folded == $0 + "row" } ? name : nil
  }

  /// A row with fewer or more values than the grid has columns, among rows that have as many: which of them its values belong
  /// to can not be told. A workbook's cells have their places.
  private func checkWidths(of block: inout FoundBlock, _ rows: [Int], _ headers: [GridHeader], top: Int?) {
    guard sheet.name == nil, top != nil, headers.count == 1, rows.count > 2, let header = headers.first else { return }
    let end = header.cells.upperBound
    let isCut = block.findings.contains { if case .cutOff = $0 { true } else { false } }
    func readings(_ row: Int) -> Int { header.cells.count { reading.content(sheet.rows[row].cell($0)).isReading } }
    let short = rows.dropLast(isCut ? 1 : 0).filter { sheet.rows[$0].cells.count < end && readings($0) > 0 }
    let long = rows.filter { row in
      let cells = sheet.rows[row].cells
      return cells.count == end + 1 && reading.content(cells[end]).isReading && readings(row) == header.numbers.count
    }
    for (found, others) in [
      (short, rows.count { sheet.rows[$0].cells.count >= end }),
      (long, rows.count { sheet.rows[$0].cells.count <= end || sheet.rows[$0].cell(end).isEmpty }),
    ] where !found.isEmpty && 3 * others >= 2 * rows.count {
      for row in found {
        let line = sheet.rows[row].line
        let count = sheet.rows[row].cells.count - header.cells.lowerBound
        block.findings.append(
          .rowShifted(
            line: line, row: sheet.rows[row].cell(header.label), values: count, expected: header.numbers.count))
        for place in block.series.indices { block.series[place].refuse(line: line) }
      }
    }
  }

  /// A grid whose last row ends before the others, at the end of the file, was cut off: its last number may be a part.
  /// A workbook does not end within a row: empty cells at its end are empty.
  private func checkEnd(of block: inout FoundBlock, _ rows: [Int], _ headers: [GridHeader]) {
    guard sheet.name == nil, headers.count == 1, rows.count > 1, let last = rows.last, last == sheet.rows.count - 1
    else { return }
    let count = sheet.rows[last].cells.count
    guard rows.dropLast().allSatisfy({ sheet.rows[$0].cells.count > count }), count < headers[0].cells.upperBound else {
      return
    }
    let line = sheet.rows[last].line
    let missing = headers[0].cells.upperBound - count
    block.findings.append(.cutOff(line: line, missing: missing))
    for place in block.series.indices {
      for cell in block.series[place].cells.indices.reversed() where block.series[place].cells[cell].line == line {
        guard !block.series[place].cells[cell].text.isEmpty else {
          block.series[place].cells.remove(at: cell)
          continue
        }
        block.series[place].cells[cell].text = CutOff.mark
        break
      }
    }
  }
}

/// Stands in a cell whose number was cut off by the end of the file.
enum CutOff {
  static let mark = "(cut off)"
}
