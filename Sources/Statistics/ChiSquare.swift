import Foundation

/// The χ² distribution.
package enum ChiSquare {
  /// P(X ≥ x) with ν degrees of freedom: the regularised incomplete gamma function Q(ν/2, x/2), by its series
  /// (DLMF 8.11.4) below a + 1 and its continued fraction (DLMF 8.9.2, Lentz's method) above.
  package static func upper(_ x: Double, degrees: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 1 }
    guard x.isFinite else { return 0 }
    let (a, z) = (degrees / 2, x / 2)
    let front = exp(a * log(z) - z - lgamma(a))
    if z < a + 1 {
      var term = 1 / a
      var sum = term
      var n = a
      while abs(term) > abs(sum) * 1e-16 {
        n += 1
        term *= z / n
        sum += term
      }
      return max(0, 1 - front * sum)
    }
    var b = z + 1 - a
    var c = 1e300
    var d = 1 / b
    var fraction = d
    for n in 1...100_000 {
      let step = Double(n) * (a - Double(n))
      b += 2
      d = 1 / (step * d + b)
      c = b + step / c
      fraction *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return front * fraction
  }
}
