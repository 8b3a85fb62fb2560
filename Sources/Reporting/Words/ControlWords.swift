import Screening
import Synergy

/// What a screen's drugs with themselves say of it: under Loewe they are 0 by definition. The same in every format.
struct ControlWords {
  private let ranked: [BlockSummary]

  init(_ ranked: [BlockSummary]) { self.ranked = ranked }

  /// The warning of controls whose Loewe interval excludes 0; empty where there are none.
  var warning: [String] {
    let off = ranked.compactMap { summary -> String? in
      guard summary.flags.contains(BlockNote.sameDrug), let score = summary.score(of: .loewe),
        let interval = score.interval, !interval.contains(0)
      else { return nil }
      return summary.drugs.prefix(1).joined() + (summary.sample.map { " in \($0)" } ?? "")
        + ": Loewe \(FigureText.points(score.mean)) (\(FigureText.interval(interval)))"
    }
    guard !off.isEmpty else { return [] }
    return [
      "A drug with itself is not 0 under Loewe, as it must be, in \(FigureText.count(off.count, "block")) "
        + "(\(off.prefix(3).joined(separator: "; "))\(off.count > 3 ? "; …" : "")): check the doses, and what was dispensed."
    ]
  }
}
