import Assay
import Spreadsheets

/// The row of column numbers above a grid: `,1,2,3,…`, `,C1,C2,…`, `,Column 1,Column 2,…`, in either order.
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
      guard let first = WellName.header(row.cells[cell]) else {
        cell += 1
        continue
      }
      var numbers = [first.number]
      while let next = WellName.header(row.cell(cell + numbers.count)), next.prefix == first.prefix,
        continues(numbers, next.number)
      {
        numbers.append(next.number)
      }
      // Tecan's corner says that a grid follows, however narrow.
      if numbers.count >= 2 || row.cell(cell - 1) == "<>", WellName.row(row.cell(cell - 1)) == nil {
        headers.append(GridHeader(start: cell, numbers: numbers, label: max(0, cell - 1), shift: cell == 0 ? 1 : 0))
      }
      cell += numbers.count
    }
    return headers
  }

  /// Whether the number goes on the way that the numbers go, up or down.
  private static func continues(_ numbers: [Int], _ next: Int) -> Bool {
    let last = numbers[numbers.count - 1]
    return numbers.count > 1 && numbers[1] < numbers[0]
      ? next < last : next > last || (numbers.count == 1 && next == last - 1)
  }

  /// The plate's size where the header has all columns of one; its rows are then known too.
  var format: PlateFormat? {
    guard numbers.min() == 1, numbers.max() == numbers.count else { return nil }
    return PlateFormat.standard.first { $0.columns == numbers.count }
  }
}
