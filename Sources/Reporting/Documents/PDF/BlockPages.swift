import Assay
import Screening
import Synergy

/// A combination's pages: the call in a sentence, the scores, every map with its values, the curves, their parameters
/// with intervals, and what to know of the block.
struct BlockPages {
  let rank: Int
  let summary: BlockSummary
  let analysis: BlockAnalysis
  let options: SynergyOptions
  let clinical: ClinicalText
  private let slices: [BlockFigures.Slice]
  private let alone: [NamedChart]
  private let joint: [NamedChart]

  init(
    rank: Int, summary: BlockSummary, analysis: BlockAnalysis, options: SynergyOptions, clinical: ClinicalText
  ) {
    self.rank = rank
    self.summary = summary
    self.analysis = analysis
    self.options = options
    self.clinical = clinical
    let figures = BlockFigures(analysis)
    (slices, alone, joint) = (figures.slices, figures.curves, figures.together)
  }

  private var matrix: DoseMatrix { analysis.matrix }

  /// Sets the pages; their entry in the outline stands below `parent`.
  func set(on paper: PDFPaper, below parent: Int32) {
    let name = summary.drugs.joined(separator: " × ")
    let place = "b\(summary.index)"
    paper.startPage(section: "\(rank)  \(name)")
    paper.mark(place)
    paper.outline("\(rank)  \(name)\(summary.sample.map { ", \($0)" } ?? "")", to: place, below: parent)
    heading(name, on: paper)
    scores(on: paper)
    maps(on: paper)
    curves(on: paper)
    parameters(on: paper)
    together(on: paper)
    precedent(on: paper)
    notes(on: paper)
  }

  private func heading(_ name: String, on paper: PDFPaper) {
    let size = name.count > 60 ? 12.0 : 17.0
    paper.paragraph(
      [
        TextRun("\(rank)  ", TextStyle.title(size).coloured(PaperInk.accent)),
        TextRun(name, .title(size)),
      ], lines: 12, gap: 2, leading: 1)
    var facts: [String] = []
    if let sample = matrix.sample { facts.append("Sample \(sample)") }
    facts.append(matrix.id.lowercased().hasPrefix("block") ? matrix.id : "block \(matrix.id)")
    facts.append(matrix.shape.map(String.init).joined(separator: " × ") + " doses")
    facts.append(FigureText.count(matrix.wellCount, "well"))
    let missing = matrix.count.count { $0 == 0 }
    if missing > 0 { facts.append("\(FigureText.count(missing, "cell")) not measured") }
    if let noise = analysis.inference?.noise {
      facts.append("noise (SD of a well) \(noise.words), from \(noise.source.words)")
    }
    paper.paragraph([TextRun(facts.joined(separator: " · "), .quiet)], lines: 8, gap: 7)
    let colour = summary.verdict.map { CairoCanvas.colour(of: $0.call) } ?? PaperInk.text
    let style = TextStyle(size: 10)
    // The call itself in its colour, then what is behind it.
    let whole =
      CombinationWords(summary, inference: options.inference).call
      + (summary.css.map { " Sensitivity (CSS) \(FigureText.percent($0)) %." } ?? "")
    let call = summary.verdict.map { FigureText.capitalised($0.words) }.flatMap { whole.hasPrefix($0) ? $0 : nil } ?? ""
    let card = paper.layout(
      [
        TextRun(call, TextStyle(size: 10, weight: .semibold, colour: colour)),
        TextRun(String(whole.dropFirst(call.count)), style),
      ], width: PDFPaper.width - 20, lines: 12, leading: 1.1)
    if !paper.isMeasuring {
      paper.drawing.card(
        x: PDFPaper.left, y: paper.y, width: PDFPaper.width, height: card.height + 12, radius: 4, PaperInk.card)
      paper.drawing.fill(x: PDFPaper.left, y: paper.y, width: 3, height: card.height + 12, colour)
    }
    paper.draw(card, x: PDFPaper.left + 10, y: paper.y + 6)
    paper.y += card.height + 20
  }

  /// The scores in numbers, and beside each row its interval as a picture.
  private func scores(on paper: PDFPaper) {
    var forest = ScoreForest(summary, options: options.inference, width: 206)
    let scale = 0.62
    let forestWidth = forest.size.width * scale
    let isTested = summary.scores.contains { $0.interval != nil }
    var columns = [
      PDFTable.Column(title: "Model", width: 38), PDFTable.Column(title: "Score", width: 36, side: .right),
    ]
    if isTested {
      columns += [
        PDFTable.Column(title: "\(FigureText.share(options.inference.confidence)) interval", width: 72, side: .right),
        PDFTable.Column(title: "p", width: 44, side: .right), PDFTable.Column(title: "q", width: 44, side: .right),
      ]
    }
    columns.append(PDFTable.Column(title: "Peak", width: 36, side: .right))
    let used = columns.reduce(0) { $0 + $1.width }
    columns.append(PDFTable.Column(title: "at", width: PDFPaper.width - forestWidth - 8 - used))
    let rows = PDFTable(columns: columns).draw(
      summary.scores.map { score in
        var cells = [PDFTable.Cell(score.model.name, .strongCell), points(score.mean)]
        if isTested {
          cells += [
            PDFTable.Cell(FigureText.interval(score.interval)), PDFTable.Cell(FigureText.probability(score.p)),
            PDFTable.Cell(FigureText.probability(score.q)),
          ]
        }
        return cells + [
          PDFTable.Cell(FigureText.points(score.peak?.corrected)),
          PDFTable.Cell(
            score.peak.map { FigureText.doses($0.measured, units: summary.units) } ?? "–", .small, lines: 3),
        ]
      }, on: paper)
    guard let first = rows.first, let last = rows.last else { return }
    forest.row = (last.y + last.height - first.y) / Double(rows.count) / scale
    paper.draw(forest, x: PDFPaper.right - forestWidth, y: first.y - ScoreForest.top * scale, scale: scale)
    paper.y = max(paper.y, first.y + forest.size.height * scale)
  }

  private func points(_ value: Double?) -> PDFTable.Cell {
    guard let value, value.isFinite else { return PDFTable.Cell("–") }
    let colour = DivergingPalette.light(DivergingPalette.level(of: value))
    return PDFTable.Cell([TextRun(FigureText.points(value), TextStyle.strongCell.coloured(colour.ink))], fill: colour)
  }

  private func maps(on paper: PDFPaper) {
    guard MatrixSlice.canDraw(matrix) else {
      return paper.paragraph([
        TextRun(
          "A grid of more than \(MatrixSlice.mostDoses) doses of a drug is not drawn; every cell is in report.xlsx.",
          .quiet)
      ])
    }
    for (number, slice) in slices.enumerated() {
      paper.heading(
        slice.caption.isEmpty
          ? "Response and synergy" : "\(number == 0 ? "Response and synergy at " : "At ")\(slice.caption)",
        size: 11, keep: 150, gap: 4)
      // All maps of two drugs on the first page, those of a large grid two beside each other.
      let legible = slice.maps.contains { $0.chart.size.width > 400 } ? 0.5 : 0.56
      paper.figures(slice.maps.map(figure), largest: 0.7, legible: legible, together: matrix.drugCount == 2)
      if matrix.drugCount == 2 { paper.figures(slice.landscapes.map(figure), largest: 0.62, legible: 0.5) }
    }
    if matrix.drugCount > 2 {
      paper.paragraph([
        TextRun(
          "\(slices.count) of \(MatrixSlice.total(of: matrix)) slices of this \(matrix.drugCount)-drug block are "
            + "shown; every cell is in report.xlsx.", .quiet)
      ])
    }
  }

  private func curves(on paper: PDFPaper) {
    guard !alone.isEmpty else { return }
    paper.heading("Each drug alone", size: 11, keep: 120, gap: 4)
    paper.figures(alone.map(figure), largest: 0.63, legible: 0.5)
    for monotherapy in analysis.monotherapies where !BlockFigures.isMeasured(monotherapy, in: matrix) {
      paper.paragraph([TextRun("No well holds \(matrix.axes[monotherapy.drug].drug) alone.", .quiet)], lines: 3)
    }
  }

  private func together(on paper: PDFPaper) {
    guard !joint.isEmpty else { return }
    paper.heading("Together", size: 11, keep: 150, gap: 4)
    paper.figures(joint.map(figure), largest: 0.7, legible: 0.55)
    if joint.contains(where: { $0.chart is Isobologram }) {
      paper.paragraph([
        TextRun(
          "Isobologram: shares of the dose alone with the same effect; below the line, less drug is needed than under Loewe "
            + "additivity.", .quiet)
      ])
    }
  }

  private func figure(_ named: NamedChart) -> PDFFigure {
    var caption = [TextRun(named.title, .strongCell)]
    if !named.detail.isEmpty { caption.append(TextRun("  " + named.detail, .cell.coloured(PaperInk.muted))) }
    return PDFFigure(caption: caption, chart: named.chart)
  }

  private func parameters(on paper: PDFPaper) {
    paper.heading("Hill fits", size: 11, keep: 60, gap: 4)
    let isTested = analysis.inference != nil
    var columns = [
      PDFTable.Column(title: "Drug", width: 0), PDFTable.Column(title: "E0, %", width: 38, side: .right),
      PDFTable.Column(title: "Emax, %", width: 46, side: .right), PDFTable.Column(title: "h", width: 30, side: .right),
      PDFTable.Column(title: "EC50", width: 58, side: .right),
      PDFTable.Column(title: "Relative IC50", width: 62, side: .right),
      PDFTable.Column(title: "Absolute IC50", width: 62, side: .right),
      PDFTable.Column(title: "RI, %", width: 34, side: .right), PDFTable.Column(title: "R²", width: 38, side: .right),
      PDFTable.Column(title: "Fit", width: 50),
    ]
    columns[0].width = PDFPaper.width - columns.reduce(0) { $0 + $1.width }
    let small = TextStyle.small
    PDFTable(columns: columns).draw(
      analysis.monotherapies.map { monotherapy in
        let known = KnownParameters(monotherapy, in: matrix)
        let axis = matrix.axes[monotherapy.drug]
        let emax = isTested ? analysis.inference?.emax.at(monotherapy.drug).map(Self.range) : nil
        let ic50 = isTested ? analysis.inference?.ic50.at(monotherapy.drug).map(Self.range) : nil
        let absolute = monotherapy.absoluteIC50.map { AxisText.significant($0, digits: 3) + " \(axis.unit)" } ?? "–"
        return [
          PDFTable.Cell(axis.drug, .strongCell, lines: 3), PDFTable.Cell(known.e0),
          PDFTable.Cell([TextRun(known.emax, .cell)], below: emax.map { [TextRun($0, small)] } ?? []),
          PDFTable.Cell(known.hill), PDFTable.Cell(known.ec50), PDFTable.Cell(known.relativeIC50),
          PDFTable.Cell([TextRun(absolute, .cell)], below: ic50.map { [TextRun($0, small)] } ?? []),
          PDFTable.Cell(monotherapy.relativeInhibition.map { AxisText.significant($0, digits: 3) } ?? "–"),
          PDFTable.Cell(known.r2),
          PDFTable.Cell(monotherapy.fit.status.rawValue.split(separator: "_").joined(separator: " ")),
        ]
      }, on: paper)
    if isTested {
      paper.paragraph(
        [
          TextRun(
            "Below Emax and absolute IC50 their \(FigureText.share(options.inference.confidence)) intervals; – where the data set no bound.",
            .small)
        ], gap: 4)
    }
  }

  /// `0.31…0.9`; an end that the data do not bound is a dash.
  private static func range(_ interval: Interval) -> String {
    [interval.low, interval.high].map { end in
      end.isFinite && end.magnitude < 1e6 && end.magnitude > 1e-9 ? AxisText.significant(end, digits: 3) : "–"
    }.joined(separator: "…")
  }

  private func precedent(on paper: PDFPaper) {
    guard !clinical.isEmpty else { return }
    paper.heading("Known from patients", size: 11, keep: 40, gap: 4)
    for (id, text) in clinical.trials {
      paper.paragraph([TextRun(id + "  ", .strong), TextRun(text, .body)], lines: 8, gap: 3)
    }
    if clinical.furtherTrials > 0 {
      paper.paragraph([TextRun(FigureText.count(clinical.furtherTrials, "further trial") + ".", .quiet)], gap: 3)
    }
    for (effect, text) in clinical.overlaps {
      paper.paragraph(
        [
          TextRun("Shared toxicity: \(effect)  ", TextStyle.strong.coloured(PaperInk.doubtful)), TextRun(text, .body),
        ], lines: 6, gap: 3)
    }
  }

  private func notes(on paper: PDFPaper) {
    guard !analysis.notes.isEmpty else { return }
    paper.heading("Notes", size: 11, keep: 30, gap: 4)
    for note in analysis.notes {
      paper.paragraph(
        [
          TextRun(note.flag + "  ", TextStyle(size: 7.5, colour: PaperInk.muted, isMono: true)),
          TextRun(note.message, .body),
        ],
        lines: 8, gap: 3)
    }
  }
}
