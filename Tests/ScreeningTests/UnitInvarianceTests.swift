import Assay
import Foundation
import ReferenceData
import Screening
import Synergy
import Testing

/// A screen whose doses are written in another unit is the same screen.
@Suite("How doses are written")
struct UnitInvarianceTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Relative difference that rounding of the doses leaves in a number; searches that end at a tolerance widen it.
  private static let tolerance = 1e-8

  /// A table with some columns' numbers divided by 1000 and their unit changed from nM to µM.
  private func rewritten(_ text: String, doses: [String], units: [String]) throws -> String {
    var rows = CSVText.fields(text)
    let header = try #require(rows.firstIndex { $0.contains(doses[0]) })
    let names = rows[header]
    for row in rows.indices where row > header && rows[row].count == names.count {
      for (column, name) in names.enumerated() {
        if doses.contains(name) {
          let dose = try #require(Decimal(string: rows[row][column]))
          rows[row][column] = "\(dose / 1000)"
        } else if units.contains(name) {
          #expect(rows[row][column] == "nM")
          rows[row][column] = "uM"
        }
      }
    }
    return rows.map { row in
      row.map { $0.contains(where: { ",\"".contains($0) }) ? "\"" + $0.replacing("\"", with: "\"\"") + "\"" : $0 }
        .joined(separator: ",") + "\n"
    }.joined()
  }

  private func run(_ path: String, resamples: Int) async throws -> [BlockSummary] {
    var options = ScreenOptions(threads: 2)
    options.synergy.inference.resamples = resamples
    options.reading.response = path.contains("mathews") ? .viability : .auto
    let outcome = try await ScreenRun(options: options).run(FileDiscovery(paths: [path]), into: RecordingSink())
    return outcome.ranked.sorted { $0.index < $1.index }
  }

  /// The numbers of a ranking's row that are no doses.
  private func numbers(_ block: BlockSummary) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for score in block.scores {
      numbers["\(score.model) mean"] = score.mean
      numbers["\(score.model) peak"] = score.peak?.corrected
      numbers["\(score.model) bias"] = score.bias
      numbers["\(score.model) se"] = score.standardError
      numbers["\(score.model) low"] = score.interval?.low
      numbers["\(score.model) high"] = score.interval?.high
      numbers["\(score.model) peak low"] = score.peak?.inference?.interval.low
      numbers["\(score.model) peak high"] = score.peak?.inference?.interval.high
      numbers["\(score.model) p"] = score.p
      numbers["\(score.model) q"] = score.q
    }
    numbers["consensus"] = block.consensus
    numbers["css"] = block.css
    numbers["css low"] = block.cssInterval?.low
    numbers["sd"] = block.noise?.sdAt0
    for drug in block.drugs.indices { numbers["relative inhibition \(drug)"] = block.relativeInhibition[drug] }
    return numbers
  }

  private func compare(_ blocks: [BlockSummary], _ others: [BlockSummary], tolerance: Double) throws {
    #expect(blocks.count == others.count)
    for (one, other) in zip(blocks, others) {
      #expect(one.units != other.units)
      #expect(one.verdict?.call == other.verdict?.call, "block \(one.id)")
      #expect(one.scores.map(\.call) == other.scores.map(\.call), "block \(one.id)")
      let (ours, theirs) = (numbers(one), numbers(other))
      #expect(ours.count == theirs.count)
      for (name, value) in ours {
        let there = try #require(theirs[name])
        #expect(
          abs(value - there) <= tolerance * max(1, abs(value)) || (value.isNaN && there.isNaN),
          "block \(one.id), \(name): \(value) and \(there)")
      }
    }
  }

  @Test("The example screen in µM has the calls and the numbers that it has in nM")
  func example() async throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Plates/simulated-xpo1-screen.csv").path
    let text = try String(contentsOfFile: path, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    let micro = try rewritten(text, doses: ["conc1", "conc2"], units: ["conc_unit1", "conc_unit2"])
    let other = try directory.write("simulated-xpo1-screen.csv", micro)
    try compare(
      try await run(path, resamples: 300), try await run(other, resamples: 300), tolerance: Self.tolerance)
  }

  @Test(
    "All 466 calls of a screen of 2013 are the same in µM as in nM",
    .enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
  func reference() async throws {
    let name = "screens/mathews_griner_ibrutinib_tmd8.csv"
    let text = try ReferenceData.text(name).replacing("\r", with: "")
    let micro = try rewritten(text, doses: ["RowConcs", "ColConcs"], units: ["RowConcUnit", "ColConcUnit"])
    let other = try directory.write("mathews.csv", micro)
    let blocks = try await run(ReferenceData.url(name).path, resamples: 200)
    #expect(blocks.count == 466)
    try compare(blocks, try await run(other, resamples: 200), tolerance: Self.tolerance)
  }
}
