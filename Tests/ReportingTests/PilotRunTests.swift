import Foundation
import ReferenceData
import Reporting
import ScreenPower
import Simulation
import Statistics
import Synergy
import Testing

@Suite("The next screen like a finished one")
struct PilotRunTests {
  private static func screen(blocks: Int = 40, noise: WellNoise, replicates: Int) -> [SimulatedBlock] {
    var design = ScreenDesign()
    design.blocks = blocks
    design.noise = noise
    design.replicates = replicates
    design.seed = 11
    return design.screen()
  }

  private static func pilot(_ text: String, in directory: TemporaryDirectory) async throws -> PilotRun {
    var options = StoredScreen.options()
    options.synergy.bigl.nulls = []
    let results = try await StoredScreen.analyze(text, annotations: nil, in: directory, options: options)
    let file = try await ResultsFile.open(results, threads: 2)
    var estimator = NoiseEstimator(options: options.synergy.inference)
    let blocks = try file.places.map(\.block).sorted().map {
      PilotBlock(try file.store.analysis(of: $0), estimator: &estimator)
    }
    return try PilotRun(blocks, options: options.synergy.inference)
  }

  @Test(
    "curves, doses and noise of a run are those that were simulated",
    arguments: [(WellNoise.constant(4), 1), (.constant(6), 2), (WellNoise(sdAt0: 8, sdAt100: 2), 2)])
  func recovery(noise: WellNoise, replicates: Int) async throws {
    let screen = Self.screen(noise: noise, replicates: replicates)
    let text = ScreenText.table(screen, title: "pilot", seed: 5)
    let pilot = try await Self.pilot(text, in: try TemporaryDirectory())
    #expect(pilot.anchor == "selinexor")
    #expect(pilot.blocks == 40 && pilot.doses == (6, 6))
    #expect(
      pilot.pool.anchors.count + pilot.pool.partners.count + pilot.excluded.values.reduce(0, +) == 80)
    #expect(pilot.pool.anchors.count >= 30 && pilot.pool.partners.count >= 20)
    #expect(pilot.partnerDrugs == pilot.pool.partners.count)

    let own = try #require(pilot.noise)
    #expect(abs(own.sdAt0 / noise.sdAt0 - 1) < 0.15, "\(own)")
    #expect(abs(own.sdAt100 / noise.sdAt100 - 1) < 0.3, "\(own)")

    let anchor = screen[0].one
    func median(_ value: (SimulatedDrug) -> Double) -> Double {
      pilot.pool.anchors.map(value).sorted()[pilot.pool.anchors.count / 2]
    }
    #expect(abs(median(\.emax) - anchor.emax) < 4)
    #expect(abs(median(\.ec50) / anchor.ec50 - 1) < 0.2)
    #expect(abs(median(\.hill) / anchor.hill - 1) < 0.2)
    #expect(pilot.pool.anchors.allSatisfy { $0.doses == anchor.doses && $0.unit == "uM" })
    // The curve of each partner is near the planted one at the tested doses.
    for drug in pilot.pool.partners {
      let truth = try #require(screen.first { $0.two.name == drug.name }).two
      #expect(drug.doses == truth.doses)
      let off = truth.doses.map { drug.inhibition(at: $0) - truth.inhibition(at: $0) }
      #expect(off.allSatisfy { abs($0) < 3 * noise.sdAt0 + 3 }, "\(drug) \(truth)")
    }
  }

  @Test("screens are simulated from its curves, at its doses or at another number of them")
  func simulation() async throws {
    let pilot = try await Self.pilot(
      ScreenText.table(Self.screen(noise: .constant(4), replicates: 2), title: "pilot", seed: 5),
      in: try TemporaryDirectory())
    var design = ScreenDesign()
    design.pool = pilot.pool
    design.blocks = 30
    design.doses = (6, 4)
    for block in design.screen() {
      #expect(pilot.pool.anchors.contains(block.one))
      #expect(block.two.doses.count == 4)
      let measured = try #require(pilot.pool.partners.first { $0.ec50 == block.two.ec50 })
      #expect(measured.emax == block.two.emax && measured.hill == block.two.hill)
      #expect(block.two.doses.first == 0 && block.two.doses[1] == measured.doses[1])
      #expect(block.two.doses.last == measured.doses.last)
    }
    // Each screen has one anchor curve, and not always the same one.
    let anchors = (1...10).map { seed in
      design.seed = UInt64(seed)
      return Set(design.screen().map(\.one.ec50))
    }
    #expect(anchors.allSatisfy { $0.count == 1 } && Set(anchors).count > 3)
  }

  @Test("a drug in half of the blocks is no anchor: both kinds are drawn from all curves")
  func noAnchor() async throws {
    var blocks = Self.screen(blocks: 12, noise: .constant(3), replicates: 2)
    for place in 0..<6 { blocks[place].one.name = "other" }
    let pilot = try await Self.pilot(
      ScreenText.table(blocks, title: "pilot", seed: 5), in: try TemporaryDirectory())
    #expect(pilot.anchor == nil)
    #expect(pilot.pool.anchors == pilot.pool.partners)
    #expect(pilot.pool.anchors.count + pilot.excluded.values.reduce(0, +) == 24)
  }

  @Test("drugs without effect, or with doses that miss their EC50, are excluded and counted")
  func exclusions() async throws {
    var blocks = Self.screen(blocks: 12, noise: .constant(3), replicates: 2)
    for place in 0..<3 { blocks[place].two.emax = 0 }
    for place in 3..<6 { blocks[place].two.ec50 = 1e4 }
    let pilot = try await Self.pilot(
      ScreenText.table(blocks, title: "pilot", seed: 5), in: try TemporaryDirectory())
    #expect(!pilot.pool.partners.contains { (1...6).map { "partner-\($0)" }.contains($0.name) })
    #expect(pilot.exclusions.contains("curves were excluded"))
    #expect(pilot.excluded.values.reduce(0, +) >= 6)
  }

  @Test("too few curves are refused with their number")
  func fewCurves() async throws {
    let text = ScreenText.table(Self.screen(blocks: 2, noise: .constant(3), replicates: 2), title: "pilot", seed: 5)
    let directory = try TemporaryDirectory()
    let problem = await #expect(throws: PilotRun.Problem.self) { try await Self.pilot(text, in: directory) }
    #expect(problem?.description.contains("it has too few usable curves: ") == true, "\(String(describing: problem))")
  }
}
