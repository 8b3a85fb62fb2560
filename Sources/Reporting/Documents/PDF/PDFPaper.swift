import CCairo

/// The pages of a PDF: a place that runs down the page, a new page where something does not fit, page numbers, links
/// and the outline.
///
/// A report is set twice: first only measured, to learn how many pages there are and on which page each place lies, then
/// drawn with both known. All lengths are in points.
final class PDFPaper {
  /// A4.
  static let pageWidth = 595.276
  static let pageHeight = 841.89
  static let left = 44.0
  static let right = pageWidth - 44
  static let width = right - left
  static let top = 60.0
  static let bottom = pageHeight - 50

  /// What the measuring found.
  struct Plan {
    /// How many pages there are.
    var pages = 0
    /// The page of each named place, from 1.
    var places: [String: Int] = [:]
  }

  /// What texts are laid out with and, where the paper is not only measured, what is drawn on.
  let drawing: CairoDrawing
  /// What is known of the whole before it is drawn; `nil` while it is measured.
  let plan: Plan?
  /// Where the next thing goes, from the top of the page.
  var y = PDFPaper.top
  /// What was set so far.
  private(set) var set = Plan()
  /// What stands at the top and the foot of every page but the first.
  private let title: String
  private let maker: String
  /// The blocks that have a page.
  private let linked: Set<Int>
  private var section = ""
  private var isPageOpen = false

  init(drawing: CairoDrawing, plan: Plan?, title: String, maker: String) {
    self.drawing = drawing
    self.plan = plan
    self.title = title
    self.maker = maker
    linked = Set((plan?.places ?? [:]).keys.compactMap { $0.hasPrefix("b") ? Int($0.dropFirst()) : nil })
  }

  /// Whether nothing is drawn.
  var isMeasuring: Bool { plan == nil }

  /// Where the page ends for what is set now.
  var room: Double { Self.bottom - y }

  // MARK: Pages

  /// Starts a page; `section` stands at its top and at that of the pages that follow.
  func startPage(section: String) {
    endPage()
    self.section = section
    set.pages += 1
    isPageOpen = true
    y = Self.top
    guard !isMeasuring else { return }
    let style = TextStyle(size: 7.5, colour: PaperInk.muted)
    if set.pages > 1 {
      let half = Self.width / 2 - 8
      draw(layout([TextRun(title, style)], width: half, lines: 1), x: Self.left, y: 30)
      draw(layout([TextRun(section, style)], width: half, lines: 1, side: .right), x: Self.right - half, y: 30)
      rule(at: 44)
    }
    rule(at: Self.pageHeight - 38)
    draw(layout([TextRun(maker, style)]), x: Self.left, y: Self.pageHeight - 32)
    let number = layout([TextRun("\(set.pages) of \(plan?.pages ?? 0)", style)])
    draw(number, x: Self.right - number.width, y: Self.pageHeight - 32)
  }

  /// Ends the last page.
  func endPage() {
    guard isPageOpen else { return }
    isPageOpen = false
    if !isMeasuring { cairo_show_page(drawing.context) }
  }

  /// Starts a new page where less than a height is left; whether it did.
  @discardableResult func need(_ height: Double) -> Bool {
    guard y + height > Self.bottom, y > Self.top else { return false }
    startPage(section: section)
    return true
  }

  // MARK: Places

  /// Names the place where the next thing goes, for links, the table of contents and the outline.
  func mark(_ name: String) {
    set.places[name] = set.pages
    if !isMeasuring { drawing.place(name, x: Self.left, y: max(0, y - 16)) }
  }

  /// Adds an entry to the outline that a reader shows beside the pages; returns what entries below it are given.
  @discardableResult func outline(_ text: String, to place: String, below parent: Int32 = CAIRO_PDF_OUTLINE_ROOT)
    -> Int32
  {
    guard !isMeasuring else { return parent }
    return cairo_pdf_surface_add_outline(
      drawing.surface, parent, PrintableText.of(text), "dest='\(place)'", cairo_pdf_outline_flags_t(0))
  }

  // MARK: Drawing

  /// Lays a text out.
  func layout(
    _ runs: [TextRun], width: Double? = nil, lines: Int? = nil, side: TextLayout.Side = .left, leading: Double = 1
  ) -> TextLayout {
    TextLayout(runs, on: drawing, width: width, lines: lines, side: side, leading: leading)
  }

  /// Draws a text at a point; `place` is where it leads.
  func draw(_ layout: TextLayout, x: Double, y: Double, linkTo place: String? = nil) {
    guard !isMeasuring else { return }
    if let place {
      drawing.link(to: place) { layout.draw(on: drawing, x: x, y: y) }
    } else {
      layout.draw(on: drawing, x: x, y: y)
    }
  }

  /// Draws a thin line across the page.
  func rule(at y: Double, from left: Double = PDFPaper.left, to right: Double = PDFPaper.right) {
    guard !isMeasuring else { return }
    drawing.line([ChartPoint(x: left, y: y), ChartPoint(x: right, y: y)], PaperInk.rule, width: 0.6)
  }

  /// Fills a rectangle.
  func fill(x: Double, y: Double, width: Double, height: Double, _ colour: Colour) {
    guard !isMeasuring else { return }
    drawing.fill(x: x, y: y, width: width, height: height, colour)
  }

  /// Draws a chart with its top left corner at a point.
  func draw(_ chart: some Chart, x: Double, y: Double, scale: Double) {
    guard !isMeasuring else { return }
    var canvas = CairoCanvas(drawing: drawing, x: x, y: y, scale: scale, linked: linked)
    chart.draw(on: &canvas)
  }

  // MARK: Running text

  /// A paragraph where the paper stands, on the next page where it does not fit, then a gap.
  func paragraph(_ runs: [TextRun], indent: Double = 0, lines: Int = 60, gap: Double = 6, leading: Double = 1.12) {
    let text = layout(runs, width: Self.width - indent, lines: lines, leading: leading)
    need(text.height)
    draw(text, x: Self.left + indent, y: y)
    y += text.height + gap
  }

  /// A heading that stays with what follows: so much room must be left below it.
  func heading(_ text: String, size: Double = 12, keep: Double = 60, gap: Double = 6) {
    let layout = layout([TextRun(text, .title(size))], width: Self.width, lines: 4)
    if y > Self.top { y += size * 0.7 }
    need(layout.height + gap + keep)
    draw(layout, x: Self.left, y: y)
    y += layout.height + gap
  }
}
