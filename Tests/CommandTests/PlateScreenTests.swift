import Assay
import DoseTables
import Foundation
import PlateDesign
import PlateSimulation
import Plates
import ReferenceData
import Testing

/// `isobole analyze EXPORTS --layout LAYOUT`: from plate readers' files to the ranking.
@Suite struct PlateScreenTests {
  /// Writes the simulated example: its layout, and each plate as the dialects write it, in turn.
  private func write(
    _ dialects: [PlateExportWriter.Dialect], into directory: TemporaryDirectory, folder: String,
    edit: (inout PlateRead) -> Void = { _ in }
  ) throws {
    let example = try SimulatedScreen.example()
    try directory.write("\(folder)-layout.csv", LayoutWriter.table(example.design.layouts))
    for (number, read) in example.reads.enumerated() {
      let path = try directory.write("\(folder)/\(read.barcode ?? "").csv")
      var read = read
      edit(&read)
      let dialect = dialects[number % dialects.count]
      try Data(PlateExportWriter(dialect).bytes([read])).write(to: URL(fileURLWithPath: path))
    }
  }

  private func analyze(_ folder: String, in directory: TemporaryDirectory, _ more: String...) async throws
    -> Tool.Outcome
  {
    try await Tool.run(
      ["analyze", folder, "--layout", "\(folder)-layout.csv", "--out", "out-\(folder)", "--quiet"] + more, in: directory
    )
  }

  @Test func everyReadersFormatGivesTheSameRankingToTheByte() async throws {
    let directory = try TemporaryDirectory()
    var rankings: [String: String] = [:]
    for dialect in PlateExportWriter.Dialect.allCases {
      let folder = dialect.rawValue
      try write([dialect], into: directory, folder: folder)
      let outcome = try await analyze(folder, in: directory)
      let problems = (try? directory.text("out-\(folder)/problems.csv")) ?? ""
      #expect(outcome.status == 0, "\(folder): \(outcome.errors) \(problems.prefix(600))")
      rankings[folder] = try directory.text("out-\(folder)/ranking.csv")
    }
    let first = try #require(rankings["list"])
    #expect(first.split(separator: "\n").count == 5)
    for (dialect, ranking) in rankings { #expect(ranking == first, "\(dialect)") }
  }

  @Test func instrumentsMayBeMixedAndThePlantedSynergyComesFirst() async throws {
    let directory = try TemporaryDirectory()
    try write([.envision, .gen5, .softMax, .mars], into: directory, folder: "mixed")
    let outcome = try await analyze("mixed", in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let ranking = try directory.rows("out-mixed/ranking.csv")
    #expect(ranking.count == 4)
    #expect(ranking.prefix(2).allSatisfy { $0["drug2"] == "venetoclax" })
    #expect(Set(ranking.compactMap { $0["sample"] }) == ["SIM-MM-1", "SIM-AML-1"])

    let quality = try directory.rows("out-mixed/qc.csv")
    let plates = quality.filter { $0["kind"] == "plate" }
    #expect(Set(plates.compactMap { $0["reader"] }).count >= 4)
    #expect(plates.allSatisfy { (Double($0["z_prime"] ?? "") ?? 0) > 0.5 })
    #expect(quality.count { $0["kind"] == "block" } == 4)
    let results = try await Tool.run(["export", "out-mixed"], in: directory).output
    #expect(results.contains("\"method\":\"npi\"") && results.contains("\"block_quality\""))
    #expect(try directory.text("out-mixed/report.html").contains("id=\"plates\""))
  }

  @Test func aPlateThatCannotBeUsedTakesNoOtherWithIt() async throws {
    let directory = try TemporaryDirectory()
    try write([.gen5], into: directory, folder: "bad") { read in
      if read.barcode == "SIM-P4" { read.barcode = "LOST" }
    }
    let outcome = try await analyze("bad", in: directory)
    let problems = try directory.rows("out-bad/problems.csv")
    // The file is still named after the plate, so that it is found and the barcode noted.
    #expect(problems.contains { $0["message"]?.contains("LOST") == true && $0["severity"] == "info" })
    #expect(outcome.status == 0)

    try FileManager.default.moveItem(
      atPath: directory.path + "/bad/SIM-P4.csv", toPath: directory.path + "/bad/lost.csv")
    let refused = try await analyze("bad", in: directory)
    #expect(refused.status == 3)
    let told = try directory.rows("out-bad/problems.csv")
    #expect(
      told.contains { $0["message"]?.contains("plate LOST is in no layout") == true && $0["file"] == "bad/lost.csv" })
    #expect(told.contains { $0["message"]?.contains("plate SIM-P4 has a layout and no reading") == true })
    #expect(try directory.rows("out-bad/ranking.csv").count >= 2)
  }

  @Test func limitsOfQualityAndOfSynergyAreTwoOptions() async throws {
    let directory = try TemporaryDirectory()
    try write([.list], into: directory, folder: "limits")
    let outcome = try await Tool.run(
      [
        "analyze", "limits", "--layout", "limits-layout.csv", "--out", "out-limits", "--quality-limit",
        "z-prime=0.99,0.98", "--threshold", "7",
      ], in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let plates = try directory.rows("out-limits/qc.csv").filter { $0["kind"] == "plate" }
    #expect(plates.allSatisfy { $0["verdict"] == "fail" && $0["reasons"]?.contains("z-prime") == true })
    #expect(outcome.output.contains("4 plates: 4 fail") && outcome.output.contains("SIM-P1: fail: z-prime"))
  }

  @Test func theDecimalMarkThatIsAskedForCanBeSaid() async throws {
    let directory = try TemporaryDirectory()
    try directory.write("layout.csv", LayoutWriter.table(SimulatedScreen.example().design.layouts))
    try directory.write("mark/SIM-P1.csv", ";1;2;3\nA;1,250;2;3\nB;4;5;6\n")
    let asked = try await Tool.run(["analyze", "mark", "--layout", "layout.csv", "--out", "out"], in: directory)
    #expect(asked.errors.contains("--decimal comma"))
    _ = try await Tool.run(
      ["analyze", "mark", "--layout", "layout.csv", "--out", "out", "--decimal", "comma"], in: directory)
    #expect(try !directory.text("out/problems.csv").contains("--decimal"))
  }

  @Test func masksAndOutliersAreLeftOutOnlyWhenAsked() async throws {
    let directory = try TemporaryDirectory()
    let spoilt = WellPosition(row: 4, column: 5)
    try write([.list], into: directory, folder: "spoilt") { read in
      guard read.barcode == "SIM-P1" else { return }
      for well in read.wells.indices where read.wells[well].position == spoilt {
        read.wells[well].value = (read.wells[well].value ?? 0) > 30_000 ? 0 : 90_000
      }
    }
    _ = try await analyze("spoilt", in: directory)
    let kept = try directory.rows("out-spoilt/ranking.csv")
    let problems = try directory.rows("out-spoilt/problems.csv")
    #expect(problems.contains { $0["message"]?.contains("plate SIM-P1, well E6 looks like an outlier") == true })
    _ = try await analyze("spoilt", in: directory, "--mask-outliers")
    let masked = try directory.rows("out-spoilt/ranking.csv")
    #expect(masked != kept)
    try directory.write("mask.csv", "plate,well,reason\nSIM-P1,E6,bubble\n")
    _ = try await analyze("spoilt", in: directory, "--mask", "mask.csv")
    #expect(try directory.rows("out-spoilt/ranking.csv") != kept)
    let results = try await Tool.run(["export", "out-spoilt"], in: directory).output
    #expect(results.contains("bubble"))
  }

  @Test func whatTheLayoutCommandWritesIsReadAgain() async throws {
    let directory = try TemporaryDirectory()
    let outcome = try await Tool.run(
      [
        "layout", "--anchor", "selinexor:10uM:1/3:8", "--partner", "bortezomib:0.1uM:1/3:8", "--plate", "384",
        "--replicates", "3", "--controls", "negative:24,positive:16", "--sample", "MM.1S", "--seed", "7", "--out",
        "design",
      ], in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("280 wells on 1 plate"))
    let set = LayoutSet(files: [("layout.csv", Array(try directory.text("design/layout.csv").utf8))])
    #expect(set.problems.isEmpty && set.layouts.first?.wells.count == 280)
    let wrong = try await Tool.run(
      ["layout", "--anchor", "selinexor:10", "--partner", "b:1uM:1/3:8", "--out", "x"], in: directory)
    #expect(wrong.status == 2)
  }

  @Test func aLayoutIsNeverTakenForAScreenInSilence() async throws {
    let directory = try TemporaryDirectory()
    try write([.list], into: directory, folder: "both")
    let text = try directory.text("both-layout.csv")
    try directory.write("both/other-layout.csv", text)
    let outcome = try await analyze("both", in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let problems = try directory.rows("out-both/problems.csv")
    #expect(problems.contains { $0["file"] == "both/other-layout.csv" && $0["message"]?.contains("--layout") == true })
  }
}
