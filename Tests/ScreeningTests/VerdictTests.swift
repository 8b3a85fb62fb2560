import Synergy
import Testing

@testable import Screening

@Suite("Calls and false discoveries")
struct VerdictTests {
  /// The fifteen p values of Benjamini & Hochberg (1995), §4.1; R's `p.adjust(method = "BH")` gives these q.
  @Test("q values are those of Benjamini and Hochberg's example")
  func example() {
    let p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1,
    ]
    let expected = [
      0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857142857, 0.063857142857, 0.0645, 0.0765, 0.486, 0.581181818182,
      0.714875, 0.753230769231, 0.813214285714, 1,
    ]
    let shuffled = p.indices.map { ($0 * 7 + 3) % p.count }
    let q = FalseDiscovery.q(shuffled.map { p[$0] } + [.nan])
    for (place, index) in shuffled.enumerated() { #expect(abs(q[place] - expected[index]) < 1e-11) }
    #expect(q[p.count].isNaN)
    #expect(q.dropLast().count { $0 <= 0.05 } == 4)
  }

  private func call(_ mean: Double, _ low: Double, _ high: Double, q: Double, bias: Double = 0) -> Call {
    Call(mean: mean, bias: bias, interval: Interval(low: low, high: high), q: q, options: .init())
  }

  @Test("a call needs the interval, the threshold and q")
  func calls() {
    #expect(call(8, 4, 12, q: 0.01) == .synergistic)
    #expect(call(8, 4, 12, q: 0.3) == .undecided)
    #expect(call(4, 2, 6, q: 0.01) == .undecided)
    #expect(call(4, 3.5, 4.5, q: 0.001) == .additive)
    #expect(call(-8, -12, -4, q: 0.01) == .antagonistic)
    #expect(call(1, -6, 8, q: 0.8) == .undecided)
    #expect(call(0, -2, 2, q: 0.9) == .additive)
    // The bias is what the score would be without an interaction.
    #expect(call(-6, -4, 2, q: 0.4, bias: -5) == .additive)
  }

  @Test("the block's verdict in words")
  func verdicts() {
    let four: [NullModel] = [.zip, .bliss, .loewe, .hsa]
    func verdict(_ calls: [Call], doubted: Bool = false) -> Verdict {
      Verdict(Array(zip(four, calls)).map { ($0.0, $0.1) }, isDoubted: doubted)
    }
    let all = verdict([.synergistic, .synergistic, .synergistic, .synergistic])
    #expect(all.call == .synergistic && all.words == "synergistic under all 4 nulls")
    let one = verdict([.undecided, .synergistic, .undecided, .undecided])
    #expect(one.call == .undecided)
    #expect(one.words == "synergistic under Bliss only; undecided under ZIP, Loewe and HSA")
    let null = verdict([.additive, .additive, .undecided, .synergistic])
    #expect(null.call == .additive)
    #expect(null.words == "synergistic under HSA only; additive under ZIP and Bliss; undecided under Loewe only")
    let doubted = verdict([.synergistic, .synergistic, .synergistic, .synergistic], doubted: true)
    #expect(doubted.call == .undecided)
    #expect(doubted.words == "synergistic under all 4 nulls; the input is doubted")
  }
}
