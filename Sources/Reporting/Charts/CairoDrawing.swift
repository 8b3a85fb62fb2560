import CCairo
import Results

/// What Cairo draws on: a page, a picture in a file or in memory. The only place, with `TextLayout`, where Cairo's and
/// Pango's memory is handled by hand.
///
/// Not for two threads at a time; two drawings on two threads are well (Pango keeps its fonts by thread).
final class CairoDrawing {
  /// Cairo's context, for calls that have no function here.
  let context: OpaquePointer
  /// What the context draws on.
  let surface: OpaquePointer
  /// What texts are laid out with.
  let fonts: OpaquePointer
  private let sink: CairoSink?
  private var shapes: [TextShape.Request: TextShape] = [:]
  private var descriptions: [TextStyle: OpaquePointer] = [:]
  private var lists: [TextStyle: OpaquePointer] = [:]

  private init(surface: OpaquePointer, sink: CairoSink?) {
    self.surface = surface
    self.sink = sink
    context = cairo_create(surface)
    fonts = pango_cairo_create_context(context)
    // Glyphs stand where their outlines say, so that text looks the same at every size and is measured as it prints.
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    pango_cairo_context_set_font_options(fonts, options)
    cairo_font_options_destroy(options)
    pango_cairo_context_set_resolution(fonts, 72)
    pango_context_set_round_glyph_positions(fonts, 0)
  }

  deinit {
    for list in lists.values { pango_attr_list_unref(list) }
    for font in descriptions.values { pango_font_description_free(font) }
    cairo_shim_unref(UnsafeMutableRawPointer(fonts))
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// A PDF whose pages have a size in points.
  static func pdf(width: Double, height: Double, to file: OutputFile) -> CairoDrawing {
    let sink = CairoSink(file)
    return CairoDrawing(
      surface: cairo_pdf_surface_create_for_stream(CairoSink.take, sink.pointer, width, height), sink: sink)
  }

  /// An SVG of a size in pixels.
  static func svg(width: Double, height: Double, to file: OutputFile) -> CairoDrawing {
    let sink = CairoSink(file, isHeld: true)
    let surface: OpaquePointer = cairo_svg_surface_create_for_stream(CairoSink.take, sink.pointer, width, height)
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
    return CairoDrawing(surface: surface, sink: sink)
  }

  /// A picture in memory, `scale` dots a pixel; `writePNG` writes it.
  static func picture(width: Double, height: Double, scale: Double) -> CairoDrawing {
    let surface: OpaquePointer = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32((width * scale).rounded(.up)), Int32((height * scale).rounded(.up)))
    cairo_surface_set_device_scale(surface, scale, scale)
    return CairoDrawing(surface: surface, sink: nil)
  }

  /// Writes a picture as PNG.
  func writePNG(to file: OutputFile) throws(ResultsError) {
    let sink = CairoSink(file)
    let status = cairo_surface_write_to_png_stream(surface, CairoSink.take, sink.pointer)
    try sink.check(status, path: file.path)
  }

  /// Ends the drawing; a PDF or an SVG is whole after it.
  func finish(path: String) throws(ResultsError) {
    let drawn = cairo_status(context)
    cairo_surface_finish(surface)
    let status = drawn == CAIRO_STATUS_SUCCESS ? cairo_surface_status(surface) : drawn
    if let sink {
      try sink.check(status, path: path)
      try sink.release()
    } else if status != CAIRO_STATUS_SUCCESS {
      throw CairoSink.failure(status, path: path)
    }
  }

  // MARK: Texts

  /// The shape of a text, laid out once.
  func shape(_ request: TextShape.Request) -> TextShape {
    if let known = shapes[request] { return known }
    let shape = TextShape(request, on: self)
    shapes[request] = shape
    return shape
  }

  /// Pango's description of a style's font, made once.
  func font(of style: TextStyle) -> OpaquePointer? {
    var key = style
    key.colour = PaperInk.text
    if let known = descriptions[key] { return known }
    let font = pango_font_description_from_string(style.isMono ? TextStyle.monoFamilies : TextStyle.families)
    pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
    pango_font_description_set_weight(font, PangoWeight(style.weight.rawValue))
    descriptions[key] = font
    return font
  }

  /// The attributes of a text of one style, made once.
  func attributes(of style: TextStyle) -> OpaquePointer? {
    if let known = lists[style] { return known }
    let list = pango_attr_list_new()
    TextShape.add(style, from: 0, to: Int(Int32.max), isColoured: false, font(of: style), list)
    lists[style] = list
    return list
  }

  // MARK: Shapes

  /// Makes a colour the one that is drawn with.
  func use(_ colour: Colour, alpha: Double = 1) {
    cairo_set_source_rgba(
      context, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255, alpha)
  }

  /// Fills a rectangle.
  func fill(x: Double, y: Double, width: Double, height: Double, _ colour: Colour, alpha: Double = 1) {
    use(colour, alpha: alpha)
    cairo_rectangle(context, x, y, width, height)
    cairo_fill(context)
  }

  /// Fills boxes with one colour, half a pixel less high at either end: each is a thick stroke, half the numbers of a
  /// rectangle.
  func boxes(_ boxes: [ChartBox], _ colour: Colour, alpha: Double = 1) {
    use(colour, alpha: alpha)
    for (place, box) in boxes.enumerated() {
      let y = Double(box.y) + Double(box.height) / 2
      cairo_move_to(context, Double(box.x), y)
      cairo_line_to(context, Double(box.x + box.width), y)
      if place + 1 < boxes.count, boxes[place + 1].height == box.height { continue }
      cairo_set_line_width(context, Double(box.height) - 1)
      cairo_stroke(context)
    }
  }

  /// Fills a rectangle with round corners, and draws its outline where one is asked for.
  func card(
    x: Double, y: Double, width: Double, height: Double, radius: Double, _ colour: Colour, outline: Colour? = nil
  ) {
    let quarter = Double.pi / 2
    cairo_new_sub_path(context)
    for (corner, centre) in [
      (x + width - radius, y + radius), (x + width - radius, y + height - radius), (x + radius, y + height - radius),
      (x + radius, y + radius),
    ].enumerated() {
      let start = Double(corner - 1) * quarter
      cairo_arc(context, centre.0, centre.1, radius, start, start + quarter)
    }
    cairo_close_path(context)
    use(colour)
    guard let outline else { return cairo_fill(context) }
    cairo_fill_preserve(context)
    use(outline)
    cairo_set_line_width(context, 0.6)
    cairo_stroke(context)
  }

  /// Draws a line through points; a point that is `nil` breaks it.
  func line(_ points: [ChartPoint?], _ colour: Colour, width: Double, dashes: [Double] = []) {
    cairo_new_path(context)
    trace(points)
    use(colour)
    cairo_set_line_width(context, width)
    cairo_set_dash(context, dashes, Int32(dashes.count), 0)
    cairo_stroke(context)
    if !dashes.isEmpty { cairo_set_dash(context, nil, 0, 0) }
  }

  /// Fills polygons, with an outline of the same colour where a width is given.
  func area(_ polygons: [[ChartPoint]], _ colour: Colour, alpha: Double = 1, outline: Double? = nil) {
    cairo_new_path(context)
    for polygon in polygons {
      trace(polygon)
      cairo_close_path(context)
    }
    use(colour, alpha: alpha)
    guard let outline else { return cairo_fill(context) }
    cairo_fill_preserve(context)
    cairo_set_line_width(context, outline)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_stroke(context)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_MITER)
  }

  /// Adds a line to the path.
  private func trace(_ points: [ChartPoint?]) {
    var isPenUp = true
    for point in points {
      guard let point else {
        isPenUp = true
        continue
      }
      if isPenUp { cairo_move_to(context, point.x, point.y) } else { cairo_line_to(context, point.x, point.y) }
      isPenUp = false
    }
  }

  /// Draws round dots, hollow where a ring is asked for.
  func dots(_ points: [ChartPoint], diameter: Double, _ colour: Colour, ring: Double? = nil) {
    guard let ring else {
      // A line of no length with round ends: a third of the bytes of a circle.
      for point in points {
        cairo_move_to(context, point.x, point.y)
        cairo_line_to(context, point.x, point.y)
      }
      use(colour)
      cairo_set_line_width(context, diameter)
      cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
      cairo_stroke(context)
      return cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
    }
    for point in points {
      cairo_new_sub_path(context)
      cairo_arc(context, point.x, point.y, diameter / 2, 0, 2 * Double.pi)
    }
    use(PaperInk.white)
    cairo_fill_preserve(context)
    use(colour)
    cairo_set_line_width(context, ring)
    cairo_stroke(context)
  }

  /// Draws with the origin moved, everything scaled and turned clockwise by an angle in radians.
  func placed(x: Double, y: Double, scale: Double = 1, turn: Double = 0, _ draw: () -> Void) {
    cairo_save(context)
    cairo_translate(context, x, y)
    cairo_rotate(context, turn)
    cairo_scale(context, scale, scale)
    draw()
    cairo_restore(context)
  }

  /// Draws texts at once.
  func draw(_ batch: GlyphBatch) {
    use(batch.ink)
    cairo_set_scaled_font(context, batch.font)
    batch.text.withUnsafeBufferPointer { text in
      text.withMemoryRebound(to: CChar.self) { text in
        cairo_show_text_glyphs(
          context, text.baseAddress, Int32(text.count), batch.glyphs, Int32(batch.glyphs.count), batch.clusters,
          Int32(batch.clusters.count), cairo_text_cluster_flags_t(0))
      }
    }
  }

  // MARK: Links

  /// What is drawn leads to a named place of the document.
  func link(to place: String, _ draw: () -> Void) {
    cairo_tag_begin(context, CAIRO_TAG_LINK, "dest='\(place)'")
    draw()
    cairo_tag_end(context, CAIRO_TAG_LINK)
  }

  /// Names the place at a point; names are the program's own, of letters and digits.
  func place(_ name: String, x: Double, y: Double) {
    cairo_tag_begin(context, CAIRO_TAG_DEST, "name='\(name)' x=\(x) y=\(y)")
    cairo_tag_end(context, CAIRO_TAG_DEST)
  }
}

/// Takes the bytes that Cairo writes into a file, and remembers why that failed.
private final class CairoSink {
  private let file: OutputFile
  private var failure: ResultsError?
  /// What was not written yet; `nil` where bytes go straight into the file.
  private var held: [UInt8]?

  /// - Parameter isHeld: Whether bytes wait for `release`.
  init(_ file: OutputFile, isHeld: Bool = false) {
    self.file = file
    held = isHeld ? [] : nil
  }

  /// Writes what was held. Of an SVG without the name of its first group: Cairo counts its surfaces through the whole
  /// process, so that a picture would depend on what was drawn before it.
  func release() throws(ResultsError) {
    guard let bytes = held else { return }
    held = []
    let name = Array(" id=\"surface".utf8)
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: name) }),
      let end = bytes[(start + name.count)...].firstIndex(of: UInt8(ascii: "\""))
    else { return try file.append(bytes) }
    try file.append(Array(bytes[..<start] + bytes[(end + 1)...]))
  }

  /// What Cairo hands to `take`. The sink must outlive the surface.
  var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static let take: cairo_write_func_t = { closure, bytes, count in
    guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<CairoSink>.fromOpaque(closure).takeUnretainedValue()
    let taken = UnsafeBufferPointer(start: bytes, count: Int(count))
    if sink.held != nil {
      sink.held?.append(contentsOf: taken)
      return CAIRO_STATUS_SUCCESS
    }
    do throws(ResultsError) {
      try sink.file.append(Array(taken))
      return CAIRO_STATUS_SUCCESS
    } catch {
      sink.failure = error
      return CAIRO_STATUS_WRITE_ERROR
    }
  }

  func check(_ status: cairo_status_t, path: String) throws(ResultsError) {
    if let failure { throw failure }
    if status != CAIRO_STATUS_SUCCESS { throw Self.failure(status, path: path) }
  }

  static func failure(_ status: cairo_status_t, path: String) -> ResultsError {
    .cannotWrite(path: path, reason: "Cairo: " + String(cString: cairo_status_to_string(status)))
  }
}
