import Assay
import Synergy

/// A chart of a block with its name in a file and its caption.
struct NamedChart {
  /// The name of its file: small letters, digits and hyphens.
  var name: String
  /// What it shows.
  var title: String
  /// What its caption says besides; may be empty.
  var detail = ""
  /// The chart.
  var chart: any Chart
}

/// The charts of a block in the order in which they are read: what the PDF's pages and `--figures` draw.
struct BlockFigures {
  /// The maps of a slice; a block of two drugs is one slice without a caption.
  struct Slice {
    var caption: String
    /// The response, then each model's synergy, with their values.
    var maps: [NamedChart]
    /// Each model's synergy as a landscape.
    var landscapes: [NamedChart]
  }

  private let analysis: BlockAnalysis

  init(_ analysis: BlockAnalysis) { self.analysis = analysis }

  /// The maps, slice by slice: the response, then each model's synergy. None where the grid is too large to be drawn.
  var slices: [Slice] {
    let matrix = analysis.matrix
    guard MatrixSlice.canDraw(matrix) else { return [] }
    let shown = MatrixSlice.shown(of: matrix)
    return shown.enumerated().map { number, slice in
      let suffix = shown.count > 1 ? "-slice-\(number + 1)" : ""
      let response = NamedChart(
        name: "response" + suffix, title: "Response", detail: "% inhibition", chart: slice.responseMap())
      return Slice(
        caption: slice.caption,
        maps: [response]
          + analysis.models.map { score in
            NamedChart(
              name: "synergy-\(score.model.rawValue)" + suffix, title: score.model.name,
              detail: slice.fixed.isEmpty ? detail(of: score) : "synergy", chart: slice.synergyMap(score))
          },
        landscapes: analysis.models.compactMap { score in
          ContourMap(score, on: slice).map {
            NamedChart(
              name: "landscape-\(score.model.rawValue)" + suffix, title: score.model.name, detail: "bands of 5 points",
              chart: $0)
          }
        })
    }
  }

  /// Each drug's curve alone.
  var curves: [NamedChart] {
    analysis.monotherapies.filter { Self.isMeasured($0, in: analysis.matrix) }.map { monotherapy in
      NamedChart(
        name: "curve-drug-\(monotherapy.drug + 1)",
        title: AxisText.cut(analysis.matrix.axes[monotherapy.drug].drug, to: 60), detail: "alone",
        chart: DoseCurve(
          monotherapy, in: analysis.matrix, band: analysis.inference?.curves.at(monotherapy.drug) ?? []))
    }
  }

  /// The drugs together: how each one's curve shifts with the other, the isobologram, and how replicate wells scatter.
  var together: [NamedChart] {
    var charts: [NamedChart] = []
    if MatrixSlice.canDraw(analysis.matrix) {
      charts += (0..<2).compactMap { drug in
        CurveFamily(drug, of: analysis).map {
          NamedChart(
            name: "shift-drug-\(drug + 1)", title: AxisText.cut(analysis.matrix.axes[drug].drug, to: 40),
            detail: "at doses of the other", chart: $0)
        }
      }
    }
    if let chart = Isobologram(analysis) {
      let missed = chart.missed > 0 ? "; \(FigureText.count(chart.missed, "line")) not reaching it" : ""
      charts.append(
        NamedChart(
          name: "isobologram", title: "Isobologram",
          detail: "at \(AxisText.significant(chart.effect, digits: 2)) % inhibition\(missed)", chart: chart))
    }
    if let chart = ReplicateScatter(analysis) {
      let far = chart.far > 0 ? "; \(FigureText.count(chart.far, "well")) beyond 3 sd" : ""
      charts.append(
        NamedChart(
          name: "replicates", title: "Replicate wells", detail: (analysis.inference == nil ? "" : "band: ±2 sd") + far,
          chart: chart))
    }
    return charts
  }

  /// All of them.
  var all: [NamedChart] { slices.flatMap { $0.maps + $0.landscapes } + curves + together }

  /// Whether a well holds the drug alone.
  static func isMeasured(_ monotherapy: Monotherapy, in matrix: DoseMatrix) -> Bool {
    monotherapy.cells.contains { matrix.count[$0] > 0 }
  }

  /// `mean +10.2, peak +36.9; 2 of 25 not scored`.
  private func detail(of score: ModelScore) -> String {
    var text = "mean \(FigureText.points(score.mean))"
    if let peak = score.peak {
      let corrected = analysis.inference(of: score.model)?.peak?.corrected ?? peak.mean
      text += ", peak \(FigureText.points(corrected))"
    }
    if score.unscoredCells > 0 {
      text += "; \(score.unscoredCells) of \(score.unscoredCells + score.scoredCells) not scored"
    }
    return text
  }
}
