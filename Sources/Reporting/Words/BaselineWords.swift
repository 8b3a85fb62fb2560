import Screening
import Synergy

/// What a screen's untreated levels are and what was done about them, in sentences: the same in every format.
struct BaselineWords {
  /// The flags that these sentences are about.
  static let flags: Set<String> = [BlockNote.baseline, BlockNote.ownBaseline, BlockNote.unclearBaseline]

  private let ranked: [BlockOutline]
  private let options: BaselineOptions
  /// What each block by itself says of its level, ascending.
  private let levels: [Double]

  init(_ ranked: [BlockOutline], options: BaselineOptions) {
    self.ranked = ranked
    self.options = options
    levels = ranked.compactMap { $0.baseline.estimate?.level }.sorted()
  }

  /// How many combinations were put on another scale.
  private var corrected: Int { ranked.count { $0.baseline.isCorrected } }

  /// The combinations that were put on a level of their own because they are unlike the others of their screen.
  private var alone: [BlockOutline] { ranked.filter { $0.flags.contains(BlockNote.ownBaseline) } }

  /// How many combinations have an untreated level that is off by more than its error and what is worth a mention.
  private var off: Int { ranked.count { !Self.flags.isDisjoint(with: $0.flags) } }

  /// Whether the whole screen has something to warn of.
  var isWarning: Bool { corrected > alone.count || options.method != .auto && 10 * off > levels.count }

  /// The warnings; empty where untreated levels are as they should be.
  var warning: [String] { (isWarning ? ofScreen : []) + odd + (isWarning ? [] : left) }

  /// The warning of the whole screen.
  private var ofScreen: [String] {
    guard let middle = levels.at(levels.count / 2) else { return [] }
    // Half of a screen that is off has a median that says nothing of it.
    let (low, high) = (
      levels.at(levels.count / 10) ?? middle, levels.at(levels.count - 1 - levels.count / 10) ?? middle
    )
    var text =
      levels.count == 1
      ? "Untreated level: \(CombinationWords.points(middle)) % inhibition (expected near 0); "
        + (off == 1 ? "its 95 % interval excludes 0, by 3 points or more. " : "its 95 % interval holds 0. ")
      : "Untreated level: median \(CombinationWords.points(middle)) % inhibition over "
        + "\(FigureText.count(levels.count, "block")) (expected near 0; the middle 80 % of them lie between \(CombinationWords.points(low)) and "
        + "\(CombinationWords.points(high))); its 95 % interval excludes 0, by 3 points or more, in \(FigureText.grouped(off)). "
    text +=
      corrected == 0
      ? "Responses were used as read: Bliss, Loewe and ZIP scores may be wrong (see --baseline)."
      : "Responses of \(FigureText.count(corrected, "block")) were put on the scale of their own untreated level "
        + "(--baseline \(options.method.rawValue))."
    if let inversions { text += " " + inversions }
    return [text]
  }

  /// The warnings of single blocks whose level is unlike the others'.
  private var odd: [String] {
    let unclear = ranked.filter { $0.flags.contains(BlockNote.unclearBaseline) }
    var lines: [String] = []
    if !alone.isEmpty {
      let one = alone.count == 1
      lines.append(
        "Untreated level unlike the other blocks’ in \(names(of: alone)). \(one ? "It was" : "Each was") put on its own level. "
          + "Look at the untreated wells of \(one ? "its plate" : "their plates").")
    }
    if !unclear.isEmpty {
      let one = unclear.count == 1
      lines.append(
        "Untreated level off, and the wells do not tell by how much, in \(names(of: unclear)). \(one ? "It has" : "They have") "
          + "no call. Look at the \(one ? "plate" : "plates"); if an untreated well is at fault, exclude it. --baseline fitted puts each "
          + "block on its own level, at the price of wider intervals.")
    }
    return lines
  }

  /// The warning of a few levels that were left as they are in a screen that was not corrected.
  private var left: [String] {
    let some = ranked.filter { $0.flags.contains(BlockNote.baseline) }
    guard !some.isEmpty else { return [] }
    let reason =
      options.method != .auto
      ? "as was asked for"
      : levels.count > 1
        ? "because the screen’s levels are 0 on average" : "because its wells do not show clearly that the level is off"
    return [
      "Untreated level not 0 % inhibition in \(names(of: some)). Responses were used as read, \(reason): "
        + "Bliss, Loewe and ZIP scores of \(some.count == 1 ? "that block" : "those blocks") may be wrong. "
        + "--baseline fitted puts each block on its own level, at the price of wider intervals."
    ]
  }

  /// How many blocks there are, and what the first of them read.
  private func names(of some: [BlockOutline]) -> String {
    let names = some.prefix(3).map { block in
      block.drugs.joined(separator: " × ") + (block.sample.map { " in \($0)" } ?? "")
        + (block.baseline.estimate.map { ": \(CombinationWords.points($0.level)) %" } ?? "")
    }
    return
      "\(FigureText.count(some.count, "block")) (\(names.joined(separator: "; "))\(some.count > names.count ? "; …" : ""))"
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
        + "A block whose level this does not describe (p < \(AxisText.significant(options.significance, digits: 2)) over the number of "
        + "blocks) is put on its own level where untreated wells and ineffective doses agree; where they do not, or where "
        + "it is off by three standard deviations and no more, it gets no call. "
        + (corrected == 0 ? "" : "Responses of \(FigureText.count(corrected, "block")) were put on another scale here.")
    }
  }
}
