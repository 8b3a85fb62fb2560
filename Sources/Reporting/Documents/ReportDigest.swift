import Screening
import Synergy

/// What a report says first, whatever its format: what was screened, what the calls are, which combinations lead, and
/// what to distrust. Texts are plain; each format escapes and sets them its own way.
struct ReportDigest {
  let source: ReportSource

  /// How many combinations lead a report.
  static let mostTop = 5
  private var inference: InferenceOptions { source.options.synergy.inference }
  private var isTested: Bool { inference.resamples > 0 }

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
    let problems = source.problemCounts.refused + source.problemCounts.doubted
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

  /// How good the data are: noise and plates, in a sentence or two; empty where nothing tells.
  var quality: String {
    var parts: [String] = []
    let noise = source.ranked.compactMap(\.noise)
    let middle = noise.map(\.sdAt0).sorted().at(noise.count / 2)
    if let middle {
      let replicated = noise.count { $0.source == .replicates }
      let from =
        replicated == noise.count
        ? "measured by replicates"
        : replicated == 0 ? "estimated without replicates" : "measured by replicates in \(replicated)"
      parts.append(
        "Noise of an untreated well ±\(AxisText.significant(middle, digits: 2)) points (median of "
          + "\(FigureText.count(noise.count, "block")), \(from)).")
    }
    let replicates = source.ranked.map(\.replicates)
    if let least = replicates.min(), let most = replicates.max(), most > 0 {
      parts.append("Wells of a dose pair: \(least == most ? "\(most)" : "\(least) to \(most)").")
    }
    if let plates = source.plates?.plates, !plates.isEmpty {
      let verdicts = plates.map(PlateReport.verdict)
      let counts = ["pass", "warn", "fail"].compactMap { verdict -> String? in
        let count = verdicts.count { $0 == verdict }
        return count > 0 ? "\(count) \(verdict)" : nil
      }
      parts.append(
        "\(FigureText.capitalised(FigureText.count(plates.count, "plate"))): \(counts.joined(separator: ", ")).")
    }
    return parts.joined(separator: " ")
  }

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
      ? "Ranked by consensus: the smallest of the models’ lower \(FigureText.share(inference.confidence)) confidence bounds."
      : "Ranked by consensus: the smallest of the models’ mean synergies. Nothing was tested: it may be noise."
  }

  /// The combinations that lead: the first of the ranking with a consensus above 0.
  var top: [BlockSummary] { source.ranked.prefix(Self.mostTop).filter { ($0.consensus ?? -1) > 0 } }

  /// What stands in the place of `top` where it is empty.
  var noTop: String {
    if source.ranked.isEmpty { return "No block could be analysed; the problems say why." }
    return isTested
      ? "No combination has a lower confidence bound above 0 under every reference model."
      : "No combination has a mean above 0 under every reference model."
  }

  /// What a reader should look at before trusting the numbers, gravest first; never empty.
  var distrust: [String] { ReportWarnings(source: source).lines.map(\.text) }
}
