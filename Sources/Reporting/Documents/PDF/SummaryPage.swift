import Assay
import Screening
import Synergy

/// The first page: what was screened, what came out, the warnings. Whoever reads no further has read this.
struct SummaryPage {
  let digest: ReportDigest
  /// The blocks that have pages of their own.
  let linked: Set<Int>

  private var source: ReportSource { digest.source }

  /// Sets the page.
  func set(on paper: PDFPaper) {
    paper.startPage(section: "Summary")
    paper.y = 48
    paper.mark("summary")
    paper.outline("Summary", to: "summary")
    title(on: paper)
    counts(on: paper)
    calls(on: paper)
    top(on: paper)
    warnings(on: paper)
  }

  private func title(on paper: PDFPaper) {
    paper.paragraph([TextRun("SYNERGY REPORT", TextStyle(size: 8, weight: .semibold, colour: PaperInk.accent))], gap: 2)
    let size = source.title.count > 40 ? 17.0 : 24.0
    paper.paragraph([TextRun(source.title, .title(size))], lines: 3, gap: 3, leading: 1)
    let models = source.options.synergy.models.map(\.name).joined(separator: ", ")
    paper.paragraph([TextRun("Isobole \(source.version) · \(models) · \(source.resampling)", .quiet)], gap: 12)
  }

  private func counts(on paper: PDFPaper) {
    let tiles = digest.counts
    let gap = 7.0
    let width = (PDFPaper.width - gap * Double(tiles.count - 1)) / Double(tiles.count)
    for (place, tile) in tiles.enumerated() {
      let x = PDFPaper.left + Double(place) * (width + gap)
      if !paper.isMeasuring {
        paper.drawing.card(
          x: x, y: paper.y, width: width, height: 42, radius: 4, PaperInk.card, outline: PaperInk.rule)
      }
      let alarms = tile.name.hasPrefix("problem") && tile.count > 0
      let number = paper.layout([
        TextRun(
          FigureText.grouped(tile.count),
          TextStyle(size: 16, weight: .bold, colour: alarms ? PaperInk.bad : PaperInk.text))
      ])
      paper.draw(number, x: x + 8, y: paper.y + 5)
      paper.draw(paper.layout([TextRun(tile.name, .quiet)]), x: x + 8, y: paper.y + 26)
    }
    paper.y += 42
    paper.y += 8
    paper.paragraph([TextRun(digest.headline, .strong)], gap: 0)
    if !digest.scope.isEmpty {
      paper.y += 4
      paper.paragraph([TextRun(digest.scope, .quiet)], gap: 0)
    }
    if !digest.qualityText.isEmpty {
      paper.y += 4
      paper.paragraph([TextRun("Quality  ", .strong), TextRun(digest.qualityText, .body)], gap: 0)
    }
  }

  /// A bar whose parts are the shares of the calls, each with its number.
  private func calls(on paper: PDFPaper) {
    paper.heading("Calls", keep: 50, gap: 5)
    let calls = digest.calls
    let total = calls.reduce(0) { $0 + $1.count }
    if total > 0 {
      var x = PDFPaper.left
      for (call, count) in calls where count > 0 {
        let width = PDFPaper.width * Double(count) / Double(total)
        paper.fill(x: x, y: paper.y, width: max(0.5, width - 1), height: 12, CairoCanvas.colour(of: call))
        x += width
      }
      paper.y += 17
      x = PDFPaper.left
      for (call, count) in calls {
        if !paper.isMeasuring {
          paper.drawing.card(
            x: x, y: paper.y + 2, width: 7, height: 7, radius: 1.5, CairoCanvas.colour(of: call))
        }
        let label = paper.layout([
          TextRun(FigureText.grouped(count), .strong), TextRun(" " + (call?.rawValue ?? "not tested"), .body),
        ])
        paper.draw(label, x: x + 11, y: paper.y)
        x += label.width + 28
      }
      paper.y += 17
    }
    paper.paragraph([TextRun(digest.callRule, .quiet)], gap: 0)
  }

  private func top(on paper: PDFPaper) {
    paper.heading("Top combinations", keep: 80, gap: 2)
    paper.paragraph([TextRun(digest.rankRule + (digest.top.isEmpty ? "" : " " + Self.forestLegend), .quiet)], gap: 5)
    if digest.top.isEmpty { return paper.paragraph([TextRun(digest.noTop, .body)]) }
    let range = ScoreForest.range(of: digest.top)
    for (position, summary) in digest.top.enumerated() { row(position + 1, summary, range, on: paper) }
  }

  private static let forestLegend =
    "At the right each model’s score with its interval, on one scale, percentage points; dashed: the threshold of a call."

  private func row(_ rank: Int, _ summary: BlockSummary, _ range: ClosedRange<Double>, on paper: PDFPaper) {
    let sentence = CombinationWords(summary, inference: source.options.synergy.inference)
    let textWidth = 300.0
    var head = [TextRun(summary.drugs.joined(separator: " × "), TextStyle(size: 10, weight: .semibold))]
    if let sample = summary.sample { head.append(TextRun("   \(sample)", .quiet)) }
    let name = paper.layout(head, width: textWidth, lines: 2)
    let reason = paper.layout(
      [TextRun(sentence.call, TextStyle(size: 8.2))], width: textWidth, lines: 5, leading: 1.08)
    var flags: TextLayout?
    let lookedAt = summary.flagsToLookAt
    if !lookedAt.isEmpty {
      let words = lookedAt.map(FlagWords.words).joined(separator: "; ")
      flags = paper.layout(
        [TextRun("Warnings: \(words).", TextStyle(size: 8.2, colour: PaperInk.doubtful))], width: textWidth, lines: 2)
    }
    let forest = ScoreForest(summary, options: source.options.synergy.inference, range: range, width: 270)
    let scale = 0.66
    let size = forest.size
    let text = name.height + 2 + reason.height + (flags.map { $0.height + 1 } ?? 0)
    let height = max(text, size.height * scale) + 8
    paper.need(height)
    paper.rule(at: paper.y)
    let y = paper.y + 5
    let number = paper.layout([TextRun("\(rank)", TextStyle(size: 15, weight: .bold, colour: PaperInk.accent))])
    paper.draw(number, x: PDFPaper.left, y: y - 2)
    let x = PDFPaper.left + 22
    paper.draw(name, x: x, y: y, linkTo: linked.contains(summary.index) ? "b\(summary.index)" : nil)
    paper.draw(reason, x: x, y: y + name.height + 2)
    if let flags { paper.draw(flags, x: x, y: y + name.height + reason.height + 3) }
    paper.draw(forest, x: PDFPaper.right - size.width * scale, y: y + 1, scale: scale)
    paper.y += height + 3
  }

  private func warnings(on paper: PDFPaper) {
    paper.heading("Warnings", keep: 24, gap: 4)
    for line in digest.warnings {
      let bullet = paper.layout([TextRun("•", .body)])
      let text = paper.layout([TextRun(line, .body)], width: PDFPaper.width - 10, lines: 3)
      paper.need(text.height)
      paper.draw(bullet, x: PDFPaper.left, y: paper.y)
      paper.draw(text, x: PDFPaper.left + 10, y: paper.y)
      paper.y += text.height + 2
    }
  }
}
