import Assay
import Foundation
import Screening
import Simulation
import Statistics
import Synergy
import Testing

/// Wells that went wrong: the short form of what `calibrate --fault` measures.
@Suite struct OutlierTests {
  private static let micromolar = ConcentrationUnit("uM")

  /// A screen of additive blocks whose wells were changed, as it is judged.
  private func judged(
    _ design: ScreenDesign, model: NullModel = .bliss,
    change: (inout [SimulatedBlock.Well], inout SplitMix64) -> Void = { _, _ in }
  ) throws -> [BlockSummary] {
    var options = SynergyOptions()
    options.models = [model]
    options.sensitivity = false
    options.inference.resamples = 200
    options.inference.callModels = [model]
    options.baseline.method = .asRead
    var random = SplitMix64(seed: design.seed + 1)
    var matrices: [DoseMatrix] = []
    for (index, block) in design.independentBlocks().enumerated() {
      var wells = block.wells(&random)
      change(&wells, &random)
      matrices.append(
        try DoseMatrix(
          id: "\(index)", sample: nil, drugs: [("A", Self.micromolar), ("B", Self.micromolar)],
          wells: wells.map { .init(doses: [$0.first, $0.second], response: $0.inhibition) }))
    }
    var estimator = NoiseEstimator(options: options.inference)
    var evidence: [BlockEvidence] = []
    for matrix in matrices { evidence.append(estimator.evidence(of: matrix)) }
    let screen = ScreenEvidence(evidence, options: options)
    let analyzer = BlockAnalyzer(options: options)
    var summaries = try matrices.enumerated().map {
      BlockSummary(index: $0, analysis: try analyzer.analyze($1, screen: screen))
    }
    FalseDiscovery.judge(&summaries, options: options.inference)
    return summaries
  }

  private func design(_ noise: Double, wells: Int = 1, null: Interaction = .blissNull) -> ScreenDesign {
    var design = ScreenDesign()
    design.blocks = 200
    design.noise = .constant(noise)
    design.replicates = wells
    design.null = null
    design.hits = 0
    return design
  }

  private func kill(_ wells: inout [SimulatedBlock.Well], _ random: inout SplitMix64) {
    let alone = wells.indices.filter { (wells[$0].first > 0) != (wells[$0].second > 0) }
    wells[alone[Int(random.next() % UInt64(alone.count))]].inhibition = 100
  }

  private func called(_ screen: [BlockSummary]) -> Int {
    screen.count { [.synergistic, .antagonistic].contains($0.verdict?.call) }
  }

  @Test(arguments: [(NullModel.bliss, Interaction.blissNull), (.loewe, .loeweNull), (.hsa, .hsaNull)])
  func `one dead monotherapy well is found and calls no block, and good blocks have no such well`(
    model: NullModel, null: Interaction
  ) throws {
    let bad = try judged(design(3, null: null), model: model, change: kill)
    // 66 % of such blocks have p < 0.05 or more, and 60 % were called before wells were looked at.
    #expect(bad.count { ($0.score(of: model)?.p ?? 1) < 0.05 } > 130)
    #expect(bad.count { $0.flags.contains(BlockNote.outlier) } > 160)
    #expect(called(bad) <= 24)
    let good = try judged(design(3, null: null), model: model)
    #expect(good.count { $0.flags.contains(BlockNote.outlier) } <= 5)
    #expect(called(good) == 0)
  }

  @Test func `a smooth interaction is no outlier`() throws {
    var hits = design(3)
    hits.doses = (10, 10)
    (hits.blocks, hits.hits, hits.effect) = (60, 1, 8)
    let screen = try judged(hits)
    #expect(screen.count { $0.flags.contains(BlockNote.outlier) } <= 3)
    #expect(called(screen) >= 35)
  }

  /// Survival of two drugs alone, and of both by how much the first makes the second more potent and by a bump of synergy.
  private func interacting(
    _ size: Int, bump: Double, potency: Double, _ random: inout SplitMix64
  ) -> [[Double]] {
    func curve() -> (emax: Double, middle: Double, hill: Double) {
      (random.uniform(50...95), random.uniform(0.35...0.65) * Double(size), random.uniform(0.8...1.6))
    }
    let (one, two) = (curve(), curve())
    func effect(_ curve: (emax: Double, middle: Double, hill: Double), _ place: Int, _ shift: Double = 0) -> Double {
      place == 0 ? 0 : curve.emax / (1 + exp(-1.4 * curve.hill * (Double(place) + shift - curve.middle)))
    }
    let centre = (random.uniform(1...Double(size - 1)), random.uniform(1...Double(size - 1)))
    let width = 0.33 * Double(size - 1)
    return (0..<size).map { row in
      (0..<size).map { column in
        let first = effect(one, row)
        // Doses are four apart: ln(potency) / ln 4 places.
        let second = effect(two, column, log(1 + potency * first / 100) / log(4))
        let distance = pow(Double(row) - centre.0, 2) + pow(Double(column) - centre.1, 2)
        let peak = row > 0 && column > 0 ? bump * exp(-distance / (2 * width * width)) : 0
        return min(100, max(0, 100 - (100 - first) * (100 - second) / 100 + peak))
      }
    }
  }

  @Test(arguments: [4, 5, 6, 8], [1, 3])
  func `a strong interaction is no outlier in any grid`(size: Int, wells: Int) throws {
    var options = SynergyOptions()
    options.models = [.bliss]
    options.sensitivity = false
    options.inference.resamples = 100
    options.baseline.method = .asRead
    var random = SplitMix64(seed: 11)
    let shapes: [(bump: Double, potency: Double)] = [(50, 0), (30, 0), (-30, 0), (-50, 0), (0, 20), (0, 100)]
    var matrices: [DoseMatrix] = []
    // Half of the screen interacts.
    for index in 0..<96 {
      let shape = index % 2 == 0 ? shapes[index / 2 % shapes.count] : (bump: 0.0, potency: 0.0)
      let truth = interacting(size, bump: shape.bump, potency: shape.potency, &random)
      var all: [DoseMatrix.Well] = []
      for row in 0..<size {
        for column in 0..<size {
          for _ in 0..<wells {
            all.append(
              .init(doses: [Double(row), Double(column)], response: truth[row][column] + 3 * random.normal()))
          }
        }
      }
      matrices.append(
        try DoseMatrix(
          id: "\(index)", sample: nil, drugs: [("A", Self.micromolar), ("B", Self.micromolar)], wells: all))
    }
    var estimator = NoiseEstimator(options: options.inference)
    let screen = ScreenEvidence(matrices.map { estimator.evidence(of: $0) }, options: options)
    let analyzer = BlockAnalyzer(options: options)
    let flagged = try matrices.filter { matrix in
      try analyzer.analyze(matrix, screen: screen).notes.contains { $0.flag == BlockNote.outlier }
    }
    #expect(flagged.count <= 3, "\(flagged.map(\.id))")
  }

  @Test(arguments: [(NullModel.bliss, Interaction.blissNull), (.loewe, .loeweNull), (.hsa, .hsaNull)])
  func `one dead combination well is found whatever the drugs' null model`(model: NullModel, null: Interaction) throws {
    let bad = try judged(design(3, null: null), model: model) { wells, random in
      let combined = wells.indices.filter { wells[$0].first > 0 && wells[$0].second > 0 }
      let place = combined[Int(random.next() % UInt64(combined.count))]
      wells[place].inhibition = wells[place].inhibition < 50 ? 100 : 0
    }
    #expect(bad.count { $0.flags.contains(BlockNote.outlier) } > 180)
  }

  @Test func `an untreated well that reads as treated is found, and takes the block's rank`() throws {
    var screen = try judged(design(3)) { wells, _ in
      wells[0].inhibition = 97
    }
    #expect(screen.allSatisfy { $0.flags.contains(BlockNote.untreatedHigh) })
    #expect(screen.allSatisfy { $0.consensus == nil && $0.consensusUpper == nil })
    #expect(screen.allSatisfy { $0.verdict?.call == .inconclusive })
    let good = try judged(design(3))
    #expect(!good.contains { $0.flags.contains(BlockNote.untreatedHigh) || $0.consensus == nil })
    screen = Ranking.ranked(Array(screen.prefix(5)) + good)
    #expect(screen.suffix(5).allSatisfy { $0.flags.contains(BlockNote.untreatedHigh) })
  }

  @Test func `a call that only an outlier makes says so and is inconclusive`() throws {
    let screen = try judged(design(3), change: kill)
    let resting = screen.compactMap(\.verdict).filter {
      $0.words.contains("the call would rest on wells that do not fit the others")
    }
    #expect(resting.count > 100)
    #expect(resting.allSatisfy { $0.call == .inconclusive })
  }

  @Test func `combination wells that all read as untreated while a drug alone kills are no antagonism`() throws {
    var screen = design(3, wells: 2)
    screen.blocks = 30
    let bad = try judged(screen) { wells, random in
      for place in wells.indices {
        if wells[place].first > 0, wells[place].second > 0 { wells[place].inhibition = 3 * random.normal() }
        if wells[place].second == 0, wells[place].first > 0 { wells[place].inhibition = 90 + 3 * random.normal() }
      }
    }
    #expect(bad.allSatisfy { $0.flags.contains(BlockNote.untreatedCombinations) })
    #expect(bad.allSatisfy { $0.verdict?.call == .inconclusive && !$0.flags.contains(BlockNote.outlier) })
    #expect(bad.allSatisfy { $0.verdict?.words.contains("by the numbers antagonistic under Bliss") == true })
    #expect(bad.allSatisfy { $0.score(of: .bliss)?.call == .antagonistic })
    #expect(try judged(screen).allSatisfy { !$0.flags.contains(BlockNote.untreatedCombinations) })
  }

  @Test func `an interaction is no lack of fit where the grid has no room to tell them apart`() throws {
    for doses in [(6, 2), (3, 3)] {
      var hits = design(3, wells: 3)
      (hits.doses, hits.blocks, hits.hits, hits.effect) = (doses, 60, 1, 10)
      let screen = try judged(hits)
      #expect(!screen.contains { $0.flags.contains(BlockNote.lackOfFit) })
      // None was called when their replicates were not believed.
      #expect(called(screen) >= 40, "\(doses): \(called(screen))")
    }
  }

  @Test func `p does not depend on the confidence level of the intervals`() throws {
    let block = try #require(design(5, wells: 2).independentBlocks().first)
    var random = SplitMix64(seed: 3)
    let matrix = try DoseMatrix(
      id: "1", sample: nil, drugs: [("A", Self.micromolar), ("B", Self.micromolar)],
      wells: block.wells(&random).map { .init(doses: [$0.first, $0.second], response: $0.inhibition) })
    let p = try [0.9, 0.95, 0.999].map { confidence in
      var options = SynergyOptions()
      options.inference.resamples = 100
      options.inference.confidence = confidence
      return try #require(try BlockAnalyzer(options: options).analyze(matrix).inference(of: .bliss)).p
    }
    #expect(p[0] == p[1] && p[1] == p[2])
  }

  @Test func `replicates that share an error do not make blocks significant`() throws {
    func share(_ wells: inout [SimulatedBlock.Well], _ random: inout SplitMix64) {
      var errors: [[Double]: Double] = [:]
      for place in wells.indices {
        let pair = [wells[place].first, wells[place].second]
        let error = errors[pair] ?? 4 * random.normal()
        errors[pair] = error
        wells[place].inhibition += error
      }
    }
    let bad = try judged(design(3, wells: 3), change: share)
    // 45 % were significant when the noise of their replicates was believed.
    #expect(bad.count { ($0.score(of: .bliss)?.p ?? 1) < 0.05 } < 30)
    #expect(bad.count { $0.flags.contains(BlockNote.lackOfFit) } > 170)
    let good = try judged(design(3, wells: 3))
    #expect(good.count { $0.flags.contains(BlockNote.lackOfFit) } <= 6)
  }
}
