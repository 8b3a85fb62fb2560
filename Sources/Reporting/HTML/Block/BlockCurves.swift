import Assay
import DoseResponse
import Screening
import Synergy

/// The curves of a combination's page: each drug alone with its parameters, how each drug's curve shifts with the
/// other, the isobologram, and how replicate wells scatter.
struct BlockCurves {
  let analysis: BlockAnalysis

  /// Writes the curves.
  func write(to out: inout ByteWriter) {
    let matrix = analysis.matrix
    out.text("<h3>Each drug alone</h3><div class=\"f\">")
    for monotherapy in analysis.monotherapies {
      out.text("<figure><figcaption><b>")
      out.html(AxisText.cut(matrix.axes[monotherapy.drug].drug, to: 28))
      out.text("</b> alone</figcaption>")
      if monotherapy.cells.contains(where: { matrix.count[$0] > 0 }) {
        let band = analysis.inference?.curves.at(monotherapy.drug) ?? []
        out.chart { DoseCurve(monotherapy, in: matrix, band: band).draw(on: &$0) }
        if let anchor = analysis.anchor, anchor.drug == monotherapy.drug {
          out.text("<p class=\"k\">")
          out.html(AnchorWords.caption(anchor))
          out.text("</p>")
        }
      } else {
        out.text("<p class=\"k\">No well holds this drug alone.</p>")
      }
      out.text("</figure>")
    }
    parameters(to: &out)
    out.text("</div>")
    together(to: &out)
  }

  private func together(to out: inout ByteWriter) {
    let families = MatrixSlice.canDraw(analysis.matrix) ? (0..<2).compactMap { CurveFamily($0, of: analysis) } : []
    let isobologram = Isobologram(analysis)
    let scatter = ReplicateScatter(analysis)
    guard !families.isEmpty || isobologram != nil || scatter != nil else { return }
    out.text("<h3>Together</h3><div class=\"f\">")
    for (place, family) in families.enumerated() {
      out.text("<figure><figcaption>How <b>")
      out.html(AxisText.cut(analysis.matrix.axes[place].drug, to: 24))
      out.text("</b> shifts</figcaption>")
      out.chart { family.draw(on: &$0) }
      out.text("</figure>")
    }
    if let isobologram {
      out.text("<figure><figcaption><b>Isobologram</b> at ")
      out.text(AxisText.significant(isobologram.effect, digits: 2))
      out.text(" % inhibition; doses ÷ dose alone")
      out.text("</figcaption>")
      out.chart { isobologram.draw(on: &$0) }
      out.text("<p class=\"k\">Below the line: less drug is needed than Loewe additivity predicts.")
      if isobologram.missed > 0 {
        out.text(" \(isobologram.missed) line\(isobologram.missed == 1 ? " does" : "s do") not reach it.")
      }
      out.text("</p></figure>")
    }
    if let scatter {
      out.text("<figure><figcaption><b>Replicate wells</b>; band: ±2 sd of the noise</figcaption>")
      out.chart { scatter.draw(on: &$0) }
      if scatter.far > 0 {
        out.text("<p class=\"k\">\(scatter.far) well\(scatter.far == 1 ? "" : "s") beyond 3 sd.</p>")
      }
      out.text("</figure>")
    }
    out.text("</div>")
  }

  private func parameters(to out: inout ByteWriter) {
    let matrix = analysis.matrix
    out.text("<div class=\"t\" role=\"region\" aria-label=\"Hill fits\" tabindex=\"0\">")
    out.text("<table><thead><tr><th scope=\"col\">Hill fit</th>")
    for monotherapy in analysis.monotherapies {
      out.text("<th scope=\"col\">")
      out.html(AxisText.cut(matrix.axes[monotherapy.drug].drug, to: 20))
      out.text("</th>")
    }
    out.text("</tr></thead><tbody>")
    let known = analysis.monotherapies.map { KnownParameters($0, in: matrix) }
    row("E0, %", to: &out) { known[$0.drug].e0 }
    row("Emax, %", to: &out) { known[$0.drug].emax }
    if let inference = analysis.inference { row("Emax interval", to: &out) { range(inference.emax[$0.drug]) } }
    row("Hill slope", to: &out) { known[$0.drug].hill }
    row("EC50", to: &out) { known[$0.drug].ec50 }
    row("relative IC50", to: &out) { known[$0.drug].relativeIC50 }
    row("absolute IC50", to: &out) { FigureText.dose($0.absoluteIC50, matrix.axes[$0.drug]) }
    if let inference = analysis.inference { row("IC50 interval", to: &out) { range(inference.ic50[$0.drug]) } }
    row("RI, %", to: &out) { $0.relativeInhibition.map { AxisText.significant($0, digits: 3) } ?? "–" }
    row("R²", to: &out) { known[$0.drug].r2 }
    row("status", to: &out) { $0.fit.status.rawValue.split(separator: "_").joined(separator: " ") }
    out.text("</tbody></table></div>")
  }

  private func row(_ name: String, to out: inout ByteWriter, value: (Monotherapy) -> String) {
    out.text("<tr><th scope=\"row\">")
    out.text(name)
    out.text("</th>")
    for monotherapy in analysis.monotherapies { out.element("td", value(monotherapy)) }
    out.text("</tr>")
  }

  /// `0.31 … 0.9`, `0.31 … not bounded`.
  private func range(_ interval: Interval) -> String {
    let ends = [interval.low, interval.high].map { $0.isFinite && $0 != 0 ? AxisText.significant($0, digits: 3) : nil }
    guard ends.contains(where: { $0 != nil }) else { return "not bounded" }
    return ends.map { $0 ?? "not bounded" }.joined(separator: " … ")
  }
}
