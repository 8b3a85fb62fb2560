import DoseResponse
import Foundation

/// What each null expects of two drugs.
extension BIGLNull {
  /// What the null expects at pairs of doses, both > 0, in the unit of the response.
  ///
  /// Where one marginal rises and the other falls, HSA and Harbron–Loewe follow the one that moves most at the highest
  /// of `doses`; Bliss counts the weaker one's effect as negative.
  public func predictions(_ marginals: BIGLMarginals, at doses: [(Double, Double)]) -> [Double] {
    let (one, two) = (marginals.first, marginals.second)
    switch self {
    case .loewe: return doses.map { Self.generalisedLoewe(one, two, $0) }
    case .loewe2:
      let additivity = LoeweReference(curves: [one, two], highestDoses: Self.highest(doses))
      return doses.map { additivity.response(at: [$0.0, $0.1]) ?? .nan }
    case .hsa:
      let isRising = marginals.movesUp(at: Self.highest(doses))
      return doses.map { dose in
        let (y1, y2) = (one.response(at: dose.0), two.response(at: dose.1))
        return isRising ? max(y1, y2) : min(y1, y2)
      }
    case .bliss:
      let (reach1, reach2) = (one.emax - one.e0, two.emax - two.e0)
      let reach = abs(reach1) >= abs(reach2) ? reach1 : reach2
      guard reach != 0 else { return doses.map { _ in one.e0 } }
      return doses.map { dose in
        let p1 = (one.response(at: dose.0) - one.e0) / reach
        let p2 = (two.response(at: dose.1) - two.e0) / reach
        return one.e0 + reach * (p1 + p2 - p1 * p2)
      }
    }
  }

  private static func highest(_ doses: [(Double, Double)]) -> [Double] {
    [doses.map(\.0).max() ?? 0, doses.map(\.1).max() ?? 0]
  }

  /// Generalised Loewe (Van der Borght et al. 2017): with x minus the log-odds of the occupancy, the one x with
  /// Σ wⱼ = 1, wⱼ = (dⱼ/EC50ⱼ) exp(x/hⱼ); the response is b + Σ wⱼ (mⱼ − b) / (1 + eˣ).
  ///
  /// ln Σ wⱼ rises with x and is convex, so that Newton's steps from a point beyond the root fall onto it and never
  /// pass it. The first x at which one drug alone has w = 1 is such a point, with 1 ≤ Σ ≤ 2.
  private static func generalisedLoewe(_ one: HillCurve, _ two: HillCurve, _ dose: (Double, Double)) -> Double {
    let (log1, log2) = (log(dose.0 / one.ec50), log(dose.1 / two.ec50))
    var x = min(-log1 * one.hill, -log2 * two.hill)
    for _ in 0..<200 {
      let (w1, w2) = (exp(log1 + x / one.hill), exp(log2 + x / two.hill))
      let step = log(w1 + w2) * (w1 + w2) / (w1 / one.hill + w2 / two.hill)
      guard step > 1e-15 * max(1, abs(x)) else { break }
      x -= step
    }
    let (w1, w2) = (exp(log1 + x / one.hill), exp(log2 + x / two.hill))
    let share = w1 / (w1 + w2)
    return one.e0 + (share * (one.emax - one.e0) + (1 - share) * (two.emax - two.e0)) / (1 + exp(x))
  }
}
