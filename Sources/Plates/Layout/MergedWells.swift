import Assay
import DoseTables
import Spreadsheets

/// Wells of a layout whose cells are merged: what stands in the first is in all of them, as a person sees it.
///
/// Only within a grid of wells: above one a merged cell is a title, in a table of rows it may be a name for a group of columns.
struct MergedWells {
  /// The rectangle of a grid: its numbers above, its letters to the left, its wells.
  private struct Grid {
    /// The line of the numbers above; `nil` for a sheet whose cell A1 is well A1.
    var head: Int?
    var lines: ClosedRange<Int>
    var columns: ClosedRange<Int>

    /// Whether a merge holds wells alone.
    func holds(_ merge: TextSheet.Merge) -> Bool {
      lines.lowerBound <= merge.lines.lowerBound && merge.lines.upperBound <= lines.upperBound
        && columns.lowerBound <= merge.columns.lowerBound && merge.columns.upperBound <= columns.upperBound
    }

    /// Whether a merge covers a well, a letter or a number. The corner may belong to a title above.
    func touches(_ merge: TextSheet.Merge) -> Bool {
      guard let head else { return true }
      if merge.columns == 0...0, merge.lines.upperBound <= head { return false }
      return merge.lines.overlaps(head...lines.upperBound) && merge.columns.overlaps(0...columns.upperBound)
    }
  }

  /// Fills the wells of a sheet; answers the merges of which it can not be told which wells they are.
  static func fill(_ sheet: inout TextSheet) -> [TextSheet.Merge] {
    let merges = sheet.merges.filter { merge in
      sheet.rows.contains { $0.line == merge.lines.lowerBound && !$0.cell(merge.columns.lowerBound).isEmpty }
    }
    guard !merges.isEmpty else { return [] }
    let grids = grids(of: sheet)
    var refused: [TextSheet.Merge] = []
    for merge in merges {
      guard let grid = grids.first(where: { $0.touches(merge) }) else { continue }
      if grid.holds(merge) { fill(merge, in: &sheet) } else { refused.append(merge) }
    }
    return refused
  }

  private static func fill(_ merge: TextSheet.Merge, in sheet: inout TextSheet) {
    guard let top = sheet.rows.first(where: { $0.line == merge.lines.lowerBound }) else { return }
    let text = top.cell(merge.columns.lowerBound)
    for line in merge.lines {
      let place: Int
      if let known = sheet.rows.firstIndex(where: { $0.line >= line }), sheet.rows[known].line == line {
        place = known
      } else {
        place = sheet.rows.firstIndex { $0.line > line } ?? sheet.rows.count
        sheet.rows.insert(.init(line: line, cells: []), at: place)
      }
      let missing = merge.columns.upperBound + 1 - sheet.rows[place].cells.count
      if missing > 0 { sheet.rows[place].cells += [String](repeating: "", count: missing) }
      for column in merge.columns where sheet.rows[place].cells[column].isEmpty {
        sheet.rows[place].cells[column] = text
      }
    }
  }

  /// The grids of a sheet: lettered rows below 1, 2, 3, …; or the whole of one that is shaped as the plate.
  private static func grids(of sheet: TextSheet) -> [Grid] {
    var grids: [Grid] = []
    var place = 0
    while place < sheet.rows.count {
      defer { place += 1 }
      let head = sheet.rows[place]
      guard let width = numbered(head) else { continue }
      var last: Int?
      while place + 1 < sheet.rows.count, WellPosition.row(letters: sheet.rows[place + 1].cell(0)) != nil {
        place += 1
        last = sheet.rows[place].line
      }
      if let last { grids.append(Grid(head: head.line, lines: head.line + 1...last, columns: 1...width)) }
    }
    guard grids.isEmpty, let name = sheet.name, let largest = PlateFormat.standard.last else { return grids }
    let holdsWells =
      SheetGrids.column(name) != nil
      || (try? TextTable(sheet.csv)).map { SheetGrids.doses($0, isLabelled: false) != nil } ?? false
    return holdsWells ? [Grid(lines: 1...largest.rows, columns: 0...largest.columns - 1)] : []
  }

  /// The last column of a row that numbers the columns from 1; `nil` for another row.
  private static func numbered(_ row: TextSheet.Row) -> Int? {
    let numbers = row.cells.prefix(row.width).dropFirst()
    guard numbers.count > 1, numbers.enumerated().allSatisfy({ WellName.column($1) == $0 + 1 }) else { return nil }
    return numbers.count
  }
}
