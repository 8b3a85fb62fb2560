import CCairo
import Results
import Foundation
import Screening

/// `report.pdf`: A4, vector, made to be read on paper in a meeting.
///
/// The same source gives the same bytes: the file has no date unless the environment's `SOURCE_DATE_EPOCH` sets one.
struct PDFReport {
  let digest: ReportDigest
  /// The most combinations that have pages of their own, best first.
  let mostBlocks: Int

  private var source: ReportSource { digest.source }

  /// Writes the document.
  func write(to file: OutputFile) throws(ResultsError) {
    let drawing = CairoDrawing.pdf(width: PDFPaper.pageWidth, height: PDFPaper.pageHeight, to: file)
    describe(drawing)
    let blocks = try blockPages()
    let figures = ScreenFigures(source: source)
    // What is measured is laid out with the fonts of what is drawn: every text is laid out once.
    let measured = PDFPaper(drawing: drawing, plan: nil, title: source.title, maker: maker)
    compose(blocks, figures, on: measured)
    let paper = PDFPaper(drawing: drawing, plan: measured.set, title: source.title, maker: maker)
    compose(blocks, figures, on: paper)
    try drawing.finish(path: file.path)
  }

  private var maker: String { "Isobole \(source.version)" }

  /// The blocks with pages of their own.
  private var shown: [BlockSummary] { Array(source.ranked.prefix(max(0, mostBlocks))) }

  private func blockPages() throws(ResultsError) -> [BlockPages] {
    var pages: [BlockPages] = []
    for (position, summary) in shown.enumerated() {
      pages.append(
        BlockPages(
          rank: position + 1, summary: summary, analysis: try source.blocks.analysis(of: summary.index),
          options: source.options.synergy, clinical: ClinicalText(source.compounds.knowledge(of: summary.drugs))))
    }
    return pages
  }

  private func compose(_ blocks: [BlockPages], _ figures: ScreenFigures, on paper: PDFPaper) {
    let linked = Set(shown.map(\.index))
    SummaryPage(digest: digest, linked: linked).set(on: paper)
    ContentsPage(source: source, shown: shown, hasScreen: !figures.all.isEmpty).set(on: paper)
    RankingPages(digest: digest, linked: linked).set(on: paper)
    ScreenPages(source: source, figures: figures).set(on: paper)
    if !shown.isEmpty {
      let parent = paper.outline("Combinations", to: "b\(shown[0].index)")
      for pages in blocks { pages.set(on: paper, below: parent) }
    }
    let partners = source.joined.map { PartnerSection(joined: $0).sections } ?? []
    for (place, section) in partners.enumerated() {
      if place == 0 { paper.chapter(section, at: "partners") } else { paper.section(section) }
    }
    if let plates = source.plates { PlatePages(report: plates).set(on: paper) }
    paper.chapter(ProblemSections(source: source).section, at: "problems")
    for (place, section) in MethodSections(source: source).all.enumerated() {
      if place == 0 { paper.chapter(section, at: "methods") } else { paper.section(section) }
    }
    paper.endPage()
  }

  private func describe(_ drawing: CairoDrawing) {
    cairo_pdf_surface_restrict_to_version(drawing.surface, CAIRO_PDF_VERSION_1_5)
    let entries = [
      (CAIRO_PDF_METADATA_TITLE, "\(source.title) – synergy report"),
      (CAIRO_PDF_METADATA_SUBJECT, "Ranked drug combinations"), (CAIRO_PDF_METADATA_CREATOR, maker),
    ]
    for (key, text) in entries { cairo_pdf_surface_set_metadata(drawing.surface, key, PrintableText.of(text)) }
    // Left to itself, Cairo writes the time of day; no date at all takes it out.
    cairo_pdf_surface_set_metadata(
      drawing.surface, CAIRO_PDF_METADATA_CREATE_DATE,
      Self.date(ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"]))
  }

  /// The seconds since 1970 in the form that Cairo reads: `2026-11-23T10:00:00Z`.
  static func date(_ epoch: String?) -> String? {
    guard let epoch, let seconds = Int(epoch), (0...253_402_300_799).contains(seconds) else { return nil }
    return Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
  }
}
