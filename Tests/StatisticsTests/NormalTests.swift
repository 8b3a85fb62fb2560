import Foundation
import Statistics
import Testing

@Suite("The normal distribution and uniform order statistics")
struct NormalTests {
  /// Python 3.11's `statistics.NormalDist().inv_cdf`.
  @Test(
    "tails and quantiles are Python's",
    arguments: [
      (1e-300, -37.047_096_299_361_2), (1e-10, -6.361_340_902_404_056), (0.025, -1.959_963_984_540_054),
      (0.25, -0.674_489_750_196_081_7), (0.5, 0), (0.9, 1.281_551_565_544_600_4),
    ])
  func quantile(p: Double, z: Double) {
    #expect(abs(Normal.quantile(p) - z) <= 1e-14 * max(1, abs(z)))
    #expect(abs(Normal.lower(z) / p - 1) < 1e-11)
    #expect(abs(Normal.upper(-z) / p - 1) < 1e-11)
  }

  @Test("the ends of the quantile are infinite, and what is no probability has none")
  func ends() {
    #expect(Normal.quantile(0) == -.infinity && Normal.quantile(1) == .infinity)
    #expect(Normal.quantile(-0.1).isNaN && Normal.quantile(1.5).isNaN && Normal.quantile(.nan).isNaN)
  }

  @Test("binomial tails are incomplete beta functions, and their inverse finds the way back")
  func binomial() {
    for count in [1, 2, 5, 20, 94, 300] {
      let tail = BinomialTail(count: count)
      for place in [1, 2, (count + 1) / 2, count] where place <= count {
        for u in [1e-9, 0.01, 0.3, 0.7, 0.99] {
          let p = tail.upper(place, u)
          let beta = StudentT.incompleteBeta(u, Double(place), Double(count + 1 - place))
          #expect(abs(p - beta) <= 1e-11 * max(beta, 1e-3), "\(count) \(place) \(u)")
          if p > 1e-290, p < 0.999 { #expect(abs(tail.inverse(place, p) / u - 1) < 1e-7, "\(count) \(place) \(u)") }
        }
      }
    }
  }

  @Test("the probability of crossing a boundary is that of closed forms")
  func crossing() {
    var statistics = UniformOrderStatistics()
    // One bound for all: the smallest is below it.
    #expect(abs(statistics.crossing([0.2, 0.2, 0.2]) - (1 - 0.8 * 0.8 * 0.8)) < 1e-15)
    // Only the largest is bounded.
    #expect(abs(statistics.crossing([0, 0, 0.4]) - 0.4 * 0.4 * 0.4) < 1e-15)
    // Daniels (1945): U₍ᵢ₎ ≤ i t/m for some i has probability t.
    for t in [1e-30, 0.01, 0.5, 0.9] {
      for count in [1, 4, 25] {
        let p = statistics.crossing((1...count).map { t * Double($0) / Double(count) })
        #expect(abs(p / t - 1) < 1e-11, "\(t) \(count)")
      }
    }
    #expect(statistics.crossing([1, 1]) == 1)
  }

  /// A million normal numbers would give 0.001; 20,000 give 0.02 within five standard errors.
  @Test("the null is that of the middle, whatever a tenth of the values do; few values have none")
  func null() throws {
    var values = (0..<20_000).map { Normal.quantile((Double($0) + 0.5) / 20_000) * 1.3 + 0.4 }
    let plain = try #require(EmpiricalNull(values))
    #expect(abs(plain.mean - 0.4) < 1e-3 && abs(plain.sd - 1.3) < 1e-3)
    values += (0..<2000).map { -6 - Double($0) / 500 }
    let mixed = try #require(EmpiricalNull(values))
    #expect(abs(mixed.mean - 0.4) < 0.02 && abs(mixed.sd - 1.3) < 0.02, "\(mixed)")
    let fixed = try #require(EmpiricalNull(values, fixedMean: 0.4))
    #expect(fixed.mean == 0.4 && abs(fixed.sd - 1.3) < 0.02)
    #expect(EmpiricalNull([1, 2, 3]) == nil && EmpiricalNull(Array(repeating: 1, count: 50)) == nil)
  }

  @Test("a normal number stands for a t: its tail is t's within 1 %")
  func wallace() {
    for degrees in [50.0, 400, 3000] {
      for t in [0.5, 2, 4, 6.5] {
        let p = 2 * Normal.upper(StudentT.normal(t, degrees: degrees))
        #expect(abs(p / StudentT.twoSided(t, degrees: degrees) - 1) < 0.01, "\(degrees) \(t)")
      }
    }
    #expect(StudentT.normal(-3, degrees: .infinity) == -3 && StudentT.normal(-3, degrees: 60) < 0)
  }

  @Test("a place of the sorted order and the median are found without sorting")
  func select() {
    var random = 17
    for count in [1, 2, 3, 10, 101, 1000] {
      let values = (0..<count).map { _ -> Double in
        random = (random * 1_103_515_245 + 12345) & 0x7FFF_FFFF
        return Double(random % 50)
      }
      let sorted = values.sorted()
      for place in [0, count / 3, count - 1] {
        var copy = values
        #expect(OrderStatistic.select(place, in: &copy) == sorted[place])
      }
      var copy = values
      #expect(OrderStatistic.median(of: &copy) == median(values))
    }
    var none: [Double] = []
    #expect(OrderStatistic.median(of: &none).isNaN)
  }
}
