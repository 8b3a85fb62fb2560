import Plates
import Screening

/// What the plates are worth: a table of all, and maps, the worst first.
struct PlatePages {
  let report: PlateReport

  /// The most plates with maps, the worst first; `report.html` has more.
  static let mostMaps = 24

  private static let figures: [(check: QualityCheck, name: String)] = [
    (.zPrime, "Z′"), (.ssmd, "SSMD"), (.signalToBackground, "S/B"), (.controlCV, "control CV, %"),
    (.replicateCorrelation, "replicate r"), (.edgeEffect, "edge, %"), (.drift, "drift, %"),
  ]

  /// Sets the pages.
  func set(on paper: PDFPaper) {
    paper.startPage(section: "Plate quality")
    paper.mark("plates")
    paper.outline("Plate quality", to: "plates")
    paper.heading("Plate quality", size: 16, gap: 4)
    paper.paragraph([
      TextRun(
        "\(FigureText.count(report.plates.count, "plate")): \(report.verdictWords); "
          + "\(FigureText.count(report.outliers, "outlier well")). Every figure is in qc.csv and report.xlsx.", .body)
    ])
    table(on: paper)
    maps(on: paper)
  }

  private static func colour(_ verdict: String) -> Colour {
    switch verdict {
    case "pass": PaperInk.good
    case "warn": PaperInk.doubtful
    case "fail": PaperInk.bad
    default: PaperInk.muted
    }
  }

  private func table(on paper: PDFPaper) {
    let figureWidth = 38.0
    let rest = PDFPaper.width - 34 - figureWidth * Double(Self.figures.count + 1)
    let columns =
      [PDFTable.Column(title: "Plate", width: rest * 0.4), PDFTable.Column(title: "Verdict", width: 34)]
      + Self.figures.map { PDFTable.Column(title: $0.name, width: figureWidth, side: .right) }
      + [
        PDFTable.Column(title: "outliers", width: figureWidth, side: .right),
        PDFTable.Column(title: "Why", width: rest * 0.6),
      ]
    PDFTable(columns: columns).draw(
      report.plates.lazy.map { plate in
        let verdict = PlateReport.verdict(of: plate)
        return [
          PDFTable.Cell(plate.plate, .strongCell),
          PDFTable.Cell(verdict, .strongCell.coloured(Self.colour(verdict))),
        ]
          + Self.figures.map { figure in
            PDFTable.Cell(plate.quality.values[figure.check].map { AxisText.significant($0, digits: 2) } ?? "–")
          } + [
            PDFTable.Cell("\(plate.quality.outlierCount)"),
            PDFTable.Cell(QualityTable.reasons(plate.quality, report.thresholds), .small, lines: 5),
          ]
      }, on: paper)
  }

  /// The plates with maps, the worst first; plates of one verdict in their order.
  private var shown: [ScreenPlate] {
    report.plates.enumerated()
      .sorted { ($1.element.quality.verdict, $0.offset) < ($0.element.quality.verdict, $1.offset) }
      .prefix(Self.mostMaps).map(\.element)
  }

  private func maps(on paper: PDFPaper) {
    let plates = shown
    guard !plates.isEmpty else { return }
    paper.heading("Plate maps, the worst first", size: 12, keep: 200, gap: 2)
    paper.paragraph([
      TextRun(
        "− negative control, + positive control, ○ blank, × excluded; framed: outlier; grey: not used. Raw signal from pale "
          + "(the plate’s lowest) to deep, % inhibition from 0 (pale) to 100.", .quiet)
    ])
    for plate in plates {
      let verdict = PlateReport.verdict(of: plate)
      var charts = [
        PDFFigure(
          caption: [
            TextRun(plate.plate + "  ", .strongCell), TextRun(verdict, .strongCell.coloured(Self.colour(verdict))),
            TextRun("  raw signal", .cell.coloured(PaperInk.muted)),
          ], chart: PlateMap(plate: plate, value: .raw))
      ]
      if plate.normalisation != nil {
        charts.append(
          PDFFigure(
            caption: [TextRun("% inhibition", .cell.coloured(PaperInk.muted))],
            chart: PlateMap(plate: plate, value: .response)))
      }
      paper.figures(charts, largest: 0.56, legible: 0.4)
    }
    let left = report.plates.count - plates.count
    if left > 0 {
      paper.paragraph([TextRun("\(FigureText.count(left, "further plate")) with maps in report.html.", .quiet)])
    }
  }
}
