import Foundation
import ReferenceData
import Testing

@Suite("What the tool says and writes")
struct OutputTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("good.csv", WrittenBlock.table((1...12).map { WrittenBlock("b\($0)", seed: $0) }))
  }

  private func analyze(_ arguments: String...) async throws -> Tool.Outcome {
    try await Tool.run(["analyze", "good.csv", "--out", "out"] + arguments, in: directory)
  }

  @Test("The files are complete: every block in each, every cell in cells.csv")
  func complete() async throws {
    _ = try await analyze()
    let ids = Set((1...12).map { "b\($0)" })
    let ranking = try directory.rows("out/ranking.csv")
    #expect(Set(ranking.compactMap { $0["block_id"] }) == ids)
    #expect(ranking.map { $0["rank"] } == (1...12).map { "\($0)" })
    let consensus = ranking.compactMap { $0["consensus"].flatMap { Double($0) } }
    #expect(consensus.count == 12)
    #expect(consensus == consensus.sorted(by: >))
    let cells = try directory.rows("out/cells.csv")
    #expect(
      Dictionary(grouping: cells) { $0["block_id"] ?? "" }.mapValues(\.count)
        == Dictionary(uniqueKeysWithValues: ids.map { ($0, 36) }))
    #expect(try directory.rows("out/fits.csv").count == 24)
    #expect(try directory.rows("out/problems.csv").allSatisfy { $0["severity"] == "info" })
    #expect(try directory.text("out/report.html").hasSuffix("</html>\n"))
  }

  @Test("Without resamples, consensus is the smallest of the four models' means")
  func consensus() async throws {
    _ = try await analyze()
    for row in try directory.rows("out/ranking.csv") {
      let means = ["zip", "bliss", "loewe", "hsa"].compactMap { row[$0].flatMap { Double($0) } }
      #expect(means.count == 4)
      #expect(row["consensus"].flatMap { Double($0) } == means.min())
    }
  }

  @Test("isobole export writes JSON, with the input's SHA-256 and every block, and never over a file")
  func results() async throws {
    _ = try await analyze()
    struct Results: Decodable {
      struct Block: Decodable { var block_id: String }
      struct Input: Decodable {
        var path: String
        var sha256: String
        var blocks: Int
      }
      var isobole_version: String
      var blocks: [Block]
      var inputs: [Input]
    }
    let exported = try await Tool.run(["export", "out"], in: directory)
    #expect(exported.status == 0, "\(exported.errors)")
    let results = try JSONDecoder().decode(Results.self, from: Data(exported.output.utf8))
    #expect(results.blocks.map(\.block_id) == (1...12).map { "b\($0)" })
    #expect(results.inputs.map(\.path) == ["good.csv"])
    #expect(results.inputs.map(\.blocks) == [12])
    #expect(results.inputs.allSatisfy { $0.sha256.count == 64 })
    let version = try await Tool.run(["--version"], in: directory)
    #expect(version.output == results.isobole_version + "\n")
    for status in [Int32(0), 2] {
      // The second time there is a file, with other bytes.
      if status == 2 { try directory.write("run.json", "mine") }
      let again = try await Tool.run(["export", "out", "--out", "run.json"], in: directory)
      #expect(again.status == status, "\(again.errors)")
      #expect(try directory.text("run.json") == (status == 0 ? exported.output : "mine"))
    }
    try directory.write("run.json", exported.output)
    let report = try await Tool.run(["report", "run.json", "--out", "of-json"], in: directory)
    #expect(report.status == 0, "\(report.errors)")
    #expect(try directory.bytes("of-json/report.html") == directory.bytes("out/report.html"))
    let missing = try await Tool.run(["export", "nowhere"], in: directory)
    #expect(missing.status == 2 && missing.errors.contains("there is no directory nowhere"))
  }

  @Test("The summary goes to standard output, progress to standard error")
  func streams() async throws {
    let outcome = try await analyze()
    #expect(outcome.output.contains("12 blocks"))
    #expect(outcome.output.hasSuffix("Report: out/report.html\n"))
    #expect(!outcome.output.contains("files, "))
    let progress = outcome.errors.split(separator: "\n")
    #expect(progress.last == "100 %  1 of 1 files, 12 blocks")
    #expect(progress.dropLast().allSatisfy { $0.contains(" %  0 of 1 files, ") })
  }

  @Test("--quiet says nothing but errors")
  func quiet() async throws {
    let outcome = try await analyze("--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.isEmpty)
    let failed = try await Tool.run(["analyze", "nothing.csv", "--quiet", "--out", "other"], in: directory)
    #expect(failed.status == 4)
    #expect(failed.output.isEmpty)
    #expect(failed.errors.contains("nothing could be analysed"))
  }

  @Test("--json prints one JSON object, and nothing else, on standard output")
  func json() async throws {
    struct Summary: Decodable {
      struct Block: Decodable {
        var rank: Int
        var block_id: String
        var consensus: Double
        var scores: [String: Double]
      }
      var directory: String
      var blocks: Int
      var errors: Int
      var top: [Block]
    }
    let outcome = try await analyze("--json")
    let summary = try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8))
    #expect(summary.directory == "out")
    #expect(summary.blocks == 12)
    #expect(summary.errors == 0)
    #expect(summary.top.map(\.rank) == Array(1...10))
    let ranking = try directory.rows("out/ranking.csv")
    #expect(summary.top.map(\.block_id) == ranking.prefix(10).compactMap { $0["block_id"] })
    #expect(summary.top.map(\.consensus) == ranking.prefix(10).compactMap { $0["consensus"].flatMap { Double($0) } })
    #expect(summary.top.allSatisfy { Set($0.scores.keys) == ["zip", "bliss", "loewe", "hsa"] })
  }

  @Test("Only the models that are asked for are scored")
  func models() async throws {
    _ = try await analyze("--models", "hsa,bliss")
    for row in try directory.rows("out/ranking.csv") {
      #expect(row["hsa"]?.isEmpty == false && row["bliss"]?.isEmpty == false)
      #expect(row["zip"]?.isEmpty == true && row["loewe"]?.isEmpty == true)
    }
  }

  @Test("Results go into Reports under the screen's name when no directory is named")
  func defaultDirectory() async throws {
    let outcome = try await Tool.run(["analyze", "good.csv"], in: directory)
    #expect(outcome.status == 0)
    #expect(directory.names(in: "Reports/good") == ExitStatusTests.outputs)
  }

  @Test("A second run over the same directory does not read the first one's results")
  func again() async throws {
    for _ in 1...2 {
      let outcome = try await Tool.run(["analyze", ".", "--out", "Reports/one"], in: directory)
      #expect(outcome.status == 0)
      #expect(try directory.rows("Reports/one/ranking.csv").count == 12)
    }
    let other = try await Tool.run(["analyze", ".", "--out", "Reports/two"], in: directory)
    #expect(other.status == 0)
    #expect(try directory.rows("Reports/two/ranking.csv").count == 12)
    let noted = try directory.rows("Reports/two/problems.csv").compactMap { $0["message"] }
    #expect(noted.contains { $0.contains("results of an earlier run") })
  }

  @Test("Standard input is read as - and as /dev/stdin, from a file as from a pipe", arguments: ["-", "/dev/stdin"])
  func standardInput(path: String) async throws {
    let named = try await Tool.run(["analyze", "good.csv", "--out", "named"], in: directory)
    let outcome = try await Tool.run(
      ["analyze", path, "--out", "out"], in: directory, input: directory.path + "/good.csv")
    #expect((named.status, outcome.status) == (0, 0))
    for name in ["ranking.csv", "cells.csv", "fits.csv"] {
      #expect(try directory.text("named/" + name) == directory.text("out/" + name))
    }
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "cat good.csv | \"$0\" analyze \(path) --quiet --resamples 0 --out piped", Tool.path]
    shell.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    try await Tool.ended(shell)
    #expect(shell.terminationStatus == 0)
    #expect(try directory.text("named/cells.csv") == directory.text("piped/cells.csv"))
  }

  @Test("A full standard error is no reason to stop")
  func fullErrors() async throws {
    let outcome = try await Tool.run(["analyze", "good.csv", "--out", "out"], in: directory, errors: "/dev/full")
    #expect(outcome.status == 0)
    #expect(!outcome.wasKilled)
  }

  @Test("Blocks of two, three and four drugs share the tables, whatever their order")
  func manyDrugs() async throws {
    func table(_ drugs: Int) -> String {
      let names = (1...drugs).map { "drug\($0)" }
      let doses = (1...drugs).map { "conc\($0)" }
      var text = (["block_id"] + names + doses + ["inhibition", "conc_unit"]).joined(separator: ",") + "\n"
      let grid = (0..<Int(pow(3, Double(drugs)))).map { well in (0..<drugs).map { well / Int(pow(3, Double($0))) % 3 } }
      for (number, steps) in grid.enumerated() {
        let effect = steps.reduce(1.0) { $0 * [1, 0.8, 0.5][$1] }
        let fields = ["b\(drugs)"] + names + steps.map { ["0", "1", "10"][$0] }
        text +=
          (fields + [String(format: "%.3f", 100 - 100 * effect + Double(number % 7) / 10), "uM"])
          .joined(separator: ",") + "\n"
      }
      return text
    }
    for drugs in 2...4 { try directory.write("screen/\(drugs).csv", table(drugs)) }
    let down = try await Tool.run(
      ["analyze", "screen/4.csv", "screen/3.csv", "screen/2.csv", "--out", "down"], in: directory)
    #expect(down.status == 0)
    #expect(try directory.rows("down/cells.csv").count == 9 + 27 + 81)
    let up = try await Tool.run(["analyze", "screen", "--out", "up"], in: directory)
    #expect(up.status == 0, "\(up.errors)")
    #expect(try directory.rows("up/cells.csv").count == 9 + 27 + 81)
  }
}
