import Statistics
import Testing

@Suite("False discoveries")
struct FalseDiscoveryTests {
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
}
