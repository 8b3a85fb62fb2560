import Assay

/// The row of column numbers above a grid: `,1,2,3,…`.
struct GridHeader {
  /// The cell that holds the first number.
  var start: Int
  /// The columns' numbers, from 1.
  var numbers: [Int]
  /// The cell in which the rows below have their letters.
  var label: Int
  /// How far the rows' cells lie to the right of the header's, because the header has no cell above the letters.
  var shift = 0

  /// The cells of a row below that hold wells.
  var cells: Range<Int> { start + shift..<start + shift + numbers.count }

  /// The headers in a row, several when grids stand side by side.
  static func all(in row: TextSheet.Row) -> [GridHeader] {
    var headers: [GridHeader] = []
    var cell = 0
    while cell < row.cells.count {
      guard let first = WellName.column(row.cells[cell]) else {
        cell += 1
        continue
      }
      var numbers = [first]
      while let next = WellName.column(row.cell(cell + numbers.count)), next > numbers[numbers.count - 1] {
        numbers.append(next)
      }
      if numbers.count >= 2, WellName.row(row.cell(cell - 1)) == nil {
        headers.append(GridHeader(start: cell, numbers: numbers, label: max(0, cell - 1), shift: cell == 0 ? 1 : 0))
      }
      cell += numbers.count
    }
    return headers
  }

  /// The plate's size where the header has all columns of one; its rows are then known too.
  var format: PlateFormat? {
    guard numbers.first == 1, numbers.last == numbers.count else { return nil }
    return PlateFormat.standard.first { $0.columns == numbers.count }
  }
}
