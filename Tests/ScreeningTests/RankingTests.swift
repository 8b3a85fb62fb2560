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
    let analysis = BlockAnalysis(matrix: matrix, monotherapies: [], models: [], lines: [], css: css, notes: [])
    var summary = BlockSummary(index: index, analysis: analysis)
    summary.consensus = consensus
    return summary
  }

  private func order(_ blocks: [BlockSummary]) -> [Int] { Ranking.ranked(blocks).map(\.index) }

  @Test("The highest consensus comes first")
  func byConsensus() throws {
    #expect(try order([summary(0, consensus: -3), summary(1, consensus: 8), summary(2, consensus: 0)]) == [1, 2, 0])
  }

  @Test("Equal consensus is ordered by CSS, then as the blocks were read")
  func ties() throws {
    let blocks = try [
      summary(0, consensus: 1, css: 20), summary(1, consensus: 1, css: 40), summary(2, consensus: 1),
      summary(3, consensus: 1, css: 40),
    ]
    #expect(order(blocks) == [1, 3, 0, 2])
    #expect(order(blocks.reversed()) == [1, 3, 0, 2])
  }

  @Test("Blocks without a consensus come last, however good their CSS")
  func withoutConsensus() throws {
    let blocks = try [
      summary(0, consensus: nil, css: 90), summary(1, consensus: -50, css: 1), summary(2, consensus: nil, css: 95),
    ]
    #expect(order(blocks) == [1, 2, 0])
  }
}
