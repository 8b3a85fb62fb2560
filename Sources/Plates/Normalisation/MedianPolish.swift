import DoseTables
import Statistics

/// A table as overall + row + column effects and what is left, by medians: Tukey (1977) *Exploratory Data Analysis*,
/// ch. 11. Cells that are NaN have no part in it.
struct MedianPolish: Sendable {
  /// The overall effect.
  private(set) var overall = 0.0
  /// One effect for each row; 0 for a row without a cell.
  private(set) var rows: [Double]
  /// One effect for each column.
  private(set) var columns: [Double]
  /// What is left, row-major; NaN where there was no cell.
  private(set) var residuals: [Double]

  /// Most sweeps over rows and columns, and the relative change of Σ|residual| below which it ends: those of R's
  /// `medpolish`.
  private static let sweeps = 10
  private static let tolerance = 0.01

  /// Polishes a row-major table.
  init(_ table: [Double], rows rowCount: Int, columns columnCount: Int) {
    precondition(table.count == rowCount * columnCount, "a full table")
    rows = [Double](repeating: 0, count: rowCount)
    columns = [Double](repeating: 0, count: columnCount)
    residuals = table
    var before = 0.0
    for _ in 0..<Self.sweeps {
      for row in 0..<rowCount { rows[row] += sweep((0..<columnCount).map { row * columnCount + $0 }) }
      takeCentre(of: \.columns)
      for column in 0..<columnCount { columns[column] += sweep((0..<rowCount).map { $0 * columnCount + column }) }
      takeCentre(of: \.rows)
      let left = residuals.reduce(0) { $1.isNaN ? $0 : $0 + abs($1) }
      if left == 0 || abs(left - before) < Self.tolerance * left { break }
      before = left
    }
  }

  /// Takes the median of some cells off them, and answers it.
  private mutating func sweep(_ cells: [Int]) -> Double {
    let present = cells.filter { !residuals[$0].isNaN }
    guard !present.isEmpty else { return 0 }
    let middle = median(present.map { residuals[$0] })
    for cell in present { residuals[cell] -= middle }
    return middle
  }

  private mutating func takeCentre(of effects: WritableKeyPath<MedianPolish, [Double]>) {
    let middle = median(self[keyPath: effects])
    overall += middle
    for place in self[keyPath: effects].indices { self[keyPath: effects][place] -= middle }
  }
}
