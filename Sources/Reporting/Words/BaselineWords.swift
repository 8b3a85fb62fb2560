import Screening
import Synergy

/// What a screen's untreated levels are and what was done about them, in sentences: the same in every format.
struct BaselineWords {
  private let ranked: [BlockSummary]
  private let options: BaselineOptions
  /// What each block by itself says of its level, ascending.
  private let levels: [Double]

  init(_ ranked: [BlockSummary], options: BaselineOptions) {
    self.ranked = ranked
    self.options = options
    levels = ranked.compactMap { $0.baseline.estimate?.level }.sorted()
  }

  /// How many combinations were put on another scale.
  private var corrected: Int { ranked.count { $0.baseline.isCorrected } }

  /// How many combinations have an untreated level that is off by more than its error and what is worth a mention.
  private var off: Int { ranked.count { $0.flags.contains(BlockNote.baseline) } }

  /// Whether there is something to warn of.
  var isWarning: Bool { corrected > 0 || options.method != .auto && 10 * off > levels.count }

  /// The warning; empty where untreated levels are as they should be.
  var warning: [String] {
    guard isWarning, let middle = levels.at(levels.count / 2) else { return left }
    var text =
      "Untreated level: median \(CombinationWords.points(middle)) % inhibition over "
      + "\(FigureText.count(levels.count, "block")) (expected near 0); its 95 % interval excludes 0, by 3 points or more, in \(FigureText.grouped(off)). "
    text +=
      corrected == 0
      ? "Responses were used as read: Bliss, Loewe and ZIP scores may be wrong (see --baseline)."
      : "Responses of \(FigureText.count(corrected, "block")) were put on the scale of their own untreated level "
        + "(--baseline \(options.method.rawValue))."
    if let inversions { text += " " + inversions }
    return [text]
  }

  /// The warning of a few levels that were left as they are in a screen that was not corrected.
  private var left: [String] {
    let some = ranked.filter { $0.flags.contains(BlockNote.baseline) }
    guard !some.isEmpty else { return [] }
    let names = some.prefix(3).map { block in
      block.drugs.joined(separator: " × ") + (block.sample.map { " in \($0)" } ?? "")
        + (block.baseline.estimate.map { ": \(CombinationWords.points($0.level)) %" } ?? "")
    }
    let reason = options.method == .auto ? "because the screen’s levels are 0 on average" : "as was asked for"
    return [
      "Untreated level not 0 % inhibition in \(FigureText.count(some.count, "block")) (\(names.joined(separator: "; "))"
        + (some.count > names.count ? "; …" : "") + "). Responses were used as read, \(reason): "
        + "Bliss, Loewe and ZIP scores of \(some.count == 1 ? "that block" : "those blocks") may be wrong. "
        + "--baseline fitted puts each block on its own level, at the price of wider intervals."
    ]
  }

  /// Responses between 0 and 100 cannot give a Bliss score above the HSA score: where they do, untreated wells read
  /// below 0.
  private var inversions: String? {
    let both = ranked.compactMap { summary -> Bool? in
      guard let bliss = summary.score(of: .bliss)?.mean, let hsa = summary.score(of: .hsa)?.mean else { return nil }
      return bliss > hsa
    }
    guard !both.isEmpty else { return nil }
    let count = both.count { $0 }
    guard count > 0 else { return nil }
    return
      "The Bliss score is above the HSA score in \(FigureText.grouped(count)) of \(FigureText.count(both.count, "block")): "
      + "only single-drug responses outside 0 to 100 % inhibition make that possible."
  }

  /// How it is done, for the methods.
  var method: String {
    let level =
      "The untreated level of a combination is E0 averaged over Hill curves through its untreated and single-drug wells "
      + "(Bayesian model average), so that ineffective doses count as untreated wells. "
    let scale = "y′ = 100 (y − level)/(100 − level), and every resample estimates the level anew. "
    switch options.method {
    case .asRead: return "Responses are used as read (--baseline as-read). " + level
    case .untreated:
      return "Responses are put on the scale of each combination’s untreated wells (--baseline untreated): " + scale
    case .fitted: return level + "Responses are put on its scale (--baseline fitted): " + scale
    case .auto:
      return level
        + "The levels are moderated across the screen (empirical Bayes); where neither their mean nor their spread differs "
        + "from 0 at p < \(AxisText.significant(options.significance, digits: 2)), responses are used as read. Else (--baseline "
        + "auto) they are put on the scale of the moderated level: " + scale
        + (corrected == 0 ? "" : "Here this was done for \(FigureText.count(corrected, "block")).")
    }
  }
}
