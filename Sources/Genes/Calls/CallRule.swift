import Statistics

/// From p values and an interval to a call.
///
/// *sensitises*: q ≤ rate for depletion; *protects*: q ≤ rate for enrichment; *no effect*: neither, and the interval lies within the threshold;
/// *inconclusive*: the rest, and genes of which both are found.
struct CallRule {
  var rate: Double
  var threshold: Double

  /// The call of a gene, and why.
  func call(
    _ evidence: GeneScore.Evidence, _ interval: Interval, z: GeneScore.Evidence?, rra: GeneScore.Evidence?
  ) -> (GeneCall, String) {
    let isBelow = evidence.qSensitises <= rate
    let isAbove = evidence.qProtects <= rate
    if isBelow, isAbove { return (.inconclusive, "depletion and enrichment are both found") }
    if isBelow || isAbove {
      let q = isBelow ? \GeneScore.Evidence.qSensitises : \GeneScore.Evidence.qProtects
      return (isBelow ? .sensitises : .protects, words(z?[keyPath: q], rra?[keyPath: q]))
    }
    if interval.low >= -threshold, interval.high <= threshold {
      return (.noEffect, "the interval lies within the threshold")
    }
    let own = [("z", z), ("rra", rra)].compactMap { name, evidence -> String? in
      guard let evidence, min(evidence.qSensitises, evidence.qProtects) <= rate else { return nil }
      return
        "\(name) alone finds it \(evidence.qSensitises <= rate ? "sensitises" : "protects"), both methods together do not"
    }
    return (.inconclusive, own.first ?? "")
  }

  private func words(_ z: Double?, _ rra: Double?) -> String {
    guard let z, let rra else { return z == nil ? "rra" : "z" }
    switch (z <= rate, rra <= rate) {
    case (true, true): return "z and rra agree"
    case (true, false): return "z alone"
    case (false, true): return "rra alone"
    default: return "z and rra together"
    }
  }
}
