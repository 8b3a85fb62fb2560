import Assay
import Screening
import Synergy
import Testing

@Suite("Ranking")
struct RankingTests {
  private func summary(_ index: Int, consensus: Double?, css: Double? = nil) throws -> BlockSummary {
    let matrix = try DoseMatrix(
      id: "\(index)", sample: nil, drugs: [("a", .unstated), ("b", .unstated)],
      wells: [DoseMatrix.Well(doses: [1, 1], response: 1)])
    let analysis = BlockAnalysis(asRead: matrix, monotherapies: [], models: [], lines: [], css: css, notes: [])
    var summary = BlockSummary(index: index, analysis: analysis)
    summary.consensus = consensus
    return summary
  }

  private func order(_ blocks: [BlockSummary]) -> [Int] { Ranking.ranked(blocks).map(\.index) }

  @Test("The highest consensus comes first")
  func byConsensus() throws {
    #expect(try order([summary(0, consensus: -3), summary(1, consensus: 8), summary(2, consensus: 0)]) == [1, 2, 0])
  }

  @Test("Equal consensus is ordered by CSS, then by name")
  func ties() throws {
    let blocks = try [
      summary(0, consensus: 1, css: 20), summary(1, consensus: 1, css: 40), summary(2, consensus: 1),
      summary(3, consensus: 1, css: 40),
    ]
    #expect(order(blocks) == [1, 3, 0, 2])
    #expect(order(blocks.reversed()) == [1, 3, 0, 2])
  }

  @Test("A block whose noise is high drops behind one with a smaller score that is known well")
  func noise() throws {
    func block(_ index: Int, score: Double, error: Double) throws -> BlockSummary {
      var summary = try summary(index, consensus: nil)
      summary.consensus = score - 2 * error
      return summary
    }
    // +12 ± 7 may be nothing; +8 ± 1 is at least +6.
    #expect(try order([block(0, score: 12, error: 7), block(1, score: 8, error: 1)]) == [1, 0])
  }

  @Test("Blocks without a consensus come last, however good their CSS")
  func withoutConsensus() throws {
    let blocks = try [
      summary(0, consensus: nil, css: 90), summary(1, consensus: -50, css: 1), summary(2, consensus: nil, css: 95),
    ]
    #expect(order(blocks) == [1, 2, 0])
  }
}
