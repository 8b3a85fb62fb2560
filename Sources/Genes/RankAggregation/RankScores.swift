import Foundation
import Statistics

/// Genes scored by the ranks of their guides on one side: α-RRA (Kolde et al. 2012, Bioinformatics 28, 573–580; Li et al. 2014).
struct RankScores {
  /// ρ: the least probability, over the i best guides, of i such ranks by chance; NaN for a gene without ranked guides.
  private(set) var score: [Double]
  /// P of so small a ρ where ranks are by chance, exact.
  private(set) var p: [Double]
  /// Guides within α.
  private(set) var goodGuides: [Int]
  /// Guides that were ranked.
  private(set) var guides: [Int]
  /// The share of ranks within which guides count.
  private(set) var alpha: Double

  /// p of guides up to which they count, and the bounds of their share.
  static let guideP = 0.25
  static let alphaBounds = 0.05...0.5

  /// - Parameters:
  ///   - genes: The rows of each gene.
  ///   - order: The rows that count, the best first.
  ///   - values: What they were ordered by, rising.
  ///   - pValues: The p of all rows on this side.
  init(genes: [[Range<Int>]], order: [Int32], values: [Double], pValues: [Double]) {
    let n = order.count
    let good = order.count { pValues[Int($0)] <= Self.guideP }
    let alpha =
      n > 0 ? min(max(Double(good) / Double(n), Self.alphaBounds.lowerBound), Self.alphaBounds.upperBound) : 0.5
    var percentile = [Double](repeating: .nan, count: pValues.count)
    for (place, row) in order.enumerated() {
      let low = Self.nearest(to: values[place] - Self.tie, in: values, from: place)
      let high = Self.nearest(to: values[place] + Self.tie, in: values, from: place)
      percentile[Int(row)] = Double(low + high + 1) / Double(2 * n)
    }
    self.alpha = alpha
    let count = genes.count
    (score, p) = (Array(repeating: .nan, count: count), Array(repeating: .nan, count: count))
    (goodGuides, guides) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
    var nulls: [Int: RankNull] = [:]
    var room = RankNull.Room()
    var ranks: [Double] = []
    for gene in genes.indices {
      ranks.removeAll(keepingCapacity: true)
      for rows in genes[gene] { for row in rows where !percentile[row].isNaN { ranks.append(percentile[row]) } }
      guides[gene] = ranks.count
      guard !ranks.isEmpty else { continue }
      let null = nulls[ranks.count] ?? RankNull(guides: ranks.count, alpha: alpha)
      nulls[ranks.count] = null
      ranks.sort()
      let found = null.score(ranks)
      (score[gene], goodGuides[gene]) = (found.rho, found.within)
      p[gene] = null.p(found.rho, &room)
    }
  }

  /// MAGeCK's RRA takes the middle of the places that are nearest to a score less and plus this.
  private static let tie = 1e-9

  /// The place of the value nearest to another, the higher place where two are as near; sought from a place near to it.
  private static func nearest(to value: Double, in sorted: [Double], from start: Int) -> Int {
    var low = start
    while low > 0, sorted[low] > value { low -= 1 }
    while low + 1 < sorted.count, sorted[low + 1] <= value { low += 1 }
    guard low + 1 < sorted.count, sorted[low] < value else { return low }
    return abs(sorted[low + 1] - value) > abs(sorted[low] - value) ? low : low + 1
  }
}
