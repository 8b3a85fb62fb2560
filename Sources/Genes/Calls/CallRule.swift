import Statistics

/// From p values and an interval to a call.
///
/// *no effect*: the interval lies within the threshold, whatever q is: an effect that is shown to be smaller than the threshold is none, however sure its direction; *sensitises*: q ≤ rate for depletion, of each method where both are
/// used; *protects*: the same for enrichment; *inconclusive*: the rest, and genes of which both are found.
struct CallRule {
  var rate: Double
  var threshold: Double

  /// The call of a gene, and why.
  func call(
    _ evidence: GeneScore.Evidence, _ interval: Interval, z: GeneScore.Evidence?, rra: GeneScore.Evidence?
  ) -> (GeneCall, String) {
    // One method alone is led astray where a few cells held each guide (z), or by one guide (both have seen it differently).
    func isFound(_ q: KeyPath<GeneScore.Evidence, Double>) -> Bool {
      evidence[keyPath: q] <= rate && [z, rra].allSatisfy { $0.map { $0[keyPath: q] <= rate } ?? true }
    }
    let (isBelow, isAbove) = (isFound(\.qSensitises), isFound(\.qProtects))
    if interval.low >= -threshold, interval.high <= threshold {
      let direction =
        isBelow != isAbove ? ", although its direction is found (\(isBelow ? "sensitises" : "protects"))" : ""
      return (.noEffect, "the interval lies within the threshold" + direction)
    }
    if isBelow, isAbove { return (.inconclusive, "depletion and enrichment are both found") }
    if isBelow || isAbove {
      return (isBelow ? .sensitises : .protects, z == nil ? "rra" : rra == nil ? "z" : "z and rra agree")
    }
    let own = [("z", z), ("rra", rra)].compactMap { name, evidence -> String? in
      guard let evidence, min(evidence.qSensitises, evidence.qProtects) <= rate else { return nil }
      return
        "\(name) alone finds that it \(evidence.qSensitises <= rate ? "sensitises" : "protects")"
    }
    return (.inconclusive, own.first ?? "")
  }
}
