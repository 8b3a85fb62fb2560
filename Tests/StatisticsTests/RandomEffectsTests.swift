import Foundation
import ReferenceData
import Statistics
import Testing

@Suite("Scores of several samples taken together")
struct RandomEffectsTests {
  /// w = 1, 1, ¼; ȳ = 6/2.25; Q = 25/9 + 1/9 + 64/9 = 10; τ² = (10 − 2)/(2.25 − 2.0625/2.25) = 6; weights 1/7, 1/7, 1/10.
  @Test("Q, I², τ and the random-effects mean are those computed by hand")
  func byHand() throws {
    let effects = try #require(RandomEffects([(1, 1), (3, 1), (8, 2)], confidence: 0.95))
    #expect(abs(effects.q - 10) < 1e-12)
    #expect(abs(effects.p - exp(-5)) < 1e-14, "χ² with 2 degrees of freedom is exp(−Q/2)")
    #expect(abs(effects.iSquared - 0.8) < 1e-12)
    #expect(abs(effects.tau - 6.0.squareRoot()) < 1e-12)
    let weight = 1.0 / 7 + 1.0 / 7 + 0.1
    #expect(abs(effects.mean - (4.0 / 7 + 0.8) / weight) < 1e-12)
    #expect(abs(effects.standardError - (1 / weight).squareRoot()) < 1e-12)
    // Hartung & Knapp: Σ w (y − mean)² / 2 = 1.476190 > 1; t with 2 degrees of freedom at 95 % is 4.302653.
    let half = 4.302652729911275 * (1.476190476190476 / weight).squareRoot()
    #expect(abs(effects.interval.high - effects.mean - half) < 1e-9)
    #expect(abs(effects.mean - effects.interval.low - half) < 1e-9)
  }

  @Test("samples that differ less than their noise have no spread, and the interval is not narrower than the noise")
  func homogeneous() throws {
    let effects = try #require(RandomEffects([(5, 2), (5.5, 2), (6, 2), (5.5, 2)], confidence: 0.95))
    #expect(effects.iSquared == 0)
    #expect(effects.tau == 0)
    #expect(abs(effects.mean - 5.5) < 1e-12)
    #expect(abs(effects.standardError - 1) < 1e-12)
    #expect(
      abs(effects.interval.high - 5.5 - 3.182446305284263) < 1e-9, "t with 3 degrees of freedom, not less than DL")
  }

  @Test("one sample, or one whose error is not known, is not taken together with others")
  func tooFew() {
    #expect(RandomEffects([(5, 2)], confidence: 0.95) == nil)
    #expect(RandomEffects([(5, 2), (6, 0)], confidence: 0.95) == nil)
    #expect(RandomEffects([(5, 2), (.nan, 1)], confidence: 0.95) == nil)
  }

  @Test(
    "the χ² tail is R's pchisq(x, df, lower.tail = FALSE)",
    arguments: [
      (3.841458820694124, 1.0, 0.05), (11.07049769351635, 5.0, 0.05), (0.5543, 5.0, 0.989999886),
      (40.0, 10.0, 1.694474e-05),
      (124.3421, 100.0, 0.0500000),
    ])
  func tail(x: Double, degrees: Double, p: Double) {
    #expect(abs(ChiSquare.upper(x, degrees: degrees) / p - 1) < 2e-6)
  }

  @Test("p of Q is uniform when all samples have one true score")
  func uniform() {
    var random = SplitMix64(seed: 4)
    var small = 0
    let runs = 2000
    for _ in 0..<runs {
      let errors = (0..<5).map { _ in random.uniform(1...4) }
      let effects = RandomEffects(errors.map { (3 + $0 * random.normal(), $0) }, confidence: 0.95)
      if let effects, effects.p < 0.05 { small += 1 }
    }
    #expect((70...130).contains(small), "\(small) of \(runs) below 0.05; 100 expected, ±30 is three standard errors")
  }
}
