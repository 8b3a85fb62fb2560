import Compounds
import Screening
import Synergy

/// What a report says first, whatever its format: what was screened, what the calls are, which combinations lead, and
/// what to distrust. Texts are plain; each format escapes and sets them its own way.
struct ReportDigest: Sendable {
  let source: ReportSource
  /// What is in the ranking.
  let screen: ScreenCounts
  /// Blocks, combinations, drugs, samples, files and problems.
  let counts: [(count: Int, name: String)]
  /// The XPO1 inhibitors, and how responses were given: a sentence each; empty where neither is known.
  let scope: String
  /// How good the data are: plates, replicates and noise, a sentence each; empty where nothing is known.
  let quality: [ReportWarnings.Line]
  /// The warnings, most severe first; never empty.
  let warningLines: [ReportWarnings.Line]
  /// What came out, in two sentences whose counts add up to the number of combinations.
  let headline: String

  /// How many combinations lead a report.
  static let mostTop = 5
  private var inference: InferenceOptions { source.options.synergy.inference }
  private var isTested: Bool { source.isTested }

  init(source: ReportSource) {
    self.source = source
    screen = ScreenCounts(source.outlines)
    counts = [
      (screen.blocks, "block"), (screen.combinations, "combination"), (screen.drugs.count, "drug"),
      (screen.samples.count, "sample"), (source.inputCount, "file"),
      (source.problemCounts.errors + source.problemCounts.warnings, "problem"),
    ].map { count, name in (count, count == 1 ? name : name + "s") }
    scope = Self.scope(source, screen)
    quality = Self.quality(source)
    warningLines = ReportWarnings(source: source).lines
    headline = Self.headline(source, screen)
  }

  /// How many blocks have each call; `nil` counts those without. Empty where nothing was tested.
  var calls: [(call: Call?, count: Int)] { screen.calls }
  /// `quality` in one paragraph.
  var qualityText: String { quality.map(\.text).joined(separator: " ") }
  /// The warnings as sentences.
  var warnings: [String] { warningLines.map(\.text) }

  private static func scope(_ source: ReportSource, _ screen: ScreenCounts) -> String {
    let anchors = screen.drugs.filter { source.compounds.compound(named: $0)?.isAnchor == true }.sorted()
    let kinds = Set(source.inputs.compactMap(\.response)).sorted()
    let sentences = [
      anchors.isEmpty
        ? nil : "XPO1 \(anchors.count == 1 ? "inhibitor" : "inhibitors"): \(anchors.joined(separator: ", ")).",
      kinds.isEmpty ? nil : "Responses were given as \(kinds.joined(separator: ", ")) and are shown as % inhibition.",
    ]
    return sentences.compactMap { $0 }.joined(separator: " ")
  }

  private static func quality(_ source: ReportSource) -> [ReportWarnings.Line] {
    var lines: [ReportWarnings.Line] = []
    if let plates = source.plates, !plates.plates.isEmpty {
      lines.append(.init(text: "Plates: \(plates.verdictWords).", section: "plates"))
    }
    var (least, most) = (Int.max, 0)
    var noise: [NoiseModel] = []
    for summary in source.outlines {
      (least, most) = (min(least, summary.replicates), max(most, summary.replicates))
      if let model = summary.noise { noise.append(model) }
    }
    if most > 0 {
      lines.append(.init(text: "Wells per dose pair: \(least == most ? "\(most)" : "\(least) to \(most)")."))
    }
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

  private static func headline(_ source: ReportSource, _ screen: ScreenCounts) -> String {
    let all = screen.blocks
    let isWhole = all >= source.screenCount
    let choice =
      isWhole
      ? ""
      : "A choice of \(FigureText.grouped(all)) of the screen’s \(FigureText.grouped(source.screenCount)) blocks. Of these blocks alone: "
    // A combination may have several blocks, as in several samples.
    let one = screen.combinations == all ? "combination" : "block"
    let noun = all == 1 ? one : one + "s"
    guard !screen.calls.isEmpty else {
      return choice + "\(FigureText.grouped(all)) \(noun) scored, none tested (--resamples 0): a score may be noise."
    }
    let rule = CallRule(options: source.options.synergy.inference, models: source.options.synergy.models)
    let synergistic = screen.calls.first { $0.call == .synergistic }?.count ?? 0
    guard synergistic < all || all == 0 else {
      let which = all == 1 ? "the \(noun) is" : "all \(FigureText.grouped(all)) \(noun) are"
      return choice + (isWhole ? FigureText.capitalised(which) : which) + " synergistic under \(rule.modelNames)."
    }
    let others = screen.calls.filter { $0.call != .synergistic && ($0.count > 0 || $0.call == .antagonistic) }
      .map { "\(FigureText.grouped($0.count)) \($0.call?.rawValue ?? "not tested")" }
    return choice
      + "\(FigureText.grouped(synergistic)) of \(FigureText.grouped(all)) \(noun) \(synergistic == 1 ? "is" : "are") "
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
}

extension ReportSource {
  /// Whether scores were tested: else there are no intervals, p values and calls.
  var isTested: Bool { options.synergy.inference.resamples > 0 }

  /// Whether any combination has a call.
  var hasCalls: Bool { outlines.contains { $0.verdict != nil } }

  /// The resampling in a few words.
  var resampling: String {
    let inference = options.synergy.inference
    return isTested
      ? "\(FigureText.count(inference.resamples, "bootstrap resample")), seed \(inference.seed)"
      : "no bootstrap resamples"
  }
}
