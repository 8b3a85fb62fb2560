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
    var maps: [NamedChart]
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
          })
    }
  }

  /// Each drug's curve alone.
  var curves: [NamedChart] {
    analysis.monotherapies.filter { Self.isMeasured($0, in: analysis.matrix) }.map { monotherapy in
      NamedChart(
        name: "curve-drug-\(monotherapy.drug + 1)",
        title: AxisText.cut(analysis.matrix.axes[monotherapy.drug].drug, to: 60), detail: "alone",
        chart: DoseCurve(monotherapy, in: analysis.matrix))
    }
  }

  /// All of them.
  var all: [NamedChart] { slices.flatMap(\.maps) + curves }

  /// Whether a well holds the drug alone.
  static func isMeasured(_ monotherapy: Monotherapy, in matrix: DoseMatrix) -> Bool {
    monotherapy.cells.contains { matrix.count[$0] > 0 }
  }

  /// `mean +10.2, peak +36.9; 2 of 25 not scored`.
  private func detail(of score: ModelScore) -> String {
    var text = "mean \(FigureText.points(score.mean))"
    if let peak = score.peak { text += ", peak \(FigureText.points(peak.mean))" }
    if score.unscoredCells > 0 {
      text += "; \(score.unscoredCells) of \(score.unscoredCells + score.scoredCells) not scored"
    }
    return text
  }
}
