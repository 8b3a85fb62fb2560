/// Location and spread of some numbers, classical and robust.
package struct SampleStatistics: Sendable, Hashable {
  /// How many.
  package var count: Int
  /// Mean; NaN of nothing.
  package var mean: Double
  /// Standard deviation with n − 1; NaN of fewer than two.
  package var sd: Double
  /// Median; NaN of nothing.
  package var median: Double
  /// Median absolute deviation × 1.4826, which estimates the standard deviation of normal numbers (Hampel 1974).
  package var mad: Double

  /// Of any numbers, in any order.
  package init(_ values: [Double]) {
    let sorted = values.sorted()
    let middle = Statistics.median(sorted)
    count = sorted.count
    median = middle
    mean = sorted.isEmpty ? .nan : sorted.reduce(0, +) / Double(sorted.count)
    let mean = mean
    sd =
      sorted.count < 2
      ? .nan : (sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sorted.count - 1)).squareRoot()
    mad = sorted.count < 2 ? .nan : 1.4826 * Statistics.median(sorted.map { abs($0 - middle) })
  }

  /// Pearson's correlation of pairs; `nil` of fewer than three or where one side is constant.
  package static func correlation(_ pairs: [(Double, Double)]) -> Double? {
    guard pairs.count >= 3 else { return nil }
    let count = Double(pairs.count)
    let (x, y) = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for pair in pairs {
      xx += (pair.0 - x) * (pair.0 - x)
      yy += (pair.1 - y) * (pair.1 - y)
      xy += (pair.0 - x) * (pair.1 - y)
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : nil
  }
}
