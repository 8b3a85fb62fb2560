import Assay
import ReferenceData
import Screening
import Simulation
import Statistics
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

  @Test func `a control that is read from a file is called, and its file has no warning`() async throws {
    var blocks = MadeBlock.blocks(3)
    for index in blocks.indices { blocks[index].drugs = ["selinexor", "selinexor"] }
    let directory = try TemporaryDirectory()
    let path = try directory.write("controls.csv", MadeBlock.file(blocks))
    var options = ScreenOptions(threads: 2)
    options.synergy.inference.resamples = 100
    let outcome = try await ScreenRun(options: options).run(FileDiscovery(paths: [path]), into: RecordingSink())
    #expect(outcome.ranked.count == 3)
    for block in outcome.ranked {
      #expect(block.flags.contains(BlockNote.sameDrug) && !block.flags.contains(BlockNote.inputWarning))
      #expect(block.verdict?.words.contains("warning") == false && block.verdict?.words.contains("under Loewe") == true)
    }
  }

  @Test(arguments: [false, true])
  func `a compound with itself is a control under any of its names`(keepsNames: Bool) async throws {
    var blocks = MadeBlock.blocks(2)
    blocks[0].drugs = ["selinexor", "KPT-330"]
    blocks[1].drugs = ["selinexor", "KPT-8602"]
    let directory = try TemporaryDirectory()
    let path = try directory.write("controls.csv", MadeBlock.file(blocks))
    var options = ScreenOptions(threads: 2)
    options.synergy.inference.resamples = 100
    options.compounds.keepsNames = keepsNames
    let outcome = try await ScreenRun(options: options).run(FileDiscovery(paths: [path]), into: RecordingSink())
    let controls = outcome.ranked.filter { $0.flags.contains(BlockNote.sameDrug) }
    #expect(controls.map(\.id) == ["b1"])
    #expect(controls.first?.verdict?.words.contains("under Loewe") == true)
  }

  @Test func `a control of which one axis holds other doses than stated is noted`() throws {
    let unit = ConcentrationUnit("nM")
    let doses: [Double] = [0, 30, 100, 300, 1000, 3000]
    func drug(_ ec50: Double) -> SimulatedDrug {
      SimulatedDrug(name: "selinexor", unit: "nM", doses: doses, emax: 85, ec50: ec50, hill: 1.3)
    }
    var random = SplitMix64(seed: 6)
    func noted(_ ec50: Double) throws -> Int {
      try (0..<30).count { index in
        let block = SimulatedBlock(sample: "S", one: drug(320), two: drug(ec50), interaction: .loeweNull)
        let matrix = try DoseMatrix(
          id: "\(index)", sample: "S", drugs: [("selinexor", unit), ("selinexor", unit)],
          wells: block.wells(&random).map { .init(doses: [$0.first, $0.second], response: $0.inhibition) })
        var options = SynergyOptions()
        options.inference.resamples = 100
        return try BlockAnalyzer(options: options).analyze(matrix).notes
          .contains { $0.flag == BlockNote.unequalControl }
      }
    }
    #expect(try noted(320) <= 2)
    // Every dose of the second axis is a third of what is stated.
    #expect(try noted(960) >= 28)
  }

  @Test func `one dose of a drug without replicates says that interaction counts as noise`() throws {
    let unit = ConcentrationUnit("nM")
    var random = SplitMix64(seed: 9)
    func notes(_ doses: [Double], replicates: Int) throws -> [String] {
      let one = SimulatedDrug(
        name: "a", unit: "nM", doses: [0, 30, 100, 300, 1000, 3000], emax: 85, ec50: 320, hill: 1.3)
      let two = SimulatedDrug(name: "b", unit: "nM", doses: doses, emax: 70, ec50: 100, hill: 1)
      let block = SimulatedBlock(
        sample: "S", one: one, two: two, interaction: .blissNull, noise: .constant(4), replicates: replicates)
      let matrix = try DoseMatrix(
        id: "1", sample: nil, drugs: [("a", unit), ("b", unit)],
        wells: block.wells(&random).map { .init(doses: [$0.first, $0.second], response: $0.inhibition) })
      return try BlockAnalyzer(options: .init()).analyze(matrix).notes.map(\.flag)
    }
    #expect(try notes([0, 100], replicates: 1).contains(BlockNote.noiseOfTwoRows))
    #expect(try !notes([0, 100], replicates: 3).contains(BlockNote.noiseOfTwoRows))
    #expect(try !notes([0, 30, 100, 300], replicates: 1).contains(BlockNote.noiseOfTwoRows))
  }

  @Test func `many untreated wells are no replicates of the block`() throws {
    let unit = ConcentrationUnit("nM")
    var random = SplitMix64(seed: 8)
    let drug = SimulatedDrug(
      name: "a", unit: "nM", doses: [0, 30, 100, 300, 1000, 3000], emax: 85, ec50: 320, hill: 1.3)
    let block = SimulatedBlock(
      sample: "S", one: drug, two: drug, interaction: .blissNull, noise: .constant(6), replicates: 1)
    var wells = block.wells(&random).map {
      DoseMatrix.Well(doses: [$0.first, $0.second], response: $0.inhibition)
    }
    // Untreated wells are quieter.
    for _ in 0..<15 { wells.append(.init(doses: [0, 0], response: 0.5 * random.normal())) }
    let matrix = try DoseMatrix(id: "1", sample: nil, drugs: [("a", unit), ("b", unit)], wells: wells)
    let noise = try #require(try BlockAnalyzer(options: .init()).analyze(matrix).inference?.noise)
    #expect(noise.source == .residuals && noise.sd(at: 50) > 3)
  }

  @Test func `two drugs are not one because they act alike`() throws {
    let blocks = try screen(named: ["selinexor", "eltanexor"])
    #expect(!blocks.contains { $0.flags.contains(BlockNote.sameDrug) })
    #expect(blocks.compactMap(\.verdict).allSatisfy { $0.words.contains("under Bliss") })
  }
}
