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
    let intervals = callModels.compactMap { model in
      summary.score(of: model).flatMap { score -> String? in
        guard let mean = score.mean, let interval = score.interval else { return nil }
        return "\(model.name) \(Self.points(mean)) pp (\(percent) confidence interval \(Self.points(interval.low)) to "
          + "\(Self.points(interval.high))\(score.q.map { $0 < 0.001 ? ", q < 0.001" : ", q \(AxisText.significant($0, digits: 2))" } ?? ""))"
      }
    }
    if !intervals.isEmpty { text += ". \(intervals.joined(separator: ", "))" }
    return text + "." + (peak.map { " \($0)." } ?? "")
  }

  /// The scores in a few words, for a list: `ZIP +8.3 (+6.1 … +10.4), Bliss +7.9 (+5.2 … +10.6)`.
  public var reason: String {
    let scores = summary.scores.map { score in
      let interval = score.interval.map { " (\(Self.points($0.low)) … \(Self.points($0.high)))" } ?? ""
      return "\(score.model.name) \(score.mean.map(Self.points) ?? "–")\(interval)"
    }
    return scores.joined(separator: ", ")
  }

  /// Where the effect is largest: `Peak +36.9 pp (Bliss) at selinexor 12–111 nM with bortezomib 1.9–16.7 nM`.
  public var peak: String? {
    guard summary.verdict?.call != .antagonistic,
      let score = callModels.lazy.compactMap({ summary.score(of: $0) }).first ?? summary.scores.first,
      let peak = score.peak, peak.corrected > 0
    else { return nil }
    return "Peak \(Self.points(peak.corrected)) pp (\(score.model.name)) at \(doses(of: peak.measured))"
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
      + ", \(reach.cells) dose pair\(reach.cells == 1 ? "" : "s"): mean synergy \(scores.joined(separator: ", ")) pp."
  }

  private var untested: String {
    let means = summary.scores.compactMap { score in score.mean.map { (score.model, $0) } }
    guard let least = means.min(by: { $0.1 < $1.1 }), let most = means.max(by: { $0.1 < $1.1 }) else {
      return "No model could be scored."
    }
    let why = inference.resamples > 0 ? "nothing tells the noise of this block" : "nothing was tested"
    return
      "Mean synergy \(Self.points(least.1)) (\(least.0.name)) to \(Self.points(most.1)) pp (\(most.0.name)); \(why)."
      + (peak.map { " \($0)." } ?? "")
  }

  private var callModels: [NullModel] { CallRule.callModels(of: summary, options: inference) }

  private var percent: String { AxisText.significant(inference.confidence * 100, digits: 3) + " %" }

  /// Percentage points with their sign and one decimal.
  public static func points(_ value: Double) -> String {
    var out = ByteWriter()
    out.points(value)
    return out.string
  }
}
