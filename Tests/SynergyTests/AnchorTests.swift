import Assay
import Foundation
import Simulation
import Testing

@testable import Synergy

/// A drug that many blocks of a sample measured alone is read from all of them.
@Suite("A drug that blocks share")
struct AnchorTests {
  /// Screens of blocks that share their first drug, additive in the sense of Bliss; its ln EC50 and the untreated level
  /// differ from block to block by these standard deviations.
  private static func screen(
    _ count: Int, spread: Double = 0.2, levels: Double = 0, sd: Double = 8, wells: Int = 1, seed: UInt64 = 3
  ) throws -> [DoseMatrix] {
    var design = ScreenDesign()
    design.blocks = count
    design.replicates = wells
    design.noise = .constant(sd)
    design.null = .blissNull
    design.hits = 0
    design.seed = seed
    var random = SplitMix64(seed: seed &+ 99)
    return try design.screen().enumerated().map { index, block in
      var block = block
      block.one.ec50 *= exp(spread * random.normal())
      let level = levels * random.normal()
      return try DoseMatrix(
        id: "\(index)", sample: "S", drugs: [("anchor", .unstated), ("partner \(index)", .unstated)],
        wells: block.wells(&random).map {
          DoseMatrix.Well(doses: [$0.first, $0.second], response: level + (100 - level) * $0.inhibition / 100)
        })
    }
  }

  private static func options(_ change: (inout SynergyOptions) -> Void = { _ in }) -> SynergyOptions {
    var options = SynergyOptions()
    options.models = [.bliss]
    options.sensitivity = false
    options.inference.resamples = 200
    options.baseline.method = .asRead
    options.anchor.method = .shared
    change(&options)
    return options
  }

  private static func evidence(_ blocks: [DoseMatrix], _ options: SynergyOptions) -> [BlockEvidence] {
    var estimator = NoiseEstimator(options: options.inference)
    return blocks.map { estimator.evidence(of: $0) }
  }

  private static func analyses(_ blocks: [DoseMatrix], _ options: SynergyOptions) throws -> [BlockAnalysis] {
    let screen = ScreenEvidence(evidence(blocks, options), options: options)
    let analyzer = BlockAnalyzer(options: options)
    return try blocks.map { try analyzer.analyze($0, screen: screen) }
  }

  @Test("mean and covariance of the true readings are found beneath the noise")
  func estimates() throws {
    let truth = [0.0, 10, 40, 70]
    var random = SplitMix64(seed: 5)
    // A level that all doses share, and a shift that the middle doses share.
    let readings = (0..<1000).map { _ -> AnchorGroup.Reading in
      let (level, shift) = (6 * random.normal(), 5 * random.normal())
      return AnchorGroup.Reading(
        means: truth.indices.map { truth[$0] + level + [0, 0.5, 1, 0.5][$0] * shift + 8 * random.normal() },
        counts: [1, 1, 1, 1], variance: 64)
    }
    let group = try #require(AnchorGroup(readings, shape: .constant, options: .init()))
    for i in truth.indices {
      #expect(abs(group.mean[i] - truth[i]) < 3 * 11 / 1000.0.squareRoot())
      for j in truth.indices {
        let expected = 36 + [0, 0.5, 1, 0.5][i] * [0, 0.5, 1, 0.5][j] * 25
        // Three standard errors of a covariance of readings with a variance of up to 125.
        #expect(abs(group.covariance[i, j] - expected) < 3 * 125 * (2 / 1000.0).squareRoot(), "\(i) \(j)")
      }
    }
  }

  @Test("the stated errors of the readings are their errors, and are smaller than those of the wells")
  func errors() throws {
    var random = SplitMix64(seed: 8)
    var truths: [[Double]] = []
    let readings = (0..<400).map { _ -> AnchorGroup.Reading in
      let (level, shift) = (4 * random.normal(), 3 * random.normal())
      let truth = [level, 10 + level + shift, 50 + level + 2 * shift, 80 + level]
      truths.append(truth)
      return AnchorGroup.Reading(means: truth.map { $0 + 7 * random.normal() }, counts: [1, 1, 1, 1], variance: 49)
    }
    let group = try #require(AnchorGroup(readings, shape: .constant, options: .init()))
    var squares = 0.0
    var stated = 0.0
    var number = 0.0
    for (reading, truth) in zip(readings, truths) {
      guard let (means, covariance) = group.posterior(reading) else { continue }
      // A combination of doses, as a score is.
      let weights = [0.5, -0.2, 0.4, 0.3]
      let error = zip(weights, zip(means, truth)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
      squares += error * error
      for i in weights.indices {
        for j in weights.indices { stated += weights[i] * weights[j] * covariance[i, j] }
      }
      number += 1
    }
    #expect(number >= 395)
    // The variance of a sample of 400 has a standard error of 7 %.
    #expect(abs(squares / stated - 1) < 0.21, "\(squares / stated)")
    #expect(stated / number < 0.7 * 49 * (0.25 + 0.04 + 0.16 + 0.09))
  }

  @Test("scores become surer, false positives stay what they are", arguments: [0.0, 0.3])
  func calibration(spread: Double) throws {
    let screens = try (1...8).map { try Self.screen(60, spread: spread, seed: UInt64($0)) }
    func run(_ method: AnchorOptions.Method) throws -> (positive: Int, error: Double) {
      let all = try screens.flatMap { try Self.analyses($0, Self.options { $0.anchor.method = method }) }
      let found = all.compactMap { $0.inference(of: .bliss) }
      #expect(found.count == 480)
      return (found.count { $0.p < 0.05 }, found.reduce(0) { $0 + $1.standardError } / 480)
    }
    let (own, shared) = (try run(.own), try run(.shared))
    #expect(shared.error < 0.85 * own.error, "\(shared.error) \(own.error)")
    // 24 are expected of 480; the blocks of a screen share an anchor, and so a part of their errors.
    for found in [own, shared] { #expect((10...43).contains(found.positive), "\(own) \(shared)") }
  }

  @Test("levels that differ from block to block are found with it")
  func levels() throws {
    let blocks = try Self.screen(100, levels: 8)
    var truths: [Double] = []
    var random = SplitMix64(seed: 3 &+ 99)
    var design = ScreenDesign()
    (design.blocks, design.noise, design.null, design.hits, design.seed) = (100, .constant(8), .blissNull, 0, 3)
    // The same draws as in `screen`.
    for var block in design.screen() {
      block.one.ec50 *= exp(0.2 * random.normal())
      truths.append(8 * random.normal())
      _ = block.wells(&random)
    }
    func error(_ method: AnchorOptions.Method) throws -> (real: Double, stated: Double) {
      let all = try Self.analyses(
        blocks,
        Self.options {
          $0.baseline.method = .auto
          $0.anchor.method = method
        })
      let squares = zip(all, truths).map { pow($0.baseline.level - $1, 2) }
      return (squares.reduce(0, +) / 100, all.reduce(0) { $0 + pow($1.baseline.error, 2) } / 100)
    }
    let (own, shared) = (try error(.own), try error(.shared))
    #expect(shared.real < own.real, "\(shared) \(own)")
    #expect((0.6...1.5).contains(shared.real / shared.stated), "\(shared)")
  }

  @Test("a block whose readings are none of the others' stands on its own wells and says so")
  func unlike() throws {
    var blocks = try Self.screen(40)
    let odd = blocks[7]
    // The anchor was not dispensed.
    let wells = (0..<odd.cellCount).map { cell in
      let alone = odd.dose(of: 1, in: cell) == 0
      return DoseMatrix.Well(doses: odd.doses(of: cell), response: alone ? 0.5 * Double(cell % 3) : odd.mean[cell])
    }
    blocks[7] = try DoseMatrix(
      id: "7", sample: "S", drugs: [("anchor", .unstated), ("partner 7", .unstated)], wells: wells)
    let all = try Self.analyses(blocks, Self.options())
    #expect(all[7].notes.map(\.flag).contains(BlockNote.anchor))
    #expect(all[7].anchor?.isShared == false)
    #expect(all[7].score(of: .bliss)?.reference[6] == blocks[7].mean[6])
    #expect(all.count { $0.anchor?.isShared == true } >= 38)
    let alone = try BlockAnalyzer(options: Self.options { $0.anchor.method = .own }).analyze(blocks[7], screen: .none)
    #expect(all[7].score(of: .bliss)?.mean == alone.score(of: .bliss)?.mean)
  }

  @Test("wells that are written again into every block of a plate count once", arguments: [0.0, 0.001])
  func sameWells(normalisedBy error: Double) throws {
    var blocks = try Self.screen(48)
    for place in blocks.indices {
      let source = blocks[place / 12 * 12]
      let wells = (0..<source.cellCount).map { cell in
        DoseMatrix.Well(
          doses: blocks[place].doses(of: cell),
          response: blocks[place].dose(of: 1, in: cell) == 0
            ? (1 + error * Double(place)) * source.mean[cell] : blocks[place].mean[cell])
      }
      blocks[place] = try DoseMatrix(
        id: "\(place)", sample: "S", drugs: [("anchor", .unstated), ("partner \(place)", .unstated)], wells: wells)
    }
    #expect(try Self.analyses(blocks, Self.options()).allSatisfy { $0.anchor == nil })
  }

  @Test("nothing is shared between samples, by few blocks, or when it is not asked for")
  func alone() throws {
    let blocks = try Self.screen(40)
    let apart = blocks.enumerated().map { $1.of(sample: "S\($0 % 2)") }
    let own = Self.options { $0.anchor.method = .own }
    let without = try Self.analyses(blocks, own)
    #expect(without.allSatisfy { $0.anchor == nil })
    #expect(try Self.analyses(blocks, Self.options()).allSatisfy { $0.anchor?.blocks == 40 })
    #expect(try Self.analyses(apart, Self.options()).allSatisfy { $0.anchor == nil })
    for method in [BaselineOptions.Method.untreated, .fitted] {
      #expect(try Self.analyses(blocks, Self.options { $0.baseline.method = method }).allSatisfy { $0.anchor == nil })
    }
  }

  @Test("the order of the blocks changes no bit")
  func order() throws {
    let blocks = try Self.screen(40, levels: 6)
    let options = Self.options { $0.baseline.method = .auto }
    func numbers(_ blocks: [DoseMatrix]) throws -> [String: [UInt64]] {
      let all = try Self.analyses(blocks, options)
      return Dictionary(
        uniqueKeysWithValues: all.map { analysis in
          let inference = analysis.inference(of: .bliss)
          return (
            analysis.asRead.id,
            [analysis.score(of: .bliss)?.mean, inference?.p, inference?.interval.low, analysis.baseline.level]
              .compactMap { $0?.bitPattern }
          )
        })
    }
    #expect(try numbers(blocks) == numbers(blocks.reversed()))
  }
}
