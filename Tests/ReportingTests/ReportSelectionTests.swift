import Results
import ReferenceData
import Screening
import Testing

@testable import Reporting

@Suite("A choice of blocks")
struct ReportSelectionTests {
  private func file() async throws -> (ResultsFile, TemporaryDirectory) {
    let directory = try TemporaryDirectory()
    return (try await ResultsFile.open(try await StoredScreen.analyze(in: directory), threads: 2), directory)
  }

  @Test("samples, drugs by any of their names, calls and the best few are chosen; ranks stay those of the screen")
  func chosen() async throws {
    let (file, directory) = try await file()
    _ = directory
    let ranked = try await file.report().ranked
    var selection = ReportSelection()
    selection.samples = ["b"]
    var chosen = try await file.report(of: selection)
    #expect(chosen.ranked.count == 3)
    #expect(chosen.screenCount == 21)
    #expect(chosen.choice == "of sample b")
    for (block, rank) in zip(chosen.ranked, chosen.ranks) {
      #expect(block.sample == "B")
      #expect("\(ranked[rank - 1])" == "\(block)")
    }
    selection = ReportSelection()
    selection.anchors = ["KPT-330"]
    selection.partners = ["Venetoclax"]
    chosen = try await file.report(of: selection)
    #expect(chosen.ranked.count == 7)
    #expect(chosen.ranked.allSatisfy { $0.drugs.contains("venetoclax") })
    #expect(chosen.across?.combinations.map(\.drugs) == [["selinexor", "venetoclax"]])
    #expect(chosen.across?.associations.allSatisfy { $0.combination == 0 } ?? false)
    #expect(chosen.across?.matrix.scores[.bliss]?.count == 1)
    selection.top = 2
    selection.calls = [.synergistic]
    chosen = try await file.report(of: selection)
    #expect(chosen.ranks == [1, 2])
    #expect(chosen.choice == "with KPT-330, with partner Venetoclax, called synergistic, the 2 best")
    #expect(try await file.report().choice == nil)
    selection = ReportSelection()
    selection.top = 99
    chosen = try await file.report(of: selection)
    #expect(chosen.ranked.map { "\($0)" } == ranked.map { "\($0)" } && chosen.choice == "the 99 best")
  }

  @Test("a drug is not its own partner")
  func partner() async throws {
    let (file, directory) = try await file()
    _ = directory
    var selection = ReportSelection()
    selection.anchors = ["selinexor"]
    selection.partners = ["selinexor"]
    await #expect(throws: ResultsError.self) { try await file.report(of: selection) }
  }

  @Test("a choice of nothing says what there is")
  func nothing() async throws {
    let (file, directory) = try await file()
    _ = directory
    var selection = ReportSelection()
    selection.samples = ["Z"]
    await #expect {
      try await file.report(of: selection)
    } throws: { error in
      let text = "\(error)"
      return text.hasPrefix(
        "no block is of sample Z; there are 21 blocks; drugs =cmd|' /C calc'!A0, ibrutinib, selinexor, venetoclax; "
          + "samples A, B, C, D, E, F, G; ") && text.contains(" synergistic")
    }
  }
}
