import Foundation
import Genes

/// What `isobole genes` says on the terminal of a contrast.
public enum GeneSummary {
  /// The strongest genes of both directions, the counts of calls and what to look at, lines ended by `\n`.
  public static func text(of analysis: GeneAnalysis, top: Int = 10) -> String {
    let contrast = analysis.contrast
    var text =
      "\(contrast.name): \(contrast.treatments.joined(separator: ", ")) against \(contrast.controls.joined(separator: ", "))"
      + (contrast.isPaired ? ", paired\n" : "\n")
    for (call, title) in [(GeneCall.sensitises, "Loss sensitises"), (.protects, "Loss protects")] {
      let found = analysis.genes(called: call)
      guard !found.isEmpty else {
        text += "\(title): no gene\n"
        continue
      }
      text += title + "\n"
      for gene in found.prefix(top) { text += line(gene, isDepleted: call == .sensitises) }
      if found.count > top { text += "  … and \(found.count - top) more in genes.csv\n" }
    }
    let counts = GeneCall.allCases.map { call in "\(analysis.genes.count { $0.call == call }) \(call.rawValue)" }
    text += "\(analysis.genes.count) genes · " + counts.joined(separator: " · ") + "\n"
    let warnings = analysis.quality.filter { $0.verdict == .warn }
    for warning in warnings.prefix(5) {
      text += "warning: \(warning.name): \(warning.measure) \(number(warning.value)) \(warning.unit)"
        .trimmingCharacters(in: .whitespaces)
      text += ", expected \(warning.expected)\n"
    }
    for note in analysis.notes { text += "\(note.isWarning ? "warning" : "note"): \(note.message)\n" }
    if warnings.count > 5 { text += "… and \(warnings.count - 5) more warnings in gene_qc.csv\n" }
    return text
  }

  private static func line(_ gene: GeneScore, isDepleted: Bool) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let q = isDepleted ? gene.evidence.qSensitises : gene.evidence.qProtects
    let effect = String(format: "%+.2f [%+.2f, %+.2f] log2", gene.effect, gene.interval.low, gene.interval.high)
    let z = gene.normZ.map { String(format: "z %+.1f", $0) } ?? ""
    return "  " + padded(gene.gene, 12) + padded(effect, 32) + padded(z, 10) + padded("q \(number(q))", 12)
      + gene.reason + "\n"
  }

  static func number(_ value: Double) -> String {
    value.isFinite ? CompactNumber.text(value, width: 6) : "\(value)"
  }
}
