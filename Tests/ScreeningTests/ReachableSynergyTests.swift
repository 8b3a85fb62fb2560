import Assay
import Compounds
import Foundation
import ReferenceData
import Screening
import Synergy
import Testing

@Suite("Synergy at the doses that patients reach")
struct ReachableSynergyTests {
  /// Two drugs at 0, 1, 10 in µM and nM; the responses make HSA's synergy plain: 10 a + b beyond the better drug alone,
  /// where a and b are the positions of the doses.
  static func analysis() throws -> BlockAnalysis {
    var wells: [DoseMatrix.Well] = []
    for (a, first) in [0, 1, 10.0].enumerated() {
      for (b, second) in [0, 1000, 10_000.0].enumerated() {
        let alone = Double(max(5 * a, 4 * b))
        wells.append(
          .init(doses: [first, second], response: a > 0 && b > 0 ? alone + Double(10 * a + b) : alone))
      }
    }
    let matrix = try DoseMatrix(
      id: "1", sample: nil, drugs: [("selinexor", ConcentrationUnit("uM")), ("LAB-1", ConcentrationUnit("nM"))],
      wells: wells)
    var options = SynergyOptions.scoresOnly
    options.models = [.hsa, .bliss]
    return try BlockAnalyzer(options: options).analyze(matrix)
  }

  static func registry(_ limits: [(name: String, cmax: String)]) throws -> CompoundRegistry {
    let entries = limits.map { "  - {name: \($0.name), cmax: {\($0.cmax), citation: test}}\n" }
    let text = "isobole_compounds: 1\ncompounds:\n" + entries.joined()
    return try CompoundRegistry.builtIn(and: [RegistryFile(Array(text.utf8), name: "lab.yaml")])
  }

  @Test("The mean is over the combination cells whose doses are all within Cmax, in whatever molar unit it is stated")
  func byHand() throws {
    let analysis = try Self.analysis()
    // HSA's synergy at positions (a, b) is 10 a + b: 11, 12, 21, 22.
    #expect(abs((analysis.models[0].mean ?? .nan) - 16.5) < 1e-12)
    let cases: [([(String, String)], Int, Double?)] = [
      ([("selinexor", "value: 5, unit: uM")], 2, 11.5),  // 11, 12
      ([("selinexor", "value: 5000, unit: nM"), ("LAB-1", "value: 0.005, unit: mM")], 1, 11),
      ([("LAB-1", "value: 1, unit: µM")], 2, 16),  // 11, 21: Cmax itself is reached
      ([("KPT330", "value: 10, unit: uM"), ("lab1", "value: 10, unit: uM")], 4, 16.5),
      ([("selinexor", "value: 0.5, unit: uM")], 0, nil),
    ]
    for (limits, cells, mean) in cases {
      let reachable = try #require(ReachableSynergy(of: analysis, registry: Self.registry(limits)))
      #expect(reachable.cells == cells)
      #expect(reachable.limits.count == limits.count)
      let score = try #require(reachable.score(of: .hsa))
      #expect(score.cells == cells)
      #expect((score.mean == nil) == (mean == nil))
      if let mean { #expect(abs((score.mean ?? .nan) - mean) < 1e-12) }
      #expect(reachable.score(of: .loewe) == nil)
    }
  }

  @Test("Without a Cmax, or with one in a unit that cannot be converted, there is no score")
  func none() throws {
    let analysis = try Self.analysis()
    #expect(ReachableSynergy(of: analysis, registry: .builtIn) == nil)
    #expect(
      try ReachableSynergy(of: analysis, registry: Self.registry([("selinexor", "value: 442, unit: ng/mL")])) == nil)
    let mixed = try Self.registry([("selinexor", "value: 442, unit: ng/mL"), ("LAB-1", "value: 1, unit: uM")])
    #expect(ReachableSynergy(of: analysis, registry: mixed) == nil)
  }

  @Test("A unit that cannot be converted is said once for a drug; the score is in the summary where it can")
  func said() async throws {
    let directory = try TemporaryDirectory()
    let blocks = MadeBlock.blocks(3)
    let path = try directory.write("a.csv", MadeBlock.file(blocks))
    func run(_ cmax: String) async throws -> RecordingSink {
      let sink = RecordingSink()
      let options = ScreenOptions(
        synergy: .scoresOnly, compounds: CompoundOptions(registry: try Self.registry([("olaparib", cmax)])), threads: 2)
      _ = try await ScreenRun(options: options).run(FileDiscovery(paths: [path]), into: sink)
      return sink
    }
    let mass = try await run("value: 1, unit: ug/mL")
    #expect(
      mass.problems.count { $0.message.contains("Cmax of olaparib is stated in ug/mL and its doses are in µM") } == 1)
    #expect(mass.ranked?.allSatisfy { $0.reachable == nil } == true)
    let molar = try await run("value: 1, unit: uM")
    #expect(molar.ranked?.map { $0.reachable?.cells } == [15, 15, 15])  // doses 0.1, 0.3, 1 of five
    #expect(!molar.problems.contains { $0.message.contains("Cmax") })
    for (one, other) in zip(mass.fragments, molar.fragments) { #expect(one == other) }
  }
}
