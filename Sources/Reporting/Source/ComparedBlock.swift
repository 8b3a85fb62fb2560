import Assay
import Screening
import Synergy

/// One block in two runs: what changed, and why.
public struct ComparedBlock: Sendable {
  /// The newer run's.
  public var new: BlockSummary
  /// Its rank there.
  public var rank: Int
  /// The older run's.
  public var old: BlockSummary
  /// Its rank there.
  public var oldRank: Int
  /// Why it changed, in words; empty when it did not.
  public var reasons: [String]

  /// How many ranks it went up; negative for down.
  public var rise: Int { oldRank - rank }

  /// Whether its call is another.
  public var hasOtherCall: Bool { new.verdict?.call != old.verdict?.call }

  /// Whether a score or an interval is another.
  public var hasOtherScores: Bool {
    new.consensus != old.consensus || new.scores.map(\.model) != old.scores.map(\.model)
      || zip(new.scores, old.scores).contains { $0.mean != $1.mean || $0.interval != $1.interval }
  }

  /// Whether anything of it is another.
  public var isChanged: Bool { rise != 0 || hasOtherCall || hasOtherScores || !reasons.isEmpty }

  /// Change of a model's mean, percentage points; `nil` where one run did not score it.
  public func change(of model: NullModel) -> Double? {
    new.score(of: model)?.mean.flatMap { mean in old.score(of: model)?.mean.map { mean - $0 } }
  }

  init(
    _ new: BlockSummary, rank: Int, _ analysis: BlockAnalysis, old: BlockSummary, oldRank: Int,
    _ oldAnalysis: BlockAnalysis, settings: [RunComparison.Difference]
  ) {
    self.new = new
    self.rank = rank
    self.old = old
    self.oldRank = oldRank
    reasons = Self.data(analysis.asRead, oldAnalysis.asRead) + Self.noise(new, old)
    let (flags, oldFlags) = (Set(new.flags), Set(old.flags))
    for flag in flags.subtracting(oldFlags).sorted() { reasons.append("now flagged \(flag)") }
    for flag in oldFlags.subtracting(flags).sorted() { reasons.append("no longer flagged \(flag)") }
    guard rise != 0 || hasOtherCall || hasOtherScores else { return }
    let causes = settings.filter { $0.name == "isobole version" || $0.name.hasPrefix("synergy.") }.map(\.name)
    let limits = causes.filter { Self.limits.contains($0) }
    let others = causes.filter { !Self.limits.contains($0) }
    if hasOtherScores, !others.isEmpty { reasons.append("other " + Self.list(others)) }
    if hasOtherCall, !limits.isEmpty { reasons.append("other " + Self.list(limits)) }
    if !hasOtherScores {
      if !hasOtherCall {
        reasons.append("its own scores are the same; others moved")
      } else if limits.isEmpty {
        reasons.append("its own scores are the same; q moved with the screen")
      }
    } else if reasons.isEmpty {
      reasons.append("nothing in the results tells why")
    }
  }

  /// Options that a call depends on and no score.
  private static let limits: Set = ["synergy.inference.threshold", "synergy.inference.false_discovery_rate"]

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }

  /// What differs in the wells. Drugs may stand in the other order.
  private static func data(_ new: DoseMatrix, _ old: DoseMatrix) -> [String] {
    var reasons: [String] = []
    if new.axes.map(\.drug) != old.axes.map(\.drug) { reasons.append("the drugs stand in another order") }
    let (now, before) = (wells(of: new), wells(of: old))
    let moved = Set(now.keys).symmetricDifference(before.keys).count
    if moved > 0 {
      reasons.append("\(moved) dose \(moved == 1 ? "pair is" : "pairs are") in one run only")
    }
    let common = now.keys.filter { before[$0] != nil }
    let counts = common.count { now[$0]?.count != before[$0]?.count }
    if counts > 0 {
      let most = (now.values.map(\.count).max() ?? 0, before.values.map(\.count).max() ?? 0)
      reasons.append(
        "other numbers of wells in \(counts) of \(common.count) cells (most \(most.1) → \(most.0))")
    }
    let values = common.count { now[$0]?.count == before[$0]?.count && now[$0] != before[$0] }
    if values > 0 { reasons.append("other responses in \(values) of \(common.count) cells") }
    return reasons
  }

  private struct Cell: Hashable {
    var drugs: [String: Double]
    var units: [String: String]
  }

  /// The responses of each cell, sorted, by its doses.
  private static func wells(of matrix: DoseMatrix) -> [Cell: [Double]] {
    let units = Dictionary(matrix.axes.map { ($0.drug, $0.unit.symbol) }) { first, _ in first }
    var wells: [Cell: [Double]] = [:]
    for cell in 0..<matrix.cellCount where matrix.count[cell] > 0 {
      let doses = Dictionary(zip(matrix.axes.map(\.drug), matrix.doses(of: cell))) { first, _ in first }
      wells[Cell(drugs: doses, units: units)] = matrix.replicates(of: cell).sorted()
    }
    return wells
  }

  private static func noise(_ new: BlockSummary, _ old: BlockSummary) -> [String] {
    guard let now = new.noise, let before = old.noise else {
      if new.noise == nil, old.noise == nil { return [] }
      return [new.noise == nil ? "no intervals any more" : "intervals are new"]
    }
    if now == before { return [] }
    let number = { (value: Double) in AxisText.significant(value, digits: 3) }
    if now.source != before.source {
      return ["noise from \(now.source.words), was from \(before.source.words)"]
    }
    let (one, other) = (number(before.sdAt0), number(now.sdAt0))
    return [one == other ? "its noise moved a little with the screen's" : "noise \(one) → \(other) points"]
  }
}
