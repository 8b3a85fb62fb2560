import CCairo

/// A text of one line and one font as glyphs, from the start of its baseline.
struct GlyphLine {
  /// Cairo's font, which lives as long as the layout.
  let font: OpaquePointer
  fileprivate let glyphs: [cairo_glyph_t]
  fileprivate let text: [UInt8]
  fileprivate let clusters: [cairo_text_cluster_t]

  /// The glyphs of a layout; `nil` of one with several lines or fonts, that runs from the right, or has a letter that no
  /// font has.
  init?(_ layout: OpaquePointer) {
    guard pango_layout_get_line_count(layout) == 1, let line = pango_layout_get_line_readonly(layout, 0),
      let runs = line.pointee.runs, runs.pointee.next == nil, let data = runs.pointee.data,
      let letters = pango_layout_get_text(layout)
    else { return nil }
    let run = data.assumingMemoryBound(to: PangoGlyphItem.self).pointee
    let (item, string) = (run.item.pointee, run.glyphs.pointee)
    guard item.analysis.level == 0, let pangoFont = item.analysis.font,
      let font = pango_cairo_font_get_scaled_font(OpaquePointer(pangoFont))
    else { return nil }
    var glyphs: [cairo_glyph_t] = []
    var clusters: [cairo_text_cluster_t] = []
    let (unit, count) = (Double(PANGO_SCALE), Int(string.num_glyphs))
    var x: Int32 = 0
    var start: Int32 = -1
    for place in 0..<count {
      let glyph = string.glyphs[place]
      // Above these are Pango's signs for nothing and for a letter that is not in the font.
      guard glyph.glyph < 0x0fff_ffff else { return nil }
      glyphs.append(
        cairo_glyph_t(
          index: UInt(glyph.glyph), x: Double(x + glyph.geometry.x_offset) / unit,
          y: Double(glyph.geometry.y_offset) / unit))
      x += glyph.geometry.width
      let cluster = string.log_clusters[place]
      if cluster == start {
        clusters[clusters.count - 1].num_glyphs += 1
      } else {
        if let last = clusters.indices.last { clusters[last].num_bytes = cluster - start }
        clusters.append(cairo_text_cluster_t(num_bytes: item.length - cluster, num_glyphs: 1))
        start = cluster
      }
    }
    self.font = font
    self.glyphs = glyphs
    self.clusters = clusters
    text = (0..<Int(item.length)).map { UInt8(bitPattern: letters[Int(item.offset) + $0]) }
  }
}

/// Texts of one font and colour that are drawn at once: a map has hundreds of numbers, and each text by itself costs as
/// much as its letters.
struct GlyphBatch {
  let font: OpaquePointer
  let ink: Colour
  private(set) var glyphs: [cairo_glyph_t] = []
  private(set) var text: [UInt8] = []
  private(set) var clusters: [cairo_text_cluster_t] = []

  init(font: OpaquePointer, ink: Colour) { (self.font, self.ink) = (font, ink) }

  /// Adds a text whose baseline starts at a point.
  mutating func add(_ line: GlyphLine, x: Double, y: Double) {
    glyphs += line.glyphs.map { cairo_glyph_t(index: $0.index, x: $0.x + x, y: $0.y + y) }
    text += line.text
    clusters += line.clusters
  }
}
