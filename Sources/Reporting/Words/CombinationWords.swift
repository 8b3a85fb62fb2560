import Screening
import Synergy

/// What a block's numbers say, in sentences a meeting can read out: the same in every format.
public struct CombinationWords {
  private let summary: BlockSummary
  private let inference: InferenceOptions

  /// Words for a block.
  public init(_ summary: BlockSummary, inference: InferenceOptions) {
    self.summary = summary
    self.inference = inference
  }

  /// The call and its reason in one or two sentences.
  public var call: String {
    guard let verdict = summary.verdict else {
      return untested
    }
    var text = verdict.words.prefix(1).uppercased() + verdict.words.dropFirst()
    switch verdict.call {
    case .synergistic:
      if let (model, low) = bound(\.low, least: true) {
        text += ": \(percent) sure of at least \(Self.points(low)) points (\(model.name), the least favourable)"
      }
    case .antagonistic:
      if let (model, high) = bound(\.high, least: false) {
        text += ": \(percent) sure of \(Self.points(high)) points or less (\(model.name), the least unfavourable)"
      }
    case .additive, .undecided:
      if let (low, high) = extremes {
        text += ": the true mean may lie anywhere from \(Self.points(low)) to \(Self.points(high)) points"
        text += " over the models"
      }
    }
    return text + "." + (peak.map { " \($0)." } ?? "")
  }

  /// The reason in a few words, for a list: `+8.3 … +36.9 over the models, peak +40.1 (ZIP)`.
  public var reason: String {
    let scores = summary.scores.map { score in
      let interval = score.interval.map { " (\(Self.points($0.low)) … \(Self.points($0.high)))" } ?? ""
      return "\(score.model.name) \(score.mean.map(Self.points) ?? "–")\(interval)"
    }
    return scores.joined(separator: ", ")
  }

  /// Where the effect is largest: `Strongest, +36.9 points, at selinexor 12–111 nM with bortezomib 1.9–16.7 nM (ZIP)`.
  public var peak: String? {
    let peaks = summary.scores.compactMap { score in score.peak.map { (score.model, $0) } }
    guard summary.verdict?.call != .antagonistic, let (model, peak) = peaks.first, peak.mean > 0 else { return nil }
    return "Strongest, \(Self.points(peak.mean)) points by \(model.name), at \(doses(of: peak))"
  }

  /// `selinexor 12–111 nM with bortezomib 1.9–16.7 nM`.
  public func doses(of peak: PeakWindow) -> String {
    zip(summary.drugs, zip(summary.units, peak.doses)).map { drug, rest in
      let (unit, range) = rest
      let low = AxisText.significant(range.lowerBound, digits: 3)
      let high = AxisText.significant(range.upperBound, digits: 3)
      return AxisText.cut(drug, to: 40) + " " + (low == high ? low : "\(low)–\(high)")
        + (unit.symbol.isEmpty ? "" : " \(unit.description)")
    }.joined(separator: " with ")
  }

  /// The synergy at doses that patients reach; `nil` where no clinical concentration is known.
  public var reachable: String? {
    guard let reach = summary.reachable else { return nil }
    let limits = reach.limits.map { limit in
      let unit = summary.units.at(limit.drug)?.description ?? ""
      return AxisText.cut(summary.drugs.at(limit.drug) ?? "", to: 40)
        + " ≤ \(AxisText.significant(limit.cmax, digits: 3))\(unit.isEmpty ? "" : " " + unit)"
    }
    let place = "Within clinical Cmax (\(limits.joined(separator: ", ")))"
    guard reach.cells > 0 else { return place + ": no tested dose pair lies there." }
    let scores = reach.scores.map { "\($0.model.name) \($0.mean.map(Self.points) ?? "–")" }
    return place
      + ", \(reach.cells) dose pair\(reach.cells == 1 ? "" : "s"): mean synergy \(scores.joined(separator: ", ")) points."
  }

  private var untested: String {
    let means = summary.scores.compactMap { score in score.mean.map { (score.model, $0) } }
    guard let least = means.min(by: { $0.1 < $1.1 }), let most = means.max(by: { $0.1 < $1.1 }) else {
      return "No model could be scored."
    }
    let why = inference.resamples > 0 ? "nothing tells the noise of this block" : "nothing was tested"
    return
      "Mean synergy \(Self.points(least.1)) (\(least.0.name)) to \(Self.points(most.1)) points (\(most.0.name)); \(why)."
      + (peak.map { " \($0)." } ?? "")
  }

  private func bound(_ end: (Interval) -> Double, least: Bool) -> (NullModel, Double)? {
    let ends = summary.scores.compactMap { score in score.interval.map { (score.model, end($0)) } }
    return least ? ends.min { $0.1 < $1.1 } : ends.max { $0.1 < $1.1 }
  }

  private var extremes: (Double, Double)? {
    let intervals = summary.scores.compactMap(\.interval)
    guard let low = intervals.map(\.low).min(), let high = intervals.map(\.high).max() else { return nil }
    return (low, high)
  }

  private var percent: String { AxisText.significant(inference.confidence * 100, digits: 3) + " %" }

  /// Percentage points with their sign and one decimal.
  public static func points(_ value: Double) -> String {
    var out = ByteWriter()
    out.points(value)
    return out.string
  }
}
