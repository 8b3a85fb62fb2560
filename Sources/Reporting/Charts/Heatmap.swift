import Assay
import Synergy

/// A map of one value over the doses of two drugs: rows are the first drug's doses, the lowest at the bottom; columns
/// the second's, the lowest at the left. A dose of 0 stands apart from the others.
struct Heatmap {
  /// Which scale the values are on.
  enum Scale: Sendable {
    /// % inhibition, 0 … 100.
    case response
    /// Percentage points, −50 … 50.
    case synergy

    /// How many colours it has; they are counted from its lower end.
    var levels: Int { self == .synergy ? 2 * DivergingPalette.steps + 1 : SequentialPalette.steps + 1 }

    /// The place of a value's colour.
    func place(of value: Double) -> Int {
      self == .synergy ? DivergingPalette.level(of: value) + DivergingPalette.steps : SequentialPalette.level(of: value)
    }

    /// The colour at a place; behind the last is the one for no value.
    func fill(at place: Int) -> ChartFill {
      if place >= levels { return .absent }
      return self == .synergy ? .synergy(place - DivergingPalette.steps) : .response(place)
    }
  }

  /// What is read where the picture cannot be seen.
  var title: String
  /// Which scale the values are on.
  var scale: Scale
  /// The drug on the rows, and which of its doses.
  var rows: Side
  /// The drug on the columns, and which of its doses.
  var columns: Side
  /// What stands at a row and a column, counted among their doses.
  var content: (_ row: Int, _ column: Int) -> BoxText
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
  /// Characters of a tick label that fit a column.
  private static let longestLabel = 5
  private static let cellHeight = 22
  private static let left = 42
  private static let top = 16
  private static let bottom = 30
  private static let gap = 5
  /// Room for the axes' titles, however few doses there are.
  private static let leastWidth = 150

  /// The width of a map of so many columns, in pixels.
  static func width(columns: Side) -> Int {
    max(leastWidth, left + columns.doses.count * cellWidth + (columns.doses.first == 0 ? gap : 0))
  }

  /// A box's size, in pixels.
  static let boxSize = (width: cellWidth - 1, height: cellHeight)

  private var rowGap: Int { rows.doses.first == 0 ? Self.gap : 0 }
  private var columnGap: Int { columns.doses.first == 0 ? Self.gap : 0 }

  /// The left edge of a column's boxes.
  func x(_ column: Int) -> Int { Self.left + column * Self.cellWidth + (column > 0 ? columnGap : 0) }

  /// The upper edge of a row's boxes.
  func y(_ row: Int) -> Int {
    Self.top + (rows.doses.count - 1 - row) * Self.cellHeight + (row == 0 ? rowGap : 0)
  }

  /// Draws the map.
  func draw(on canvas: inout some ChartCanvas) {
    let body = rows.doses.count * Self.cellHeight + rowGap
    let width = Self.width(columns: columns)

    canvas.begin(width: width, height: Self.top + body + Self.bottom, title: title)
    if canvas.needsSizeAlone { return canvas.end() }
    // One list of boxes for each colour: a colour's boxes are drawn together.
    var boxes = [[ChartBox]](repeating: [], count: scale.levels + 1)
    for row in rows.doses.indices {
      for column in columns.doses.indices {
        let text = content(row, column)
        let place: Int
        if case .value(let value) = text { place = scale.place(of: value) } else { place = scale.levels }
        boxes[place].append(
          ChartBox(x: x(column), y: y(row), width: Self.boxSize.width, height: Self.boxSize.height, text: text))
      }
    }
    for place in boxes.indices { canvas.boxes(boxes[place], fill: scale.fill(at: place)) }

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
    let labels = columns.doses.map(AxisText.dose)
    // Long labels would run into each other: every other one stands, the highest dose's among them.
    let step = labels.contains { $0.count > Self.longestLabel } && labels.count > 2 ? 2 : 1
    for column in columns.doses.indices where (labels.count - 1 - column).isMultiple(of: step) {
      canvas.label(
        labels[column], x: Double(x(column) + Self.cellWidth / 2),
        y: Double(Self.top + body + 11),
        style: .columnTick)
    }
    canvas.label(columns.title + " →", x: Double(width), y: Double(Self.top + body + 26), style: .endAlignedNote)
    canvas.end()
  }
}
