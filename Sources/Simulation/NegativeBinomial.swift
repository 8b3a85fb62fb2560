import Foundation

/// Draws of counts.
struct NegativeBinomial {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// A number in [0, 1).
  mutating func uniform() -> Double { random.uniform() }

  /// A standard normal number: Marsaglia & Bray (1964) SIAM Rev. 6, 260–264.
  mutating func normal() -> Double {
    while true {
      let (x, y) = (2 * random.uniform() - 1, 2 * random.uniform() - 1)
      let s = x * x + y * y
      if s > 0, s < 1 { return x * (-2 * log(s) / s).squareRoot() }
    }
  }

  /// A number with mean μ and variance μ + φ μ²: Poisson about a gamma number.
  mutating func count(mean: Double, dispersion: Double) -> Int {
    guard mean > 0 else { return 0 }
    return poisson(dispersion > 0 ? mean * dispersion * gamma(shape: 1 / dispersion) : mean)
  }

  /// A gamma number with scale 1: Marsaglia & Tsang (2000) ACM Trans. Math. Softw. 26, 363–372.
  private mutating func gamma(shape: Double) -> Double {
    guard shape >= 1 else { return gamma(shape: shape + 1) * pow(1 - random.uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      guard v > 0 else { continue }
      if log(1 - random.uniform()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
    }
  }

  /// A Poisson number: products of uniform numbers below 10 (Knuth), above Hörmann's PTRS (1993, Insur. Math. Econ. 12, 39–45).
  private mutating func poisson(_ mean: Double) -> Int {
    if mean < 10 {
      let end = exp(-mean)
      var (product, count) = (1 - random.uniform(), 0)
      while product > end {
        product *= 1 - random.uniform()
        count += 1
      }
      return count
    }
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverse = 1.1239 + 1.1328 / (b - 3.4)
    let edge = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = random.uniform() - 0.5
      let v = 1 - random.uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07, v <= edge { return Int(k) }
      if k < 0 || (us < 0.013 && v > us) { continue }
      if log(v) + log(inverse) - log(a / (us * us) + b) <= -mean + k * log(mean) - lgamma(k + 1) { return Int(k) }
    }
  }
}
