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

  /// What rounding of the doses leaves in a score, relative or in percentage points.
  private static let scoreTolerance = 1e-7
  /// What it leaves in nearly every bound or p value.
  private static let resampledTolerance = 0.01
  /// How many may differ by more. Among hundreds of refits there are curves that the copy hardly determines, and there
  /// the search ends where the last bit of the doses leads it.
  private static let shareBeyond = 0.002
  /// By how much these may differ: less than bounds do with other random numbers.
  private static let furthest = 1.0

  /// A table whose doses in nM are written in µM; `units` are the names of the columns with the units of `doses`.
  private func rewritten(_ text: String, doses: [String], units: [String]) throws -> String {
    var rows = CSVText.fields(text)
    let header = try #require(rows.firstIndex { $0.contains(doses[0]) })
    let places = try zip(doses, units).map { dose, unit in
      (dose: try #require(rows[header].firstIndex(of: dose)), unit: try #require(rows[header].firstIndex(of: unit)))
    }
    for row in rows.indices where row > header && rows[row].count == rows[header].count {
      for place in places where rows[row][place.unit] == "nM" {
        let dose = try #require(Decimal(string: rows[row][place.dose]))
        rows[row][place.dose] = "\(dose / 1000)"
        rows[row][place.unit] = "uM"
      }
    }
    return rows.map { row in
      row.map { $0.contains(where: { ",\"".contains($0) }) ? "\"" + $0.replacing("\"", with: "\"\"") + "\"" : $0 }
        .joined(separator: ",") + "\n"
    }.joined()
  }

  private func run(
    _ path: String, resamples: Int, baseline: BaselineOptions.Method = .asRead, anchor: AnchorOptions.Method = .own
  ) async throws -> [BlockSummary] {
    var options = ScreenOptions(threads: 2)
    options.synergy.inference.resamples = resamples
    options.synergy.baseline.method = baseline
    options.synergy.anchor.method = anchor
    options.reading.response = path.contains("mathews") ? .viability : .auto
    let outcome = try await ScreenRun(options: options).run(FileDiscovery(paths: [path]), into: RecordingSink())
    return outcome.ranked.sorted { $0.index < $1.index }
  }

  /// The numbers of a ranking's row that are no doses: the scores, and what resampled copies say of them.
  private func numbers(_ block: BlockSummary) -> (scores: [String: Double], resampled: [String: Double]) {
    var scores: [String: Double] = ["sd": block.noise?.sdAt0 ?? .nan]
    var resampled: [String: Double] = [:]
    for score in block.scores {
      scores["\(score.model) mean"] = score.mean
      scores["\(score.model) peak"] = score.peak?.measured.mean
      resampled["\(score.model) bias"] = score.bias
      resampled["\(score.model) se"] = score.standardError
      resampled["\(score.model) low"] = score.interval?.low
      resampled["\(score.model) high"] = score.interval?.high
      resampled["\(score.model) peak low"] = score.peak?.inference?.interval.low
      resampled["\(score.model) peak high"] = score.peak?.inference?.interval.high
      resampled["\(score.model) trough low"] = score.trough?.inference?.interval.low
      resampled["\(score.model) trough high"] = score.trough?.inference?.interval.high
      resampled["\(score.model) p"] = score.p
      resampled["\(score.model) q"] = score.q
    }
    scores["css"] = block.css
    resampled["css low"] = block.cssInterval?.low
    resampled["css high"] = block.cssInterval?.high
    for drug in block.drugs.indices { scores["relative inhibition \(drug)"] = block.relativeInhibition[drug] }
    return (scores, resampled)
  }

  private func compare(_ blocks: [BlockSummary], _ others: [BlockSummary]) throws {
    #expect(blocks.count == others.count)
    func difference(_ value: Double, _ there: Double) -> Double {
      value == there || (value.isNaN && there.isNaN) ? 0 : abs(value - there) / max(1, abs(value))
    }
    func compare(_ ours: [String: Double], _ theirs: [String: Double], block: String, by tolerance: Double) throws
      -> Int
    {
      #expect(ours.count == theirs.count)
      var beyond = 0
      for (name, value) in ours {
        let there = try #require(theirs[name])
        let off = difference(value, there)
        #expect(off <= tolerance, "block \(block), \(name): \(value) and \(there)")
        beyond += off > Self.resampledTolerance ? 1 : 0
      }
      return beyond
    }
    var (beyond, compared) = (0, 0)
    compareCalls(blocks, others)
    for (one, other) in zip(blocks, others) {
      let (ours, theirs) = (numbers(one), numbers(other))
      _ = try compare(ours.scores, theirs.scores, block: one.id, by: Self.scoreTolerance)
      beyond += try compare(ours.resampled, theirs.resampled, block: one.id, by: Self.furthest)
      compared += ours.resampled.count
    }
    #expect(Double(beyond) <= Self.shareBeyond * Double(compared), "\(beyond) of \(compared)")
  }

  /// Calls are the same but where a bound lies on the limit that decides: at most one score of a screen.
  private func compareCalls(_ blocks: [BlockSummary], _ others: [BlockSummary]) {
    let threshold = InferenceOptions().threshold
    var onTheLimit = 0
    for (one, other) in zip(blocks, others) {
      #expect(one.units != other.units)
      #expect(one.verdict?.call == other.verdict?.call, "block \(one.id)")
      for (score, there) in zip(one.scores, other.scores) where score.call != there.call {
        let bounds = [
          (score.equivalence?.low, there.equivalence?.low), (score.equivalence?.high, there.equivalence?.high),
        ]
        // On either side of it, and by less than such bounds may differ from one machine to the next.
        let isOnTheLimit = bounds.contains { pair in
          guard let one = pair.0.map(abs), let other = pair.1.map(abs) else { return false }
          return abs(one - threshold) < 0.1 && abs(other - threshold) < 0.1
        }
        #expect(isOnTheLimit, "block \(one.id), \(score.model): \(score) and \(there)")
        onTheLimit += 1
      }
    }
    #expect(onTheLimit <= 1)
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
      try await run(path, resamples: 300), try await run(other, resamples: 300))
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
    try compare(blocks, try await run(other, resamples: 200))
    // A level, and what blocks share, is estimated with a noise that comes from a search, and so agrees to that search's
    // tolerance.
    let corrected = try await run(ReferenceData.url(name).path, resamples: 200, baseline: .auto, anchor: .shared)
    #expect(corrected.count { $0.anchor?.isShared == true } > 450)
    compareCalls(corrected, try await run(other, resamples: 200, baseline: .auto, anchor: .shared))
  }
}
