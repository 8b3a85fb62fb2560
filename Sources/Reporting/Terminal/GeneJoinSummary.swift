import GeneTargets

/// What a run says on the terminal of a gene screen beside its blocks.
public enum GeneJoinSummary {
  /// The most partners of each verdict that are named.
  static let mostNames = 5

  /// Lines ended by `\n`: of each contrast the verdicts with the partners' names, and the rank correlation.
  public static func text(_ joined: JoinedScreens) -> String {
    var text = joined.unjoined.map { "warning: \(PrintableText.of($0))\n" }.joined()
    for join in joined.joins {
      text += "Gene screen \(PrintableText.of(join.contrast.contrast)): "
      let own = join.correlation
      text +=
        own.rho.isNaN
        ? "\(FigureText.count(own.partners, "partner")) with both\n"
        : "\(FigureText.count(own.partners, "partner")) with both, \(PartnerSection.correlation(join, digits: 2))\n"
      for verdict in PartnerVerdict.allCases where verdict != .neither {
        let rows = join.rows.filter { $0.verdict == verdict }
        guard !rows.isEmpty else { continue }
        var names: [String] = []
        for row in rows where !names.contains(row.partner) { names.append(row.partner) }
        let more = names.count > mostNames ? ", … (\(names.count) partners)" : ""
        text += "  \(verdict.rawValue): \(PrintableText.of(names.prefix(mostNames).joined(separator: ", ")))\(more)\n"
      }
    }
    for note in joined.notes { text += "note: \(PrintableText.of(note))\n" }
    return text
  }
}
