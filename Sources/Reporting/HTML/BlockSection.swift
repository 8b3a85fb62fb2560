import Assay
import Screening
import Synergy

/// A block's section of the report: its maps, its curves, their parameters and what to know of them.
enum BlockSection {
  /// The markup of a block.
  static func text(of analysis: BlockAnalysis, _ summary: BlockSummary, rank: Int) -> [UInt8] {
    let matrix = analysis.matrix
    var out = ByteWriter(capacity: 16_000)
    out.text("<section class=\"b\" id=\"b")
    out.integer(summary.index)
    out.text("\"><h3><a href=\"#r")
    out.integer(summary.index)
    out.text("\" aria-label=\"Rank ")
    out.integer(rank)
    out.text(", back to the ranking\">#")
    out.integer(rank)
    out.text("</a> ")
    heading(of: analysis, to: &out)
    scores(of: analysis, to: &out)
    maps(of: analysis, to: &out)
    curves(of: analysis, to: &out)
    if !analysis.notes.isEmpty {
      out.text("<ul class=\"notes\">")
      for note in analysis.notes {
        out.text("<li><code>")
        out.html(note.flag)
        out.text("</code> ")
        out.html(note.message)
        out.text("</li>")
      }
      out.text("</ul>")
    }
    if matrix.drugCount > 2, MatrixSlice.canDraw(matrix) {
      let (shown, total) = (MatrixSlice.shown(of: matrix).count, MatrixSlice.total(of: matrix))
      out.text("<p class=\"k\">")
      out.integer(shown)
      out.text(" of ")
      out.integer(total)
      out.text(" slices of this \(matrix.drugCount)-drug block are shown; every cell is in <code>cells.csv</code>.</p>")
    }
    out.text("</section>\n")
    return out.bytes
  }

  private static func heading(of analysis: BlockAnalysis, to out: inout ByteWriter) {
    let matrix = analysis.matrix
    out.html(matrix.axes.map(\.drug).joined(separator: " × "))
    out.text("</h3><p class=\"k\">")
    if let sample = matrix.sample {
      out.text("Sample ")
      out.html(sample)
      out.text(" · ")
    }
    out.blockName(matrix.id)
    out.text(" · ")
    out.html(matrix.shape.map(String.init).joined(separator: " × "))
    out.text(" doses · ")
    out.integer(matrix.wellCount)
    out.text(matrix.wellCount == 1 ? " well" : " wells")
    let missing = matrix.count.count { $0 == 0 }
    if missing > 0 {
      out.text(" · ")
      out.integer(missing)
      out.text(missing == 1 ? " cell not measured" : " cells not measured")
    }
    out.text("</p>")
  }

  private static func scores(of analysis: BlockAnalysis, to out: inout ByteWriter) {
    out.text("<p>Consensus <b>")
    out.points(analysis.consensus)
    out.text("</b> · CSS ")
    out.percent(analysis.css)
    if analysis.css != nil { out.text(" %") }
    if let css = analysis.inference?.css {
      out.text(" (")
      out.percent(css.low)
      out.text(" … ")
      out.percent(css.high)
      out.text(")")
    }
    if let noise = analysis.inference?.noise {
      out.text(" · noise ±")
      out.text(AxisText.significant(noise.sdAt0, digits: 2))
      if noise.sdAt100 != noise.sdAt0 {
        out.text(" at 0 %, ±")
        out.text(AxisText.significant(noise.sdAt100, digits: 2))
        out.text(" at 100 %")
      }
      out.text(" a well, from \(noise.source.words)")
    }
    if analysis.matrix.drugCount > 2 {
      // The means are the whole block's: they stand here, not at one of its slices.
      for score in analysis.models {
        out.text(" · ")
        self.score(score, analysis.inference(of: score.model), to: &out)
      }
    }
    out.text("</p>")
  }

  /// `<b>ZIP</b> mean +10.2, peak +36.9`.
  private static func score(_ score: ModelScore, _ inference: ScoreInference?, to out: inout ByteWriter) {
    out.text("<b>\(score.model.name)</b> mean ")
    out.points(score.mean)
    if let inference {
      out.text(" (")
      out.interval(inference.interval)
      out.text(")")
    }
    if let peak = score.peak {
      out.text(", peak ")
      out.points(peak.mean)
    }
    if score.unscoredCells > 0 {
      out.text(", ")
      out.integer(score.unscoredCells)
      out.text(" of ")
      out.integer(score.unscoredCells + score.scoredCells)
      out.text(" not scored")
    }
  }

  private static func maps(of analysis: BlockAnalysis, to out: inout ByteWriter) {
    guard MatrixSlice.canDraw(analysis.matrix) else {
      out.text("<p class=\"k\">A grid of more than \(MatrixSlice.mostDoses) doses of a drug is not drawn; ")
      out.text("every cell is in <code>cells.csv</code>.</p>")
      return
    }
    for slice in MatrixSlice.shown(of: analysis.matrix) {
      if !slice.fixed.isEmpty {
        out.text("<h4>At ")
        out.html(slice.caption)
        out.text("</h4>")
      }
      out.text("<div class=\"f\"><figure><figcaption><b>Response</b> % inhibition</figcaption>")
      draw(slice.responseMap(), to: &out)
      out.text("</figure>")
      for score in analysis.models {
        out.text("<figure><figcaption>")
        if slice.fixed.isEmpty {
          self.score(score, analysis.inference(of: score.model), to: &out)
        } else {
          out.text("<b>\(score.model.name)</b>")
        }
        out.text("</figcaption>")
        draw(slice.synergyMap(score), to: &out)
        out.text("</figure>")
      }
      out.text("</div>")
    }
  }

  private static func draw(_ map: Heatmap, to out: inout ByteWriter) {
    var canvas = SVGCanvas(taking: &out)
    map.draw(on: &canvas)
    canvas.give(back: &out)
  }

  private static func curves(of analysis: BlockAnalysis, to out: inout ByteWriter) {
    let matrix = analysis.matrix
    out.text("<div class=\"f\">")
    for monotherapy in analysis.monotherapies {
      out.text("<figure><figcaption><b>")
      out.html(AxisText.cut(matrix.axes[monotherapy.drug].drug, to: 28))
      out.text("</b> alone</figcaption>")
      if monotherapy.cells.contains(where: { matrix.count[$0] > 0 }) {
        var canvas = SVGCanvas(taking: &out)
        DoseCurve(monotherapy, in: matrix).draw(on: &canvas)
        canvas.give(back: &out)
      } else {
        out.text("<p class=\"k\">No well holds this drug alone.</p>")
      }
      out.text("</figure>")
    }
    parameters(of: analysis, to: &out)
    out.text("</div>")
  }

  private static func parameters(of analysis: BlockAnalysis, to out: inout ByteWriter) {
    let matrix = analysis.matrix
    out.text("<div class=\"t\"><table><thead><tr><th scope=\"col\">Hill fit")
    for monotherapy in analysis.monotherapies {
      out.text("<th scope=\"col\">")
      out.html(AxisText.cut(matrix.axes[monotherapy.drug].drug, to: 20))
    }
    out.text("<tbody>")
    let known = analysis.monotherapies.map { KnownParameters($0, in: matrix) }
    row("E0, %", analysis, to: &out) { known[$0.drug].e0 }
    row("Emax, %", analysis, to: &out) { known[$0.drug].emax }
    if let inference = analysis.inference {
      row("interval", analysis, to: &out) { range(inference.emax[$0.drug]) }
    }
    row("h", analysis, to: &out) { known[$0.drug].hill }
    row("EC50", analysis, to: &out) { known[$0.drug].ec50 }
    row("relative IC50", analysis, to: &out) { known[$0.drug].relativeIC50 }
    row("absolute IC50", analysis, to: &out) { dose($0.absoluteIC50, matrix.axes[$0.drug]) }
    if let inference = analysis.inference {
      row("interval", analysis, to: &out) { range(inference.ic50[$0.drug]) }
    }
    row("RI, %", analysis, to: &out) { $0.relativeInhibition.map { AxisText.significant($0, digits: 3) } ?? "–" }
    row("R²", analysis, to: &out) { known[$0.drug].r2 }
    row("status", analysis, to: &out) { $0.fit.status.rawValue.split(separator: "_").joined(separator: " ") }
    out.text("</table></div>")
  }

  private static func row(
    _ name: String, _ analysis: BlockAnalysis, to out: inout ByteWriter, value: (Monotherapy) -> String
  ) {
    out.text("<tr><th scope=\"row\">")
    out.text(name)
    for monotherapy in analysis.monotherapies {
      out.text("<td>")
      out.html(value(monotherapy))
    }
  }

  /// `0.31 … 0.9`; an end that the data do not bound is a dash.
  private static func range(_ interval: Interval) -> String {
    func end(_ value: Double) -> String {
      value.isFinite && value != 0 && abs(value) < 1e6 ? AxisText.significant(value, digits: 3) : "–"
    }
    return end(interval.low) + " … " + end(interval.high)
  }

  static func dose(_ dose: Double?, _ axis: DoseAxis) -> String {
    guard let dose, dose.isFinite else { return "–" }
    return AxisText.significant(dose, digits: 3) + (axis.unit.symbol.isEmpty ? "" : " \(axis.unit)")
  }
}
