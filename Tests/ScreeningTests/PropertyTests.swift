import Assay
import DoseResponse
import DoseTables
import Foundation
import ReferenceData
import Screening
import Synergy
import Testing

/// What must not change when a screen is written down differently.
@Suite("Properties of an analysis")
struct PropertyTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }
  let blocks = MadeBlock.blocks(8, seed: 40)

  /// Two ways to the same sum differ by rounding: 1e-9 percentage points is a million times that.
  private let rounding = 1e-9
  /// Two fits of the same points end where the search's tolerance ends, in percentage points and in parts of a
  /// parameter.
  private let fitted = 1e-6

  private func analyses(
    _ blocks: [MadeBlock], response: ReadingOptions.Response = .auto, keepsNames: Bool = false,
    baseline: BaselineOptions.Method = .auto
  ) async throws -> [BlockAnalysis] {
    let path = try directory.write("\(UUID().uuidString).csv", MadeBlock.file(blocks))
    var options = ScreenOptions(synergy: .scoresOnly, threads: 2)
    options.reading.response = response
    options.synergy.baseline.method = baseline
    options.compounds.keepsNames = keepsNames
    let sink = RecordingSink()
    _ = try await ScreenRun(options: options).run(FileDiscovery(paths: [path]), into: sink)
    try #require(sink.fragments.count == blocks.count)
    return sink.fragments.map(\.analysis)
  }

  private func changed(_ change: (inout MadeBlock) -> Void) -> [MadeBlock] {
    blocks.map { block in
      var block = block
      change(&block)
      return block
    }
  }

  private func isClose(_ one: Double?, _ other: Double?, within tolerance: Double) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return one.isNaN ? other.isNaN : abs(one - other) <= tolerance
  }

  private func areClose(_ one: [Double], _ other: [Double], within tolerance: Double) -> Bool {
    one.count == other.count && zip(one, other).allSatisfy { isClose($0, $1, within: tolerance) }
  }

  private func bits(_ numbers: [Double?]) -> [UInt64?] { numbers.map { $0.map { $0.isNaN ? .max : $0.bitPattern } } }

  /// The curves' search works on ln d, whose sums round differently at another scale: bits hold where no curve is
  /// asked.
  @Test(
    "Doses in units 2^k times as small give the same scores, HSA and Bliss to the bit", arguments: [-20, -3, 1, 10])
  func powerOfTwo(exponent: Int) async throws {
    let factor = exp2(Double(exponent))
    let plain = try await analyses(blocks)
    let scaled = try await analyses(
      changed { block in
        for well in block.wells.indices { block.wells[well].doses = block.wells[well].doses.map { $0 * factor } }
      })
    for (one, other) in zip(plain, scaled) {
      for (score, same) in zip(one.models, other.models) {
        if [.hsa, .bliss].contains(score.model) {
          #expect(bits(score.synergy) == bits(same.synergy))
          #expect(bits([score.mean]) == bits([same.mean]))
        } else {
          #expect(areClose(score.synergy, same.synergy, within: fitted), "\(score.model) of \(one.matrix.id)")
        }
        #expect(score.peak?.doses == same.peak?.doses.map { $0.lowerBound / factor...$0.upperBound / factor })
      }
      for (drug, same) in zip(one.monotherapies, other.monotherapies) {
        #expect(isClose(same.fit.curve.ec50 / drug.fit.curve.ec50, factor, within: factor * fitted))
        #expect(isClose(drug.fit.rss, same.fit.rss, within: fitted))
      }
    }
  }

  @Test("Doses in nM instead of µM give the same scores, and EC50 in nM")
  func thousandfold() async throws {
    let plain = try await analyses(blocks)
    let scaled = try await analyses(
      changed { block in
        for well in block.wells.indices { block.wells[well].doses = block.wells[well].doses.map { $0 * 1000 } }
      })
    for (one, other) in zip(plain, scaled) {
      for (score, same) in zip(one.models, other.models) {
        #expect(areClose(score.synergy, same.synergy, within: fitted), "\(score.model) of \(one.matrix.id)")
      }
      for (drug, same) in zip(one.monotherapies, other.monotherapies) {
        #expect(isClose(same.fit.curve.ec50 / drug.fit.curve.ec50, 1000, within: 1000 * fitted))
        #expect(isClose(drug.fit.rss, same.fit.rss, within: fitted))
      }
    }
  }

  private func expectSameBits(_ analyses: [BlockAnalysis], _ others: [BlockAnalysis]) {
    #expect(analyses.count == others.count)
    for (one, other) in zip(analyses, others) {
      #expect(
        RecordingSink.encode(one, index: 0, options: .init(threads: 1)).bits
          == RecordingSink.encode(other, index: 0, options: .init(threads: 1)).bits)
    }
  }

  @Test("The order of a block's rows changes no bit")
  func rowOrder() async throws {
    let replicated = (1...4).map { MadeBlock("r\($0)", seed: UInt64($0), replicates: 3) }
    let plain = try await analyses(replicated)
    let shuffled = try await analyses(
      replicated.map { block in
        var block = block
        let stride = 35  // without a common factor with the 108 wells
        block.wells = block.wells.indices.map { block.wells[($0 * stride + 17) % block.wells.count] }
        return block
      })
    expectSameBits(plain, shuffled)
  }

  @Test("Rows of several blocks may be mixed")
  func interleaved() async throws {
    let path = try directory.write(
      "mixed.csv",
      MadeBlock.header
        + (0..<36).flatMap { well in blocks.map { $0.rows[well] } }.joined())
    let sink = RecordingSink()
    _ = try await ScreenRun(options: ScreenOptions(synergy: .scoresOnly, threads: 2)).run(
      FileDiscovery(paths: [path]), into: sink)
    let plain = try await analyses(blocks)
    #expect(
      sink.fragments.map(\.bits) == plain.map { RecordingSink.encode($0, index: 0, options: .init(threads: 1)).bits })
  }

  @Test("Swapping the drugs swaps the axes and keeps the means")
  func swap() async throws {
    let plain = try await analyses(blocks)
    let swapped = try await analyses(
      changed { block in
        block.drugs.swapAt(0, 1)
        for well in block.wells.indices { block.wells[well].doses.swapAt(0, 1) }
      }, keepsNames: true)  // else selinexor would be made drug 1 again
    for (one, other) in zip(plain, swapped) {
      #expect(one.matrix.axes.map(\.drug) == other.matrix.axes.map(\.drug).reversed())
      #expect(one.matrix.axes.map(\.doses) == other.matrix.axes.map(\.doses).reversed())
      for (score, same) in zip(one.models, other.models) {
        #expect(isClose(score.mean, same.mean, within: rounding), "\(score.model) of \(one.matrix.id)")
        #expect(isClose(score.peak?.mean, same.peak?.mean, within: rounding))
        #expect(score.peak?.doses == same.peak?.doses.reversed())
        let size = one.matrix.shape[0]
        let transposed = same.synergy.indices.map { same.synergy[$0 % size * size + $0 / size] }
        #expect(areClose(score.synergy, transposed, within: rounding), "\(score.model) cells of \(one.matrix.id)")
      }
      #expect(isClose(one.css, other.css, within: rounding))
      #expect(bits(one.monotherapies.map(\.relativeIC50)) == bits(other.monotherapies.map(\.relativeIC50).reversed()))
    }
  }

  @Test("Viability 100 − y gives what inhibition y gives, to the bit")
  func viability() async throws {
    let inhibition = try await analyses(blocks, response: .inhibition)
    let viability = try await analyses(
      changed { block in
        for well in block.wells.indices { block.wells[well].response = 100 - block.wells[well].response }
      }, response: .viability)
    expectSameBits(inhibition, viability)
  }

  @Test("Turning y into 100 − y mirrors the Hill curves and Loewe's reference")
  func mirror() async throws {
    // As read: what is untreated cannot be turned round.
    let plain = try await analyses(blocks, response: .inhibition, baseline: .asRead)
    let mirrored = try await analyses(
      changed { block in
        for well in block.wells.indices { block.wells[well].response = 100 - block.wells[well].response }
      }, response: .inhibition, baseline: .asRead)
    for (one, other) in zip(plain, mirrored) {
      for (drug, same) in zip(one.monotherapies, other.monotherapies) {
        let (curve, image) = (drug.fit.curve, same.fit.curve)
        #expect(isClose(image.e0, 100 - curve.e0, within: fitted))
        #expect(isClose(image.emax, 100 - curve.emax, within: fitted))
        #expect(isClose(image.hill, curve.hill, within: fitted))
        #expect(isClose(image.ec50 / curve.ec50, 1, within: fitted))
        #expect(isClose(same.fit.rss, drug.fit.rss, within: fitted))
        #expect(same.fit.status == drug.fit.status)
      }
      let (loewe, image) = (try #require(one.score(of: .loewe)), try #require(other.score(of: .loewe)))
      #expect(areClose(image.reference, loewe.reference.map { 100 - $0 }, within: fitted))
      #expect(isClose(image.mean, loewe.mean.map { -$0 }, within: fitted))
      #expect(image.unscoredCells == loewe.unscoredCells)
    }
  }

  @Test("Bliss is the same for inhibition as for the product of survivals")
  func blissAsSurvival() async throws {
    for analysis in try await analyses(blocks) {
      let matrix = analysis.matrix
      let bliss = try #require(analysis.score(of: .bliss))
      for cell in matrix.combinationCells {
        let alone = (0..<2).map { matrix.mean[matrix.position(of: cell, on: $0) * matrix.strides[$0]] }
        let survival = (1 - alone[0] / 100) * (1 - alone[1] / 100)
        #expect(isClose(bliss.reference[cell], 100 * (1 - survival), within: rounding))
      }
    }
  }
}
