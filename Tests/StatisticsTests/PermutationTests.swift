import ReferenceData
import Statistics
import Testing

@Suite("p by permutation")
struct PermutationTests {
  /// Random permutations that a test must not ask for.
  private func none() -> Arrangements.Random { Arrangements.Random(size: 0, count: 0, seed: 0) }

  @Test("three against three, wholly apart: 2 of the 20 arrangements, the seen one and its mirror")
  func exactFactor() {
    let outcome = PermutationTest(labels: [0, 0, 0, 1, 1, 1], numbers: nil)
      .p(of: [1, 2, 3, 10, 11, 12], most: 9999, random: none)
    #expect(outcome == .init(p: 0.1, arrangements: 20, isExact: true))
  }

  @Test("a straight line through four points: 2 of the 24 orders")
  func exactCovariate() {
    let outcome = PermutationTest(labels: [2, 0, 3, 1], numbers: [1, 2, 3, 4])
      .p(of: [3, 1, 4, 2], most: 9999, random: none)
    #expect(outcome == .init(p: 2.0 / 24, arrangements: 24, isExact: true))
  }

  @Test("three levels go through the multinomial coefficient's arrangements; a score for all is no evidence")
  func levels() {
    let outcome = PermutationTest(labels: [0, 0, 1, 1, 2, 2], numbers: nil)
      .p(of: [1, 1.1, 5, 5.1, 9, 9.1], most: 90, random: none)
    #expect(outcome.arrangements == 90)
    #expect(outcome.isExact)
    #expect(outcome.p == 6.0 / 90, "the six namings of the same three pairs")
    let same = PermutationTest(labels: [0, 1, 0, 1], numbers: nil).p(of: [3, 3, 3, 3], most: 99, random: none)
    #expect(same.p == 1)
  }

  @Test("the number of arrangements is counted without overflow, and told only up to the most")
  func counts() {
    #expect(Arrangements.count(of: [0, 1, 0, 1, 0, 1], most: 20) == 20)
    #expect(Arrangements.count(of: [0, 1, 0, 1, 0, 1], most: 19) == nil)
    #expect(Arrangements.count(of: Array(0..<7), most: 9999) == 5040)
    #expect(Arrangements.count(of: Array(0..<500), most: .max) == nil)
    #expect(Arrangements.count(of: [1, 1, 1], most: 9) == 1)
  }

  @Test("where there are too many, p is (b + 1)/(m + 1), never 0, and near the exact one")
  func random() {
    let labels = (0..<16).map { $0 % 2 }
    var generator = SplitMix64(seed: 3)
    let scores = labels.map { 1.0 * Double($0) + generator.normal() }
    let test = PermutationTest(labels: labels, numbers: nil)
    let exact = test.p(of: scores, most: 12_870, random: none)
    #expect(exact.isExact)
    let drawn = test.p(of: scores, most: 9999) { Arrangements.Random(size: 16, count: 9999, seed: 1) }
    #expect(!drawn.isExact)
    let error = (exact.p * (1 - exact.p) / 9999).squareRoot()
    #expect(abs(drawn.p - exact.p) < 4 * error, "\(drawn.p) beside \(exact.p)")
    let apart = test.p(of: labels.map { 100 * Double($0) }, most: 99) {
      Arrangements.Random(size: 16, count: 99, seed: 1)
    }
    #expect(apart.p == 0.01)
  }

  @Test("random permutations are permutations, each equally often, the same for a seed and others for another")
  func permutations() {
    let drawn = Arrangements.Random(size: 3, count: 6000, seed: 7)
    var counts: [[Int32]: Int] = [:]
    for start in stride(from: 0, to: drawn.places.count, by: 3) {
      counts[Array(drawn.places[start..<start + 3]), default: 0] += 1
    }
    #expect(counts.count == 6)
    #expect(counts.keys.allSatisfy { $0.sorted() == [0, 1, 2] })
    #expect(counts.values.allSatisfy { (880...1120).contains($0) }, "1,000 each ± 4 standard errors: \(counts)")
    #expect(Arrangements.Random(size: 3, count: 50, seed: 7).places == Array(drawn.places.prefix(150)))
    #expect(Arrangements.Random(size: 3, count: 50, seed: 8).places != Array(drawn.places.prefix(150)))
  }

  @Test("p is uniform where nothing goes with the annotation, for levels and for numbers", arguments: [true, false])
  func uniform(isFactor: Bool) {
    var generator = SplitMix64(seed: 11)
    let runs = 1000
    var p: [Double] = []
    let shared = Arrangements.Random(size: 12, count: 499, seed: 5)
    for _ in 0..<runs {
      let scores = (0..<12).map { _ in generator.normal() }
      let test =
        isFactor
        ? PermutationTest(labels: (0..<12).map { $0 % 3 }, numbers: nil)
        : PermutationTest(labels: Array(0..<12), numbers: (0..<12).map { Double($0 * $0) })
      p.append(test.p(of: scores, most: 499) { shared }.p)
    }
    for level in [0.05, 0.2, 0.5] {
      let share = Double(p.count { $0 <= level }) / Double(runs)
      let error = (level * (1 - level) / Double(runs)).squareRoot()
      #expect(abs(share - level) < 4 * error, "share of p ≤ \(level): \(share)")
    }
  }
}
