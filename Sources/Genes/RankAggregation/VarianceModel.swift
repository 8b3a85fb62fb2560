import Foundation
import Statistics

/// The variance of a guide's count as a function of its mean: mean + 2ᵇ meanᵏ.
///
/// MAGeCK's (Li et al. 2014; version 0.5.9): weighted least squares (weight: mean) of log2(variance − mean + 1) on log2(mean + 1) over
/// guides whose variance exceeds their mean, k ≥ 1 and b ≥ 0. Guides far above the others' counts are not used. What MAGeCK calls means
/// are medians, and the variance is about them.
struct VarianceModel {
  /// Slope k.
  private(set) var slope: Double
  /// Intercept b.
  private(set) var intercept: Double
  /// Whether fewer than 10 guides vary more than Poisson counts: the samples may be one library sequenced twice.
  private(set) var isPoor = false

  /// - Parameter samples: Counts at one scale, a column for each sample.
  init(_ samples: [[Double]]) {
    let rows = samples[0].indices
    let means = GuideMedian.of(samples)
    let variances = GuideMedian.variances(of: samples, about: means)
    var highest = (means.max() ?? 0) * 2
    if means.count > 10 {
      var sorted = means
      let middle = OrderStatistic.median(of: &sorted)
      let spread = means.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(means.count - 1)
      highest = middle + 4 * spread.squareRoot()
    }
    var good = rows.filter { means[$0] < variances[$0] && means[$0] < highest }.map {
      (means[$0], variances[$0] - means[$0])
    }
    if good.count < 10 {
      isPoor = true
      good = rows.map { (means[$0], max(variances[$0] - means[$0], 0.01)) }
    }
    var (weights, sx, sy, sxx, sxy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (mean, excess) in good {
      let (x, y) = (log2(mean + 1), log2(excess + 1))
      weights += mean
      sx += mean * x
      sy += mean * y
      sxx += mean * x * x
      sxy += mean * x * y
    }
    let determinant = weights * sxx - sx * sx
    let k = determinant > 0 ? (weights * sxy - sx * sy) / determinant : 1
    let b = determinant > 0 ? (sy * sxx - sx * sxy) / determinant : 0
    slope = k < 1 ? 1 : k
    intercept = b < 0 ? 0 : b
  }

  /// The variance at a mean.
  func variance(at mean: Double) -> Double { pow(mean, slope) * exp2(intercept) + mean }
}

/// Medians of guides over samples.
enum GuideMedian {
  static func of(_ samples: [[Double]]) -> [Double] {
    switch samples.count {
    case 1: return samples[0]
    case 2: return zip(samples[0], samples[1]).map { ($0 + $1) / 2 }
    default:
      var row = [Double](repeating: 0, count: samples.count)
      return samples[0].indices.map { guide in
        for sample in samples.indices { row[sample] = samples[sample][guide] }
        return OrderStatistic.median(of: &row)
      }
    }
  }

  /// Σ (x − median)²/(n − 1), of one sample 0.
  static func variances(of samples: [[Double]], about medians: [Double]) -> [Double] {
    let degrees = Double(max(samples.count - 1, 1))
    return medians.indices.map { guide in
      samples.reduce(0) { $0 + ($1[guide] - medians[guide]) * ($1[guide] - medians[guide]) } / degrees
    }
  }
}
