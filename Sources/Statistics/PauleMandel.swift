import Foundation

/// Mean and spread of values that each have an error of their own: xᵢ ~ N(μ, sᵢ² + τ²).
///
/// τ² is the one at which Q = Σ (xᵢ − μ)²/(sᵢ² + τ²) equals its degrees of freedom (Paule & Mandel 1982, J. Res. NBS 87,
/// 377–385). A deviation of more than three standard deviations counts as three, in Q and in the mean.
package struct PauleMandel {
  /// μ.
  package private(set) var mean = 0.0
  /// Standard error of μ.
  package private(set) var error = 0.0
  /// τ².
  package private(set) var variance = 0.0
  /// P(Q ≥ q) where τ² = 0.
  package private(set) var homogeneity = 1.0

  /// Estimates from values and their variances > 0; two at least.
  package init(_ values: [(value: Double, variance: Double)]) {
    let degrees = Double(values.count - 1)
    let homogeneous = q(values, 0)
    if homogeneous > degrees {
      var low = 0.0
      var high = 1.0
      while q(values, high) > degrees, high < 1e6 { high *= 4 }
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if q(values, middle) > degrees { low = middle } else { high = middle }
      }
      variance = high
      _ = q(values, variance)
    }
    error = 1 / values.reduce(0) { $0 + 1 / ($1.variance + variance) }.squareRoot()
    homogeneity = ChiSquare.upper(homogeneous, degrees: degrees)
  }

  /// Q at a τ²; sets the mean.
  private mutating func q(_ values: [(value: Double, variance: Double)], _ extra: Double) -> Double {
    mean = values.map(\.value).sorted()[values.count / 2]
    for _ in 0..<20 {
      var sum = 0.0
      var weights = 0.0
      for (value, variance) in values {
        let limit = 3 * (variance + extra).squareRoot()
        sum += (mean + min(max(value - mean, -limit), limit)) / (variance + extra)
        weights += 1 / (variance + extra)
      }
      mean = sum / weights
    }
    return values.reduce(0) { sum, item in
      let scaled = min(abs(item.value - mean) / (item.variance + extra).squareRoot(), 3)
      return sum + scaled * scaled
    }
  }
}
