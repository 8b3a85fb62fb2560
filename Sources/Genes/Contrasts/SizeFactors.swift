import Foundation
import Statistics

/// Factors that make samples comparable: counts times factor.
///
/// MAGeCK (Li et al. 2014, Genome Biol. 15, 554; version 0.5.9): over guides with any reads m = exp(mean ln(count + 1)); the factor
/// of a sample is 1 over the upper median of count/m.
struct SizeFactors {
  /// A factor for each sample.
  private(set) var factors: [Double]
  /// Whether the factors are those of the samples' totals: a sample had no reads in half of the guides, or nearly.
  private(set) var areTotals = false

  /// The share of guides without reads from which medians are unstable.
  private static let mostZeros = 0.45

  /// - Parameters:
  ///   - samples: Counts, a column for each sample.
  ///   - isUsed: The guides that count; `nil` for all.
  init(_ samples: [[Double]], among isUsed: [Bool]? = nil) {
    let rows = (samples.first?.indices ?? 0..<0).filter { isUsed?[$0] ?? true }
    let n = Double(samples.count)
    factors = []
    var means: [Double] = []
    var withReads: [Int] = []
    means.reserveCapacity(rows.count)
    withReads.reserveCapacity(rows.count)
    for row in rows {
      var (sum, logs) = (0.0, 0.0)
      for sample in samples {
        sum += sample[row]
        logs += log(sample[row] + 1)
      }
      guard sum > 0 else { continue }
      withReads.append(row)
      means.append(exp(logs / n))
    }
    for sample in samples {
      let zeros = rows.count { sample[$0] == 0 }
      var ratios = zip(withReads, means).map { sample[$0] / $1 }
      let median = ratios.isEmpty ? 0 : OrderStatistic.select(ratios.count / 2, in: &ratios)
      if median <= 0 || Double(zeros) > Self.mostZeros * Double(rows.count) { areTotals = true }
      factors.append(1 / median)
    }
    if areTotals {
      let totals = samples.map { sample in rows.reduce(0.0) { $0 + sample[$1] } }
      let mean = totals.reduce(0, +) / n
      factors = totals.map { mean / max($0, 1) }
    }
  }
}
