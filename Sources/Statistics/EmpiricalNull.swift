import Foundation

/// The normal distribution of the values that nothing happened to, estimated from the middle of all values.
///
/// Most values are null, and nearly all in the middle are: maximum likelihood of a normal distribution truncated to median ± 1.5
/// robust standard deviations (Efron 2007, J. Am. Stat. Assoc. 102, 93–103; Efron 2004, ibid. 99, 96–104). The window is put
/// again around what was found, since values that are not null move the median.
package struct EmpiricalNull: Sendable, Hashable {
  /// Mean.
  package var mean: Double
  /// Standard deviation > 0.
  package var sd: Double
  /// Values that it rests on.
  package var count: Int

  /// Degrees of freedom of the standard deviation: a normal value over it follows Student's t with so many, nearly. Within ± 1.5 a value says
  /// 0.341 of ln σ, where degrees of freedom say ½ each (variance of t² of the truncated normal).
  package var degrees: Double { 0.17 * Double(count) }

  /// The standard error of an estimated mean: within ± 1.5 a value says 1 − 2·1.5 φ(1.5)/(2 Φ(1.5) − 1) = 0.5515 of what a whole normal value
  /// says (Cohen 1950); the estimates of mean and deviation do not depend on each other, as the window is symmetric.
  package var meanError: Double { sd / (0.5515 * Double(count)).squareRoot() }

  /// Half of the window, in standard deviations.
  static let halfWindow = 1.5

  /// - Parameters:
  ///   - values: Finite numbers in any order.
  ///   - fixedMean: The mean where it is known; else it is estimated.
  /// - Returns: `nil` for fewer than 20 values, or where half of them are one number.
  package init?(_ values: [Double], fixedMean: Double? = nil) {
    guard values.count >= 20 else { return nil }
    count = values.count
    let sorted = values.sorted()
    func quantile(_ share: Double) -> Double { sorted[Int(share * Double(sorted.count - 1))] }
    mean = fixedMean ?? quantile(0.5)
    sd = (quantile(0.75) - quantile(0.25)) / 1.348_979_500_392_163
    guard sd > 0 else { return nil }
    var low = sorted.startIndex
    var high = sorted.endIndex
    for _ in 0..<20 {
      let ends = (mean - Self.halfWindow * sd, mean + Self.halfWindow * sd)
      let window = (Self.place(of: ends.0, in: sorted), Self.place(of: ends.1.nextUp, in: sorted))
      guard window != (low, high), window.1 - window.0 >= 10 else { break }
      (low, high) = window
      let old = (mean, sd)
      fit(sorted[low..<high], ends, fixedMean)
      guard sd.isFinite, sd > 0, sd < 10 * old.1, abs(mean - old.0) < 3 * old.1 else {
        (mean, sd) = old
        break
      }
    }
    count = high - low
  }

  /// The first place whose value is not below `bound`.
  private static func place(of bound: Double, in sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The normal whose moments within the window are those of the values: the likelihood equations of a normal truncated to it
  /// (Cohen 1950, Ann. Math. Stat. 21, 557–569), by Newton in the natural parameters, where the likelihood is concave.
  private mutating func fit(_ values: ArraySlice<Double>, _ ends: (Double, Double), _ fixedMean: Double?) {
    let (centre, scale, n) = (mean, sd, Double(values.count))
    let (low, high) = ((ends.0 - centre) / scale, (ends.1 - centre) / scale)
    let first = values.reduce(0) { $0 + ($1 - centre) / scale } / n
    let second = values.reduce(0) { $0 + ($1 - centre) / scale * (($1 - centre) / scale) } / n
    // Density ∝ exp(η₁ t + η₂ t²) of t = (x − centre)/scale.
    var (one, two) = (0.0, -0.5)
    for _ in 0..<50 {
      let m = Self.moments(one, two, low, high)
      let (d1, d2) = (fixedMean == nil ? first - m[1] : 0, second - m[2])
      let (v11, v12, v22) = (m[2] - m[1] * m[1], m[3] - m[1] * m[2], m[4] - m[2] * m[2])
      let determinant = v11 * v22 - v12 * v12
      var step =
        fixedMean == nil ? ((v22 * d1 - v12 * d2) / determinant, (v11 * d2 - v12 * d1) / determinant) : (0, d2 / v22)
      while two + step.1 >= -0.02, abs(step.1) > 1e-9 { step = (step.0 / 2, step.1 / 2) }
      (one, two) = (one + step.0, two + step.1)
      guard one.isFinite, two.isFinite else { return (mean, sd) = (.nan, .nan) }
      if abs(step.0) + abs(step.1) < 1e-13 { break }
    }
    sd = scale * (-1 / (2 * two)).squareRoot()
    if fixedMean == nil { mean = centre - scale * one / (2 * two) }
  }

  /// E t⁰ … E t⁴ of the density ∝ exp(η₁ t + η₂ t²) on an interval, η₂ < 0, by integration by parts.
  private static func moments(_ one: Double, _ two: Double, _ low: Double, _ high: Double) -> [Double] {
    let (mean, sd) = (-one / (2 * two), (-1 / (2 * two)).squareRoot())
    let (a, b) = ((low - mean) / sd, (high - mean) / sd)
    let mass = Normal.lower(b) - Normal.lower(a)
    let (below, above) = (sd * Normal.density(a) / mass, sd * Normal.density(b) / mass)
    var moments = [1.0]
    var (lowPower, highPower) = (1.0, 1.0)
    for k in 1...4 {
      let before = k > 1 ? Double(k - 1) * sd * sd * moments[k - 2] : 0
      moments.append(before + mean * moments[k - 1] - (highPower * above - lowPower * below))
      (lowPower, highPower) = (lowPower * low, highPower * high)
    }
    return moments
  }
}
