import CCairo

/// How a text looks.
struct TextStyle: Hashable, Sendable {
  /// How heavy.
  enum Weight: UInt32, Sendable {
    case regular = 400
    case semibold = 600
    case bold = 700
  }

  /// Height of the letters, in the drawing's unit.
  var size: Double
  var weight = Weight.regular
  var colour = PaperInk.text
  var isMono = false
  /// Whether all figures are of one width, so that they stand under each other.
  var isTabular = true

  /// The families that are asked for, the first that is installed; signs that it lacks come from the others.
  static let families = "Inter,Liberation Sans,DejaVu Sans,sans-serif"
  static let monoFamilies = "DejaVu Sans Mono,Liberation Mono,monospace"
}

/// A part of a text in one style.
struct TextRun: Hashable, Sendable {
  var text: String
  var style: TextStyle

  init(_ text: String, _ style: TextStyle) {
    self.text = text
    self.style = style
  }
}

/// A text with its lines broken, ready to be measured and drawn.
struct TextLayout {
  /// Where lines start.
  enum Side { case left, right, centre }

  /// The extent of the text, in the drawing's unit.
  var width: Double { shape.width }
  var height: Double { shape.height }
  /// From the top to the first line's baseline.
  var baseline: Double { shape.baseline }
  private let shape: TextShape
  /// The colour of a text of one style, which has none of its own.
  private let ink: Colour

  /// Lays a text out, or takes what the drawing has laid out before.
  ///
  /// - Parameters:
  ///   - width: Where lines break, within words where a word is longer; `nil` keeps the text on one line.
  ///   - lines: The most lines; the last ends with an ellipsis where the text is cut.
  ///   - leading: Distance of the baselines as a multiple of the font's.
  init(
    _ runs: [TextRun], on drawing: CairoDrawing, width: Double? = nil, lines: Int? = nil, side: Side = .left,
    leading: Double = 1
  ) {
    ink = runs.first?.style.colour ?? PaperInk.text
    var request = TextShape.Request(runs: runs, width: width, lines: lines, side: side, leading: leading)
    // A text of one style is the same shape in every colour.
    if runs.count == 1 { request.runs[0].style.colour = PaperInk.text }
    shape = drawing.shape(request)
  }

  /// The text as glyphs; `nil` where only Pango can draw it.
  var glyphs: GlyphLine? { shape.glyphs }

  /// Draws the text with its top left corner at a point.
  func draw(on drawing: CairoDrawing, x: Double, y: Double) {
    drawing.use(ink)
    shape.draw(on: drawing, x: x, y: y)
  }
}

/// What Pango made of a text. Shapes are kept by the drawing: a report has the same numbers thousands of times, and is
/// set twice.
final class TextShape {
  /// What is asked for.
  struct Request: Hashable {
    var runs: [TextRun]
    var width: Double?
    var lines: Int?
    var side: TextLayout.Side
    var leading: Double
  }

  let width: Double
  let height: Double
  let baseline: Double
  private let layout: OpaquePointer
  /// The text as glyphs; `nil` where only Pango can draw it.
  private(set) lazy var glyphs = GlyphLine(layout)

  init(_ request: Request, on drawing: CairoDrawing) {
    layout = pango_layout_new(drawing.fonts)
    if request.runs.count == 1 {
      let text = PrintableText.of(request.runs[0].text)
      pango_layout_set_text(layout, text, Int32(text.utf8.count))
      pango_layout_set_attributes(layout, drawing.attributes(of: request.runs[0].style))
    } else {
      var text = ""
      let attributes = pango_attr_list_new()
      for run in request.runs {
        let start = text.utf8.count
        text += PrintableText.of(run.text)
        Self.add(run.style, from: start, to: text.utf8.count, isColoured: true, drawing.font(of: run.style), attributes)
      }
      pango_layout_set_text(layout, text, Int32(text.utf8.count))
      pango_layout_set_attributes(layout, attributes)
      pango_attr_list_unref(attributes)
    }
    // A report reads from the left, whatever the first letter of a name is.
    pango_layout_set_auto_dir(layout, 0)
    pango_layout_set_single_paragraph_mode(layout, 1)
    if request.leading != 1 { pango_layout_set_line_spacing(layout, Float(request.leading)) }
    if let limit = request.width {
      pango_layout_set_width(layout, Int32(min(limit, 100_000) * Double(PANGO_SCALE)))
      pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
      switch request.side {
      case .left: pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
      case .right: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
      case .centre: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
      }
      if let lines = request.lines {
        pango_layout_set_height(layout, Int32(-lines))
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
      }
    }
    var extents = PangoRectangle()
    pango_layout_get_extents(layout, nil, &extents)
    let unit = Double(PANGO_SCALE)
    width = Double(extents.width) / unit
    height = Double(extents.height) / unit
    baseline = Double(pango_layout_get_baseline(layout)) / unit
  }

  deinit { cairo_shim_unref(UnsafeMutableRawPointer(layout)) }

  /// Draws the text with its top left corner at a point; what has no colour of its own has the one in use.
  func draw(on drawing: CairoDrawing, x: Double, y: Double) {
    cairo_move_to(drawing.context, x, y)
    pango_cairo_show_layout(drawing.context, layout)
  }

  static func add(
    _ style: TextStyle, from start: Int, to end: Int, isColoured: Bool, _ font: OpaquePointer?, _ list: OpaquePointer?
  ) {
    var attributes = [
      pango_attr_font_desc_new(font), pango_attr_font_features_new(style.isTabular ? "tnum=1" : "tnum=0"),
    ]
    if isColoured {
      let (red, green, blue) = (style.colour.red, style.colour.green, style.colour.blue)
      attributes.append(pango_attr_foreground_new(UInt16(red * 257), UInt16(green * 257), UInt16(blue * 257)))
    }
    for attribute in attributes {
      attribute?.pointee.start_index = UInt32(start)
      attribute?.pointee.end_index = UInt32(end)
      pango_attr_list_insert(list, attribute)
    }
  }
}
