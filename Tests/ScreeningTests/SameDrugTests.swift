import Assay
import Screening
import Simulation
import Synergy
import Testing

/// A drug combined with itself is a control: its doses add up.
@Suite struct SameDrugTests {
  private func screen(named names: [String]) throws -> [BlockSummary] {
    let unit = ConcentrationUnit("nM")
    let drug = SimulatedDrug(
      name: "selinexor", unit: "nM", doses: [0, 30, 100, 300, 1000, 3000], emax: 85, ec50: 320, hill: 1.3)
    var random = SplitMix64(seed: 5)
    let analyzer = BlockAnalyzer(options: .init())
    var summaries = try (0..<20).map { index in
      let block = SimulatedBlock(sample: "S", one: drug, two: drug, interaction: .loeweNull)
      let matrix = try DoseMatrix(
        id: "\(index)", sample: "S", drugs: names.map { ($0, unit) },
        wells: block.wells(&random).map {
          .init(doses: [$0.first, $0.second], response: $0.inhibition)
        })
      return BlockSummary(index: index, analysis: try analyzer.analyze(matrix))
    }
    FalseDiscovery.judge(&summaries, options: .init())
    return summaries
  }

  @Test func `the call of a drug with itself is about Loewe, and it is additive`() throws {
    let blocks = try screen(named: ["selinexor", "Selinexor"])
    #expect(blocks.allSatisfy { $0.flags.contains(BlockNote.sameDrug) })
    let verdicts = blocks.compactMap(\.verdict)
    #expect(verdicts.count { $0.call == .additive } >= 16)
    #expect(!verdicts.contains { [.synergistic, .antagonistic].contains($0.call) })
    #expect(verdicts.allSatisfy { $0.words.contains("under Loewe") && !$0.words.hasPrefix("antagonistic under Bliss") })
    // Under Bliss the same wells are below 0, which says nothing of a drug with itself.
    #expect(blocks.count { $0.score(of: .bliss)?.interval.map { $0.high < 0 } ?? false } >= 16)
    #expect(blocks.allSatisfy { $0.score(of: .loewe)?.interval.map { $0.low < 6 && $0.high > -6 } ?? false })
  }

  @Test func `a drug with itself has no part in the false discovery rate of models that it says nothing about`() throws
  {
    let blocks = try screen(named: ["selinexor", "selinexor"])
    #expect(blocks.allSatisfy { $0.score(of: .bliss)?.q == nil && $0.score(of: .bliss)?.call == nil })
    #expect(blocks.allSatisfy { $0.score(of: .loewe)?.q != nil && $0.verdict?.words.contains("Bliss") == false })
  }

  @Test func `two drugs are not one because they act alike`() throws {
    let blocks = try screen(named: ["selinexor", "eltanexor"])
    #expect(!blocks.contains { $0.flags.contains(BlockNote.sameDrug) })
    #expect(blocks.compactMap(\.verdict).allSatisfy { $0.words.contains("under Bliss") })
  }
}
