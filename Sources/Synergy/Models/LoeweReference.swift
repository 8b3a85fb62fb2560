import Assay
import DoseResponse
import Foundation

/// Loewe additivity for any number of drugs: the effect y at which Σ dᵢ / Dᵢ(y) = 1.
///
/// Loewe (1953) Arzneimittelforschung 3, 285–290. Dᵢ(y) is the dose of drug i that alone reaches y: the inverse Hill
/// curve. The **direction** of the block is that of the curve that moves most over its tested doses. A drug whose curve
/// ends before y never reaches it: Dᵢ = ∞ and it contributes 0 (general Loewe); so does a flat curve or one that runs
/// the other way. A drug that starts beyond y is there at dose 0. Hence Σ dᵢ/Dᵢ falls strictly from the last start E0
/// to the furthest end Emax, and there is one root or none; none only where a curve that contributes nothing starts
/// beyond what the others reach.
struct LoeweReference {
  /// A drug's curve, turned so that the block's direction is upward.
  private struct Branch {
    var e0: Double
    var emax: Double
    var ec50: Double
    var inverseHill: Double
    var contributes: Bool
  }

  private let branches: [Branch]
  private let sign: Double

  /// Step in t, relative, at which the root is found.
  static let tolerance = 1e-13
  /// |ln Σ dᵢ/Dᵢ| below which a small step is believed.
  static let solved = 1e-9

  /// Takes the drugs' curves and the highest tested dose of each.
  init(curves: [HillCurve], highestDoses: [Double]) {
    let reach = zip(curves, highestDoses).map { $0.response(at: $1) - $0.e0 }
    let furthest = reach.max { abs($0) < abs($1) } ?? 0
    let sign = furthest < 0 ? -1.0 : 1.0
    self.sign = sign
    branches = curves.map { curve in
      Branch(
        e0: sign * curve.e0, emax: sign * curve.emax, ec50: curve.ec50, inverseHill: 1 / curve.hill,
        contributes: sign * (curve.emax - curve.e0) > 0)
    }
  }

  /// The reference at `doses`, of which at least one is > 0; `nil` where no effect satisfies the equation.
  func response(at doses: [Double]) -> Double? {
    var low = -Double.infinity
    var high = -Double.infinity
    for (branch, dose) in zip(branches, doses) where dose > 0 {
      low = max(low, branch.e0)
      if branch.contributes { high = max(high, branch.emax) }
    }
    guard high > low else { return nil }
    let logDoses = zip(branches, doses).map { $1 > 0 ? log($1 / $0.ec50) : -Double.infinity }
    // At `low` the sum is infinite if a contributing curve starts there; if not, it must be checked.
    if !zip(branches, doses).contains(where: { $0.contributes && $1 > 0 && $0.e0 == low }) {
      guard sum(at: low, logDoses) >= 1 else { return nil }
    }
    // The sum bends where a drug drops out. Between two such ends it is smooth: find the segment first.
    // No drug alone reaches the root: the largest of their own effects is a start below it.
    var left = -Double.infinity
    for (branch, logDose) in zip(branches, logDoses) where branch.contributes && logDose > -.infinity {
      left = max(left, branch.e0 + (branch.emax - branch.e0) / (1 + exp(-logDose / branch.inverseHill)))
    }
    var ended = -Double.infinity
    for end in zip(branches, doses).filter({ $0.contributes && $1 > 0 && $0.emax > low }).map(\.0.emax).sorted() {
      if end == high || sum(at: end, logDoses) < 1 {
        high = end
        break
      }
      ended = end
      left = max(left, end)
    }
    return sign * root(low: low, high: high, from: left, ended: ended, logDoses: logDoses)
  }

  /// ±t beyond which y is an end of its range to double precision.
  private static let farthest = 700.0

  /// Σ dᵢ/Dᵢ(y); `logDoses` are ln(dᵢ / EC50ᵢ).
  private func sum(at y: Double, _ logDoses: [Double]) -> Double {
    var sum = 0.0
    for (branch, logDose) in zip(branches, logDoses)
    where branch.contributes && branch.emax > y && logDose > -.infinity {
      sum += exp(logDose + branch.inverseHill * log((branch.emax - y) / (y - branch.e0)))
    }
    return sum
  }

  /// Newton on ln Σ in t, y = low + (high − low)/(1 + e⁻ᵗ), kept in a bracket whose left end is `start`. In t the
  /// logarithm of a lone drug's term is nearly a straight line, however steep its curve. Drugs whose curve ends at or
  /// before `ended` contribute nothing.
  private func root(
    low: Double, high: Double, from start: Double, ended: Double, logDoses: [Double]
  ) -> Double {
    let range = high - low
    var left = start > low && start < high ? log((start - low) / (high - start)) : -Self.farthest
    var right = Self.farthest
    var t = start > low && start < high ? left : 0
    if t == left { left -= 1e-9 * max(1, abs(left)) }
    for _ in 0..<200 {
      let fraction = 1 / (1 + exp(-t))
      let remainder = 1 / (1 + exp(t))
      var sum = 0.0
      var slope = 0.0
      for (branch, logDose) in zip(branches, logDoses)
      where branch.contributes && logDose > -.infinity && branch.emax > ended {
        let above = range * fraction + (low - branch.e0)
        let below = range * remainder - (high - branch.emax)
        guard below > 0, above > 0 else { continue }
        let term = exp(logDose + branch.inverseHill * log(below / above))
        sum += term
        slope += term * branch.inverseHill * (range * fraction * remainder) * (1 / below + 1 / above)
      }
      guard sum != 1 else { break }
      if sum > 1 { left = t } else { right = t }
      var next = t + log(sum) * sum / slope
      if !(next > left && next < right) { next = (left + right) / 2 }
      let tolerance = Self.tolerance * max(1, abs(t))
      // A step may be small because the slope is steep and not because the root is near.
      if abs(next - t) <= tolerance, abs(log(sum)) > Self.solved, right - left > tolerance { next = (left + right) / 2 }
      let moved = abs(next - t)
      t = next
      if moved <= tolerance { break }
    }
    return low + range / (1 + exp(-t))
  }
}

extension CellGrid {
  /// Loewe additivity of the fitted curves; NaN where no effect satisfies the equation. Two drugs eight cells at a
  /// time.
  func loewe(_ curves: [HillCurve]) -> [Double] {
    let highest = doses.map { $0[$0.count - 1] }
    guard drugs == 2 else {
      let additivity = LoeweReference(curves: curves, highestDoses: highest)
      return references { cell in additivity.response(at: (0..<drugs).map { dose(cell, $0) }) ?? .nan }
    }
    func both(_ key: KeyPath<HillCurve, Double>) -> (Lanes, Lanes) {
      (Lanes(repeating: curves[0][keyPath: key]), Lanes(repeating: curves[1][keyPath: key]))
    }
    let additivity = LoeweLanes(
      e0: both(\.e0), emax: both(\.emax), hill: both(\.hill), ec50: both(\.ec50),
      highestDoses: (highest[0], highest[1]))
    var result = references { _ in .nan }
    var cells = SIMD8<Int>()
    var first = Lanes(repeating: 1)
    var second = Lanes(repeating: 1)
    var filled = 0
    func solve() {
      let found = additivity.response(at: (first, second))
      for lane in 0..<filled { result[cells[lane]] = found[lane] }
      filled = 0
    }
    for cell in 0..<cellCount where count[cell] > 0 && present[cell] == 2 {
      cells[filled] = cell
      first[filled] = dose(cell, 0)
      second[filled] = dose(cell, 1)
      filled += 1
      if filled == Lanes.scalarCount { solve() }
    }
    if filled > 0 { solve() }
    return result
  }
}
