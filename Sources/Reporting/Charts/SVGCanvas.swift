/// Draws a chart as an inline `<svg>` element, thriftily: a report holds thousands of them.
///
/// Colours are classes that `ReportStyle` defines. A box is one thick stroke (`M40 11h33` with the box's height as its
/// width), so that all boxes of a colour are one path of nine bytes a box; a dot is a stroke of length zero with a
/// round cap. Coordinates have at most one decimal.
struct SVGCanvas: ChartCanvas {
  /// The markup so far.
  private(set) var out: ByteWriter

  /// Draws at the end of a text. The text is moved here and back, so that nothing is copied.
  init(taking text: inout ByteWriter) {
    out = text
    text = ByteWriter()
  }

  /// Gives the text back with the drawing at its end.
  mutating func give(back text: inout ByteWriter) {
    text = out
    out = ByteWriter()
  }

  mutating func begin(width: Int, height: Int, title: String) {
    out.text("<svg role=\"img\" viewBox=\"0 0 ")
    out.integer(width)
    out.byte(space)
    out.integer(height)
    out.text("\" width=\"")
    out.integer(width)
    out.text("\" height=\"")
    out.integer(height)
    out.text("\"><title>")
    out.html(title)
    out.text("</title>")
  }

  /// Appends the class of a fill.
  private mutating func name(of fill: ChartFill) {
    switch fill {
    case .synergy(let level):
      out.byte(UInt8(ascii: "s"))
      out.integer(level + DivergingPalette.steps)
    case .response(let level):
      out.byte(UInt8(ascii: "r"))
      out.integer(level)
    case .signal(let level):
      out.byte(UInt8(ascii: "g"))
      out.integer(level)
    case .absent: out.byte(UInt8(ascii: "x"))
    case .band: out.text("bd")
    }
  }

  mutating func boxes(_ boxes: [ChartBox], fill: ChartFill) {
    guard !boxes.isEmpty else { return }
    out.text("<g class=\"")
    name(of: fill)
    out.text("\"><path d=\"")
    for box in boxes {
      out.byte(UInt8(ascii: "M"))
      out.integer(box.x)
      out.byte(space)
      out.integer(box.y + box.height / 2)
      out.byte(UInt8(ascii: "h"))
      out.integer(box.width)
    }
    out.text("\"/>")
    for box in boxes where box.text != .sign("") {
      out.text("<text x=\"")
      out.integer(box.x + box.width / 2)
      out.text("\" y=\"")
      out.integer(box.y + box.height / 2 + 4)
      out.text("\">")
      switch box.text {
      case .value(let value): out.fixed(value, decimals: 0, minus: "−")
      case .notMeasured: out.text("–")
      case .notScored: out.text("×")
      case .sign(let sign): out.html(sign)
      }
      out.text("</text>")
    }
    out.text("</g>")
  }

  mutating func outline(x: Double, y: Double, width: Double, height: Double) {
    out.text("<path class=\"w\" d=\"M")
    pair(x, y)
    out.byte(UInt8(ascii: "h"))
    coordinate(width)
    out.byte(UInt8(ascii: "v"))
    coordinate(height)
    out.byte(UInt8(ascii: "h"))
    coordinate(-width)
    out.text("z\"/>")
  }

  mutating func line(_ points: [ChartPoint?], stroke: ChartStroke) {
    out.text("<path class=\"")
    switch stroke {
    case .axis: out.text("ax")
    case .grid: out.text("gr")
    case .fit: out.text("ft")
    case .marker: out.text("mk")
    case .contour: out.text("ct")
    case .interval: out.text("iv")
    case .series(let step):
      out.text("q q")
      out.integer(step)
    }
    out.text("\" d=\"")
    path(through: points)
    out.text("\"/>")
  }

  private mutating func path(through points: [ChartPoint?]) {
    var isPenUp = true
    for point in points {
      guard let point else {
        isPenUp = true
        continue
      }
      out.byte(UInt8(ascii: isPenUp ? "M" : "L"))
      pair(point.x, point.y)
      isPenUp = false
    }
  }

  mutating func area(_ points: [ChartPoint], fill: ChartFill) { areas([points], fill: fill) }

  mutating func areas(_ polygons: [[ChartPoint]], fill: ChartFill) {
    guard polygons.contains(where: { $0.count > 2 }) else { return }
    out.text("<path class=\"ar ")
    name(of: fill)
    out.text("\" d=\"")
    for polygon in polygons where polygon.count > 2 { outline(of: polygon) }
    out.text("\"/>")
  }

  /// Appends a closed path: its first point, then the way from each to the next, which takes half the bytes.
  private mutating func outline(of polygon: [ChartPoint]) {
    // Whole tenths, so that roundings do not add up.
    var (x, y, written) = (0, 0, 0)
    for point in polygon {
      let (nextX, nextY) = (Int((point.x * 10).rounded()), Int((point.y * 10).rounded()))
      if written > 0, nextX == x, nextY == y { continue }
      if written < 2 { out.byte(UInt8(ascii: written == 0 ? "M" : "l")) }
      step(nextX - x, isFirst: written < 2)
      step(nextY - y, isFirst: false)
      (x, y) = (nextX, nextY)
      written += 1
    }
    out.byte(UInt8(ascii: "z"))
  }

  private mutating func step(_ tenths: Int, isFirst: Bool) {
    if !isFirst, tenths >= 0 { out.byte(space) }
    coordinate(Double(tenths) / 10)
  }

  /// Appends the classes of a dot.
  private mutating func name(of style: ChartDot) {
    switch style {
    case .mean: out.text("pt")
    case .replicate: out.text("rp")
    case .call(let call): out.text("pc c-\(call?.rawValue ?? "none")")
    case .series(let step):
      out.text("ps q")
      out.integer(step)
    }
  }

  mutating func mark(_ point: ChartPoint, style: ChartDot, title: @autoclosure () -> String, block: Int) {
    out.text("<g data-b=\"")
    out.integer(block)
    out.text("\"><title>")
    out.html(title())
    out.text("</title>")
    dots([point], style: style)
    out.text("</g>")
  }

  mutating func dots(_ points: [ChartPoint], style: ChartDot) {
    guard !points.isEmpty else { return }
    out.text("<path class=\"")
    name(of: style)
    out.text("\" d=\"")
    for point in points {
      out.byte(UInt8(ascii: "M"))
      pair(point.x, point.y)
      out.text("h0")
    }
    out.text("\"/>")
  }

  mutating func label(_ text: String, x: Double, y: Double, style: ChartLabel) {
    out.text("<text x=\"")
    coordinate(x)
    out.text("\" y=\"")
    coordinate(y)
    switch style {
    case .columnTick: out.text("\">")
    case .rowTick: out.text("\" class=\"e\">")
    case .axisTitle: out.text("\" class=\"a\">")
    case .note: out.text("\" class=\"a n\">")
    case .endAlignedNote: out.text("\" class=\"e a\">")
    case .slanted:
      out.text("\" class=\"a\" transform=\"rotate(-45 ")
      pair(x, y)
      out.text(")\">")
    }
    out.html(text)
    out.text("</text>")
  }

  mutating func end() { out.text("</svg>") }

  private mutating func pair(_ x: Double, _ y: Double) {
    coordinate(x)
    out.byte(space)
    coordinate(y)
  }

  private mutating func coordinate(_ value: Double) { out.fixed(value, decimals: 1) }
  private let space = UInt8(ascii: " ")
}
