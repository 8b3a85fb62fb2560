import Statistics
import Testing

@Suite("SciPy's values")
struct SciPyTests {
  private func isNear(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
    abs(value - expected) <= tolerance * abs(expected)
  }

  @Test("tails of t", arguments: SciPyValues.t)
  func t(_ row: (t: Double, degrees: Double, p: Double)) {
    #expect(isNear(StudentT.twoSided(row.t, degrees: row.degrees), row.p, 1e-11))
    #expect(isNear(StudentT.critical(row.p, degrees: row.degrees), row.t, 1e-9))
  }

  @Test("tails of χ²", arguments: SciPyValues.chiSquare)
  func chiSquare(_ row: (x: Double, degrees: Double, p: Double)) {
    // Beside 1 the difference counts, far out the ratio.
    let p = ChiSquare.upper(row.x, degrees: row.degrees)
    #expect(isNear(p, row.p, 1e-11) || abs(p - row.p) < 1e-14)
  }

  @Test("tails of F", arguments: SciPyValues.f)
  func f(_ row: (f: Double, numerator: Double, denominator: Double, p: Double)) {
    #expect(isNear(FisherF.upper(row.f, row.numerator, row.denominator), row.p, 1e-10))
  }

  @Test("ψ and ψ′", arguments: SciPyValues.polygamma)
  func polygamma(_ row: (x: Double, digamma: Double, trigamma: Double)) {
    #expect(isNear(digamma(row.x), row.digamma, 1e-12))
    #expect(isNear(trigamma(row.x), row.trigamma, 1e-12))
  }

  @Test("false discovery rates of Benjamini and Hochberg")
  func discoveries() {
    let q = FalseDiscovery.q(SciPyValues.discoveries.map(\.p))
    for (value, row) in zip(q, SciPyValues.discoveries) { #expect(isNear(value, row.q)) }
  }

  @Test("correlations and spread")
  func summaries() throws {
    let (one, other) = (SciPyValues.ranked.map(\.one), SciPyValues.ranked.map(\.other))
    #expect(isNear(RankCorrelation.spearman(one, other), SciPyValues.spearman))
    let pearson = try #require(SampleStatistics.correlation(Array(zip(one, other))))
    #expect(isNear(pearson, SciPyValues.pearson))
    let statistics = SampleStatistics(one)
    #expect(isNear(statistics.median, SciPyValues.median) && isNear(median(one), SciPyValues.median))
    #expect(isNear(statistics.sd, SciPyValues.deviation))
    #expect(isNear(statistics.mad, SciPyValues.absoluteDeviation))
  }

  @Test("p of all permutations")
  func permutations() {
    let outcome = PermutationTest(labels: [0, 0, 0, 0, 1, 1, 1, 1], numbers: nil)
      .p(of: SciPyValues.permuted, most: 100) { Arrangements.Random(size: 0, count: 0, seed: 0) }
    #expect(outcome.isExact && isNear(outcome.p, SciPyValues.permutation))
  }
}
