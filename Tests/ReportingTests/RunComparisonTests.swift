import ReferenceData
import Screening
import Synergy
import Testing

@testable import Reporting

@Suite("Two runs compared")
struct RunComparisonTests {
  private func compare(
    _ new: TemporaryDirectory, _ old: TemporaryDirectory
  ) async throws -> RunComparison {
    try await RunComparison.compare(
      try await ResultsFile.open(new.path + "/results", threads: 2),
      with: try await ResultsFile.open(old.path + "/results", threads: 2), threads: 2)
  }

  @Test("a run has not changed against itself")
  func same() async throws {
    let directory = try TemporaryDirectory()
    try await StoredScreen.analyze(in: directory)
    let comparison = try await compare(directory, directory)
    #expect(comparison.paired.count == 21)
    #expect(comparison.changed.isEmpty)
    #expect(comparison.settings.isEmpty && comparison.files.isEmpty)
    #expect(comparison.added.isEmpty && comparison.removed.isEmpty)
    #expect(ComparisonTable(comparison).rows.count == 21)
    #expect(ComparisonSummary.text(comparison).contains("0 changed, 0 with another call"))
  }

  @Test("other responses are the reason of the blocks that have them; the others only moved")
  func data() async throws {
    let (new, old) = (try TemporaryDirectory(), try TemporaryDirectory())
    try await StoredScreen.analyze(StoredScreen.table(change: 12), in: new)
    try await StoredScreen.analyze(StoredScreen.table(leavingOut: [7]), in: old)
    let comparison = try await compare(new, old)
    #expect(comparison.paired.count == 20)
    #expect(comparison.added.map(\.block.id) == ["7"])
    #expect(comparison.removed.isEmpty)
    let ibrutinib = comparison.paired.filter { $0.new.drugs.contains("ibrutinib") }
    #expect(ibrutinib.count == 6)
    for block in ibrutinib {
      #expect(block.reasons.contains("other responses in 16 of 25 cells"), "\(block.reasons)")
      #expect(abs((block.change(of: .bliss) ?? 0) - 12) < 1e-9)
      #expect(block.hasOtherCall)
    }
    #expect(comparison.paired.contains { $0.rise < 0 && !$0.new.drugs.contains("ibrutinib") })
    #expect(comparison.files.contains { $0.name.hasSuffix("screen.csv") })
    #expect(comparison.files.count == 2, "the two runs' files lie in different directories: \(comparison.files)")
  }

  @Test("options that differ are named, with both values, and are a reason where scores changed")
  func options() async throws {
    let (new, old) = (try TemporaryDirectory(), try TemporaryDirectory())
    var options = StoredScreen.options()
    options.synergy.zipBaseline = .fitted
    options.synergy.inference.threshold = 11
    try await StoredScreen.analyze(in: new, options: options)
    try await StoredScreen.analyze(in: old)
    let comparison = try await compare(new, old)
    #expect(
      comparison.settings == [
        .init(name: "synergy.zip_baseline", old: "observed", new: "fitted"),
        .init(name: "synergy.inference.threshold", old: "5", new: "11"),
      ])
    let changed = comparison.paired.filter(\.hasOtherScores)
    #expect(!changed.isEmpty)
    for block in changed {
      #expect(block.reasons.contains("other synergy.zip_baseline"), "\(block.reasons)")
    }
    #expect(comparison.files.isEmpty, "the same content under another path is the same file")
  }

  @Test("blocks of one pair and sample are paired by their names, the drugs in either order")
  func pairing() async throws {
    let (new, old) = (try TemporaryDirectory(), try TemporaryDirectory())
    let header = StoredScreen.header
    func rows(_ id: Int, _ drugs: [String], _ sample: String, _ seed: UInt64) -> String {
      StoredScreen.rows(id, drugs, sample, bump: 5, seed: seed)
    }
    try await StoredScreen.analyze(
      header + rows(1, ["a", "b"], "S", 1) + rows(2, ["a", "b"], "S", 2) + rows(3, ["c", "d"], "S", 3),
      annotations: nil, in: new)
    try await StoredScreen.analyze(
      header + rows(2, ["a", "b"], "S", 2) + rows(4, ["a", "b"], "S", 1) + rows(9, ["d", "c"], "S", 3),
      annotations: nil, in: old)
    let comparison = try await compare(new, old)
    #expect(comparison.paired.map { "\($0.new.id) \($0.old.id)" }.sorted() == ["2 2", "3 9"])
    #expect(comparison.added.map(\.block.id) == ["1"])
    #expect(comparison.removed.map(\.block.id) == ["4"])
    let turned = try #require(comparison.paired.first { $0.new.id == "3" })
    #expect(turned.reasons.first == "the drugs stand in another order")
  }

  @Test("names of files and drugs are inert in the page and in comparison.csv")
  func inert() async throws {
    let (new, old) = (try TemporaryDirectory(), try TemporaryDirectory())
    try await StoredScreen.analyze(in: new)
    try await StoredScreen.analyze(StoredScreen.table(leavingOut: [2]), in: old)
    let comparison = try await compare(new, old)
    var out = ByteWriter()
    ComparisonSection.write(comparison, models: [.zip, .hsa], to: &out)
    #expect(out.string.contains("Against <b>a &lt;screen&gt;</b>"))
    #expect(out.string.contains("=cmd|&#39; /C calc&#39;!A0"))
    let table = String(decoding: ComparisonTable(comparison).text, as: UTF8.self)
    #expect(table.contains("'=cmd|' /C calc'!A0"))
    #expect(!table.contains(",=cmd"))
    let rows = CSVText.rows(table)
    #expect(rows.count == 21)
    #expect(rows.filter { $0["status"] == "added" }.map { $0["block_id"] } == ["2"])
    #expect(rows.allSatisfy { $0.count == ComparisonTable(comparison).columns.count })
  }
}
