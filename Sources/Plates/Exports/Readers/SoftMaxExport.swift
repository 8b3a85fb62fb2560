import Assay
import Spreadsheets

/// Molecular Devices SoftMax Pro (text, often UTF-16): sections from `Plate:` to `~End`, in plate or time format;
/// `Group:` and `Note:` sections hold no measurement of their own.
struct SoftMaxExport: ExportDialect {
  let reader = "Molecular Devices SoftMax Pro"

  init?(_ words: ExportWords) {
    guard words.has("##blocks", "softmax") || (words.has("plate:\t") && words.has("~end")) else { return nil }
  }

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = PlateIdentity()
    identity.barcode = series.plate ?? context.value("barcode", "plateid")
    identity.channel = series.label.isEmpty ? nil : series.label
    identity.time = series.time
    identity.repeatNumber = series.repeatNumber
    identity.role = series.isCalculated ? .calculated : .measured
    return identity
  }
}

/// One `Plate:` section of SoftMax Pro.
struct SoftMaxSection {
  let sheet: TextSheet
  let reading: CellReading

  /// The section that begins at the row: its plate, or no series where it is a group or a note.
  func find(at row: Int) -> FoundBlock? {
    let opening = sheet.rows[row].cell(0).lowercased()
    guard ["plate:", "group:", "note:", "cuvetteset:", "cuvette:"].contains(where: opening.hasPrefix) else {
      return nil
    }
    var end = row + 1
    while end < sheet.rows.count, !sheet.rows[end].cell(0).lowercased().hasPrefix("~end") { end += 1 }
    let isComplete = end < sheet.rows.count
    var block = FoundBlock(shape: .list, rows: row..<min(end + 1, sheet.rows.count), series: [])
    guard opening.hasPrefix("plate:") else { return block }
    if !isComplete { block.findings.append(.sectionCutOff(line: sheet.rows[row].line)) }
    let header = SoftMaxHeader(sheet.rows[row], reading: reading)
    block.format = header.format
    var isReduced = header.isReduced
    var next = row + 1
    while next < end {
      let cells = sheet.rows[next]
      let wells = cells.cells.indices.filter { WellName.position(cells.cells[$0]) != nil }
      let groups = GridHeader.all(in: cells)
      guard !wells.isEmpty || !groups.isEmpty else {
        next += 1
        continue
      }
      let bodyEnd = self.bodyEnd(from: next + 1, to: end)
      if wells.count >= 1, bodyEnd > next + 1 {
        block.series += timeFormat(wells, names: cells, next + 1..<bodyEnd, header, isReduced: isReduced)
      } else if !groups.isEmpty, bodyEnd > next + 1 {
        block.series += plateFormat(
          groups, next + 1..<bodyEnd, header, isReduced: isReduced, findings: &block.findings)
      } else {
        next += 1
        continue
      }
      // A second table of a section is its reduction.
      isReduced = true
      next = bodyEnd
    }
    return block
  }

  /// Where the values below a header end: at the next header.
  private func bodyEnd(from first: Int, to end: Int) -> Int {
    (first..<max(first, end)).first { row in
      let cells = sheet.rows[row]
      if cells.cells.contains(where: { WellName.position($0) != nil }) { return true }
      // A row of small whole numbers may be values; a header has nothing before it and counts up.
      guard let header = GridHeader.all(in: cells).first, cells.cell(0).isEmpty, cells.cell(1).isEmpty else {
        return false
      }
      return cells.line > sheet.rows[row - 1].line + 1 && header.start == 2
        && cells.filled.allSatisfy { WellName.column(cells.cells[$0]) != nil }
        && zip(header.numbers, header.numbers.dropFirst()).allSatisfy { $0 + 1 == $1 }
    } ?? end
  }

  /// One column a well: one line a wavelength, or a paragraph of one line a time for each wavelength.
  private func timeFormat(
    _ wells: [Int], names: TextSheet.Row, _ rows: Range<Int>, _ header: SoftMaxHeader, isReduced: Bool
  ) -> [FoundBlock.Series] {
    var series: [FoundBlock.Series] = []
    var paragraph = 0
    var place = 0
    for row in rows {
      let cells = sheet.rows[row]
      if row > rows.lowerBound, cells.line > sheet.rows[row - 1].line + 1 {
        paragraph += 1
        place = 0
      }
      guard cells.cells.count > 2 || !cells.isBlank else { continue }
      var one = FoundBlock.Series(line: cells.line)
      one.plate = header.name
      one.isCalculated = isReduced
      if header.isSpectrum, let wavelength = Int(cells.cell(0)) {
        one.label = header.channel(wavelength: "\(wavelength)", isReduced: isReduced)
      } else {
        one.label = header.channel(paragraph, isReduced: isReduced)
        if header.isKinetic { one.repeatNumber = place + 1 }
        if header.isKinetic, !cells.cell(0).isEmpty { one.time = cells.cell(0) }
      }
      for well in wells {
        guard let position = WellName.position(names.cells[well]) else { continue }
        one.add(position, cells.cell(well), line: cells.line)
      }
      series.append(one)
      place += 1
    }
    return series
  }

  /// Grids without letters, one a wavelength beside one another, one a time below one another. A blank line within a
  /// grid is a row of the plate, one behind it keeps the times apart: lines are counted, not rows that hold something.
  private func plateFormat(
    _ groups: [GridHeader], _ rows: Range<Int>, _ header: SoftMaxHeader, isReduced: Bool,
    findings: inout [PlateExportError]
  ) -> [FoundBlock.Series] {
    let top = sheet.rows[rows.lowerBound - 1].line + 1
    let end = rows.upperBound < sheet.rows.count ? sheet.rows[rows.upperBound].line : nil
    let filled = rows.filter { !sheet.rows[$0].isBlank }
    let lines = Set(filled.map { sheet.rows[$0].line })
    let height = header.rowCount ?? header.format?.rows
    var series: [FoundBlock.Series] = []
    var start = top
    var times = -1
    var isBegun = false
    func begin(at line: Int) {
      times += 1
      start = line
      isBegun = false
      for number in groups.indices {
        var one = FoundBlock.Series(line: line)
        one.plate = header.name
        one.isCalculated = isReduced
        one.label = header.channel(number, isReduced: isReduced)
        if header.isKinetic { one.repeatNumber = times + 1 }
        series.append(one)
      }
    }
    begin(at: top)
    for row in filled {
      let cells = sheet.rows[row]
      while let height, cells.line >= start + height {
        // The line behind a grid keeps it apart from the next, unless the next begins there.
        begin(at: start + height + (lines.contains(start + height) ? 0 : 1))
      }
      // A time stands where its grid begins: the one before had fewer rows than the section says.
      if !cells.cell(0).isEmpty, isBegun { begin(at: cells.line) }
      isBegun = true
      if header.isKinetic, !cells.cell(0).isEmpty {
        for number in groups.indices { series[series.count - groups.count + number].time = cells.cell(0) }
      }
      for (number, group) in groups.enumerated() {
        for (column, cell) in zip(group.numbers, group.start..<group.start + group.numbers.count) {
          series[series.count - groups.count + number].add(
            .init(row: header.firstRow + cells.line - start, column: column - 1), cells.cell(cell), line: cells.line)
        }
      }
    }
    // Blank lines that someone took out: which rows are left can not be told.
    if let height, let end, let last = filled.last, end - start < height {
      findings.append(
        .rowsMissing(line: start, rows: sheet.rows[last].line - start + 1, expected: height))
      series.removeLast(groups.count)
    }
    return series
  }
}
