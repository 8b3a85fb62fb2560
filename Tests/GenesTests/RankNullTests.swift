import Foundation
import Simulation
import Statistics
import Testing

@testable import Genes

@Suite("The distribution of ρ")
struct RankNullTests {
  @Test("of one guide is uniform, and of two is what can be worked out by hand")
  func closed() {
    for p in [1e-200, 1e-9, 0.01, 0.3, 0.9] {
      #expect(abs(RankNull(guides: 1, alpha: 0.25).p(p) / p - 1) < 1e-12)
      // ρ ≤ r where U₍₁₎ ≤ a = 1 − √(1 − r), or U₍₂₎ ≤ b = min(α, √r): P = 1 − (1 − a)² + (b − a)² where b > a.
      let a = -expm1(log1p(-p) / 2)
      for alpha in [0.05, 0.25, 0.5] {
        let b = min(alpha, p.squareRoot())
        let expected = a * (2 - a) + (b > a ? (b - a) * (b - a) : 0)
        #expect(abs(RankNull(guides: 2, alpha: alpha).p(p) / expected - 1) < 1e-11, "\(p) \(alpha)")
      }
    }
  }

  /// 400,000 draws of each: an error of five standard deviations comes once in two million.
  @Test("equals brute-force permutations for random numbers of guides and α")
  func permutations() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<24 {
      let guides = 1 + Int(random.next() % 14)
      let alpha = random.uniform(0.05...0.5)
      let null = RankNull(guides: guides, alpha: alpha)
      let draws = 400_000
      let bounds = [0.001, 0.01, 0.05, 0.2, 0.6]
      var reached = [Int](repeating: 0, count: bounds.count)
      var ranks = [Double](repeating: 0, count: guides)
      for _ in 0..<draws {
        for place in ranks.indices { ranks[place] = random.uniform() }
        ranks.sort()
        let rho = null.score(ranks).rho
        for (place, bound) in bounds.enumerated() where rho <= bound { reached[place] += 1 }
      }
      for (bound, count) in zip(bounds, reached) {
        let p = null.p(bound)
        let error = (p * (1 - p) / Double(draws)).squareRoot()
        #expect(abs(Double(count) / Double(draws) - p) < 5 * error, "m \(guides), α \(alpha), ρ \(bound): \(p)")
      }
    }
  }

  @Test("keeps its digits far out, rises with ρ, and takes a thousand guides")
  func range() {
    for guides in [3, 10, 94, 1000] {
      let null = RankNull(guides: guides, alpha: 0.3)
      var last = 0.0
      for exponent in stride(from: -250.0, through: -0.01, by: 12.5) {
        let p = null.p(pow(10, exponent))
        #expect(p > last && p <= 1, "\(guides) \(exponent)")
        last = p
      }
      // Far out the m ways of being small exclude each other: p/ρ is at most the number of guides.
      #expect(null.p(1e-200) <= 1.000_001e-200 * Double(guides))
      #expect(null.p(1e-200) >= 1e-200)
    }
  }
}
