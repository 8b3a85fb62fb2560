import Assay
import DoseTables
import Spreadsheets

/// Finds lists: one row a well.
struct ListFinder {
  let sheet: TextSheet
  let reading: CellReading

  /// How many rows tell what the columns hold.
  private static let sampleRows = 200
  /// How many rows may name the same well before it is a plate's name.
  private static let mostAlike = 8

  /// The list whose header or first well is in the row; `stated` is the size that the export states for its plates.
  func find(at row: Int, stated: PlateFormat? = nil) -> FoundBlock? {
    let cells = sheet.rows[row]
    if let foreign = foreignTable(at: row) { return foreign }
    if let numbered = NumberedWells(sheet, header: row, stated: stated) { return numberedList(numbered, from: row) }
    if let lists = SideBySideLists(sheet, at: row, reading: reading) { return lists.block(reading) }
    if !cells.isBlank, let next = nextFilled(row), let header = header(cells, above: sheet.rows[next]) {
      return list(header, names: cells.cells, from: row, first: next)
    }
    if row + 2 < sheet.rows.count, isTimes(sheet.rows[row + 1]), let header = header(cells, above: sheet.rows[row + 2])
    {
      return list(header, names: cells.cells, from: row, first: row + 2, times: sheet.rows[row + 1])
    }
    let wells = wellCells(cells)
    guard (1...2).contains(wells.count), cells.cells.contains(where: { reading.content($0).isReading }) else {
      return nil
    }
    // One row alone may be anything, and what looks like the same well in each row is the plate's name (`P-1`).
    let below = sheet.rows[(row + 1)...].prefix(Self.mostAlike).map { WellName.position($0.cell(wells[0])) }
    let well = WellName.position(cells.cell(wells[0]))
    guard let next = below.first, next != nil, below.contains(where: { $0 != nil && $0 != well }) else { return nil }
    return list(.well(wells[0]), names: nil, from: row, first: row)
  }

  /// A list of numbered wells; without series where the plate's size is not known.
  private func numberedList(_ numbered: NumberedWells, from row: Int) -> FoundBlock? {
    let line = sheet.rows[row].line
    guard let format = numbered.format else {
      var block = FoundBlock(shape: .list, rows: row..<numbered.end, series: [])
      block.findings = [.numberedWithoutSize(line: line, last: numbered.last)]
      return block
    }
    var block = list(.number(numbered.cell, format), names: sheet.rows[row].cells, from: row, first: row + 1)
    block?.format = format
    block?.findings.append(.numbered(line: line, format: format))
    return block
  }

  /// Whether the row below a header holds the times of its columns and nothing else (BMG's kinetics).
  private func isTimes(_ row: TextSheet.Row) -> Bool {
    guard let first = row.filled.first, wellCells(row).isEmpty else { return false }
    return ["time", "times", "timems", "timemin", "timeh", "zeit", "zeits"].contains(ColumnRole.fold(row.cells[first]))
  }

  /// The row's cells as names of columns; empty for what has no letter, so that rows of numbers cost little.
  private static func names(_ row: TextSheet.Row) -> [String] {
    row.cells.map { cell in cell.utf8.contains { $0 >= 0x41 } ? ColumnRole.fold(cell) : "" }
  }

  /// A table of doses, roles or transfers, passed over to its end.
  private func foreignTable(at row: Int) -> FoundBlock? {
    guard Self.names(sheet.rows[row]).count(where: ListColumns.foreign.contains) >= 2,
      !WellTable.isHeader(sheet.rows[row].cells)
    else { return nil }
    var end = row + 1
    while end < sheet.rows.count, sheet.rows[end].line == sheet.rows[end - 1].line + 1,
      sheet.rows[end].filled.count >= 2
    {
      end += 1
    }
    var block = FoundBlock(shape: .list, rows: row..<end, series: [])
    block.findings = [.foreignTable(line: sheet.rows[row].line, names: sheet.rows[row].cells.filter { !$0.isEmpty })]
    return block
  }

  private func wellCells(_ row: TextSheet.Row) -> [Int] {
    row.cells.indices.filter { WellName.position(row.cells[$0]) != nil }
  }

  /// Where the wells of the rows below a header stand, told by the header's names and by what is below it.
  private func header(_ row: TextSheet.Row, above next: TextSheet.Row) -> ListColumns.Place? {
    let names = Self.names(row)
    let wells = wellCells(next).filter { WellName.position(row.cell($0)) == nil }
    let named = wells.first { $0 < names.count && ListColumns.wellNames.contains(names[$0]) }
    if let well = named ?? (wells.count == 1 && wellCells(row).isEmpty && !row.cell(wells[0]).isEmpty ? wells[0] : nil)
    {
      return .well(well)
    }
    guard let letters = names.firstIndex(where: ListColumns.rowNames.contains),
      let numbers = names.firstIndex(where: ListColumns.columnNames.contains),
      WellName.row(next.cell(letters)) != nil || WellName.column(next.cell(letters)) != nil,
      WellName.column(next.cell(numbers)) != nil
    else { return nil }
    return .rowAndColumn(letters, numbers)
  }

  private func position(_ row: TextSheet.Row, _ place: ListColumns.Place) -> WellPosition? {
    switch place {
    case .well(let cell): return WellName.position(row.cell(cell))
    case .rowAndColumn(let letters, let numbers):
      guard let column = WellName.column(row.cell(numbers)) else { return nil }
      let row = row.cell(letters)
      guard let index = WellName.row(row) ?? WellName.column(row).map({ $0 - 1 }) else { return nil }
      return WellPosition(row: index, column: column - 1)
    case .number(let cell, let format):
      guard let number = WellNumber.number(row.cell(cell)) else { return nil }
      return WellPosition(row: (number - 1) / format.columns, column: (number - 1) % format.columns)
    }
  }

  /// The next row that holds something.
  private func nextFilled(_ row: Int) -> Int? {
    (row + 1..<max(row + 1, sheet.rows.count)).first { !sheet.rows[$0].isBlank }
  }

  private func letters(_ row: TextSheet.Row, _ place: ListColumns.Place) -> String {
    switch place {
    case .well(let cell), .number(let cell, _): row.cell(cell)
    case .rowAndColumn(let letters, _): row.cell(letters)
    }
  }

  private func list(
    _ place: ListColumns.Place, names: [String]?, from top: Int, first: Int, times: TextSheet.Row? = nil
  ) -> FoundBlock? {
    var rows: [(row: TextSheet.Row, position: WellPosition)] = []
    var findings: [PlateExportError] = []
    var end = first
    var told: ListColumns?
    let tell = { (rows: [(row: TextSheet.Row, position: WellPosition)]) in
      ListColumns(place: place, names: names, sample: rows.map(\.row)[...], reading: reading)
    }
    while end < sheet.rows.count {
      if rows.count == Self.sampleRows, told == nil {
        told = tell(rows)
        if told == nil { return nil }
      }
      let row = sheet.rows[end]
      if let position = position(row, place) {
        rows.append((row, position))
      } else if names != nil, row.filled.count >= 2, !letters(row, place).isEmpty, end + 1 < sheet.rows.count,
        self.position(sheet.rows[end + 1], place) != nil, row.cells.contains(where: { reading.content($0).isReading }),
        !rows.isEmpty, header(row, above: sheet.rows[end + 1]) == nil || row.width >= rows[0].row.width
      {
        findings.append(.notAWell(line: row.line, text: letters(row, place)))
      } else if row.isBlank, let next = nextFilled(end), self.position(sheet.rows[next], place) != nil, !rows.isEmpty {
        // Blank rows keep the plate's rows apart, and are none of the list's.
        end = next
        continue
      } else {
        break
      }
      end += 1
    }
    guard let columns = told ?? tell(rows) else { return nil }
    let cycles = names.flatMap { self.cycles(above: top, names: $0, columns) }
    let timed = times.map { Self.timed(columns, $0) }
    var block = FoundBlock(shape: .list, rows: top..<end, series: [])
    block.corner = names?.first ?? ""
    block.findings = findings
    // What a layout holds is read there.
    if !columns.unread.isEmpty, !(names.map(WellTable.isHeader) ?? false) {
      block.findings.append(
        .columnsNotRead(line: sheet.rows[top].line, names: columns.unread, read: columns.values.map(\.name)))
    }
    let small = rows.lazy.map { letters($0.row, place) }
    let hasSmall =
      small.contains(where: WellName.isSmall) && small.contains { !WellName.isSmall($0) }
      && rows.contains { $0.position.column >= 24 }
    var places: [[String]: Int] = [:]
    for (row, position) in rows {
      var position = position
      if hasSmall, WellName.isSmall(letters(row, place)), position.row < WellName.pastZ {
        position = WellPosition(row: position.row + WellName.pastZ, column: position.column)
      }
      for (number, value) in columns.values.enumerated() {
        let texts = [columns.plate, columns.channel, columns.repeatNumber].map { $0.map(row.cell) ?? "" }
        let key = texts + ["\(number)"]
        let index: Int
        if let known = places[key] {
          index = known
        } else {
          index = block.series.count
          places[key] = index
          var series = FoundBlock.Series(line: row.line)
          series.plate = texts[0].isEmpty ? nil : texts[0]
          series.label = [texts[1], columns.values.count > 1 || texts[1].isEmpty ? value.name : ""]
            .filter { !$0.isEmpty }.joined(separator: " ")
          series.repeatNumber = Int(texts[2])
          series.time = columns.time.map(row.cell).flatMap { reading.isDate($0) ? $0 : nil }
          if let timed { (series.repeatNumber, series.time) = timed[number] }
          if let cycles, number < cycles.count {
            series.label = ""
            series.repeatNumber = cycles[number].number
            series.time = cycles[number].time
          }
          block.series.append(series)
        }
        block.series[index].add(position, row.cell(value.cell), line: row.line)
      }
    }
    return block
  }

  /// The cycle and the time of each column of values below a row of times; columns of one name are cycles of a channel.
  private static func timed(_ columns: ListColumns, _ times: TextSheet.Row) -> [(Int?, String?)] {
    let unit = times.cells.lazy.compactMap { cell in
      cell.firstIndex(of: "[").map { " " + cell[cell.index(after: $0)...].prefix { $0 != "]" } }
    }.first
    var counts: [String: Int] = [:]
    return columns.values.map { value in
      counts[value.name, default: 0] += 1
      let time = times.cell(value.cell)
      return (counts[value.name], time.isEmpty ? nil : time + (unit ?? ""))
    }
  }

  /// The cycles whose numbers and times stand in the rows above a list with one column a cycle (Tecan's kinetics).
  private func cycles(
    above header: Int, names: [String], _ columns: ListColumns
  ) -> [(number: Int, time: String?)]? {
    var numbers: TextSheet.Row?
    var times: TextSheet.Row?
    for row in stride(from: header, through: max(0, header - 3), by: -1) {
      let name = ColumnRole.fold(sheet.rows[row].cell(0))
      if name.hasPrefix("cyclenr") || name == "cycle" || name.hasPrefix("zyklus") { numbers = sheet.rows[row] }
      if name == "time" || name == "times" || name == "zeit" { times = sheet.rows[row] }
    }
    guard let numbers else { return nil }
    return columns.values.enumerated().map { place, value in
      (Int(numbers.cell(value.cell)) ?? place + 1, times.map { $0.cell(value.cell) + " s" })
    }
  }
}
