import Assay
import DoseResponse
import Synergy

/// The rows of `fits.csv`: one Hill curve each.
enum FitTable {
  /// The header.
  static let header =
    "block_id,drug,role,e0,emax,hill,ec50,rss,r2,n,status,unit,ic50_relative,ic50_absolute,ri,fixed_doses,axis,"
    + "ic50_absolute_low,ic50_absolute_high,emax_low,emax_high,response_highest\n"

  /// The rows of a block's monotherapies.
  static func monotherapies(of analysis: BlockAnalysis) -> [UInt8] {
    var out = ByteWriter(capacity: 400)
    for monotherapy in analysis.monotherapies {
      row(of: monotherapy.fit, drug: monotherapy.drug, role: "monotherapy", in: analysis.matrix, to: &out)
      for value in [monotherapy.relativeIC50, monotherapy.absoluteIC50, monotherapy.relativeInhibition] {
        out.comma()
        out.csv(value)
      }
      out.comma()
      out.comma()
      out.integer(monotherapy.drug + 1)
      let ic50 = analysis.inference?.ic50[monotherapy.drug]
      let emax = analysis.inference?.emax[monotherapy.drug]
      for value in [ic50?.low, ic50?.high, emax?.low, emax?.high, highest(monotherapy.fit, monotherapy.drug, analysis)]
      {
        out.comma()
        out.csv(value)
      }
      out.endRow()
    }
    return out.bytes
  }

  /// The rows of a block's ZIP lines. `fixed_doses` holds the doses of the other drugs, in the block's order, separated
  /// by `;`.
  static func lines(of analysis: BlockAnalysis) -> [UInt8] {
    let matrix = analysis.matrix
    var out = ByteWriter(capacity: analysis.lines.count * 160)
    for line in analysis.lines {
      row(of: line.fit, drug: line.drug, role: "line", in: matrix, to: &out)
      out.text(",,,,")
      var isFirst = true
      for drug in matrix.axes.indices where drug != line.drug {
        if !isFirst { out.byte(UInt8(ascii: ";")) }
        out.shortest(matrix.dose(of: drug, in: line.start))
        isFirst = false
      }
      out.comma()
      out.integer(line.drug + 1)
      out.text(",,,,,")
      out.csv(highest(line.fit, line.drug, analysis))
      out.endRow()
    }
    return out.bytes
  }

  /// The fitted response at the highest dose: with E0, slope and EC50 it gives the curve where Emax is not
  /// bounded: Emax = E0 + (response − E0)(1 + (EC50/dose)^h).
  private static func highest(_ fit: HillFit, _ drug: Int, _ analysis: BlockAnalysis) -> Double? {
    analysis.matrix.axes[drug].doses.last.map { fit.curve.response(at: $0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  private static func row(
    of fit: HillFit, drug: Int, role: String, in matrix: DoseMatrix, to out: inout ByteWriter
  ) {
    let axis = matrix.axes[drug]
    out.csv(matrix.id)
    out.comma()
    out.csv(axis.drug)
    out.comma()
    out.text(role)
    for value in [fit.curve.e0, fit.emax ?? .nan, fit.curve.hill, fit.curve.ec50, fit.rss, fit.r2] {
      out.comma()
      out.csv(value)
    }
    out.comma()
    out.integer(fit.points)
    out.comma()
    out.text(fit.status.rawValue)
    out.comma()
    out.csv(axis.unit.symbol)
  }
}
