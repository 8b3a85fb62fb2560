import Assay
import DoseResponse
import Synergy

/// The rows of `fits.csv`: one Hill curve each.
enum FitTable {
  /// The columns.
  static let columns: [TableColumn] = [
    .block, .sample, .text("combination", "the block's drugs"), .text("drug", "the drug that varies"),
    .text("role", "monotherapy, or line: the drug's doses at fixed doses of the others"),
    .response("e0", "response without the drug"),
    .response("emax", "response at infinite dose; empty where the data do not bound it"),
    .number("hill", "", "Hill slope"), .number("ec50", "unit", "dose of half effect"),
    .number("rss", "squared percentage points", "weighted residual sum of squares"),
    .number("r2", "", "coefficient of determination"), .integer("n", "doses with a response"),
    .text("status", "converged, at_bound, flat, underdetermined or no_data"),
    .text("unit", "the unit of the drug's doses"),
    .number("ic50_relative", "unit", "EC50, or the nearest tested dose where it lies outside"),
    .number("ic50_absolute", "unit", "the dose of 50 % inhibition"),
    .number("ri", "%", "relative inhibition: the curve's mean over log dose"),
    .text("fixed_doses", "of a line: the other drugs' doses, separated by ;"),
    .integer("axis", "the drug's number in the block"),
    .number("ic50_absolute_low", "unit", "lower end of the interval of ic50_absolute"),
    .number("ic50_absolute_high", "unit", "upper end of it"),
    .response("emax_low", "lower end of the interval of emax"), .response("emax_high", "upper end of it"),
    .response("response_highest", "the curve at the highest tested dose"),
  ]

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
    if let sample = matrix.sample { out.csv(sample) }
    out.comma()
    out.csv(matrix.axes.map(\.drug).joined(separator: " + "))
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
