import Screening
import Synergy

/// The ranked table: a row a block, best first, its colours those of the maps.
struct RankingPages {
  let digest: ReportDigest
  /// The blocks with pages of their own.
  let linked: Set<Int>
  private var source: ReportSource { digest.source }

  /// The most rows; `ranking.csv` and `report.xlsx` have all.
  static let mostRows = 50

  /// Sets the pages.
  func set(on paper: PDFPaper) {
    paper.startPage(section: "Ranking")
    paper.mark("ranking")
    paper.outline("Ranking", to: "ranking")
    paper.heading("Ranking", size: 16, gap: 4)
    paper.paragraph([
      TextRun(
        digest.rankRule + " " + digest.scoreRule + (source.isTested ? " Below each score its interval." : ""), .quiet)
    ])
    if source.ranked.isEmpty { return paper.paragraph([TextRun("No combination could be analysed.", .body)]) }
    if source.ranked.count > Self.mostRows {
      paper.paragraph([
        TextRun(
          "The first \(FigureText.grouped(Self.mostRows)) of \(FigureText.count(source.ranked.count, "combination")); all are in "
            + "report.xlsx and ranking.csv.", .strong)
      ])
    }
    let models = source.options.synergy.models
    let scoreWidth = 52.0
    let rest = PDFPaper.width - 24 - 47 - 34 - scoreWidth * Double(models.count)
    let columns =
      [
        PDFTable.Column(title: "#", width: 24, side: .right),
        PDFTable.Column(title: "Combination, sample", width: rest * 0.5),
        PDFTable.Column(title: "Call", width: rest * 0.5),
        PDFTable.Column(title: "Consensus", width: 47, side: .right),
      ] + models.map { PDFTable.Column(title: $0.name, width: scoreWidth, side: .right) }
      + [PDFTable.Column(title: "CSS, %", width: 34, side: .right)]
    PDFTable(columns: columns).draw(
      source.ranked.prefix(Self.mostRows).enumerated().lazy.map { row($1, rank: $0 + 1, models: models) }, on: paper)
  }

  private func row(_ summary: BlockSummary, rank: Int, models: [NullModel]) -> [PDFTable.Cell] {
    var below: [TextRun] = []
    let notes = [summary.sample, summary.flags.isEmpty ? nil : "! " + summary.flags.joined(separator: ", ")].compactMap
    { $0 }
    if !notes.isEmpty { below = [TextRun(notes.joined(separator: " · "), .small)] }
    var cells = [
      PDFTable.Cell("\(rank)", .cell),
      PDFTable.Cell(
        [TextRun(summary.drugs.joined(separator: " × "), .strongCell)], below: below,
        place: linked.contains(summary.index) ? "b\(summary.index)" : nil),
    ]
    if let verdict = summary.verdict {
      let colour = CairoCanvas.colour(of: verdict.call)
      cells.append(
        PDFTable.Cell(
          [TextRun(verdict.call.rawValue, .strongCell.coloured(colour))],
          below: [TextRun(verdict.reason, .small)], lines: 4))
    } else {
      cells.append(PDFTable.Cell("–"))
    }
    cells.append(score(summary.consensus, summary.colouredConsensus, nil))
    for model in models {
      let score = summary.score(of: model)
      cells.append(self.score(score?.mean, score?.coloured, score?.interval))
    }
    cells.append(PDFTable.Cell(FigureText.percent(summary.css)))
    return cells
  }

  private func score(_ value: Double?, _ coloured: Double?, _ interval: Interval?) -> PDFTable.Cell {
    guard let value, value.isFinite else { return PDFTable.Cell("–") }
    let colour = DivergingPalette.light(DivergingPalette.level(of: coloured ?? 0))
    var below: [TextRun] = []
    if let interval {
      let text = FigureText.narrow(interval)
      below = [TextRun(text, TextStyle.small.coloured(colour.ink))]
    }
    return PDFTable.Cell(
      [TextRun(FigureText.points(value), TextStyle.strongCell.coloured(colour.ink))], below: below, fill: colour,
      lines: 1)
  }

}
