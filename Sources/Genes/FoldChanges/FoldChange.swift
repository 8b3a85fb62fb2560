import Foundation

/// log2 fold changes of guides between controls and treatments, with what they are ordered by.
struct FoldChange {
  /// log2 of treatment over control; NaN for guides that are not used.
  var values: [Double]
  /// The used guides by falling reads (drugZ: in the control), equal ones in the table's order.
  var order: [Int]

  /// drugZ's (Colic et al. 2019, Genome Med. 11, 52; version 1.1.0.2): N = 10⁷ count/Σ count, log2((N_t + 5)/(N_c + 5)), of the means
  /// over samples; guides without reads too.
  init(drugZ controls: [[Double]], _ treatments: [[Double]]) {
    func normalised(_ samples: [[Double]]) -> [Double] {
      let scales = samples.map { 1e7 / $0.reduce(0, +) }
      return samples[0].indices.map { guide in
        zip(samples, scales).reduce(0) { $0 + $1.0[guide] * $1.1 } / Double(samples.count)
      }
    }
    values = zip(normalised(treatments), normalised(controls)).map { log2(($0 + 5) / ($1 + 5)) }
    order = Self.order(by: Self.mean(controls), among: nil)
  }

  /// Reads added to both sides, at the samples' mean depth (edgeR's prior count; Robinson et al. 2010, Bioinformatics 26, 139–140).
  static let priorReads = 2.0

  /// Of counts at one scale (times the factors, brought to the mean depth of the samples), guides without reads excluded.
  init(
    _ controls: [[Double]], _ treatments: [[Double]], factors: (controls: [Double], treatments: [Double]),
    among isUsed: [Bool]
  ) {
    let (left, right) = (Self.mean(controls, factors.controls), Self.mean(treatments, factors.treatments))
    values = left.indices.map { guide in
      isUsed[guide] ? log2((right[guide] + Self.priorReads) / (left[guide] + Self.priorReads)) : .nan
    }
    // By the reads of both arms, so that neither is the measure of the other's losses.
    order = Self.order(by: zip(left, right).map { $0 + $1 }, among: isUsed)
  }

  private static func mean(_ samples: [[Double]], _ factors: [Double]? = nil) -> [Double] {
    var mean = [Double](repeating: 0, count: samples[0].count)
    for (place, sample) in samples.enumerated() {
      let factor = (factors?[place] ?? 1) / Double(samples.count)
      for guide in mean.indices { mean[guide] += sample[guide] * factor }
    }
    return mean
  }

  /// Guides by falling number, equal ones in the table's order: by gene and name.
  private static func order(by number: [Double], among isUsed: [Bool]?) -> [Int] {
    var keyed = number.indices.filter { isUsed?[$0] ?? true }.map { (number: number[$0], guide: Int32($0)) }
    keyed.sort { $0.number > $1.number || ($0.number == $1.number && $0.guide < $1.guide) }
    return keyed.map { Int($0.guide) }
  }
}
