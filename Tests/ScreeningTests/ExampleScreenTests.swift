import Foundation
import ReferenceData
import Screening
import Synergy
import Testing

/// The example screen in `Plates/` against what its README says is planted.
@Suite("The example screen")
struct ExampleScreenTests {
  private static let plates = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      "Plates")

  /// What is planted in each block of `simulated-xpo1-screen.csv`, from the README's table.
  private func planted() throws -> [String: String] {
    let text = try String(contentsOf: Self.plates.appendingPathComponent("README.md"), encoding: .utf8)
    let section = try #require(text.components(separatedBy: "### simulated-xpo1-screen.csv").last)
    let table = section.components(separatedBy: "###")[0]
    var planted: [String: String] = [:]
    for line in table.split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      if cells.count > 4, Int(cells[0]) != nil { planted[cells[0]] = cells[3] }
    }
    return planted
  }

  @Test("ranks every planted synergy above every null, and every null for Bliss above every antagonism")
  func ranking() async throws {
    let planted = try planted()
    #expect(planted.count == 24)
    let path = Self.plates.appendingPathComponent("simulated-xpo1-screen.csv").path
    let outcome = try await ScreenRun(options: ScreenOptions(synergy: .scoresOnly, threads: 2))
      .run(FileDiscovery(paths: [path]), into: RecordingSink())
    #expect(outcome.ranked.count == 24)
    #expect(!outcome.hasRefusals)
    let kinds = outcome.ranked.map { planted[$0.id] ?? "?" }
    let synergies = kinds.indices.filter { kinds[$0].hasPrefix("synergy") }
    let antagonisms = kinds.indices.filter { kinds[$0].hasPrefix("antagonism") }
    let nulls = kinds.indices.filter { kinds[$0].hasPrefix("null (Bliss)") }
    #expect(synergies == Array(0..<synergies.count) && synergies.count >= 4)
    #expect(!antagonisms.isEmpty && !nulls.isEmpty)
    #expect(try #require(nulls.max()) < (try #require(antagonisms.min())))
  }
}
