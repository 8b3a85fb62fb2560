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
    guard isWarning, let middle = levels.at(levels.count / 2) else { return [] }
    var text =
      "Untreated level: median \(CombinationWords.points(middle)) % inhibition over "
      + "\(FigureText.count(levels.count, "combination")) (expected near 0), off by more than its error in \(FigureText.grouped(off)). "
    text +=
      corrected == 0
      ? "Responses were used as read: Bliss, Loewe and ZIP scores may be wrong (see --baseline)."
      : "Responses of \(FigureText.count(corrected, "combination")) were put on the scale of their own untreated level "
        + "(--baseline \(options.method.rawValue))."
    if let inversions { text += " " + inversions }
    return [text]
  }

  /// Responses between 0 and 100 cannot give a Bliss score above the HSA score: where they do, untreated wells read
  /// below 0.
  private var inversions: String? {
    let both = ranked.compactMap { summary -> Bool? in
      guard let bliss = summary.score(of: .bliss)?.mean, let hsa = summary.score(of: .hsa)?.mean else { return nil }
      return bliss > hsa
    }
    guard !both.isEmpty else { return nil }
    return
      "Bliss is above HSA in \(FigureText.grouped(both.count { $0 })) of \(FigureText.count(both.count, "combination")), "
      + "which single-drug responses at or above 0 cannot give."
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
        + (corrected == 0 ? "" : "Here this was done for \(FigureText.count(corrected, "combination")).")
    }
  }
}
