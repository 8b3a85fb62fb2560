import Assay
import Foundation
import PlateDesign
import PlateSimulation
import Plates
import ReferenceData
import Testing

@Suite("Titles, corrections and excluded wells, given to the command")
struct CorrectionCommandTests {
  let directory: TemporaryDirectory
  /// Seven blocks, so that the screen's noise steadies each.
  private let blocks = (1...7).map { WrittenBlock("b\($0)", seed: $0) }

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("screen.csv", WrittenBlock.table(blocks))
  }

  private func analyze(_ arguments: String...) async throws -> Tool.Outcome {
    try await Tool.run(["analyze"] + arguments, in: directory)
  }

  /// A table of the blocks without some wells, and the rows that leave the same wells out.
  private func writeWithout(_ isOut: (WrittenBlock, WrittenBlock.Well) -> Bool) throws {
    var rows = "block_id,conc1,conc2,response,reason\n"
    for block in blocks {
      for well in block.wells where isOut(block, well) {
        rows += "\(block.id),\(well.doses[0]),\(well.doses[1]),\(well.response),spilt\n"
      }
    }
    try directory.write("out.csv", rows)
    try directory.write(
      "without.csv",
      WrittenBlock.table(blocks.map { block in block.with { $0.wells.removeAll { isOut(block, $0) } } }))
  }

  @Test("--exclude-wells writes what a file without these rows writes, byte for byte")
  func leaveOut() async throws {
    try writeWithout { block, well in
      block.id == "b2" && well.doses[1] == "10" || block.id == "b5" && well.doses == ["0", "0"]
        || block.id == "b6" && (well.doses == ["1", "0"] || well.doses == ["3", "3"])
    }
    let one = try await analyze("screen.csv", "--exclude-wells", "out.csv", "--out", "one", "--resamples", "100")
    let other = try await analyze("without.csv", "--out", "other", "--resamples", "100")
    #expect((one.status, other.status) == (0, 0), "\(one.errors)")
    for name in ["cells.csv", "fits.csv", "scores.csv"] {
      #expect(try directory.bytes("one/" + name) == directory.bytes("other/" + name), "\(name)")
    }
    // A block keeps its key where a well of it is excluded; a file without the row holds another block.
    let rankings = try ["one", "other"].map { try directory.rows($0 + "/ranking.csv") }
    #expect(zip(rankings[0], rankings[1]).count { $0["block_key"] != $1["block_key"] } == 3)
    let ranks = rankings.map { $0.map { row in row.filter { $0.key != "block_key" } } }
    #expect(ranks[0] == ranks[1])
    let excluded = try directory.rows("one/wells.csv").filter { $0["excluded"] == "excluded by hand: spilt" }
    #expect(excluded.count == 9)
    let notes = try directory.rows("one/problems.csv").filter { $0["file"] == "out.csv" }
    #expect(notes.count == 9)
    #expect(notes.allSatisfy { $0["severity"] == "info" && $0["message"]?.hasSuffix(": spilt") == true })
    #expect(notes.first?["block_id"] == "b2" && notes.first?["line"] == "2")
    #expect(notes.first?["message"]?.contains("at selinexor 0 µM, olaparib 10 µM") == true)
  }

  @Test("What is excluded from a block until it cannot be scored is refused: status 3")
  func refused() async throws {
    try writeWithout { block, well in block.id == "b3" && well.doses[0] != "0" && well.doses[1] == "0" }
    let outcome = try await analyze("screen.csv", "--exclude-wells", "out.csv", "--out", "one")
    #expect(outcome.status == 3)
    #expect(try directory.rows("one/ranking.csv").count == 6)
    let refused = try directory.rows("one/problems.csv").filter { $0["severity"] == "error" }
    #expect(refused.map { $0["block_id"] } == ["b3"])
    #expect(refused.first?["message"]?.contains("no well has selinexor alone") == true)
  }

  @Test("A corrected file is what a file that says so is, byte for byte")
  func corrections() async throws {
    try directory.write(
      "wrong.csv", WrittenBlock.table(blocks, response: "response").replacing(",uM\n", with: ",nM\n"))
    try directory.write("c.csv", "file,response,unit\nwrong.csv,inhibition,uM\n")
    let one = try await analyze("wrong.csv", "--corrections", "c.csv", "--out", "one")
    let other = try await analyze("screen.csv", "--out", "other")
    #expect((one.status, other.status) == (0, 0), "\(one.errors)")
    for name in ["cells.csv", "fits.csv", "ranking.csv"] {
      #expect(try directory.bytes("one/" + name) == directory.bytes("other/" + name), "\(name)")
    }
    let units =
      try await Tool.run(["export", "one"], in: directory).output.components(separatedBy: "\"unit\":\"uM\"").count - 1
    #expect(units >= 14)
  }

  @Test("Both tables stand among the inputs with their hashes, the title heads the report, and isobole report agrees")
  func report() async throws {
    try writeWithout { block, well in block.id == "b2" && well.doses == ["3", "3"] }
    try directory.write("c.csv", "file,sample\nscreen.csv,MM.1S\nnone.csv,X\n")
    let outcome = try await analyze(
      "screen.csv", "--title", "November <1>", "--corrections", "c.csv", "--exclude-wells", "out.csv", "--out", "run",
      "--resamples", "100")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let results = try await Tool.run(["export", "run"], in: directory).output
    for (name, kind) in [("c.csv", "corrections"), ("out.csv", "excluded wells")] {
      let line = try #require(
        results.split(separator: "\n").first { $0.contains("\"\(name)\"") && $0.contains("\"sha256\"") })
      #expect(line.contains(kind))
      #expect(try line.contains(sha256(of: name)))
    }
    #expect(try directory.text("run/report.html").contains("November &lt;1&gt;"))
    #expect(try directory.text("run/report.md").hasPrefix("# November"))
    #expect(directory.names(in: ".").contains("run"))
    let again = try await Tool.run(["report", "run"], in: directory)
    #expect(again.status == 0, "\(again.errors)")
    for name in ["report.html", "report.md", "report.pdf", "ranking.csv"] {
      #expect(try directory.bytes("run/" + name) == directory.bytes("run/report/" + name), "\(name)")
    }
    #expect(try directory.rows("run/ranking.csv").allSatisfy { $0["sample"] == "MM.1S" })
  }

  /// What `sha256sum` says.
  private func sha256(of name: String) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    process.arguments = [directory.path + "/" + name]
    process.standardOutput = pipe
    try process.run()
    process.waitUntilExit()
    return String(String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64))
  }

  @Test("Tables that lie in the searched directory are no blocks of the screen")
  func searched() async throws {
    try directory.write("all/screen.csv", WrittenBlock.table(blocks))
    try directory.write("all/c.csv", "file,sample\nall/screen.csv,S\n")
    try directory.write("all/out.csv", "block_id,conc1,conc2\nb1,1,1\n")
    let outcome = try await analyze(
      "all", "--corrections", "all/c.csv", "--exclude-wells", "./all/out.csv", "--out", "run")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try directory.rows("run/ranking.csv").map { $0["block_id"] }.contains("b1"))
    #expect(try directory.rows("run/problems.csv").allSatisfy { $0["severity"] == "info" })
  }

  @Test("An option by its old name is taken, with a warning that names the new one")
  func oldNames() async throws {
    try directory.write("out.csv", "block_id,conc1,conc2,reason\nb2,3,3,spilt\n")
    let outcome = try await analyze("screen.csv", "--leave-out=out.csv", "--least-samples", "4", "--out", "one")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("warning: --leave-out is now --exclude-wells"))
    #expect(outcome.errors.contains("warning: --least-samples is now --min-samples"))
    #expect(try directory.rows("one/wells.csv").contains { $0["excluded"] == "excluded by hand: spilt" })
    let new = try await analyze("screen.csv", "--exclude-wells", "out.csv", "--min-samples=4", "--out", "two")
    #expect(new.status == 0 && !new.errors.contains("is now"))
    #expect(try directory.bytes("one/ranking.csv") == directory.bytes("two/ranking.csv"))
  }

  @Test("A faulty row is refused and the rest goes on: status 3")
  func faultyRow() async throws {
    try directory.write("c.csv", "file,response\nscreen.csv,mortality\nscreen.csv,inhibition\n")
    try directory.write("out.csv", "block_id,conc1,conc2\nb1,1,one\nb1,1,1\n")
    let outcome = try await analyze(
      "screen.csv", "--corrections", "c.csv", "--exclude-wells", "out.csv", "--out", "run")
    #expect(outcome.status == 3)
    let refused = try directory.rows("run/problems.csv").filter { $0["severity"] == "error" }
    #expect(refused.map { $0["file"] } == ["c.csv", "out.csv"])
    #expect(refused.map { $0["line"] } == ["2", "2"])
  }

  @Test(
    "A table that is none, or an option without a use, ends with status 2 and says what was expected",
    arguments: [
      (["--corrections", "nope.csv"], "--corrections nope.csv: the file could not be read"),
      (["--corrections", "screen.csv"], "--corrections screen.csv, line 1: the header is \"block_id\""),
      (["--exclude-wells", "c.csv"], "expected block_id,conc1,conc2,response,reason"),
      (["--exclude-wells", ""], "--exclude-wells: the name is empty"),
      (["--title", " "], "--title: expected a name on one line"),
    ])
  func wrongTable(arguments: [String], says: String) async throws {
    try directory.write("c.csv", "file,response\nscreen.csv,inhibition\n")
    let outcome = try await Tool.run(["analyze", "screen.csv", "--out", "run"] + arguments, in: directory)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(directory.names(in: "run").isEmpty)
  }

  @Test("The tables are in the help; --supervised, which programs use, is not")
  func help() async throws {
    let outcome = try await analyze("--help")
    for option in ["--title <name>", "--corrections <file>", "--exclude-wells <file>"] {
      #expect(outcome.output.contains(option))
    }
    #expect(!outcome.output.contains("supervised"))
  }
}

/// Corrections of plate readers' exports and their layouts.
@Suite("Plates, corrected")
struct PlateCorrectionTests {
  let directory: TemporaryDirectory

  /// Exports of the simulated example; the first two plates carry each other's names less a letter.
  init() throws {
    directory = try TemporaryDirectory()
    let example = try SimulatedScreen.example()
    try directory.write("layout.csv", LayoutWriter.table(example.design.layouts))
    for (number, read) in example.reads.enumerated() {
      var read = read
      for folder in ["right", "wrong"] {
        if folder == "wrong", number < 2 { read.barcode = "LOST-\(number)" }
        let path = try directory.write("\(folder)/\(number).csv")
        try Data(PlateExportWriter(.envision).bytes([read])).write(to: URL(fileURLWithPath: path))
      }
    }
  }

  private func analyze(_ folder: String, _ more: String...) async throws -> Tool.Outcome {
    try await Tool.run(["analyze", folder, "--layout", "layout.csv", "--out", "out"] + more, in: directory)
  }

  private func cells() throws -> Data { try directory.bytes("out/cells.csv") }

  @Test("Barcodes that are corrected join their layouts")
  func barcodes() async throws {
    #expect(try await analyze("right").status == 0)
    let wanted = try cells()
    #expect(try await analyze("wrong").status == 3)
    try directory.write("c.csv", "file,plate\nwrong/0.csv,SIM-P1\nwrong/1.csv,lost-1=SIM-P2;LOST-9=X\n")
    let outcome = try await analyze("wrong", "--corrections", "c.csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try cells() == wanted)
    let told = try directory.rows("out/problems.csv").filter { $0["file"] == "c.csv" }
    #expect(told.map { $0["severity"] } == ["info", "info", "warning"])
    #expect(told.last?["message"]?.contains("no plate is called LOST-9") == true)
  }

  @Test("A well of a plate that is excluded from its block is marked on the plate")
  func excludedOnPlate() async throws {
    let first = try await analyze("right")
    #expect(first.status == 0, "\(first.errors)")
    let ranking = try directory.rows("out/ranking.csv")
    let cells = try directory.rows("out/cells.csv")
    let wells = try directory.rows("out/wells.csv")
    let block = try #require(ranking.first?["block_id"])
    let cell = try #require(
      cells.first { $0["block_id"] == block && $0["conc1"] != "0" && $0["conc2"] != "0" && $0["replicates"] == "1" }
        ?? cells.first { $0["block_id"] == block && $0["conc1"] != "0" && $0["conc2"] != "0" })
    let well = try #require(
      wells.first { well in
        well["response"] == cell["response_as_read"]
          || Set([well["drug1"], well["drug2"]]) == Set([cell["drug1"], cell["drug2"]])
            && Set([well["conc1"], well["conc2"]]) == Set([cell["conc1"], cell["conc2"]])
      })
    let row = [block, cell["conc1"] ?? "", cell["conc2"] ?? "", well["response"] ?? "", "bubble"]
    try directory.write("wells-out.csv", "block_id,conc1,conc2,response,reason\n\(row.joined(separator: ","))\n")
    let outcome = try await Tool.run(
      ["analyze", "right", "--layout", "layout.csv", "--exclude-wells", "wells-out.csv", "--out", "again"],
      in: directory)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let marked = try directory.rows("again/wells.csv").filter { $0["excluded"]?.contains("by hand") == true }
    #expect(marked.map { $0["well"] } == [well["well"]])
    #expect(marked.first?["excluded"] == "excluded by hand from block \(block): bubble")
    #expect(
      try directory.rows("again/ranking.csv").first { $0["block_id"] == block }?["block_key"]
        == ranking.first?["block_key"])
  }

  @Test("The units of a layout's doses are corrected in the layout")
  func units() async throws {
    #expect(try await analyze("right").status == 0)
    let wanted = try cells()
    let layout = try directory.text("layout.csv")
    #expect(layout.contains(",uM"))
    try directory.write("layout.csv", layout.replacing(",uM", with: ",nM"))
    try directory.write("c.csv", "file,unit\nlayout.csv,uM\n")
    let outcome = try await analyze("right", "--corrections", "c.csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try cells() == wanted)
    let results = try await Tool.run(["export", "out"], in: directory).output
    #expect(results.contains("\"unit\":\"uM\"") && !results.contains("\"unit\":\"nM\""))
  }

  @Test("What cannot be corrected there is doubted or refused, never passed over")
  func useless() async throws {
    try directory.write(
      "c.csv", "file,response,sample\nright/0.csv,viability,\nlayout.csv,,X\nlayout.csv,viability,\n")
    let outcome = try await analyze("right", "--corrections", "c.csv")
    #expect(outcome.status == 3)
    let told = try directory.rows("out/problems.csv").filter { $0["file"] == "c.csv" }
    #expect(told.map { $0["severity"] } == ["warning", "error", "warning"])
    #expect(told[0]["message"]?.contains("only the barcodes of a plate reader's export are corrected") == true)
    #expect(told[1]["message"]?.contains("the file holds the samples SIM-AML-1, SIM-MM-1") == true)
    #expect(told[2]["message"]?.contains("a layout has no responses") == true)
  }

  @Test("Wells of blocks that were made of plates are excluded as any other")
  func leaveOut() async throws {
    #expect(try await analyze("right").status == 0)
    let before = try directory.rows("out/cells.csv")
    let cell = try #require(before.first { $0["block_id"] == "1" && $0["conc1"] != "0" && $0["conc2"] != "0" })
    let (one, two) = (cell["conc1"] ?? "", cell["conc2"] ?? "")
    try directory.write("out.csv", "block_id,conc1,conc2\n1,\(one),\(two)\n")
    #expect(try await analyze("right", "--exclude-wells", "out.csv").status == 0)
    let after = try directory.rows("out/cells.csv")
    #expect(after.count == before.count - 1)
    #expect(!after.contains { $0["block_id"] == "1" && $0["conc1"] == one && $0["conc2"] == two })
    #expect(try await Tool.run(["report", "out"], in: directory).status == 0)
    #expect(try directory.bytes("out/report.html") == directory.bytes("out/report/report.html"))
  }
}
