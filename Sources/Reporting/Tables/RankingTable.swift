import Assay
import Screening
import Synergy

/// The rows of `ranking.csv` and of `ranking` in `results.json`: one block each, best first.
struct RankingTable {
  /// The most drugs of any block: decides how many columns there are.
  let drugs: Int

  /// BIGL's nulls that were asked for, in the order of their columns.
  let surfaceNulls: [BIGLNull]

  /// Whether a drug of some block is called otherwise than in its file.
  let hasWrittenNames: Bool

  /// Whether some block has synergy at reachable doses.
  let hasReachable: Bool

  /// A table for these blocks.
  init(ranked: [BlockSummary], surfaceNulls: [BIGLNull] = []) {
    drugs = max(2, ranked.map(\.drugs.count).max() ?? 2)
    self.surfaceNulls = surfaceNulls
    hasWrittenNames = ranked.contains { $0.writtenNames != $0.drugs }
    hasReachable = ranked.contains { $0.reachable != nil }
  }

  /// The models in the order of their columns.
  static let models: [NullModel] = [.zip, .bliss, .loewe, .hsa]

  /// The columns: the fixed ones of DESIGN §5 first, then those that only some screens need.
  var columns: [String] {
    var names = ["rank", "block_id", "drug1", "drug2", "sample", "call", "consensus", "consensus_upper"]
    for model in Self.models {
      names.append(model.rawValue)
      names += ["low", "high", "p", "q", "peak", "trough"].map { "\(model.rawValue)_\($0)" }
    }
    names += [
      "baseline", "baseline_error", "css", "ri1", "ri2", "ic50_1", "ic50_2", "conc_unit", "replicates", "flags",
    ]
    for drug in 3..<max(3, drugs + 1) { names += ["drug\(drug)", "ri\(drug)", "ic50_\(drug)"] }
    names += Self.models.map { "\($0.rawValue)_peak_doses" }
    names += Self.models.map { "\($0.rawValue)_trough_doses" }
    names += [
      "call_reason", "call_models_agreeing", "call_models_scored", "noise_source", "noise_sd_0", "noise_sd_100",
      "noise_df", "css_low", "css_high",
    ]
    for model in Self.models {
      names += ["call", "bias", "peak_low", "peak_high", "trough_low", "trough_high"].map { "\(model.rawValue)_\($0)" }
    }
    for null in surfaceNulls { names += ["f", "p"].map { "bigl_\(null.rawValue)_\($0)" } }
    if hasWrittenNames { names += (1...drugs).map { "drug\($0)_as_read" } }
    if hasReachable {
      names += ["reachable_cells", "reachable_doses"] + Self.models.map { "reachable_\($0.rawValue)" }
    }
    return names
  }

  /// A block's row, in the order of `columns`. The call, the intervals, p and q are empty for a block whose noise
  /// nothing tells, and of a screen without resamples.
  func row(_ summary: BlockSummary, rank: Int) -> [Field] {
    var row: [Field] = [
      .integer(rank), .text(summary.id), .text(summary.drugs.at(0)), .text(summary.drugs.at(1)), .text(summary.sample),
      .text(summary.verdict?.call.rawValue), .number(summary.consensus), .number(summary.consensusUpper),
    ]
    for model in Self.models {
      let score = summary.score(of: model)
      row.append(.number(score?.mean))
      row += [.number(score?.interval?.low), .number(score?.interval?.high), .number(score?.p), .number(score?.q)]
      row += [.number(score?.peak?.corrected), .number(score?.trough?.corrected)]
    }
    row += [.number(summary.baseline.level), .number(summary.baseline.error), .number(summary.css)]
    row += [0, 1].map { .number(summary.relativeInhibition.at($0) ?? nil) }
    row += [0, 1].map { .number(summary.relativeIC50.at($0) ?? nil) }
    row += [
      .text(Self.unit(of: summary)), .integer(summary.replicates), .text(summary.flags.joined(separator: ";")),
    ]
    for drug in 2..<max(2, drugs) {
      row += [
        .text(summary.drugs.at(drug)), .number(summary.relativeInhibition.at(drug) ?? nil),
        .number(summary.relativeIC50.at(drug) ?? nil),
      ]
    }
    row += Self.models.map { .text(summary.score(of: $0)?.peak.map { Self.doses(of: $0.measured) }) }
    row += Self.models.map { .text(summary.score(of: $0)?.trough.map { Self.doses(of: $0.measured) }) }
    let noise = summary.noise
    row += [
      .text(summary.verdict?.words), summary.verdict.map { .integer($0.agreeing) } ?? .text(nil),
      summary.verdict.map { .integer($0.models) } ?? .text(nil), .text(noise?.source.rawValue),
    ]
    row += [.number(noise?.sdAt0), .number(noise?.sdAt100), .number(noise?.degrees)]
    row += [.number(summary.cssInterval?.low), .number(summary.cssInterval?.high)]
    for model in Self.models {
      let score = summary.score(of: model)
      row += [
        .text(score?.call?.rawValue), .number(score?.bias), .number(score?.peak?.inference?.interval.low),
        .number(score?.peak?.inference?.interval.high), .number(score?.trough?.inference?.interval.low),
        .number(score?.trough?.inference?.interval.high),
      ]
    }
    for null in surfaceNulls {
      let test = summary.surfaceTests.first { $0.null == null }
      row += [.number(test?.f), .number(test?.p)]
    }
    if hasWrittenNames { row += (0..<drugs).map { .text(summary.writtenNames.at($0)) } }
    if hasReachable {
      let reachable = summary.reachable
      row += [reachable.map { .integer($0.cells) } ?? .text(nil), .text(Self.doses(of: reachable, summary))]
      row += Self.models.map { .number(reachable?.score(of: $0)?.mean) }
    }
    return row
  }

  /// The unit of all drugs, or each drug's (`uM;nM`) where they differ.
  static func unit(of summary: BlockSummary) -> String {
    let symbols = summary.units.map(\.symbol)
    return Set(symbols).count == 1 ? symbols[0] : symbols.joined(separator: ";")
  }

  /// The doses that count as reachable: `selinexor<=0.5 uM;bortezomib<=20 nM`; drugs that are not limited are left out.
  static func doses(of reachable: ReachableSynergy?, _ summary: BlockSummary) -> String? {
    guard let reachable else { return nil }
    var text = ByteWriter()
    for (place, limit) in reachable.limits.enumerated() {
      text.text("\(place > 0 ? ";" : "")\(summary.drugs.at(limit.drug) ?? "")<=")
      text.shortest(limit.cmax)
      text.text(" \(summary.units.at(limit.drug)?.symbol ?? "")")
    }
    return text.string
  }

  /// A window's doses, lowest-highest for each drug: `0.1-1;5-20`.
  static func doses(of peak: PeakWindow) -> String {
    var text = ByteWriter()
    for (drug, range) in peak.doses.enumerated() {
      if drug > 0 { text.byte(UInt8(ascii: ";")) }
      text.shortest(range.lowerBound)
      text.byte(UInt8(ascii: "-"))
      text.shortest(range.upperBound)
    }
    return text.string
  }
}

extension Array {
  /// The element at a position; `nil` beyond the end.
  func at(_ position: Int) -> Element? { position < count ? self[position] : nil }
}
