import Screening

/// What a chart is drawn on: SVG today, and whatever else can fill boxes, draw lines and set text.
///
/// Coordinates are pixels from the top left. A chart names *what* a thing is (a level of the synergy scale, a tick
/// label); how that looks is the canvas's matter, so that one chart serves a light page, a dark page and paper.
protocol ChartCanvas {
  /// Whether a chart may end after `begin`: nothing is drawn.
  var needsSizeAlone: Bool { get }
  /// Starts a chart of a size, with the text that stands for it where it cannot be seen.
  mutating func begin(width: Int, height: Int, title: String)
  /// Fills boxes with one colour and prints their labels in them.
  mutating func boxes(_ boxes: [ChartBox], fill: ChartFill)
  /// Draws an outline.
  mutating func outline(x: Double, y: Double, width: Double, height: Double)
  /// Draws a line through points; a point that is `nil` breaks it.
  mutating func line(_ points: [ChartPoint?], stroke: ChartStroke)
  /// Fills the polygon through points.
  mutating func area(_ points: [ChartPoint], fill: ChartFill)
  /// Fills polygons that touch with one colour, without seams between them.
  mutating func areas(_ polygons: [[ChartPoint]], fill: ChartFill)
  /// Draws dots.
  mutating func dots(_ points: [ChartPoint], style: ChartDot)
  /// Draws one dot that says what it is and leads to a block, where the canvas can do so.
  mutating func mark(_ point: ChartPoint, style: ChartDot, title: @autoclosure () -> String, block: Int)
  /// Sets a text.
  mutating func label(_ text: String, x: Double, y: Double, style: ChartLabel)
  /// Ends the chart.
  mutating func end()
}

extension ChartCanvas {
  var needsSizeAlone: Bool { false }

  mutating func areas(_ polygons: [[ChartPoint]], fill: ChartFill) {
    for polygon in polygons { area(polygon, fill: fill) }
  }
}

/// A point of a chart.
struct ChartPoint: Sendable, Hashable {
  var x: Double
  var y: Double
}

/// A filled box of a heatmap.
struct ChartBox: Sendable, Hashable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int
  var text: BoxText
}

/// What is printed in a box.
enum BoxText: Sendable, Hashable {
  /// A number, rounded to a whole one.
  case value(Double)
  /// There is no well: `–`.
  case notMeasured
  /// There are wells, but the model has no score: `×`.
  case notScored
  /// A sign of one character, or nothing: what a well of a plate is for.
  case sign(String)
}

/// What a box's colour stands for.
enum ChartFill: Sendable, Hashable {
  /// A level of `DivergingPalette`.
  case synergy(Int)
  /// A level of `SequentialPalette`.
  case response(Int)
  /// A level of `SignalPalette`.
  case signal(Int)
  /// No value: not measured, or not scored.
  case absent
  /// Where a fitted curve or a score plausibly lies: see-through.
  case band
}

/// What a line stands for.
enum ChartStroke: Sendable, Hashable {
  case axis, grid, fit, marker
  /// A line of equal height on a map.
  case contour
  /// The extent of an interval.
  case interval
  /// One of several curves that go from pale to dark, 0 … `seriesSteps`.
  case series(Int)

  /// The darkest of the series.
  static let seriesSteps = 7
}

/// What a dot stands for.
enum ChartDot: Sendable, Hashable {
  case mean, replicate
  /// A block and what the screen says of it; `nil` where nothing was tested.
  case call(Call?)
  /// A point of one of several curves, 0 … `ChartStroke.seriesSteps`.
  case series(Int)
}

/// What a text is, and which of its points lies at the given place.
enum ChartLabel: Sendable {
  case columnTick, rowTick, axisTitle, endAlignedNote
  /// A short text that starts at the place: the name of a curve.
  case note
  /// A text that starts at the place and rises at 45°: the name of a narrow column.
  case slanted
}
