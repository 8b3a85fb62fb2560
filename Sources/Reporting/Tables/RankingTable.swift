import Assay
import Screening
import Synergy

/// The rows of `ranking.csv`: one block each, best first.
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

  /// The names of the columns.
  var columns: [String] { dictionary.map(\.name) }

  /// The columns: those of every screen first, then those that only some need.
  var dictionary: [TableColumn] {
    var columns: [TableColumn] = [
      .integer("rank", "1 is best"), .block, .text("drug1", "drug 1"), .text("drug2", "drug 2"), .sample,
      .text("call", "what the screen says of the block"),
      .points(
        "consensus", "the smallest of the models' lower bounds, without resamples of their means; ranks are by it"),
      .points("consensus_upper", "the largest of the models' upper bounds, without resamples of their means"),
    ]
    for model in Self.models { columns += Self.scores(model) }
    columns += [
      .response("baseline", "the untreated level that responses were put on the scale of"),
      .points("baseline_error", "its standard error"), .number("css", "%", "combination sensitivity score"),
    ]
    columns += [1, 2].map(Self.inhibition(of:)) + [1, 2].map(Self.relativeIC50(of:))
    columns += [
      .text("conc_unit", "the unit of doses; each drug's, separated by ;, where they differ"),
      .integer("replicates", "most wells in one combination cell"),
      .text("flags", "words for what a reader should know, separated by ;"),
    ]
    for drug in 3..<max(3, drugs + 1) {
      columns += [.text("drug\(drug)", "drug \(drug)"), Self.inhibition(of: drug), Self.relativeIC50(of: drug)]
    }
    for name in ["peak", "trough"] {
      columns += Self.models.map { model in
        .text("\(model.rawValue)_\(name)_doses", "the \(name)'s lowest-highest dose of each drug, separated by ;")
      }
    }
    columns += [
      .text("call_reason", "the call in words"), .integer("call_models_agreeing", "models that reach the block's call"),
      .integer("call_models_scored", "models that were tested"),
      .text("noise_source", "what the noise was estimated from"),
      .points("noise_sd_0", "standard deviation of a well at 0 % inhibition"),
      .points("noise_sd_100", "the same at 100 %"), .number("noise_df", "", "degrees of freedom of the noise"),
      .number("css_low", "%", "lower end of the interval of css"), .number("css_high", "%", "upper end of it"),
      .text("block_key", "the same for the same drugs, sample, doses and wells, whatever files are read with it"),
    ]
    for model in Self.models { columns += Self.inferences(model) }
    for null in surfaceNulls {
      columns += [
        .number("bigl_\(null.rawValue)_f", "", "BIGL's meanR of \(null.name): F"),
        .number("bigl_\(null.rawValue)_p", "", "its p value"),
      ]
    }
    if hasWrittenNames { columns += (1...drugs).map { .text("drug\($0)_as_read", "drug \($0)'s name in the file") } }
    if hasReachable {
      columns.append(.integer("reachable_cells", "combination cells at doses that are reached in patients"))
      columns.append(.text("reachable_doses", "the doses that count as reached"))
      columns += Self.models.map { .points("reachable_\($0.rawValue)", "mean \($0.name) synergy over these cells") }
    }
    return columns
  }

  private static func scores(_ model: NullModel) -> [TableColumn] {
    let (name, title) = (model.rawValue, model.name)
    return [
      .points(name, "mean \(title) synergy over the combination wells"),
      .points("\(name)_low", "lower end of the interval of the mean, corrected for bias"),
      .points("\(name)_high", "upper end of it"), .number("\(name)_p", "", "p value of a true mean of 0"),
      .number("\(name)_q", "", "the false discovery rate at which the screen would call this score"),
      .points("\(name)_peak", "largest mean over a window of adjacent doses, corrected for having been chosen"),
      .points("\(name)_trough", "smallest mean over such a window, likewise"),
    ]
  }

  private static func inferences(_ model: NullModel) -> [TableColumn] {
    let name = model.rawValue
    return [
      .text("\(name)_call", "what the screen says of the \(model.name) score"),
      .points("\(name)_bias", "what the mean would be without an interaction"),
      .points("\(name)_peak_low", "lower end of the peak's interval"), .points("\(name)_peak_high", "upper end of it"),
      .points("\(name)_trough_low", "lower end of the trough's interval"),
      .points("\(name)_trough_high", "upper end of it"),
    ]
  }

  private static func inhibition(of drug: Int) -> TableColumn {
    .number("ri\(drug)", "%", "relative inhibition of drug \(drug)")
  }

  private static func relativeIC50(of drug: Int) -> TableColumn {
    .number("ic50_\(drug)", "conc_unit", "EC50 of drug \(drug), or the nearest tested dose where it lies outside")
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
    row += [.number(summary.cssInterval?.low), .number(summary.cssInterval?.high), .text(summary.key.description)]
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
