import Statistics

/// A contrast scored by ranks: MAGeCK's normalisation and guide tests, α-RRA on both sides with exact p.
struct RRAScores {
  /// Tests of guides; paired: of every guide in every pair, pair by pair.
  private(set) var tests: GuideTests
  /// Genes whose loss sensitises, and whose loss protects.
  private(set) var depleted: RankScores
  private(set) var enriched: RankScores
  /// The median log2 fold change of each gene's ranked guides.
  private(set) var logFoldChange: [Double]
  /// The factors of the samples, controls first.
  private(set) var sizes: SizeFactors

  init(_ counts: ContrastCounts, sets: GuideSets) {
    let all = counts.all
    sizes = SizeFactors(all, among: sets.normalisation)
    let scaled = zip(all, sizes.factors).map { sample, factor in sample.map { $0 * factor } }
    let (n, left) = (counts.table.guides.count, counts.controls.count)
    var rows: [[Range<Int>]] = counts.table.genes.indices.map { [counts.table.guides(of: $0)] }
    if counts.contrast.isPaired {
      // As MAGeCK's --paired: each pair's guide is a guide of its own.
      tests = GuideTests([scaled[..<left].flatMap { $0 }], [scaled[left...].flatMap { $0 }])
      rows = rows.map { gene in (0..<left).map { pair in gene[0].lowerBound + pair * n..<gene[0].upperBound + pair * n }
      }
    } else {
      tests = GuideTests(Array(scaled[..<left]), Array(scaled[left...]))
    }
    let tests = tests
    var order = tests.score.indices.filter { tests.isRanked[$0] }.map { (value: tests.score[$0], row: Int32($0)) }
    order.sort { $0.value < $1.value || ($0.value == $1.value && $0.row < $1.row) }
    let (guides, values) = (order.map(\.row), order.map(\.value))
    depleted = RankScores(genes: rows, order: guides, values: values, pValues: tests.pLow)
    enriched = RankScores(
      genes: rows, order: guides.reversed(), values: values.reversed().map { -$0 }, pValues: tests.pHigh)
    var changes: [Double] = []
    logFoldChange = rows.map { gene in
      changes.removeAll(keepingCapacity: true)
      for rows in gene { for row in rows where tests.isRanked[row] { changes.append(tests.logFoldChange[row]) } }
      return OrderStatistic.median(of: &changes)
    }
  }
}
