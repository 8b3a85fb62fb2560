import Assay

/// A table that Isobole wrote itself, told by its header: results are not measurements and are not scored.
public enum OwnTable {
  /// For each table, columns that only it has together.
  private static let marks: [(file: String, columns: Set<String>)] = [
    ("cells.csv", ["block_id", "conc1", "response", "zip_fit", "zip_reference", "zip_synergy", "hsa_synergy"]),
    ("wells.csv", ["block_id", "plate", "well", "role", "drug1", "conc1", "unit1", "raw", "response", "excluded"]),
    ("scores.csv", ["rank", "block_id", "model", "mean", "standard_error", "equivalence_low"]),
    ("columns.csv", ["table", "column", "type", "unit", "meaning"]),
    ("ranking.csv", ["rank", "block_id", "drug1", "call", "consensus", "zip_peak"]),
    ("fits.csv", ["block_id", "role", "emax", "hill", "ic50_relative", "ic50_absolute"]),
    ("problems.csv", ["file", "block_id", "severity", "line", "message"]),
    ("qc.csv", ["kind", "verdict", "reasons", "normalisation", "negative_controls"]),
    ("across_samples.csv", ["scored_samples", "random_mean", "heterogeneity_q", "selective_sample"]),
    ("associations.csv", ["annotation", "level", "mean_level", "arrangements", "not_tested"]),
    ("partners.csv", ["contrast", "partner", "verdict", "gene_finding", "stouffer_z"]),
    ("biomarkers.csv", ["contrast", "gene", "q_protects", "in_samples"]),
    ("genes.csv", ["contrast", "gene", "call_reason", "effect_low", "q_sensitises"]),
    ("guides.csv", ["contrast", "gene", "guide", "control_reads", "fold_change"]),
    ("gene_qc.csv", ["contrast", "subject", "measure", "expected", "verdict"]),
    ("comparison.csv", ["old_rank", "rise", "old_block_id", "old_call", "old_consensus"]),
    // The sheets of a report, which have headings for people.
    ("report.xlsx", ["Block", "Response, %", "Wells"]),
    ("report.xlsx", ["Block", "Drug", "EC50", "Relative IC50", "Absolute IC50"]),
    ("report.xlsx", ["Rank", "Block", "Drug 1", "Call", "Consensus"]),
    ("report.xlsx", ["Severity", "File", "Block", "Line", "Message"]),
  ]

  /// How the results begin.
  private static let results = Array("{\"format\":\"isobole-results\"".utf8)

  /// The table whose header these columns are; `nil` for none.
  static func name(columns: [String]) -> String? {
    let columns = Set(columns)
    return marks.first { $0.columns.isSubset(of: columns) }?.file
  }

  /// The file that Isobole wrote, told by how it begins; `nil` for any other.
  public static func name(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: results) { return "results.json" }
    let head = bytes.prefix(1 << 14).prefix { $0 != 10 && $0 != 13 }
    guard head.count < bytes.count else { return nil }
    let text = String(decoding: head, as: UTF8.self)
    return [",", ";", "\t"].lazy.compactMap { separator in
      name(columns: text.split(separator: separator).map { $0.filter { $0 != "\"" && $0 != "\u{FEFF}" } })
    }.first
  }
}

extension InputProblem {
  /// A file that Isobole wrote is named among the exports.
  public static func ownTable(_ name: String, file: String) -> InputProblem {
    Finding.error(.ownTable(line: 1, name: name)).problem(file: file, blockID: nil)
  }
}
