import GeneTargets

/// The rows of `partners.csv`: a partner in a sample beside its targets in a contrast of the gene screen.
struct PartnerTable {
  let joined: JoinedScreens

  static let columns: [TableColumn] = [
    .text("contrast", "the contrast of the gene screen"), .text("drug", "the drug that both screens are about"),
    .text("partner", "the other drug"),
    .text("sample", "cell line or patient of the matrix screen; empty where it was not tested"),
    .text("verdict", PartnerVerdict.allCases.map(\.rawValue).joined(separator: ", ")),
    .text("verdict_reason", "why, in words"),
    .text(
      "gene_finding",
      "what the partner's targets say: synergy expected, antagonism expected, no effect, inconclusive, not measured"),
    .text("targets", "its measured targets with their log2 fold changes and calls, separated by ;"),
    .text("targets_missing", "targets that the gene screen does not have"),
    .text("target_sources", "where the targets are stated"),
    .integer("target_units", "targets that were combined; genes of one group (complex, paralogs) count as one"),
    .number("stouffer_z", "", "Stouffer's combined normal value; above 0 synergy is expected"),
    .number("stouffer_p_synergy", "", "its one-sided p"), .number("stouffer_p_antagonism", "", "p of the other side"),
    .number("simes_p_synergy", "", "Simes' combined p for synergy"),
    .number("simes_p_antagonism", "", "the same for antagonism"),
    .number(
      "q_synergy", "",
      "false discovery rate over the partners of the contrast of twice the smaller p (Benjamini-Hochberg, this direction by itself)"
    ),
    .number("q_antagonism", "", "the same for antagonism, by itself"),
    .text("matrix_call", "the call of the matrix screen; empty where it was not tested"),
    .points("consensus", "smallest of the models' lower bounds; mean of several blocks"),
    .points("consensus_upper", "largest of the upper bounds"),
    .text("matrix_model", "the model of matrix_score"),
    .points("matrix_score", "block score less its bias; what the rank correlation is over"),
    .number("partner_ri", "%", "relative inhibition of the partner alone at the tested doses"),
  ]

  /// All rows.
  var rows: [[Field]] {
    joined.joins.flatMap { join in join.rows.map { row($0, of: join) } }
  }

  private func row(_ row: PartnerJoin.Row, of join: PartnerJoin) -> [Field] {
    let (evidence, outcome) = (row.evidence, row.outcome)
    let measured = evidence?.measured ?? []
    let names = Set(measured.map(\.target.gene))
    let missing = (evidence?.targets ?? []).map(\.target.gene).filter { !names.contains($0) }
    var sources: [String] = []
    for (target, _) in evidence?.targets ?? [] where !target.source.isEmpty && !sources.contains(target.source) {
      sources.append(target.source)
    }
    let hasUnits = (evidence?.units ?? 0) > 0
    func number(_ value: Double?) -> Field { .number(hasUnits ? value : nil) }
    return [
      .text(join.contrast.contrast), .text(join.drug), .text(row.partner), .text(outcome?.sample),
      .text(row.verdict.rawValue), .text(row.reason), .text((evidence?.finding ?? .notMeasured).rawValue),
      .text(measured.map { $0.target.words($0.gene) }.joined(separator: "; ")),
      .text(missing.joined(separator: "; ")), .text(sources.joined(separator: "; ")),
      evidence.map { .integer($0.units) } ?? .text(nil), number(evidence?.stouffer), number(evidence?.stoufferSynergy),
      number(evidence?.stoufferAntagonism), number(evidence?.simesSynergy), number(evidence?.simesAntagonism),
      number(evidence?.qSynergy), number(evidence?.qAntagonism), .text(outcome?.call?.rawValue),
      .number(outcome?.consensus), .number(outcome?.consensusUpper),
      .text(outcome?.score == nil ? nil : joined.model?.rawValue), .number(outcome?.score),
      .number(outcome?.partnerAlone),
    ]
  }

  /// The whole file.
  var text: [UInt8] {
    var out = ByteWriter()
    out.text(Self.columns.header)
    for row in rows { out.csv(row) }
    return out.bytes
  }
}

/// The rows of `biomarkers.csv`: genes whose loss protects, as candidates for a column of `--samples`.
struct BiomarkerTable {
  let joined: JoinedScreens

  static let columns: [TableColumn] = [
    .text("contrast", "the contrast of the gene screen"), .text("drug", "the drug"),
    .text(
      "gene",
      "a gene whose loss protects: a candidate column of the table of samples (--samples), as its mutation, loss or expression"
    ),
    .number("effect", "log2", "fold change of cells without it under the drug"),
    .number("effect_low", "log2", "lower end of its interval"),
    .number("effect_high", "log2", "upper end of it"),
    .number("q_protects", "", "false discovery rate at which it is called, this direction by itself"),
    .text(
      "in_samples", "yes where the run's table of samples has a column of that name, so that associations.csv tests it"),
  ]

  /// All rows.
  ///
  /// - Parameter annotations: The columns of the table of samples.
  func rows(_ annotations: Set<String>) -> [[Field]] {
    joined.joins.flatMap { join in
      join.biomarkers.map { gene in
        [
          .text(join.contrast.contrast), .text(join.drug), .text(gene.gene), .number(gene.effect), .number(gene.low),
          .number(gene.high), .number(gene.qProtects), .text(annotations.contains(gene.gene) ? "yes" : "no"),
        ]
      }
    }
  }

  /// The whole file.
  func text(_ annotations: Set<String>) -> [UInt8] {
    var out = ByteWriter()
    out.text(Self.columns.header)
    for row in rows(annotations) { out.csv(row) }
    return out.bytes
  }
}
