import Foundation
import Statistics

/// Quality of single samples and of replicates.
enum SampleQuality {
  /// Bounds. Reads per guide and Gini: MAGeCK-VISPR (Li et al. 2015, Genome Biol. 16, 281).
  static let leastReads = 200.0
  static let mostZeros = 1.0
  static let mostGini = 0.2
  static let leastCorrelation = 0.8

  /// Reads, guides without reads and Gini's index of a sample.
  static func measures(_ sample: String, _ counts: [Double], isControl: Bool) -> [QualityMeasure] {
    let total = counts.reduce(0, +)
    let guides = Double(counts.count)
    let zeros = 100 * Double(counts.count { $0 == 0 }) / guides
    let gini = gini(ofReads: counts)
    func measure(
      _ name: String, _ value: Double, _ unit: String, _ expected: String, _ isGood: Bool?, _ meaning: String
    ) -> QualityMeasure {
      QualityMeasure(
        subject: .sample, name: sample, measure: name, value: value, unit: unit, expected: expected,
        verdict: isGood.map { $0 ? .pass : .warn } ?? .none, meaning: meaning)
    }
    return [
      measure("reads", total, "reads", "", nil, "reads of all guides"),
      measure(
        "reads_per_guide", total / guides, "reads", "\(Int(leastReads)) or more", total / guides >= leastReads,
        "mean over guides; with fewer, sequence deeper"),
      measure(
        "zero_guides", zeros, "%", isControl ? "\(Int(mostZeros)) or less" : "", isControl ? zeros <= mostZeros : nil,
        "guides without a read; in controls a sign of a bottleneck or of too few reads"),
      measure(
        "gini", gini, "", isControl ? "\(mostGini) or less" : "", isControl ? gini <= mostGini : nil,
        "Gini's index of ln(reads + 1): 0 where all guides have as many"),
    ]
  }

  /// Gini's index of ln(reads + 1): 2 Σ i x₍ᵢ₎/(n Σ x) − (n + 1)/n, equal numbers at their mean place.
  static func gini(ofReads counts: [Double]) -> Double {
    let n = Double(counts.count)
    var (sum, weighted, start) = (0.0, 0.0, 0)
    func add(_ value: Double, _ count: Int) {
      let x = log(value + 1) * Double(count)
      sum += x
      weighted += x * Double(2 * start + 1 + count) / 2
      start += count
    }
    // Reads are whole numbers, and most are small: counted, not sorted.
    let bound = 4 * counts.count + 1024
    var tally = [Int32](repeating: 0, count: bound)
    var large: [Double] = []
    for value in counts { if value < Double(bound) { tally[Int(value)] += 1 } else { large.append(value) } }
    for value in tally.indices where tally[value] > 0 { add(Double(value), Int(tally[value])) }
    large.sort()
    var place = 0
    while place < large.count {
      var end = place + 1
      while end < large.count, large[end] == large[place] { end += 1 }
      add(large[place], end - place)
      place = end
    }
    return sum > 0 ? 2 * weighted / (n * sum) - (n + 1) / n : 0
  }

  /// Pearson's r of log2(reads + 1) of two replicates, and the cells that a guide passed through.
  static func replicates(_ one: (String, [Double]), _ other: (String, [Double])) -> [QualityMeasure] {
    let name = "\(one.0), \(other.0)"
    let r = SampleStatistics.correlation(zip(one.1, other.1).map { (log2($0 + 1), log2($1 + 1)) })
    var measures = [
      QualityMeasure(
        subject: .replicates, name: name, measure: "correlation", value: r ?? .nan, unit: "",
        expected: "\(leastCorrelation) or more", verdict: (r ?? 0) >= leastCorrelation ? .pass : .warn,
        meaning: "Pearson's r of log2(reads + 1); replicates that agree less hide effects")
    ]
    if let cells = cells(one.1, other.1) {
      measures.append(
        QualityMeasure(
          subject: .replicates, name: name, measure: "cells_per_guide", value: cells, unit: "cells",
          expected: "\(Int(leastCells)) or more", verdict: cells >= leastCells ? .pass : .warn,
          meaning:
            "the narrowest bottleneck that explains how far replicates differ beyond reading noise; with few cells per guide, "
            + "expand or infect more cells"))
    }
    return measures
  }

  static let leastCells = 100.0

  /// 1/φ of a negative binomial with variance μ + φ μ², from guides above the median: var ln(x/y) = 1/x + 1/y + 2 φ, its left side by the
  /// median absolute deviation. `nil` for few guides or no reads; infinite where reading noise explains all.
  static func cells(_ one: [Double], _ other: [Double]) -> Double? {
    var sums = zip(one, other).map { $0 + $1 }
    let all = sums
    let middle = OrderStatistic.median(of: &sums)
    let used = one.indices.filter { all[$0] >= middle && one[$0] > 0 && other[$0] > 0 }
    guard used.count >= 50 else { return nil }
    var ratios = used.map { log(one[$0] / other[$0]) }
    let centre = OrderStatistic.median(of: &ratios)
    for place in ratios.indices { ratios[place] = abs(ratios[place] - centre) }
    let spread = 1.482_602_218_505_602 * OrderStatistic.median(of: &ratios)
    var noise = used.map { 1 / one[$0] + 1 / other[$0] }
    let excess = (spread * spread - OrderStatistic.median(of: &noise)) / 2
    return excess > 0 ? 1 / excess : .infinity
  }
}
