import Foundation

/// P(B ≥ i) for B ~ Bin(m, u): the distribution function at u of the i-th smallest of m uniform numbers, Beta(i, m + 1 − i).
///
/// Sums of positive terms, so that small probabilities keep all their digits (DLMF 8.17.5).
package struct BinomialTail: Sendable {
  /// m ≥ 1.
  package let count: Int
  /// ln (m choose i), i = 0 … m.
  private let logChoose: [Double]

  /// The tails of Bin(m, ·).
  package init(count: Int) {
    self.count = count
    var logs = [0.0]
    for place in 0..<count { logs.append(logs[place] + log(Double(count - place) / Double(place + 1))) }
    logChoose = logs
  }

  /// P(B ≥ i), 1 ≤ i ≤ m, 0 ≤ u ≤ 1.
  package func upper(_ least: Int, _ u: Double) -> Double {
    guard u > 0 else { return 0 }
    guard u < 1 else { return 1 }
    if least == count { return power(u, count) }
    let odds = u / (1 - u)
    // Terms fall beyond the mode; before it the other tail is the smaller sum.
    if Double(least) <= Double(count) * u { return 1 - lower(least - 1, u, odds) }
    var term = probability(of: least, u)
    var sum = term
    for place in least..<count {
      term *= odds * Double(count - place) / Double(place + 1)
      sum += term
      if term < sum * 1e-17 { break }
    }
    return min(sum, 1)
  }

  /// P(B ≤ most), by falling terms.
  private func lower(_ most: Int, _ u: Double, _ odds: Double) -> Double {
    var term = probability(of: most, u)
    var sum = term
    var place = most
    while place > 0 {
      term *= Double(place) / (odds * Double(count - place + 1))
      sum += term
      place -= 1
      if term < sum * 1e-17 { break }
    }
    return min(sum, 1)
  }

  /// P(B = i).
  private func probability(of place: Int, _ u: Double) -> Double {
    if count <= 60 { return exp(logChoose[place]) * power(u, place) * power(1 - u, count - place) }
    return exp(logChoose[place] + Double(place) * log(u) + Double(count - place) * log1p(-u))
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    guard exponent < 64 else { return pow(base, Double(exponent)) }
    var (result, square, left) = (1.0, base, exponent)
    while left > 0 {
      if left & 1 == 1 { result *= square }
      square *= square
      left >>= 1
    }
    return result
  }

  /// The u with P(B ≥ i) = p, 0 < p < 1.
  ///
  /// Newton on ln P over ln u from the left, where P ≤ (m choose i) uⁱ puts the first step; ln P is concave in ln u, so that
  /// no step goes beyond the root.
  package func inverse(_ least: Int, _ p: Double) -> Double {
    if least == count { return pow(p, 1 / Double(count)) }
    if least == 1 { return -expm1(log1p(-p) / Double(count)) }
    var u = min(exp((log(p) - logChoose[least]) / Double(least)), 1)
    for _ in 0..<60 {
      let tail = upper(least, u)
      guard tail < p, tail > 0 else { break }
      let slope = Double(least) * probability(of: least, u) / tail
      let step = log(p / tail) / slope
      let next = u * exp(step)
      guard next > u, next < 1 else { break }
      u = next
      if step < 1e-15 { break }
    }
    return u
  }
}
