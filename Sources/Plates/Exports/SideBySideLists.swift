import Assay
import DoseTables
import Spreadsheets

/// Lists beside one another: `Well,Value,,Well,Value`. Put below one another they are read as one.
struct SideBySideLists {
  private let sheet: TextSheet
  private let hasHeader: Bool
  /// The sheet's rows that they take up.
  private let rows: Range<Int>
  /// The cells of each list, its wells first.
  private let groups: [Range<Int>]

  /// The lists that begin in the row; `nil` where fewer than two stand there.
  init?(_ sheet: TextSheet, at row: Int, reading: CellReading) {
    let header = sheet.rows[row]
    let hasHeader = !header.cells.contains { reading.content($0).isReading }
    let first = hasHeader ? row + 1 : row
    guard first < sheet.rows.count, header.cells.count >= 4 else { return nil }
    let cells = sheet.rows[first].cells
    var starts = cells.indices.filter { WellName.position(cells[$0]) != nil }
    guard starts.count >= 2 else { return nil }
    if hasHeader {
      let name = ColumnRole.fold(header.cell(starts[0]))
      guard !name.isEmpty else { return nil }
      starts = starts.filter { ColumnRole.fold(header.cell($0)) == name }
    }
    guard starts.count >= 2 else { return nil }
    var groups: [Range<Int>] = []
    for (place, start) in starts.enumerated() {
      groups.append(start..<(place + 1 < starts.count ? starts[place + 1] : max(cells.count, header.cells.count)))
    }
    // Each has wells of its own and readings beside them; else the name is that of a plate.
    guard
      groups.allSatisfy({ group in
        group.dropFirst().contains { $0 < cells.count && reading.content(cells[$0]).isReading }
          && first + 1 < sheet.rows.count && sheet.rows[first + 1].cell(group.lowerBound) != cells[group.lowerBound]
      })
    else { return nil }
    var end = first
    var next = end
    while next < sheet.rows.count {
      if starts.contains(where: { WellName.position(sheet.rows[next].cell($0)) != nil }) {
        end = next + 1
      } else if !sheet.rows[next].isBlank {
        break
      }
      next += 1
    }
    self.sheet = sheet
    self.hasHeader = hasHeader
    rows = row..<end
    self.groups = groups
  }

  /// The lists, read below one another where their columns have the same names, else each by itself.
  func block(_ reading: CellReading) -> FoundBlock? {
    var stacks: [(names: [String], rows: [TextSheet.Row])] = []
    for group in groups {
      var own = rows.map { slice(sheet.rows[$0], group) }
      let names = hasHeader ? own.removeFirst().cells.map(ColumnRole.fold).filter { !$0.isEmpty } : []
      own.removeAll { $0.cell(groups[0].lowerBound).isEmpty }
      if let place = stacks.firstIndex(where: { $0.names == names }) {
        stacks[place].rows += own
      } else {
        stacks.append((names, (hasHeader ? [slice(sheet.rows[rows.lowerBound], group)] : []) + own))
      }
    }
    var block = FoundBlock(shape: .list, rows: rows, series: [])
    for stack in stacks {
      var below = TextSheet(name: nil)
      below.rows = stack.rows
      guard let list = ListFinder(sheet: below, reading: reading).find(at: 0) else { continue }
      block.series += list.series
      block.findings += list.findings
      block.corner = list.corner
    }
    return block.series.isEmpty ? nil : block
  }

  /// The cells before the first list, which name the plate for all, and those of one list.
  private func slice(_ row: TextSheet.Row, _ group: Range<Int>) -> TextSheet.Row {
    TextSheet.Row(line: row.line, cells: (Array(0..<groups[0].lowerBound) + Array(group)).map(row.cell))
  }
}
