import Foundation
import Testing

@testable import Reporting

@Suite("Charts")
struct ChartTests {
  @Test("the synergy palette is centred on zero and symmetric")
  func palette() {
    #expect(DivergingPalette.level(of: 0) == 0)
    #expect(DivergingPalette.level(of: 2.4) == 0)
    for value in stride(from: 0.0, through: 80, by: 0.5) {
      #expect(DivergingPalette.level(of: -value) == -DivergingPalette.level(of: value))
    }
    for neutral in [DivergingPalette.light(0), DivergingPalette.dark(0)] {
      #expect(neutral.red == neutral.green && neutral.green == neutral.blue)
    }
    #expect(DivergingPalette.light(7).red > DivergingPalette.light(7).blue)
    #expect(DivergingPalette.light(-7).blue > DivergingPalette.light(-7).red)
  }

  @Test(
    "a value beyond the scale takes its end colour", arguments: [(50.0, 10), (51, 10), (300, 10), (-300, -10), (44, 9)])
  func paletteEnds(_ value: Double, _ level: Int) { #expect(DivergingPalette.level(of: value) == level) }

  @Test("levels grow darker away from zero on a light page and lighter on a dark one")
  func paletteOrder() {
    for level in 0..<DivergingPalette.steps {
      for side in [1, -1] {
        #expect(DivergingPalette.light(side * (level + 1)).luminance < DivergingPalette.light(side * level).luminance)
        #expect(DivergingPalette.dark(side * (level + 1)).luminance > DivergingPalette.dark(side * level).luminance)
      }
    }
    for level in 0..<SequentialPalette.steps {
      #expect(SequentialPalette.light(level + 1).luminance < SequentialPalette.light(level).luminance)
    }
  }

  @Test("a number can be read on every colour: contrast of 4.5 at least")
  func contrast() {
    let colours =
      (-10...10).flatMap { [DivergingPalette.light($0), DivergingPalette.dark($0)] }
      + (0...20).flatMap { [SequentialPalette.light($0), SequentialPalette.dark($0)] }
    for colour in colours { #expect(colour.contrast(with: colour.ink) >= 4.5, "\(colour.css)") }
  }

  @Test("a heatmap prints each value in its colour, the lowest dose at the bottom left and zero apart")
  func heatmap() throws {
    let map = Heatmap(
      title: "t", scale: .response, rows: .init(title: "a", doses: [0, 1, 2]),
      columns: .init(title: "b", doses: [0, 5]),
      content: { .value(Double($0 * 40 + $1)) }, frame: nil)
    var canvas = RecordingCanvas()
    map.draw(on: &canvas)
    func box(_ value: Double) throws -> ChartBox {
      try #require(canvas.boxes.first { $0.box.text == .value(value) }).box
    }
    #expect(canvas.boxes.count == 6)
    #expect(try box(0).y > box(40).y && box(40).y > box(80).y)
    #expect(try box(0).x < box(1).x)
    #expect(try box(0).y - box(40).y > box(40).y - box(80).y)
    #expect(canvas.boxes.first { $0.box.text == .value(80) }?.fill == .response(16))
    #expect(canvas.labels.map(\.text).contains("5"))
  }

  @Test("a synergy map excludes single drugs, marks what is missing and frames the peak window")
  func synergyMap() throws {
    let analysis = try SampleScreen.analysis(.init(missing: [[1, 1]], unscored: [[5, 5]]))
    let slice = try #require(MatrixSlice.shown(of: analysis.matrix).first)
    var canvas = RecordingCanvas()
    slice.synergyMap(try #require(analysis.score(of: .loewe))).draw(on: &canvas)
    #expect(canvas.boxes.count == 25)
    #expect(canvas.boxes.filter { $0.box.text == .notMeasured }.count == 1)
    #expect(canvas.boxes.filter { $0.box.text == .notScored }.count == 1)
    #expect(canvas.boxes.filter { $0.fill == .absent }.count == 2)
    let outline = try #require(canvas.outlines.first)
    #expect(outline.width == 3 * 34 - 1)
    #expect(outline.height == 3 * 22 - 1)
  }

  @Test("a three-drug block shows at most four slices, the highest dose among them")
  func slices() throws {
    let matrix = try SampleScreen.analysis(
      .init(drugs: ["a", "b", "c"], units: ["nM", "nM", "nM"], shape: [3, 3, 9])
    ).matrix
    #expect(MatrixSlice.shown(of: matrix).map(\.fixed) == [[2], [4], [6], [8]])
    #expect(MatrixSlice.total(of: matrix) == 8)
    #expect(MatrixSlice.shown(of: matrix)[3].cell(1, 2) == matrix.cell(at: [1, 2, 8]))
  }

  @Test("a dose curve puts the zero dose left of the logarithmic axis and every mean on its dose")
  func curve() throws {
    let analysis = try SampleScreen.analysis(.init())
    let curve = DoseCurve(analysis.monotherapies[0], in: analysis.matrix)
    var canvas = RecordingCanvas()
    curve.draw(on: &canvas)
    let means = try #require(canvas.dots.first { $0.style == .mean }).points
    #expect(means.count == 6)
    let steps = zip(means.dropFirst(), means.dropFirst(2)).map { $1.x - $0.x }
    for step in steps { #expect(abs(step - steps[0]) < 1e-9) }  // threefold doses are even on a log axis
    #expect(means[0].x < means[1].x)
    let fit = try #require(canvas.lines.first { $0.stroke == .fit }).points
    #expect(fit.contains(nil), "the fit at dose 0 is apart from the curve")
  }

  @Test("a response far outside 0 … 100 stretches the axis instead of leaving it")
  func responseScale() {
    let scale = ResponseScale(values: [-300, 40, 120], top: 0, bottom: 100)
    #expect(scale.ticks.first ?? 0 <= -300)
    #expect(scale.y(-300) <= 100 && scale.y(120) >= 0)
    #expect(ResponseScale(values: [3, 90], top: 0, bottom: 100).ticks == [0, 25, 50, 75, 100])
  }

  @Test("an SVG has its title and prints coordinates with one decimal")
  func svg() {
    var out = ByteWriter()
    var canvas = SVGCanvas(taking: &out)
    canvas.begin(width: 10, height: 20, title: "a < b")
    canvas.line([ChartPoint(x: 1.26, y: 2), nil, ChartPoint(x: 3, y: 4.04), ChartPoint(x: 5, y: 6)], stroke: .fit)
    canvas.end()
    canvas.give(back: &out)
    #expect(
      out.string
        == "<svg role=\"img\" viewBox=\"0 0 10 20\" width=\"10\" height=\"20\"><title>a &lt; b</title>"
        + "<path class=\"ft\" d=\"M1.3 2M3 4L5 6\"/></svg>")
  }
}

extension ChartTests {
  @Test("areas are written as steps in whole tenths whose sum closes the outline; a step of nothing is excluded")
  func steps() {
    var out = ByteWriter()
    var canvas = SVGCanvas(taking: &out)
    canvas.areas(
      [
        [
          ChartPoint(x: 1.26, y: 2), ChartPoint(x: 1.27, y: 2), ChartPoint(x: 3, y: 4.04), ChartPoint(x: 2.5, y: 6),
        ], [ChartPoint(x: 0, y: 0), ChartPoint(x: 1, y: 1)],
      ], fill: .synergy(0))
    canvas.give(back: &out)
    #expect(out.string == "<path class=\"ar s10\" d=\"M1.3 2l1.7 2-0.5 2z\"/>")
  }

  @Test("a landscape of one level is one rectangle")
  func merged() throws {
    var analysis = try SampleScreen.analysis(.init(shape: [5, 5]))
    for cell in 0..<analysis.matrix.cellCount { analysis.models[0].synergy[cell] = 12 }
    var canvas = RecordingCanvas()
    try #require(ContourMap(analysis.models[0], on: MatrixSlice(analysis.matrix, fixed: []))).draw(on: &canvas)
    #expect(canvas.areas.count == 1)
    #expect(canvas.areas.first?.points.count == 4)
  }
}

extension ChartTests {
  @Test("polygons that touch are joined; a hole stays, its outline the other way round")
  func joined() {
    func square(_ x: Double, _ y: Double) -> [ChartPoint] {
      [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { ChartPoint(x: x + $0.0, y: y + $0.1) }
    }
    func area(_ outline: [ChartPoint]) -> Double {
      zip(outline, outline.dropFirst() + outline.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y } / 2
    }
    let row = JoinedOutlines.of((0..<4).map { square(Double($0), 0) })
    #expect(row.count == 1 && row[0].count == 4 && area(row[0]) == 4)
    let ring = (0..<9).filter { $0 != 4 }.map { square(Double($0 % 3), Double($0 / 3)) }
    let outlines = JoinedOutlines.of(ring)
    #expect(outlines.map(area).sorted() == [-1, 9])
    // Squares that meet in a corner alone stay whole.
    #expect(JoinedOutlines.of([square(0, 0), square(1, 1)]).map(area).reduce(0, +) == 2)
    #expect(JoinedOutlines.of([]).isEmpty)
  }
}

/// Keeps what is drawn on it.
struct RecordingCanvas: ChartCanvas {
  var boxes: [(box: ChartBox, fill: ChartFill)] = []
  var outlines: [(width: Double, height: Double)] = []
  var lines: [(points: [ChartPoint?], stroke: ChartStroke)] = []
  var dots: [(points: [ChartPoint], style: ChartDot)] = []
  var areas: [(points: [ChartPoint], fill: ChartFill)] = []
  var marks: [(point: ChartPoint, block: Int)] = []
  var labels: [(text: String, x: Double, y: Double)] = []

  mutating func begin(width: Int, height: Int, title: String) {}
  mutating func boxes(_ drawn: [ChartBox], fill: ChartFill) { boxes += drawn.map { ($0, fill) } }
  mutating func outline(x: Double, y: Double, width: Double, height: Double) { outlines.append((width, height)) }
  mutating func line(_ points: [ChartPoint?], stroke: ChartStroke) { lines.append((points, stroke)) }
  mutating func dots(_ points: [ChartPoint], style: ChartDot) { dots.append((points, style)) }
  mutating func area(_ points: [ChartPoint], fill: ChartFill) { areas.append((points, fill)) }
  mutating func mark(_ point: ChartPoint, style: ChartDot, title: @autoclosure () -> String, block: Int) {
    marks.append((point, block))
  }
  mutating func label(_ text: String, x: Double, y: Double, style: ChartLabel) { labels.append((text, x, y)) }
  mutating func end() {}
}
