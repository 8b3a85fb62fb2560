import Foundation
import ReferenceData
import Testing

/// Where the inputs are.
private enum Cases {
  static let folder = ReferenceData.folder.deletingLastPathComponent().appendingPathComponent("cases")
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
}

/// The small inputs of `../shared/cases` that were read wrongly, each with the value that is right (worked out with NumPy, as
/// their `WHAT.md` says).
@Suite(
  "Inputs that were read wrongly", .enabled(if: Cases.isPresent, "the folder of cases is not beside the reference"))
struct CaseTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private struct Result {
    var ranking: [[String: String]]
    var problems: [[String: String]]
    var outcome: Tool.Outcome

    /// A score of every block, rounded, by what tells the block.
    func scores(_ model: String, by column: String = "sample") -> [String: Double] {
      Dictionary(
        ranking.map { ($0[column] ?? "", ((Double($0[model] ?? "") ?? .nan) * 100).rounded() / 100) },
        uniquingKeysWith: { first, _ in first })
    }

    func says(_ severity: String, _ words: String...) -> Bool {
      problems.contains { problem in
        problem["severity"] == severity && words.allSatisfy { problem["message"]?.contains($0) ?? false }
      }
    }
  }

  private func analyze(_ name: String, _ file: String, _ more: String...) async throws -> Result {
    let path = Cases.folder.appendingPathComponent(name).appendingPathComponent(file).path
    let outcome = try await Tool.run(
      ["analyze", path, "--out", "out", "--baseline", "as-read", "--resamples", "0", "--formats", "md"] + more,
      in: directory)
    return Result(
      ranking: (try? CSVText.rows(directory.text("out/ranking.csv"))) ?? [],
      problems: (try? CSVText.rows(directory.text("out/problems.csv"))) ?? [], outcome: outcome)
  }

  private func near(_ value: Double?, _ expected: Double) -> Bool { value.map { abs($0 - expected) < 0.011 } ?? false }

  @Test("a column that tells wells of one dose pair apart makes blocks of its own, and says so")
  func conditions() async throws {
    let time = try await analyze("extra-column-pooled", "time.csv")
    #expect(time.ranking.count == 3)
    for (hours, bliss, hsa) in [("24", -1.79, 6.11), ("48", 0.32, 11.84), ("72", 7.65, 18.77)] {
      let row = time.ranking.first { $0["sample"]?.hasSuffix("time_h \(hours)") ?? false }
      #expect(
        near(row.flatMap { Double($0["bliss"] ?? "") }, bliss) && near(row.flatMap { Double($0["hsa"] ?? "") }, hsa))
    }
    #expect(time.says("warning", "\"time_h\"", "\"24\", \"48\", \"72\"", "--columns replicate=time_h"))
    let exp = try await analyze("extra-column-pooled", "exp.csv")
    #expect(exp.ranking.count == 2)
    #expect(Set(exp.scores("bliss").values) == [6.16, -6.80])
    #expect(Set(exp.scores("hsa").values) == [17.48, -1.07])
  }

  @Test("drugs' names in columns of another name tell combinations apart")
  func names() async throws {
    let result = try await analyze("drug-names-in-unknown-columns", "table.csv")
    #expect(result.ranking.count == 2)
    #expect(Set(result.scores("bliss", by: "block_id").values) == [7.13, -8.85])
  }

  @Test("replicates that stand side by side are replicates")
  func replicates() async throws {
    let result = try await analyze("replicate-columns", "table.csv")
    #expect(result.ranking.count == 1)
    #expect(near(result.scores("bliss").values.first, 3.90) && near(result.scores("hsa").values.first, 15.16))
    #expect(result.ranking.first?["replicates"] == "3")
    #expect(result.says("info", "response.1", "response.2", "replicates"))
  }

  @Test("units are read where people write them", arguments: ["in-cells.csv", "in-names.csv"])
  func units(file: String) async throws {
    let result = try await analyze("unit-in-cell-or-name", file)
    #expect(near(result.scores("bliss").values.first, 6.83) && near(result.scores("hsa").values.first, 18.14))
    #expect(result.ranking.first?["conc_unit"] == "uM;nM")
  }

  @Test("drug1.units is a unit")
  func pluralUnits() async throws {
    let result = try await analyze("unit-columns-plural", "units.csv")
    #expect(near(result.scores("loewe").values.first, 13.16))
    #expect(near(result.ranking.first.flatMap { Double($0["ic50_1"] ?? "") }, 2.207))
  }

  @Test("logarithms of doses are refused, and the message says what to write")
  func logarithms() async throws {
    let result = try await analyze("log10-in-header", "table.csv")
    #expect(result.outcome.status == 4 && result.ranking.isEmpty)
    #expect(result.says("error", "conc1 (log10 nM)", "logarithms", "write the doses themselves"))
  }

  @Test("doses that differ by no more than 1 % are one, and this is said")
  func nearlyEqual() async throws {
    let noise = try await analyze("float-noise-doses", "table.csv")
    #expect(near(noise.scores("bliss").values.first, 6.59) && near(noise.scores("hsa").values.first, 19.52))
    #expect(noise.ranking.first?["flags"] == "")
    let table = try await analyze("nearly-equal-doses", "table.csv")
    #expect(near(table.scores("bliss").values.first, 6.67) && near(table.scores("hsa").values.first, 17.86))
    #expect(table.says("info", "differ by no more than 1 %"))
    let rounded = try await analyze("nearly-equal-doses", "rounded.csv")
    #expect(near(rounded.scores("bliss").values.first, 6.33) && near(rounded.scores("hsa").values.first, 17.61))
    #expect(rounded.says("info", "0.333"))
  }

  @Test("names that differ in case are one drug; a pair named the other way round is the same pair")
  func sameDrugs() async throws {
    let cases = try await analyze("case-of-drug-names", "table.csv")
    #expect(cases.ranking.count == 1 && near(cases.scores("bliss").values.first, 7.64))
    #expect(near(cases.scores("hsa").values.first, 18.83) && cases.says("info", "another name of"))
    let swapped = try await analyze("drugs-swapped-between-rows", "table.csv")
    #expect(swapped.ranking.count == 1 && near(swapped.scores("bliss").values.first, 5.69))
    #expect(near(swapped.scores("hsa").values.first, 16.76) && swapped.says("info", "the other way round"))
  }

  @Test(
    "a vehicle, or nothing, in a drug's place is no drug",
    arguments: ["control.csv", "DMSO.csv", "NA.csv", "blank.csv"])
  func vehicles(file: String) async throws {
    let result = try await analyze("partner-placeholder", file)
    #expect(result.ranking.count == 1, "\(result.outcome.errors)")
    #expect(near(result.scores("bliss").values.first, 6.82) && near(result.scores("hsa").values.first, 17.83))
    #expect(result.ranking.first?["flags"] == "")
  }
}
