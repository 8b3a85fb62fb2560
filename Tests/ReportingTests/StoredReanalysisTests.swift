import Assay
import Foundation
import ReferenceData
import Screening
import Simulation
import Synergy
import Testing

@testable import Reporting

@Suite("Stored blocks scored again without some wells")
struct StoredReanalysisTests {
  /// A screen of blocks that are steadied by each other's noise.
  private func write(_ blocks: Int, _ directory: TemporaryDirectory) throws -> String {
    var text = "block_id,drug1,drug2,conc1,conc2,inhibition,conc_unit\n"
    var random = SplitMix64(seed: 11)
    for block in 1...blocks {
      for one in [0.0, 0.1, 0.3, 1, 3] {
        for other in [0.0, 0.2, 1, 5, 25] {
          let effects = (90 * one / (one + 0.4), 70 * other / (other + 2))
          let noise = Double(random.next() >> 40) / Double(1 << 24) * 6 - 3
          text += "\(block),selinexor,olaparib,\(one),\(other),\(max(effects.0, effects.1) + noise),uM\n"
        }
      }
    }
    return try directory.write("screen.csv", text)
  }

  /// Everything that an analysis says in numbers, to the bit.
  private static func numbers(_ analysis: BlockAnalysis) -> [String] {
    [
      "\(analysis.matrix)", "\(analysis.models)", "\(analysis.inference as Any)", "\(analysis.monotherapies)",
      "\(analysis.lines)", "\(analysis.css as Any)",
    ]
  }

  @Test(
    "Results that were opened give the analyses of a run that leaves the wells out, byte for byte",
    arguments: [(AnchorOptions.Method.own, 8), (.shared, 30)])
  func sameAsRun(anchor: AnchorOptions.Method, blocks: Int) async throws {
    let directory = try TemporaryDirectory()
    let discovery = FileDiscovery(paths: [try write(blocks, directory)])
    var options = ScreenOptions(threads: 2)
    options.synergy.inference.resamples = 100
    options.synergy.anchor.method = anchor
    let wells = WellsLeftOut([
      .init(blockID: "3", doses: [0.3, 5], response: nil, reason: "bubble"),
      .init(blockID: "5", doses: [1, 0], response: nil, reason: "bubble"),
    ])
    var documents = DocumentOptions()
    documents.formats = [.markdown]
    for (name, leftOut) in [("all", WellsLeftOut()), ("some", wells)] {
      let writer = try ReportWriter(
        directory: directory.path + "/" + name, title: "x", options: options, version: "1",
        documents: documents)
      var run = ScreenRun(options: options)
      run.leftOut = leftOut
      _ = try await run.run(discovery, into: writer)
    }
    let before = try await ResultsFile.open(directory.path + "/all", threads: 2)
    let after = try await ResultsFile.open(directory.path + "/some", threads: 2)
    let ranked = (before: try await before.store.ranked(), after: try await after.store.ranked())
    let shared = ranked.before.count { $0.anchor?.isShared == true }
    #expect(anchor == .shared ? shared > 25 : shared == 0)
    let indices = before.places.map(\.block).sorted()
    let matrices = try indices.map { ($0, try before.store.analysis(of: $0).asRead) }
    let again = await BlockReanalysis(matrices: matrices, options: before.head.options, threads: 2)
    for index in indices {
      let one = ReportFragment(try again.analysis(of: index, leavingOut: wells))
      let other = ReportFragment(try after.store.analysis(of: index))
      #expect(Self.numbers(one.analysis) == Self.numbers(other.analysis), "block \(index)")
      #expect(one.cells == other.cells)
      let old = ReportFragment(try before.store.analysis(of: index))
      #expect(Self.numbers(one.analysis) != Self.numbers(old.analysis))
    }
    // What was excluded is in the store and in the table, and the block is the same block.
    for (id, reason) in [("3", "bubble"), ("5", "bubble")] {
      let summaries = [ranked.before, ranked.after].compactMap { $0.first { $0.id == id } }
      #expect(summaries.count == 2 && summaries[0].key == summaries[1].key)
      let blocks = try [before, after].enumerated().map { try $1.store.analysis(of: summaries[$0].index) }
      #expect(blocks[1].asRead.excluded.map(\.reason) == [reason])
      #expect("\(blocks[1].asRead.withExcluded)" == "\(blocks[0].asRead)")
    }
    let table = CSVText.fields(try String(contentsOfFile: directory.path + "/some/wells.csv", encoding: .utf8))
    let place = try #require(table.first?.firstIndex(of: "excluded"))
    let rows = table.filter { $0[place] == "excluded by hand: bubble" }
    #expect(rows.map { [$0[0], $0[6], $0[9]] } == [["3", "0.3", "5"], ["5", "1", "0"]])
    #expect(table.count == blocks * 25 + 1)
    var exported: [UInt8] = []
    try after.write(.wells, of: try await after.report(), as: .csv) { exported += $0 }
    #expect(try Data(exported) == Data(contentsOf: URL(fileURLWithPath: directory.path + "/some/wells.csv")))
  }
}
