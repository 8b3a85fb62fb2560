import Assay
import Foundation
import Simulation
import Testing

@testable import Synergy

@Suite("Untreated level")
struct BaselineTests {
  private static let doses = [0.0, 1, 3, 10, 30, 100]

  /// Bliss-additive blocks whose untreated level is `level`, with normal noise.
  private static func blocks(
    _ count: Int, level: (Int) -> Double, sd: Double, wells: Int = 1, seed: UInt64 = 7
  ) throws -> [DoseMatrix] {
    var random = SplitMix64(seed: seed)
    return try (0..<count).map { index in
      let offset = level(index)
      let ec50 = [3 * pow(20, random.uniform()), 3 * pow(20, random.uniform())]
      let emax = [20 + 75 * random.uniform(), 20 + 75 * random.uniform()]
      var list: [DoseMatrix.Well] = []
      for one in doses {
        for two in doses {
          let alive = zip([one, two], zip(ec50, emax)).reduce(1.0) { product, pair in
            let (dose, (ec50, emax)) = pair
            return product * (1 - (dose == 0 ? 0 : emax / (1 + pow(ec50 / dose, 1.4))) / 100)
          }
          for _ in 0..<wells {
            // 100 alive reads 100 - offset: the whole scale is stretched, as with a wrong control.
            list.append(.init(doses: [one, two], response: 100 - (100 - offset) * alive + sd * random.normal()))
          }
        }
      }
      return try DoseMatrix(id: "\(index)", sample: nil, drugs: [("a", .unstated), ("b", .unstated)], wells: list)
    }
  }

  private static func evidence(_ blocks: [DoseMatrix], _ options: SynergyOptions) -> [BlockEvidence] {
    var estimator = NoiseEstimator(options: options.inference)
    var evidence: [BlockEvidence] = []
    for block in blocks { evidence.append(estimator.evidence(of: block)) }
    return evidence
  }

  @Test("an inactive drug's wells count as untreated wells, a saturated one's do not")
  func weights() throws {
    func block(_ alone: (Double) -> Double) throws -> DoseMatrix {
      let wells = Self.doses.flatMap { one in
        Self.doses.map { two in DoseMatrix.Well(doses: [one, two], response: one == 0 ? -10 : alone(one)) }
      }
      return try DoseMatrix(id: "1", sample: nil, drugs: [("a", .unstated), ("b", .unstated)], wells: wells)
    }
    var estimator = BaselineEstimator()
    let quiet = estimator.share(of: try block { _ in -10 }, variance: 25)
    let inactive = try #require(quiet)
    // Eleven wells that read one level, some given up to what the curves might do at the highest doses.
    #expect(abs(inactive.level + 10) < 1e-9 && inactive.unitVariance < 0.2)
    #expect(abs(inactive.parts.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
    let strong = estimator.share(of: try block { _ in 80 }, variance: 25)
    let saturated = try #require(strong)
    #expect(abs(saturated.level + 10) < 1.5)
    let own = try #require(saturated.parts.first { $0.cell == 6 })
    #expect(abs(own.weight) < 0.05)
  }

  @Test("the estimate is equivariant: shifted and stretched responses give a shifted and stretched level")
  func equivariance() throws {
    let block = try Self.blocks(1, level: { _ in -8 }, sd: 4)[0]
    var estimator = BaselineEstimator()
    let plain = estimator.share(of: block, variance: 16)
    let moved = estimator.share(of: block.mappingResponses { $0 + 30 }, variance: 16)
    #expect(abs(try #require(moved).level - (try #require(plain)).level - 30) < 1e-9)
  }

  @Test("levels of a screen that are 0 within their error are left alone, bit for bit")
  func zero() throws {
    let options = SynergyOptions()
    for seed in 1...5 as ClosedRange<UInt64> {
      let blocks = try Self.blocks(60, level: { _ in 0 }, sd: 6, seed: seed)
      let evidence = Self.evidence(blocks, options)
      let screen = ScreenEvidence(evidence, options: options)
      let baseline = try #require(screen.baseline)
      #expect(!baseline.isCorrected, "mean \(baseline.mean ?? .nan) ± \(baseline.error), spread \(baseline.deviation)")
      #expect(evidence.allSatisfy { !baseline.level(of: $0).isCorrected })
    }
  }

  @Test(
    "what drugs do at their lowest doses is no unevenness of levels, however precise the wells are", arguments: [1, 3])
  func precise(wells: Int) throws {
    var design = ScreenDesign()
    design.blocks = 150
    design.hits = 0
    design.replicates = wells
    design.noise = .constant(3)
    var random = SplitMix64(seed: 5)
    let blocks = try design.independentBlocks().enumerated().map { index, block in
      try DoseMatrix(
        id: "\(index)", sample: nil, drugs: [("a", .unstated), ("b", .unstated)],
        wells: block.wells(&random).map { .init(doses: [$0.first, $0.second], response: $0.inhibition) })
    }
    var options = SynergyOptions()
    #expect(ScreenEvidence(Self.evidence(blocks, options), options: options).baseline?.isCorrected == false)

    // Levels of −15 % leave as few additive blocks significant as levels of 0 do.
    let low = blocks.map { $0.mappingResponses { -15 + 1.15 * $0 } }
    options.models = [.bliss]
    options.sensitivity = false
    options.inference.resamples = 200
    let screen = ScreenEvidence(Self.evidence(low, options), options: options)
    let analyzer = BlockAnalyzer(options: options)
    let p = try low.map { try #require(try analyzer.analyze($0, screen: screen).inference(of: .bliss)?.p) }
    // 5 % of 150 are 7.5; more than 18 come once in 2,000 seeds.
    #expect(p.count { $0 < 0.05 } <= 18)
  }

  @Test("an offset that all blocks share is found, and Bliss is 0 again", arguments: [-15.0, -5, 8])
  func offset(_ offset: Double) throws {
    var options = SynergyOptions.scoresOnly
    let blocks = try Self.blocks(60, level: { _ in offset }, sd: 6)
    let screen = ScreenEvidence(Self.evidence(blocks, options), options: options)
    let baseline = try #require(screen.baseline)
    #expect(baseline.isCorrected)
    #expect(abs((baseline.mean ?? .nan) - offset) < 3 * baseline.error + 0.5)
    let analyzer = BlockAnalyzer(options: options)
    func mean(_ screen: ScreenEvidence) throws -> Double {
      try blocks.map { try #require(try analyzer.analyze($0, screen: screen).score(of: .bliss)?.mean) }.reduce(0, +)
        / 60
    }
    #expect(abs(try mean(screen)) < 0.8)
    options.baseline.method = .asRead
    #expect(abs(try mean(.none)) > abs(offset) / 4)
  }

  @Test("levels that differ from block to block are estimated nearer to the truth than each by itself")
  func moderation() throws {
    let options = SynergyOptions()
    var random = SplitMix64(seed: 5)
    let levels = (0..<120).map { _ in -12 + 6 * random.normal() }
    let blocks = try Self.blocks(120, level: { levels[$0] }, sd: 8)
    let evidence = Self.evidence(blocks, options)
    let baseline = try #require(ScreenEvidence(evidence, options: options).baseline)
    #expect(abs(baseline.deviation - 6) < 2)
    var (moderated, own, control) = (0.0, 0.0, 0.0)
    for (place, item) in evidence.enumerated() {
      let level = baseline.level(of: item)
      moderated += pow(level.level - levels[place], 2)
      own += pow((level.estimate?.level ?? 0) - levels[place], 2)
      control += pow(blocks[place].mean[0] - levels[place], 2)
    }
    #expect(moderated < own && own < control, "\(moderated), \(own), \(control)")
  }

  @Test("the stated error is the error: intervals of two standard errors hold the true level")
  func errors() throws {
    let options = SynergyOptions()
    var random = SplitMix64(seed: 9)
    let levels = (0..<300).map { _ in -12 + 6 * random.normal() }
    let blocks = try Self.blocks(300, level: { levels[$0] }, sd: 8, wells: 2)
    let evidence = Self.evidence(blocks, options)
    let baseline = try #require(ScreenEvidence(evidence, options: options).baseline)
    let held = evidence.indices.count { place in
      let level = baseline.level(of: evidence[place])
      return abs(level.level - levels[place]) < 1.96 * level.error
    }
    #expect((270...297).contains(held), "\(held) of 300")
  }

  @Test("a lone block is corrected where its own wells show it, by at least what is worth a mention")
  func alone() throws {
    let options = SynergyOptions()
    let off = try Self.blocks(1, level: { _ in -20 }, sd: 3, wells: 3)
    let evidence = Self.evidence(off, options)
    let level = try #require(ScreenEvidence(evidence, options: options).baseline).level(of: evidence[0])
    #expect(level.isCorrected && abs(level.level + 20) < 4)
    let good = Self.evidence(try Self.blocks(1, level: { _ in 0 }, sd: 3, wells: 3), options)
    #expect(try #require(ScreenEvidence(good, options: options).baseline).level(of: good[0]).isCorrected == false)
  }

  @Test(
    "one block that is off in a sound screen stands alone, on the level that its wells agree on",
    arguments: [-20.0, 18])
  func odd(_ offset: Double) throws {
    var options = SynergyOptions.scoresOnly
    options.models = [.bliss]
    let blocks = try Self.blocks(60, level: { $0 == 7 ? offset : 0 }, sd: 4)
    let evidence = Self.evidence(blocks, options)
    let screen = ScreenEvidence(evidence, options: options)
    let baseline = try #require(screen.baseline)
    #expect(!baseline.isCorrected && baseline.hasOddBlocks)
    let level = baseline.level(of: evidence[7])
    #expect(level.standsAlone && !level.isUnclear && abs(level.level - offset) < 4 * level.error)
    // The others stay as read, bit for bit.
    #expect(evidence.indices.allSatisfy { $0 == 7 || !baseline.level(of: evidence[$0]).isCorrected })
    let analyzer = BlockAnalyzer(options: options)
    let analysis = try analyzer.analyze(blocks[7], screen: screen)
    let alone = try #require(analysis.score(of: .bliss)?.mean)
    let asRead = try #require(try analyzer.analyze(blocks[7]).score(of: .bliss)?.mean)
    #expect(abs(alone) < abs(asRead) / 2 && abs(asRead) > 2.5)
    #expect(analysis.notes.contains { $0.flag == BlockNote.ownBaseline && $0.isWarning })
  }

  @Test("a lone untreated well beside drugs that act at every dose tells no level: the block gets no call")
  func unconfirmed() throws {
    let options = SynergyOptions.scoresOnly
    var blocks = try Self.blocks(60, level: { _ in 0 }, sd: 4)
    func alive(_ dose: Double) -> Double { dose == 0 ? 1 : 0.3 - 0.02 * log10(dose) }
    let wells = Self.doses.flatMap { one in
      Self.doses.map { two -> DoseMatrix.Well in
        let response = 100 - 100 * alive(one) * alive(two)
        return .init(doses: [one, two], response: one + two == 0 ? -25 : response)
      }
    }
    blocks[7] = try DoseMatrix(id: "7", sample: nil, drugs: [("a", .unstated), ("b", .unstated)], wells: wells)
    let evidence = Self.evidence(blocks, options)
    let screen = ScreenEvidence(evidence, options: options)
    let baseline = try #require(screen.baseline)
    let level = baseline.level(of: evidence[7])
    #expect(level.isUnclear && !level.standsAlone && !level.isCorrected)
    let analysis = try BlockAnalyzer(options: options).analyze(blocks[7], screen: screen)
    #expect(analysis.notes.contains { $0.flag == BlockNote.unclearBaseline && $0.isWarning })
  }

  @Test("a small screen does not take its one failed block for a spread of levels", arguments: 6...10)
  func small(count: Int) throws {
    let options = SynergyOptions.scoresOnly
    let blocks = try Self.blocks(count, level: { $0 == 2 ? -20 : 0 }, sd: 4)
    let evidence = Self.evidence(blocks, options)
    let level = try #require(ScreenEvidence(evidence, options: options).baseline).level(of: evidence[2])
    #expect(level.isUnclear || level.isCorrected, "\(level.level) ± \(level.error)")
  }

  @Test("untreated wells of which one is dead are no level", arguments: [1, 30])
  func torn(count: Int) throws {
    let options = SynergyOptions.scoresOnly
    var blocks = try Self.blocks(count, level: { _ in 0 }, sd: 4, wells: 3)
    var wells = [DoseMatrix.Well]()
    for cell in 0..<blocks[0].cellCount {
      let doses = [blocks[0].dose(of: 0, in: cell), blocks[0].dose(of: 1, in: cell)]
      for well in blocks[0].wells(of: cell) {
        wells.append(.init(doses: doses, response: wells.isEmpty ? -60 : blocks[0].response(ofWell: well)))
      }
    }
    blocks[0] = try DoseMatrix(id: "0", sample: nil, drugs: [("a", .unstated), ("b", .unstated)], wells: wells)
    let evidence = Self.evidence(blocks, options)
    let level = try #require(ScreenEvidence(evidence, options: options).baseline).level(of: evidence[0])
    #expect(level.isUnclear && !level.isCorrected, "\(level.level) ± \(level.error)")
  }

  @Test("levels of sound screens are seldom odd")
  func seldomOdd() throws {
    let options = SynergyOptions.scoresOnly
    var (alone, unclear) = (0, 0)
    for seed in 1...10 as ClosedRange<UInt64> {
      let evidence = Self.evidence(try Self.blocks(200, level: { _ in 0 }, sd: 6, seed: seed), options)
      let baseline = try #require(ScreenEvidence(evidence, options: options).baseline)
      for block in evidence {
        let level = baseline.level(of: block)
        alone += level.standsAlone ? 1 : 0
        unclear += level.isUnclear ? 1 : 0
      }
    }
    // 0.27 % of 2,000 are 5.4; one screen in a hundred has a block of its own level.
    #expect(alone <= 1 && unclear <= 14, "\(alone) and \(unclear) of 2,000")
  }

  @Test("methods: as read, each block's untreated wells, each block's own fit")
  func methods() throws {
    var options = SynergyOptions()
    let blocks = try Self.blocks(10, level: { _ in -10 }, sd: 4)
    let evidence = Self.evidence(blocks, options)
    func level(_ method: BaselineOptions.Method) throws -> BlockBaseline {
      options.baseline.method = method
      return try #require(ScreenEvidence(evidence, options: options).baseline).level(of: evidence[0])
    }
    #expect(try level(.asRead).isCorrected == false)
    #expect(try level(.asRead).estimate != nil)
    #expect(try level(.untreated).level == blocks[0].mean[0])
    #expect(try level(.fitted).level == (try level(.asRead)).estimate?.level)
  }

  @Test("a dead untreated well is no level")
  func dead() throws {
    let options = SynergyOptions()
    let evidence = Self.evidence(try Self.blocks(20, level: { $0 == 3 ? 70 : 0 }, sd: 4), options)
    let baseline = try #require(ScreenEvidence(evidence, options: options).baseline)
    #expect(!baseline.level(of: evidence[3]).isCorrected)
    #expect(!baseline.isCorrected)
  }

  @Test("noise is carried to the new scale")
  func noise() {
    let baseline = BlockBaseline(level: -25, error: 1, estimate: nil)
    let noise = NoiseModel(source: .screen, shape: NoiseShape(logRatio: log(0.5)), sdAt0: 8, degrees: 20)
    let scaled = baseline.corrected(noise)
    #expect(abs(scaled.sdAt0 - 8 / 1.25) < 1e-12 && abs(scaled.sdAt100 - 4 / 1.25) < 1e-12)
    #expect(baseline.corrected(-25) == 0 && baseline.corrected(100) == 100)
    let high = BlockBaseline(level: 20, error: 1, estimate: nil).corrected(noise)
    #expect(abs(high.sdAt0 - 1.25 * noise.sd(at: 20)) < 1e-12 && abs(high.sdAt100 - 1.25 * 4) < 1e-12)
  }
}
