import CCairo
import Screening

/// Draws a chart with Cairo and Pango: into a page of a PDF, an SVG or a picture.
///
/// The same colours as `SVGCanvas` on a light page. Lines have the same width at every scale of the chart.
struct CairoCanvas: ChartCanvas {
  /// What is drawn on.
  let drawing: CairoDrawing
  /// Where the chart's top left corner lies.
  var x = 0.0
  var y = 0.0
  /// Points on the drawing for a pixel of the chart.
  var scale = 1.0
  /// The blocks that a mark may lead to, where the drawing has links.
  var linked: Set<Int> = []
  /// Texts that are drawn at the end: those of one font and colour at once.
  private var texts: [GlyphBatch] = []
  /// Marks of one style that are drawn at once, and those that lead to a block.
  private var marks: (style: ChartDot, points: [ChartPoint], linked: [(point: ChartPoint, block: Int)])?

  init(drawing: CairoDrawing, x: Double = 0, y: Double = 0, scale: Double = 1, linked: Set<Int> = []) {
    (self.drawing, self.x, self.y, self.scale, self.linked) = (drawing, x, y, scale, linked)
  }

  mutating func begin(width: Int, height: Int, title: String) {
    cairo_save(drawing.context)
    cairo_translate(drawing.context, x, y)
    cairo_scale(drawing.context, scale, scale)
  }

  mutating func end() {
    drawMarks()
    for batch in texts { drawing.draw(batch) }
    texts = []
    cairo_restore(drawing.context)
  }

  mutating func boxes(_ boxes: [ChartBox], fill: ChartFill) {
    let (colour, alpha) = Self.look(of: fill)
    guard !boxes.isEmpty else { return }
    drawing.boxes(boxes, colour, alpha: alpha)
    let ink = fill == .absent ? PaperInk.absentSign : colour.ink
    for box in boxes where box.text != .sign("") {
      // As large as the row allows; the numbers of a heatmap's boxes are 11.5 pixels high.
      let style = TextStyle(size: min(11.5, Double(box.height) * 0.66), colour: ink)
      set(
        Self.text(of: box.text), style, x: Double(box.x) + Double(box.width) / 2,
        y: Double(box.y) + Double(box.height) / 2 + style.size * 0.365, side: .centre)
    }
  }

  private static func text(of text: BoxText) -> String {
    switch text {
    case .value(let value):
      var out = ByteWriter()
      out.fixed(value, decimals: 0, minus: "−")
      return out.string
    case .notMeasured: return "–"
    case .notScored: return "×"
    case .sign(let sign): return sign
    }
  }

  private static func look(of fill: ChartFill) -> (Colour, alpha: Double) {
    switch fill {
    case .synergy(let level): (DivergingPalette.light(level), 1)
    case .response(let level): (SequentialPalette.light(level), 1)
    case .signal(let level): (SignalPalette.light(level), 1)
    case .absent: (PaperInk.absent, 1)
    case .band: (PaperInk.accent, 0.16)
    }
  }

  mutating func outline(x: Double, y: Double, width: Double, height: Double) {
    drawing.line(
      [
        ChartPoint(x: x, y: y), ChartPoint(x: x + width, y: y), ChartPoint(x: x + width, y: y + height),
        ChartPoint(x: x, y: y + height), ChartPoint(x: x, y: y - 0.9),
      ], PaperInk.text, width: 1.8)
  }

  mutating func line(_ points: [ChartPoint?], stroke: ChartStroke) {
    switch stroke {
    case .axis: drawing.line(points, PaperInk.muted, width: 1)
    case .grid: drawing.line(points, PaperInk.grid, width: 1)
    case .fit: drawing.line(points, PaperInk.accent, width: 2)
    case .marker: drawing.line(points, PaperInk.muted, width: 1, dashes: [3, 3])
    case .contour: drawing.line(points, PaperInk.text, width: 0.8)
    case .interval: drawing.line(points, PaperInk.muted, width: 1.4)
    case .series(let step): drawing.line(points, PaperInk.series(step), width: 1.6)
    }
  }

  mutating func area(_ points: [ChartPoint], fill: ChartFill) { areas([points], fill: fill) }

  mutating func areas(_ polygons: [[ChartPoint]], fill: ChartFill) {
    let (colour, alpha) = Self.look(of: fill)
    // A hair of the same colour closes the seam to the neighbours; a see-through band has none.
    drawing.area(polygons.filter { $0.count > 2 }, colour, alpha: alpha, outline: fill == .band ? nil : 0.6)
  }

  mutating func dots(_ points: [ChartPoint], style: ChartDot) {
    switch style {
    case .mean: drawing.dots(points, diameter: 6.5, PaperInk.text)
    case .replicate: drawing.dots(points, diameter: 4, PaperInk.replicate)
    case .series(let step): drawing.dots(points, diameter: 5, PaperInk.series(step))
    case .call(let call): calls(points, call)
    }
  }

  /// Shapes besides colours: round and large where synergistic, square where antagonistic or additive.
  private func calls(_ points: [ChartPoint], _ call: Call?) {
    let colour = Self.colour(of: call)
    switch call {
    case .synergistic, .mixed: drawing.dots(points, diameter: call == .mixed ? 6.5 : 8, colour)
    case .inconclusive, nil: drawing.dots(points, diameter: 5.5, colour)
    case .additive, .antagonistic:
      let side = call == .additive ? 5.5 : 7.5
      for point in points {
        drawing.fill(x: point.x - side / 2, y: point.y - side / 2, width: side, height: side, colour)
      }
    }
  }

  /// The colour of a call, the same as in `report.html`.
  static func colour(of call: Call?) -> Colour {
    switch call {
    case .synergistic: PaperInk.synergistic
    case .antagonistic: PaperInk.accent
    case .additive: PaperInk.additive
    case .mixed: PaperInk.mixed
    case .inconclusive, nil: PaperInk.inconclusive
    }
  }

  mutating func mark(_ point: ChartPoint, style: ChartDot, title: @autoclosure () -> String, block: Int) {
    if marks?.style != style {
      drawMarks()
      marks = (style, [], [])
    }
    if linked.contains(block) { marks?.linked.append((point, block)) } else { marks?.points.append(point) }
  }

  /// Draws the marks that came since the last other style; those that lead somewhere on top.
  private mutating func drawMarks() {
    guard let (style, points, linked) = marks else { return }
    marks = nil
    dots(points, style: style)
    for (point, block) in linked { drawing.link(to: "b\(block)") { dots([point], style: style) } }
  }

  mutating func label(_ text: String, x: Double, y: Double, style: ChartLabel) {
    let look = TextStyle(size: 10, colour: PaperInk.muted)
    switch style {
    case .columnTick: set(text, look, x: x, y: y, side: .centre)
    case .rowTick, .endAlignedNote: set(text, look, x: x, y: y, side: .right)
    case .axisTitle, .note: set(text, look, x: x, y: y, side: .left)
    case .slanted:
      let layout = TextLayout([TextRun(text, look)], on: drawing)
      drawing.placed(x: x, y: y, turn: -.pi / 4) { layout.draw(on: drawing, x: 0, y: -layout.baseline) }
    }
  }

  /// Sets a text of one line with its baseline at `y` and its start, middle or end at `x`.
  private mutating func set(_ text: String, _ style: TextStyle, x: Double, y: Double, side: TextLayout.Side) {
    let layout = TextLayout([TextRun(text, style)], on: drawing)
    let start =
      switch side {
      case .left: x
      case .centre: x - layout.width / 2
      case .right: x - layout.width
      }
    guard let line = layout.glyphs else { return layout.draw(on: drawing, x: start, y: y - layout.baseline) }
    let place =
      texts.firstIndex { $0.font == line.font && $0.ink == style.colour }
      ?? {
        texts.append(GlyphBatch(font: line.font, ink: style.colour))
        return texts.count - 1
      }()
    texts[place].add(line, x: start, y: y)
  }
}

/// Learns how large a chart is, and draws nothing.
struct ChartSize: ChartCanvas {
  private(set) var width = 0.0
  private(set) var height = 0.0
  let needsSizeAlone = true

  mutating func begin(width: Int, height: Int, title: String) {
    self.width = Double(width)
    self.height = Double(height)
  }
  mutating func boxes(_ boxes: [ChartBox], fill: ChartFill) {}
  mutating func outline(x: Double, y: Double, width: Double, height: Double) {}
  mutating func line(_ points: [ChartPoint?], stroke: ChartStroke) {}
  mutating func area(_ points: [ChartPoint], fill: ChartFill) {}
  mutating func dots(_ points: [ChartPoint], style: ChartDot) {}
  mutating func mark(_ point: ChartPoint, style: ChartDot, title: @autoclosure () -> String, block: Int) {}
  mutating func label(_ text: String, x: Double, y: Double, style: ChartLabel) {}
  mutating func end() {}
}
