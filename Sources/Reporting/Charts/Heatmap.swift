import Assay
import Synergy

/// A map of one value over the doses of two drugs: rows are the first drug's doses, the lowest at the bottom; columns the second's, the lowest at
/// the left. A dose of 0 stands apart from the others.
struct Heatmap {
  /// Which scale the values are on.
  enum Scale: Sendable {
    /// % inhibition, 0 … 100.
    case response
    /// Percentage points, −50 … 50.
    case synergy
  }

  /// What is read where the picture cannot be seen.
  var title: String
  /// Which scale the values are on.
  var scale: Scale
  /// The drug on the rows, and which of its doses.
  var rows: Side
  /// The drug on the columns, and which of its doses.
  var columns: Side
  /// The value of a row and a column, counted among their doses; NaN where there is none.
  var value: (_ row: Int, _ column: Int) -> Double
  /// What stands in a cell that has no value.
  var mark: (_ row: Int, _ column: Int) -> String
  /// Rows and columns to draw a frame around.
  var frame: (rows: ClosedRange<Int>, columns: ClosedRange<Int>)?

  /// One side of the map.
  struct Side {
    /// What stands at the axis.
    var title: String
    /// The doses shown, ascending.
    var doses: [Double]
  }

  private static let cellWidth = 34
  private static let cellHeight = 22
  private static let left = 42
  private static let top = 16
  private static let bottom = 30
  private static let gap = 5

  /// The width of a map of so many columns, in pixels.
  static func width(columns: Side) -> Int {
    left + columns.doses.count * cellWidth + (columns.doses.first == 0 ? gap : 0)
  }

  /// Draws the map.
  func draw(on canvas: inout some ChartCanvas) {
    let rowGap = rows.doses.first == 0 ? Self.gap : 0
    let columnGap = columns.doses.first == 0 ? Self.gap : 0
    let body = rows.doses.count * Self.cellHeight + rowGap
    let width = Self.width(columns: columns)
    func x(_ column: Int) -> Int { Self.left + column * Self.cellWidth + (column > 0 ? columnGap : 0) }
    func y(_ row: Int) -> Int {
      Self.top + (rows.doses.count - 1 - row) * Self.cellHeight + (row == 0 ? rowGap : 0)
    }

    canvas.begin(width: width, height: Self.top + body + Self.bottom, title: title)
    var levels: [ChartFill: [ChartBox]] = [:]
    var order: [ChartFill] = []
    for row in rows.doses.indices {
      for column in columns.doses.indices {
        let value = value(row, column)
        let fill: ChartFill =
          value.isNaN
          ? .absent
          : scale == .synergy
            ? .synergy(DivergingPalette.level(of: value)) : .response(SequentialPalette.level(of: value))
        let box = ChartBox(
          x: x(column), y: y(row), width: Self.cellWidth - 1, height: Self.cellHeight,
          text: value.isNaN ? .mark(mark(row, column)) : .value(value))
        if levels[fill] == nil { order.append(fill) }
        levels[fill, default: []].append(box)
      }
    }
    for fill in order { canvas.boxes(levels[fill] ?? [], fill: fill) }

    if let frame {
      let (left, right) = (x(frame.columns.lowerBound), x(frame.columns.upperBound) + Self.cellWidth - 1)
      let (upper, lower) = (y(frame.rows.upperBound), y(frame.rows.lowerBound) + Self.cellHeight - 1)
      canvas.outline(
        x: Double(left), y: Double(upper), width: Double(right - left), height: Double(lower - upper))
    }
    canvas.label("↑ " + rows.title, x: 0, y: 10, style: .axisTitle)
    for row in rows.doses.indices {
      canvas.label(
        AxisText.dose(rows.doses[row]), x: Double(Self.left - 4), y: Double(y(row) + Self.cellHeight / 2 + 4),
        style: .rowTick)
    }
    for column in columns.doses.indices {
      canvas.label(
        AxisText.dose(columns.doses[column]), x: Double(x(column) + Self.cellWidth / 2),
        y: Double(Self.top + body + 11),
        style: .columnTick)
    }
    canvas.label(columns.title + " →", x: Double(width), y: Double(Self.top + body + 26), style: .endAlignedNote)
    canvas.end()
  }
}
