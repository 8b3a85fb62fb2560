import Screening
import Simulation
import Synergy
import Testing

@Suite("What designs find")
struct PowerStudyTests {
  private func study(effect: Double, replicates: Int, threads: Int = 2) async throws -> PowerStudy.Outcome {
    var design = ScreenDesign()
    design.blocks = 240
    design.replicates = replicates
    design.hits = 0.3
    design.effect = effect
    design.seed = 3
    var inference = InferenceOptions()
    inference.resamples = 150
    return try await PowerStudy(design: design, model: .bliss, inference: inference, threads: threads).run()
  }

  @Test("hits are found, few blocks without interaction are called, and more wells find more")
  func discoveries() async throws {
    let two = try await study(effect: 9, replicates: 2)
    #expect(two.wells == 72)
    #expect(two.falsePositiveRate < 0.12)  // 168 blocks: 0.05 and four standard deviations
    #expect(two.falseDiscoveryRate < 0.2)
    #expect(two.found > 0.5)
    #expect(two.power >= two.found)
    #expect(two.rank < 120)  // the middle of the screen
    let four = try await study(effect: 9, replicates: 4)
    #expect(four.power >= two.power)
    #expect(four.halfWidth < two.halfWidth)
  }

  @Test("antagonism is found as well; threads change nothing")
  func antagonism() async throws {
    let one = try await study(effect: -9, replicates: 2, threads: 1)
    let two = try await study(effect: -9, replicates: 2, threads: 2)
    #expect(one.effect < -4)
    #expect(one.found > 0.5)
    #expect(one.rank == two.rank && one.halfWidth == two.halfWidth)
  }
}
