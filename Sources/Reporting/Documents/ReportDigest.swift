import Screening
import Synergy

/// What a report says first, whatever its format: what was screened, what the calls are, which combinations lead, and
/// what to distrust. Texts are plain; each format escapes and sets them its own way.
struct ReportDigest {
  let source: ReportSource

  /// How many combinations lead a report.
  static let mostTop = 5
  private var inference: InferenceOptions { source.options.synergy.inference }
  private var isTested: Bool { source.isTested }

  /// Blocks, combinations, drugs, samples, files and problems.
  var counts: [(count: Int, name: String)] {
    var drugs = Set<String>()
    var combinations = Set<[String]>()
    var samples = Set<String>()
    for summary in source.ranked {
      drugs.formUnion(summary.drugs)
      combinations.insert(summary.drugs.sorted())
      if let sample = summary.sample { samples.insert(sample) }
    }
    let problems = source.problemCounts.errors + source.problemCounts.warnings
    return [
      (source.ranked.count, "block"), (combinations.count, "combination"), (drugs.count, "drug"),
      (samples.count, "sample"), (source.inputCount, "file"), (problems, "problem"),
    ].map { count, name in (count, count == 1 ? name : name + "s") }
  }

  /// How many blocks have each call; `nil` counts those without. Empty where nothing was tested.
  var calls: [(call: Call?, count: Int)] {
    let verdicts = source.ranked.map { $0.verdict?.call }
    guard verdicts.contains(where: { $0 != nil }) else { return [] }
    return (Call.allCases.map { $0 as Call? } + [nil]).map { call in (call, verdicts.count { $0 == call }) }
      .filter { $0.0 != nil || $0.1 > 0 }
  }

  /// The XPO1 inhibitors, and how responses were given: a sentence each; empty where neither is known.
  var scope: String {
    let anchors = Set(
      source.ranked.compactMap { summary in
        source.compounds.anchorIndex(of: summary.drugs).map { summary.drugs[$0] }
      }
    ).sorted()
    let kinds = Set(source.inputs.compactMap(\.response)).sorted()
    let sentences = [
      anchors.isEmpty
        ? nil : "XPO1 \(anchors.count == 1 ? "inhibitor" : "inhibitors"): \(anchors.joined(separator: ", ")).",
      kinds.isEmpty ? nil : "Responses were given as \(kinds.joined(separator: ", ")) and are shown as % inhibition.",
    ]
    return sentences.compactMap { $0 }.joined(separator: " ")
  }

  /// How good the data are: plates, replicates and noise, a sentence each; empty where nothing is known.
  var quality: [ReportWarnings.Line] {
    var lines: [ReportWarnings.Line] = []
    if let plates = source.plates?.plates, !plates.isEmpty {
      let verdicts = plates.map(QualityTable.verdict)
      let counts = ["pass", "warn", "fail", "day 0"].compactMap { verdict -> String? in
        let count = verdicts.count { $0 == verdict }
        return count > 0 ? "\(FigureText.grouped(count)) \(verdict)" : nil
      }
      lines.append(.init(text: "Plates: \(counts.joined(separator: ", ")).", section: "plates"))
    }
    let replicates = source.ranked.map(\.replicates)
    if let least = replicates.min(), let most = replicates.max(), most > 0 {
      lines.append(.init(text: "Wells per dose pair: \(least == most ? "\(most)" : "\(least) to \(most)")."))
    }
    let noise = source.ranked.compactMap(\.noise)
    if let middle = noise.map(\.sdAt0).sorted().at(noise.count / 2) {
      let counts = Dictionary(grouping: noise.map(\.source.words)) { $0 }.mapValues(\.count)
      let sources = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { words, count in
        counts.count == 1 ? words : "\(words) (\(FigureText.grouped(count)))"
      }
      lines.append(
        .init(
          text: "Noise of an untreated well: ±\(AxisText.significant(middle, digits: 2)) pp (median of "
            + "\(FigureText.count(noise.count, "block"))), estimated from \(sources.joined(separator: ", "))."))
    }
    return lines
  }

  /// `quality` in one paragraph.
  var qualityText: String { quality.map(\.text).joined(separator: " ") }

  /// Says that these are not all blocks of the screen; `nil` where they are.
  var choice: String? {
    source.ranked.count < source.screenCount
      ? "A choice of \(FigureText.grouped(source.ranked.count)) of the screen’s \(FigureText.grouped(source.screenCount)) blocks."
      : nil
  }

  /// What came out, in two sentences whose counts add up to the number of combinations.
  var headline: String { (choice.map { $0 + " Of these blocks alone: " } ?? "") + result }

  private var result: String {
    let all = source.ranked.count
    // A combination may have several blocks, as in several samples.
    let one = Set(source.ranked.map { $0.drugs.sorted() }).count == all ? "combination" : "block"
    let noun = all == 1 ? one : one + "s"
    guard !calls.isEmpty else {
      return "\(FigureText.grouped(all)) \(noun) scored, none tested (--resamples 0): a score may be noise."
    }
    let rule = CallRule(options: inference, models: source.options.synergy.models)
    let synergistic = calls.first { $0.call == .synergistic }?.count ?? 0
    guard synergistic < all || all == 0 else {
      return all == 1
        ? "\(choice == nil ? "The" : "the") combination is synergistic under \(rule.modelNames)."
        : "\(choice == nil ? "All" : "all") \(FigureText.grouped(all)) \(noun) are synergistic under \(rule.modelNames)."
    }
    let others = calls.filter { $0.call != .synergistic && ($0.count > 0 || $0.call == .antagonistic) }
      .map { "\(FigureText.grouped($0.count)) \($0.call?.rawValue ?? "not tested")" }
    return
      "\(FigureText.grouped(synergistic)) of \(FigureText.grouped(all)) \(noun) \(synergistic == 1 ? "is" : "are") "
      + "synergistic under \(rule.modelNames). The other \(FigureText.grouped(all - synergistic)): "
      + others.joined(separator: ", ") + "."
  }

  /// What makes a call.
  var callRule: String {
    guard isTested else {
      return "Nothing was tested (--resamples 0): there are no calls, and a small score may be noise."
    }
    return CallRule(options: inference, models: source.options.synergy.models).sentences
  }

  /// What the ranks go by.
  var rankRule: String {
    isTested
      ? "Ranked by consensus: the smallest of the models’ lower \(FigureText.share(inference.confidence)) confidence bounds; ties by CSS."
      : "Ranked by consensus: the smallest of the models’ mean synergies; ties by CSS. Nothing was tested: it may be noise."
  }

  /// What the scores of the ranking are.
  var scoreRule: String {
    "Scores are mean synergies in percentage points (+ synergy, − antagonism) over the dose pairs that hold every drug"
      + (isTested ? "; a score is coloured where its confidence interval excludes 0." : ".")
  }

  /// The combinations that lead: the first of the ranking with a consensus above 0.
  var top: [BlockSummary] { source.ranked.prefix(Self.mostTop).filter { ($0.consensus ?? -1) > 0 } }

  /// What stands in the place of `top` where it is empty.
  var noTop: String {
    if source.ranked.isEmpty { return "No combination could be analysed; see Problems." }
    return isTested
      ? "No combination has a lower confidence bound above 0 under every reference model."
      : "No combination has a mean above 0 under every reference model."
  }

  /// The warnings, most severe first; never empty.
  var warnings: [String] { ReportWarnings(source: source).lines.map(\.text) }
}

extension ReportSource {
  /// Whether scores were tested: else there are no intervals, p values and calls.
  var isTested: Bool { options.synergy.inference.resamples > 0 }

  /// Whether any combination has a call.
  var hasCalls: Bool { ranked.contains { $0.verdict != nil } }

  /// The resampling in a few words.
  var resampling: String {
    let inference = options.synergy.inference
    return isTested
      ? "\(FigureText.count(inference.resamples, "bootstrap resample")), seed \(inference.seed)"
      : "no bootstrap resamples"
  }
}
