import Foundation

/// Boundaries of ordered uniform numbers.
package struct UniformOrderStatistics {
  /// The probability that k points lie below the last bound and no bound was crossed, and after the next one.
  private var state: [Double] = []
  private var next: [Double] = []

  /// Room for any number of calls.
  package init() {}

  /// P(U₍ᵢ₎ ≤ cᵢ for some i), U₍₁₎ ≤ … ≤ U₍ₘ₎ the order statistics of m independent numbers uniform on (0, 1), c₁ ≤ … ≤ cₘ.
  ///
  /// Noé (1972) Ann. Math. Stat. 43, 58–64, for a one-sided boundary (Shorack & Wellner 1986, Empirical Processes, §9.3): from
  /// each bound to the next the number of points below it is a Markov chain with binomial steps. What is summed is the
  /// probability of crossing first at each bound: positive terms alone, so that 10⁻¹⁰⁰ has as many digits as 0.1.
  ///
  /// At most m³/6 multiplications; equal bounds count once.
  package mutating func crossing(_ bounds: [Double]) -> Double {
    let count = bounds.count
    if state.count <= count {
      state = [Double](repeating: 0, count: count + 1)
      next = state
    }
    state[0] = 1
    var largest = 0  // the largest k that a state may have
    var crossed = 0.0
    var last = 0.0
    var place = 0
    while place < count {
      let bound = min(bounds[place], 1)
      // Of equal bounds the first is the one that is crossed.
      let allowed = place
      place += 1
      while place < count, bounds[place] <= bound { place += 1 }
      guard bound > last else { continue }
      let q = (bound - last) / (1 - last)
      for k in 0...allowed { next[k] = 0 }
      for k in 0...min(largest, allowed) where state[k] > crossed * 1e-20 {
        // What is less than a 10⁻²⁰th of the sum so far cannot change it.
        crossed += state[k] * Self.step(from: k, of: count, q, allowed, state[k], crossed * 1e-20, &next)
      }
      swap(&state, &next)
      (largest, last) = (allowed, bound)
      if bound >= 1 { break }
    }
    return min(crossed, 1)
  }

  /// Adds the steps from k points that stay within `allowed`, and answers the probability of those that do not.
  private static func step(
    from k: Int, of count: Int, _ q: Double, _ allowed: Int, _ weight: Double, _ least: Double, _ next: inout [Double]
  ) -> Double {
    let left = count - k
    guard q < 1 else { return 1 }
    let odds = q / (1 - q)
    var term = exp(Double(left) * log1p(-q))
    for j in 0...left {
      if k + j > allowed { return tail(from: term, j, left, odds) }
      next[k + j] += weight * term
      if weight * term < least, Double(left - j) * odds < Double(j + 1) { return 0 }
      term *= odds * Double(left - j) / Double(j + 1)
    }
    return 0
  }

  private static func tail(from first: Double, _ start: Int, _ left: Int, _ odds: Double) -> Double {
    var (term, sum) = (first, first)
    for j in start..<left {
      term *= odds * Double(left - j) / Double(j + 1)
      sum += term
      if term < sum * 1e-17, Double(left - j) * odds < Double(j + 1) { break }
    }
    return sum
  }
}
