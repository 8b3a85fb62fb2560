import Screening
import Synergy

/// The screen at a glance: synergy against sensitivity, and effect against false discovery rate for each model.
struct ScreenPages {
  let source: ReportSource
  /// Its charts; none for a screen of one block.
  let figures: ScreenFigures

  /// The page's name as a place.
  static let place = "screen"

  /// Sets the page; nothing for a screen of one block.
  func set(on paper: PDFPaper) {
    guard !figures.all.isEmpty else { return }
    paper.startPage(section: "The screen at a glance")
    paper.mark(Self.place)
    paper.outline("The screen at a glance", to: Self.place)
    paper.heading("The screen at a glance", size: 16, gap: 4)
    paper.paragraph([
      TextRun(
        "A dot is a block; it leads to the block’s page where it has one. Large and round: synergistic; square: additive (small) "
          + "or antagonistic; small and round: inconclusive.", .quiet)
    ])
    set(figures.sensitivity + figures.baseline, largest: 0.8, on: paper)
    let volcanoes = figures.volcanoes
    guard !volcanoes.isEmpty else { return }
    paper.heading("Effect against false discovery rate", keep: 200, gap: 4)
    let options = source.options.synergy.inference
    paper.paragraph([
      TextRun(
        "Dashed: ±\(AxisText.significant(options.threshold, digits: 3)) points and q = "
          + "\(AxisText.significant(options.falseDiscoveryRate, digits: 3)); what lies above and outside is called.",
        .quiet)
    ])
    set(volcanoes, largest: 0.8, on: paper)
  }

  private func set(_ charts: [NamedChart], largest: Double, on paper: PDFPaper) {
    paper.figures(
      charts.map { chart in
        PDFFigure(
          caption: [
            TextRun(chart.title, .strongCell), TextRun("  " + chart.detail, .cell.coloured(PaperInk.muted)),
          ], chart: chart.chart)
      }, largest: largest, legible: 0.56, most: 2)
  }
}
