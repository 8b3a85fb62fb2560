import Assay
import ReferenceData
import Screening
import Synergy
import Testing

@Suite("Blocks scored again without some wells")
struct BlockReanalysisTests {
  let directory: TemporaryDirectory
  private let path: String

  /// Blocks without replicates, whose intervals rest on the screen's noise, and one with replicates of its own.
  init() throws {
    directory = try TemporaryDirectory()
    let blocks = MadeBlock.blocks(9) + [MadeBlock("own", seed: 77, replicates: 3)]
    path = try directory.write("a.csv", MadeBlock.file(blocks))
  }

  private static var options: ScreenOptions {
    var options = ScreenOptions(threads: 2)
    options.synergy.inference.resamples = 100
    return options
  }

  private func run(leavingOut wells: WellsLeftOut = .init(), _ path: String? = nil) async throws -> RecordingSink {
    let sink = RecordingSink()
    var run = ScreenRun(options: Self.options)
    run.leftOut = wells
    _ = try await run.run(FileDiscovery(paths: [path ?? self.path]), into: sink)
    return sink
  }

  private func reanalysis(of sink: RecordingSink) async -> BlockReanalysis {
    await BlockReanalysis(
      matrices: sink.fragments.map { ($0.index, $0.analysis.matrix) }, options: Self.options, threads: 2)
  }

  private static let wells = WellsLeftOut([
    .init(blockID: "b2", doses: [1, 3], response: nil, reason: "bubble"),
    .init(blockID: "b2", doses: [0, 0.3], response: nil, reason: "edge"),
    .init(blockID: "b5", doses: [10, 0], response: nil, reason: "edge"),
    .init(blockID: "own", doses: [1, 1], response: nil, reason: "edge"),
  ])

  @Test("Every block is that of a run that leaves the same wells out, to the bit")
  func sameAsRun() async throws {
    let plain = try await run()
    let again = await reanalysis(of: plain)
    let whole = try await run(leavingOut: Self.wells)
    #expect(whole.fragments.count == 10)
    for fragment in whole.fragments {
      let analysis = try again.analysis(of: fragment.index, leavingOut: Self.wells)
      #expect(RecordingSink.bits(of: analysis) == fragment.bits, "\(fragment.id)")
      #expect(analysis.matrix.axes == fragment.analysis.matrix.axes)
      #expect(analysis.notes == fragment.analysis.notes.filter { $0.flag != BlockNote.inputWarning })
    }
    // Blocks that lose no well change with the screen's noise; the one with replicates of its own does not.
    let changed = zip(plain.fragments, whole.fragments).filter { $0.bits != $1.bits }.map(\.0.id)
    #expect(changed.contains("b1") && changed.contains("b2"))
    #expect(
      plain.fragments.allSatisfy { $0.analysis.inference?.noise.source == ($0.id == "own" ? .replicates : .screen) })
  }

  @Test("Leaving nothing out gives the run's own numbers, to the bit")
  func nothing() async throws {
    let plain = try await run()
    let again = await reanalysis(of: plain)
    for fragment in plain.fragments {
      let analysis = try again.analysis(of: fragment.index, leavingOut: .init())
      #expect(RecordingSink.bits(of: analysis) == fragment.bits)
    }
  }

  @Test("A block that can no longer be scored says why, and has no part in the screen's noise")
  func refused() async throws {
    let again = await reanalysis(of: try await run())
    let doses = [0, 0.1, 0.3, 1, 3, 10.0]
    let alone = WellsLeftOut(
      doses.dropFirst().map { .init(blockID: "b3", doses: [$0, 0], response: nil, reason: "spilt") })
    #expect(throws: SynergyError.monotherapyMissing(drug: "selinexor", others: ["olaparib"])) {
      try again.analysis(of: 2, leavingOut: alone)
    }
    let whole = try await run(leavingOut: alone)
    #expect(whole.fragments.map(\.id) == ["b1", "b2", "b4", "b5", "b6", "b7", "b8", "b9", "own"])
    let first = try again.analysis(of: 0, leavingOut: alone)
    #expect(RecordingSink.bits(of: first) == whole.fragments.first?.bits)
    let problem = try #require(whole.problems.first { $0.severity == .error })
    #expect(problem.blockID == "b3" && problem.file == path)
    #expect(problem.message.hasPrefix("5 of its 36 wells were excluded as asked, and then no well has selinexor alone"))

    let all = WellsLeftOut(
      doses.flatMap { one in doses.map { .init(blockID: "b3", doses: [one, $0], response: nil, reason: "") } })
    #expect(throws: SynergyError.noWells) { try again.analysis(of: 2, leavingOut: all) }
    #expect(throws: SynergyError.noWells) { try again.analysis(of: 10, leavingOut: .init()) }
  }

  @Test("A run without wells is the run of a file without their rows, to the bit")
  func sameAsFile() async throws {
    let blocks = MadeBlock.blocks(9).map { block in
      var block = block
      // All of dose 10 of one block, some wells of another.
      if block.id == "b4" { block.wells.removeAll { $0.doses[0] == 10 } }
      if block.id == "b7" { block.wells.removeAll { $0.doses == [0, 0] || $0.doses == [3, 1] } }
      return block
    }
    let without = try directory.write(
      "without.csv", MadeBlock.file(blocks + [MadeBlock("own", seed: 77, replicates: 3)]))
    let out = MadeBlock.blocks(9).flatMap { block in
      block.wells.filter {
        block.id == "b4" && $0.doses[0] == 10 || block.id == "b7" && ($0.doses == [0, 0] || $0.doses == [3, 1])
      }
      .map { WellsLeftOut.Well(blockID: block.id, doses: $0.doses, response: $0.response, reason: "") }
    }
    let one = try await run(leavingOut: WellsLeftOut(out))
    let other = try await run(without)
    #expect(one.fragments == other.fragments)
    #expect(one.fragments.map(\.analysis.matrix.axes) == other.fragments.map(\.analysis.matrix.axes))
    #expect(one.fragments[3].analysis.matrix.shape == [5, 6])
    #expect(one.problems.count { $0.severity == .info && $0.message.hasPrefix("excluded: ") } == 8)
  }

  @Test("Rows that no well answers to are doubted, by block and by doses")
  func unmatched() async throws {
    let sink = try await run(
      leavingOut: WellsLeftOut([
        .init(blockID: "zz", doses: [1, 1], response: nil, reason: "", line: 2),
        .init(blockID: "b1", doses: [2, 1], response: nil, reason: "", line: 3),
        .init(blockID: "b1", doses: [1, 1], response: 1234, reason: "", line: 4),
        .init(blockID: "b1", doses: [1, 1, 1], response: nil, reason: "", line: 5),
      ]))
    let doubted = sink.problems.filter { $0.severity == .warning && $0.blockID != "own" }
    #expect(doubted.compactMap(\.line).sorted() == [2, 3, 4, 5])
    #expect(doubted.contains { $0.blockID == "zz" && $0.message.contains("no block that was read is called zz") })
    #expect(doubted.contains { $0.line == 3 && $0.message.contains("no well at selinexor 2 µM, olaparib 1 µM") })
    #expect(doubted.contains { $0.line == 4 && $0.message.contains("response 1234 %") })
    #expect(doubted.contains { $0.line == 5 && $0.message.contains("3 doses are stated but the block has 2 drugs") })
  }
}
