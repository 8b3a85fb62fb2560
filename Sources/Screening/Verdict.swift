import Synergy

/// What a screen says of a score or a block.
public enum Call: String, Sendable, CaseIterable {
  /// More than the null model, by at least the threshold.
  case synergistic
  /// The null model holds within the threshold.
  case additive
  /// Less than the null model, by at least the threshold.
  case antagonistic
  /// The data do not tell.
  case undecided

  /// The call of one score.
  ///
  /// Synergistic: q within the false discovery rate, the whole interval above 0, and the score, its bias taken off, at
  /// or beyond the threshold; antagonistic likewise. Additive: the whole interval within the threshold on both sides.
  init(mean: Double, bias: Double, interval: Interval, q: Double, options: InferenceOptions) {
    let score = mean - bias
    if q <= options.falseDiscoveryRate, interval.low > 0, score >= options.threshold {
      self = .synergistic
    } else if q <= options.falseDiscoveryRate, interval.high < 0, score <= -options.threshold {
      self = .antagonistic
    } else if interval.low > -options.threshold, interval.high < options.threshold {
      self = .additive
    } else {
      self = .undecided
    }
  }
}

/// What a screen says of a block under all of its models.
public struct Verdict: Sendable, Hashable {
  /// Synergistic or antagonistic: under every model. Additive: no model's effect is sure and beyond the threshold in
  /// every model, and at least one null model holds. Undecided: none of these, or the input is doubted.
  public var call: Call
  /// The same in words: `synergistic under all 4 nulls`, `additive under ZIP and Bliss; synergistic under HSA`.
  public var words: String

  /// Sums up the calls of a block's models.
  init(_ calls: [(model: NullModel, call: Call)], isDoubted: Bool) {
    let kinds = Set(calls.map(\.call))
    if isDoubted {
      call = .undecided
    } else if let only = kinds.first, kinds.count == 1 {
      call = only
    } else {
      call = kinds.contains(.additive) ? .additive : .undecided
    }
    if let only = kinds.first, kinds.count == 1 {
      words =
        calls.count == 1
        ? "\(only.rawValue) under \(calls[0].model.name)" : "\(only.rawValue) under all \(calls.count) nulls"
    } else {
      words = Call.allCases.compactMap { kind in
        let models = calls.filter { $0.call == kind }.map(\.model.name)
        guard let last = models.last else { return nil }
        let list = models.count == 1 ? last + " only" : models.dropLast().joined(separator: ", ") + " and " + last
        return "\(kind.rawValue) under \(list)"
      }.joined(separator: "; ")
    }
    if isDoubted { words += "; the input is doubted" }
  }
}

/// Control of the false discovery rate.
public enum FalseDiscovery {
  /// q values: for each p the smallest false discovery rate at which it would be called.
  ///
  /// Benjamini & Hochberg (1995) J. R. Stat. Soc. B 57, 289–300: q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎ m / j. NaN where p is.
  public static func q(_ p: [Double]) -> [Double] {
    let order = p.indices.filter { !p[$0].isNaN }.sorted { p[$0] < p[$1] }
    var q = [Double](repeating: .nan, count: p.count)
    var least = 1.0
    for (place, index) in order.enumerated().reversed() {
      least = min(least, p[index] * Double(order.count) / Double(place + 1))
      q[index] = least
    }
    return q
  }

  /// Gives every score of a screen its q, model by model, and every block its verdict.
  public static func judge(_ blocks: inout [BlockSummary], options: InferenceOptions) {
    let models = Set(blocks.flatMap { $0.scores.map(\.model) })
    for model in models {
      var places: [(block: Int, score: Int)] = []
      for block in blocks.indices {
        if let score = blocks[block].scores.firstIndex(where: { $0.model == model && $0.p != nil }) {
          places.append((block, score))
        }
      }
      let values = q(places.map { blocks[$0.block].scores[$0.score].p ?? .nan })
      for (place, value) in zip(places, values) {
        let score = blocks[place.block].scores[place.score]
        guard let mean = score.mean, let bias = score.bias, let interval = score.interval else { continue }
        blocks[place.block].scores[place.score].q = value
        blocks[place.block].scores[place.score].call = Call(
          mean: mean, bias: bias, interval: interval, q: value, options: options)
      }
    }
    for block in blocks.indices {
      let calls = blocks[block].scores.compactMap { score in score.call.map { (score.model, $0) } }
      guard !calls.isEmpty else { continue }
      blocks[block].verdict = Verdict(calls, isDoubted: blocks[block].flags.contains(BlockNote.doubted))
    }
  }
}
