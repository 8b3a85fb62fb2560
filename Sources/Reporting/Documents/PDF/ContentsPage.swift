import Screening

/// The table of contents with page numbers, and how to read the maps.
struct ContentsPage {
  let source: ReportSource
  /// The blocks with pages of their own.
  let shown: [BlockSummary]
  /// Whether there is a page of the screen's charts.
  let hasScreen: Bool

  /// Sets the page.
  func set(on paper: PDFPaper) {
    paper.startPage(section: "Contents")
    paper.heading("Contents", size: 16, gap: 10)
    paper.mark("contents")
    paper.outline("Contents", to: "contents")
    entry("Summary", to: "summary", on: paper)
    entry("Ranking", to: "ranking", on: paper)
    if hasScreen { entry("The screen at a glance", to: ScreenPages.place, on: paper) }
    for (position, summary) in shown.enumerated() {
      let sample = summary.sample.map { ", \($0)" } ?? ""
      entry(
        "\(summary.drugs.joined(separator: " × "))\(sample)", to: "b\(summary.index)",
        number: position + 1, on: paper)
    }
    if source.joined != nil { entry("Gene screen and matrix", to: "partners", on: paper) }
    if source.plates != nil { entry("Plate quality", to: "plates", on: paper) }
    entry("Problems", to: "problems", on: paper)
    entry("Methods", to: "methods", on: paper)
    if shown.count < source.ranked.count {
      paper.y += 4
      paper.paragraph([
        TextRun(
          "The best \(shown.count) of \(FigureText.count(source.ranked.count, "block")) have a page here (--pdf-blocks); "
            + "report.html, report.xlsx and results.sqlite have more.", .quiet)
      ])
    }
    legend(on: paper)
  }

  private func entry(_ text: String, to place: String, number rank: Int? = nil, on paper: PDFPaper) {
    let indent = rank == nil ? 0.0 : 30
    let style: TextStyle = indent > 0 ? .body : TextStyle(size: 10, weight: .semibold)
    let title = paper.layout([TextRun(text, style)], width: PDFPaper.width - indent - 40, lines: 1)
    let page = paper.plan?.places[place].map(String.init) ?? ""
    let number = paper.layout([TextRun(page, style)])
    paper.need(title.height + 3)
    let x = PDFPaper.left + indent
    if let rank {
      let text = paper.layout([TextRun("\(rank)", .quiet)])
      paper.draw(text, x: x - 8 - text.width, y: paper.y + title.baseline - text.baseline)
    }
    paper.draw(title, x: x, y: paper.y, linkTo: place)
    if !paper.isMeasuring {
      let (start, end) = (x + title.width + 6, PDFPaper.right - number.width - 6)
      if end > start {
        let y = paper.y + title.baseline
        paper.drawing.line(
          [ChartPoint(x: start, y: y), ChartPoint(x: end, y: y)], PaperInk.rule, width: 0.7, dashes: [0.7, 3])
      }
    }
    paper.draw(number, x: PDFPaper.right - number.width, y: paper.y, linkTo: place)
    paper.y += title.height + (indent > 0 ? 2.5 : 4)
  }

  private func legend(on paper: PDFPaper) {
    paper.heading(MapLegend.heading, size: 12, keep: 120, gap: 6)
    let width = (PDFPaper.width - 24) / 2
    let y = paper.y
    ramp(.synergy, x: PDFPaper.left, width: width, on: paper)
    let end = paper.y
    paper.y = y
    ramp(.response, x: PDFPaper.left + width + 24, width: width, on: paper)
    paper.y = max(end, paper.y) + 6
    paper.paragraph([
      TextRun(
        MapLegend.note
          + " Doses rise upwards and to the right; dose 0 stands apart. Curves: large dots are means, small ones "
          + "single wells, the blue line is the fit and the dashed line its relative IC50.", .body)
    ])
  }

  private func ramp(_ legend: MapLegend, x: Double, width: Double, on paper: PDFPaper) {
    paper.draw(paper.layout([TextRun(legend.title, .strong)]), x: x, y: paper.y)
    paper.y += 14
    let step = width / Double(legend.colours.count)
    for (place, colour) in legend.colours.enumerated() {
      paper.fill(x: x + Double(place) * step, y: paper.y, width: step + 0.3, height: 12, colour)
    }
    paper.y += 14
    for (place, tick) in legend.ticks.enumerated() {
      let text = paper.layout([TextRun(tick, .quiet)])
      let share = Double(place) / Double(legend.ticks.count - 1)
      paper.draw(text, x: x + share * (width - text.width), y: paper.y)
    }
    paper.y += 11
    guard let ends = legend.ends else { return }
    let (low, high) = (paper.layout([TextRun(ends.low, .quiet)]), paper.layout([TextRun(ends.high, .quiet)]))
    paper.draw(low, x: x, y: paper.y)
    paper.draw(high, x: x + width - high.width, y: paper.y)
    paper.y += 12
  }
}
