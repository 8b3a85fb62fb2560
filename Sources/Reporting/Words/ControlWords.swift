import Screening
import Synergy

/// What a screen's drugs with themselves say of it: under Loewe they are 0 by definition. The same in every format.
struct ControlWords {
  private let ranked: [BlockOutline]

  init(_ ranked: [BlockOutline]) { self.ranked = ranked }

  /// The warning of controls that are not 0 at p < 0.05, corrected for their number; empty where there are none.
  var warning: [String] {
    let controls = ranked.filter { $0.flags.contains(BlockNote.sameDrug) }
    let off = controls.compactMap { summary -> String? in
      // One of many controls is off by chance: Bonferroni.
      guard let score = summary.score(of: .loewe), let interval = score.interval, let p = score.p,
        p * Double(controls.count) < 0.05
      else { return nil }
      return summary.drugs.prefix(1).joined() + (summary.sample.map { " in \($0)" } ?? "")
        + ": Loewe \(FigureText.points(score.mean)) (\(FigureText.interval(interval)))"
    }
    guard !off.isEmpty else { return [] }
    return [
      "Under Loewe a drug with itself must be 0, and is not in \(FigureText.count(off.count, "block")) "
        + "(\(off.prefix(3).joined(separator: "; "))\(off.count > 3 ? "; …" : "")): wells with two drugs got other doses than wells with one, or the surface is no dose addition."
    ]
  }
}
