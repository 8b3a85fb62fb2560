import Results
import ReferenceData
import Screening
import Testing

@testable import Reporting

@Suite("A choice of blocks")
struct ReportSelectionTests {
  private func source() async throws -> (ReportSource, TemporaryDirectory) {
    let directory = try TemporaryDirectory()
    return (try await ResultsFile.open(try await StoredScreen.analyze(in: directory), threads: 2).source, directory)
  }

  @Test("samples, drugs by any of their names, calls and the best few are chosen; ranks stay those of the screen")
  func chosen() async throws {
    let (source, directory) = try await source()
    _ = directory
    var selection = ReportSelection()
    selection.samples = ["b"]
    var chosen = try selection.chosen(of: source)
    #expect(chosen.ranked.count == 3)
    #expect(chosen.screenCount == 21)
    #expect(chosen.choice == "of sample b")
    for (block, rank) in zip(chosen.ranked, chosen.ranks) {
      #expect(block.sample == "B")
      #expect(source.ranked[rank - 1].id == block.id)
    }
    selection = ReportSelection()
    selection.anchors = ["KPT-330"]
    selection.partners = ["Venetoclax"]
    chosen = try selection.chosen(of: source)
    #expect(chosen.ranked.count == 7)
    #expect(chosen.ranked.allSatisfy { $0.drugs.contains("venetoclax") })
    #expect(chosen.across?.combinations.map(\.drugs) == [["selinexor", "venetoclax"]])
    #expect(chosen.across?.associations.allSatisfy { $0.combination == 0 } ?? false)
    #expect(chosen.across?.matrix.scores[.bliss]?.count == 1)
    selection.top = 2
    selection.calls = [.synergistic]
    chosen = try selection.chosen(of: source)
    #expect(chosen.ranks == [1, 2])
    #expect(chosen.choice == "with KPT-330, with partner Venetoclax, called synergistic, the 2 best")
    #expect(try ReportSelection().chosen(of: source).choice == nil)
  }

  @Test("a drug is not its own partner")
  func partner() async throws {
    let (source, directory) = try await source()
    _ = directory
    var selection = ReportSelection()
    selection.anchors = ["selinexor"]
    selection.partners = ["selinexor"]
    #expect(throws: ResultsError.self) { try selection.chosen(of: source) }
  }

  @Test("a choice of nothing says what there is")
  func nothing() async throws {
    let (source, directory) = try await source()
    _ = directory
    var selection = ReportSelection()
    selection.samples = ["Z"]
    #expect {
      try selection.chosen(of: source)
    } throws: { error in
      let text = "\(error)"
      return text.hasPrefix(
        "no block is of sample Z; there are 21 blocks; drugs =cmd|' /C calc'!A0, ibrutinib, selinexor, venetoclax; "
          + "samples A, B, C, D, E, F, G; ") && text.contains(" synergistic")
    }
  }
}
