import Foundation
import ReferenceData
import Testing

@Suite("The user's files")
struct ForeignFileTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("good.csv", WrittenBlock.table([WrittenBlock("g1"), WrittenBlock("g2", seed: 4)]))
  }

  private func analyze(_ arguments: String...) async throws -> Tool.Outcome {
    try await Tool.run(["analyze"] + arguments + ["--formats", "md"], in: directory)
  }

  /// Everything in a directory, by path, links not followed.
  private func contents(_ name: String) throws -> [String: String] {
    var contents: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory.path + "/" + name) {
      contents[path] = (try? directory.text(name + "/" + path)) ?? "no text"
    }
    return contents
  }

  private func refused(_ outcome: Tool.Outcome, _ says: String...) {
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    for words in says { #expect(outcome.errors.contains(words), "\(outcome.errors)") }
    #expect(directory.names(in: ".").filter { $0.contains(".isobole-") }.isEmpty)
  }

  @Test(
    "are not replaced by what simulate, layout and formats write",
    arguments: [
      ("simulate --blocks 1", "screen.csv"), ("formats gen5", "gen5.txt"),
      (
        "layout --anchor selinexor:10uM:1/3:8 --partner bortezomib:0.1uM:1/3:8 --plate 384 --replicates 1", "layout.csv"
      ),
    ])
  func newFiles(command: String, name: String) async throws {
    let words = command.split(separator: " ").map(String.init)
    try directory.write("mine/\(name)", "precious")
    refused(try await Tool.run(words + ["--out", "mine"], in: directory), "mine has", name, "Name another place")
    #expect(try contents("mine") == [name: "precious"])
    // Nor through a link; and again with the same bytes changes nothing.
    try directory.write("real.txt", "precious")
    try FileManager.default.createDirectory(atPath: directory.path + "/linked", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/linked/" + name, withDestinationPath: "../real.txt")
    refused(try await Tool.run(words + ["--out", "linked"], in: directory), "linked has \(name) already")
    #expect(try directory.text("real.txt") == "precious")
    #expect(try await Tool.run(words + ["--out", "new"], in: directory).status == 0)
    let first = try contents("new")
    #expect(try await Tool.run(words + ["--out", "new"], in: directory).status == 0)
    #expect(try contents("new") == first && first[name] != nil)
  }

  @Test("with names that are not UTF-8 are seen")
  func names() async throws {
    try FileManager.default.createDirectory(atPath: directory.path + "/old", withIntermediateDirectories: true)
    let path = Array((directory.path + "/old/notes-").utf8) + [0xE4]
    let file = (path + [0]).withUnsafeBytes {
      open($0.assumingMemoryBound(to: CChar.self).baseAddress!, O_CREAT | O_WRONLY, 0o600)
    }
    try #require(file >= 0)
    close(file)
    refused(try await analyze("good.csv", "--out", "old"), "old holds something", "a name that is not UTF-8")
    #expect(directory.names(in: "old").count == 1)
    #expect(try await analyze("good.csv", "--out", "old", "--into-existing").status == 0)
    #expect(directory.names(in: "old").contains("ranking.csv"))
    #expect((path + [0]).withUnsafeBytes { access($0.assumingMemoryBound(to: CChar.self).baseAddress!, F_OK) } == 0)
  }

  @Test("in a directory are neither deleted nor overwritten: the run is refused before it begins, and names them")
  func foreign() async throws {
    for name in ["figures/sub/figure1.png", "report.md", "qc.csv", "associations.csv"] {
      try directory.write("proj/" + name, "mine")
    }
    let before = try contents("proj")
    refused(
      try await analyze("good.csv", "--out", "proj"),
      "proj holds 4 things that no earlier run of Isobole left as it is: associations.csv, figures/ (a directory), qc.csv "
        + "and 1 more", "--out", "--into-existing")
    #expect(try contents("proj") == before)
  }

  @Test(
    "that are the input are never a target", arguments: ["qc.csv", "cells.csv", "isobole-manifest.json"], [false, true])
  func input(name: String, isIntoExisting: Bool) async throws {
    try directory.write("p/" + name, directory.text("good.csv"))
    let outcome = try await Tool.run(
      ["analyze", "p/" + name, "--out", "p", "--formats", "md"] + (isIntoExisting ? ["--into-existing"] : []),
      in: directory)
    if isIntoExisting, name == "qc.csv" {
      #expect(outcome.status == 0)  // a name that this run does not need
    } else {
      refused(outcome, "\(name) (an input of this run)")
    }
    #expect(try directory.text("p/" + name) == directory.text("good.csv"))
  }

  @Test(
    "that are read besides are never a target, by whatever path, link or second name they are reached",
    arguments: [
      ["--corrections", "out/problems.csv"], ["--samples", "link.csv"], ["--samples", "second.csv"],
      ["--compounds", "away/problems.csv"],
    ])
  func sideInput(option: [String]) async throws {
    #expect(try await analyze("good.csv", "--out", "out").status == 0)
    // The manifest lists the file as an earlier run's; the content is what the reader of the option takes.
    let texts = [
      "--corrections": "file,drug\ngood.csv,selinexor\n", "--samples": "sample,a\nx,1\n", "--compounds": "{}\n",
    ]
    let text = try #require(texts[option[0]])
    try directory.write("out/problems.csv", text)
    try list("out", "problems.csv")
    try directory.link("link.csv", to: "out/problems.csv")
    try directory.link("away", to: "out")
    try FileManager.default.linkItem(
      atPath: directory.path + "/out/problems.csv", toPath: directory.path + "/second.csv")
    let before = try contents("out")
    let outcome = try await Tool.run(["analyze", "good.csv", "--out", "out"] + option, in: directory)
    if option[0] == "--compounds" {
      #expect(outcome.status == 2)  // such a registry is no registry, which is said first or not
    } else {
      refused(outcome, "is read by this run, and its results would replace it in out")
    }
    #expect(try contents("out") == before)
  }

  /// Puts a file's present digest into a manifest.
  private func list(_ folder: String, _ name: String) throws {
    let sum = Process()
    let output = Pipe()
    sum.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    sum.arguments = [directory.path + "/" + folder + "/" + name]
    sum.standardOutput = output
    try sum.run()
    let digest = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64)
    let manifest = try directory.text(folder + "/isobole-manifest.json")
    let size = try directory.bytes(folder + "/" + name).count
    let lines = manifest.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.contains("\"name\":\"\(name)\"")
        ? "{\"bytes\":\(size),\"name\":\"\(name)\",\"sha256\":\"\(digest)\"}" + (line.hasSuffix(",") ? "," : "")
        : String(line)
    }
    try directory.write(folder + "/isobole-manifest.json", lines.joined(separator: "\n"))
  }

  @Test("that were put among results, or results that somebody changed, keep the directory from being replaced")
  func changedResults() async throws {
    #expect(try await analyze("good.csv", "--out", "out", "--figures", "svg", "--figure-blocks", "1").status == 0)
    #expect(try await analyze("good.csv", "--out", "out").status == 0)
    #expect(!directory.names(in: "out").contains("figures"))
    #expect(try await analyze("good.csv", "--out", "out", "--figures", "svg", "--figure-blocks", "1").status == 0)
    try directory.write("out/figures/mine.svg", "mine")
    try directory.write("out/ranking.csv", "mine")
    try directory.link("out/notes.txt", to: "../good.csv")
    let before = try contents("out")
    refused(
      try await analyze("good.csv", "--out", "out"),
      "out holds 3 things", "figures/mine.svg, notes.txt (a link), ranking.csv (changed since)")
    #expect(try contents("out") == before)
  }

  @Test("in a report that isobole report made beside the results are not lost with them")
  func report() async throws {
    #expect(try await analyze("good.csv", "--out", "out").status == 0)
    for _ in 1...2 {
      #expect(try await Tool.run(["report", "out", "--formats", "md"], in: directory).status == 0)
    }
    let before = try contents("out")
    refused(try await analyze("good.csv", "--out", "out"), "report/ (a report made by isobole report)")
    #expect(try contents("out") == before)
    try directory.write("out/report/mine.txt", "mine")
    let outcome = try await Tool.run(["report", "out"], in: directory)
    refused(outcome, "out/report holds something", "mine.txt")
    #expect(try directory.text("out/report/report.md") == before["report/report.md"])
    let other = try await Tool.run(["analyze", "good.csv", "--out", "out/report", "--into-existing"], in: directory)
    refused(other, "out/report holds a report that isobole report wrote")
  }

  @Test("in results of version 0.1.0, which has no manifest, cannot be told from results: nothing is replaced")
  func olderVersion() async throws {
    #expect(try await analyze("good.csv", "--out", "out").status == 0)
    for name in ["isobole-manifest.json", "results.sqlite", "scores.csv", "wells.csv", "columns.csv"] {
      try FileManager.default.removeItem(atPath: directory.path + "/out/" + name)
    }
    try directory.write("out/results.json", "{\"format\":\"isobole-results\",\"format_version\":1}\n")
    let before = try contents("out")
    refused(
      try await analyze("good.csv", "--out", "out"),
      "out holds results without isobole-manifest.json (those of Isobole 0.1.0", "or remove out yourself")
    refused(
      try await analyze("good.csv", "--out", "out", "--into-existing"), "out has cells.csv, fits.csv, problems.csv and")
    #expect(try contents("out") == before)
    let report = try await Tool.run(["report", "out", "--out", "again", "--formats", "md"], in: directory)
    #expect(report.status == 4 && report.errors.contains("analyse the screen again"))
  }

  @Test("stay as they are with --into-existing, which replaces its own files and no other")
  func intoExisting() async throws {
    for name in ["thesis.txt", "data/plate.csv", "report.pdf", "figures/mine.svg"] {
      try directory.write("proj/" + name, "mine")
    }
    for figures in ["svg", "png"] {
      let outcome = try await analyze("good.csv", "--out", "proj", "--into-existing", "--figures", figures)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    for name in ["thesis.txt", "data/plate.csv", "report.pdf", "figures/mine.svg"] {
      #expect(try directory.text("proj/" + name) == "mine")
    }
    let paths = try contents("proj").keys
    #expect(
      paths.contains { $0.hasSuffix(".png") } && !paths.contains { $0.hasSuffix(".svg") && $0 != "figures/mine.svg" })
    #expect(!paths.contains { $0.contains("isobole-") && $0 != "isobole-manifest.json" })
    #expect(try await Tool.run(["report", "proj", "--out", "opened", "--formats", "md"], in: directory).status == 0)
    refused(
      try await Tool.run(["analyze", "good.csv", "--out", "proj", "--into-existing"], in: directory),
      "proj has report.pdf already")
    #expect(try await Tool.run(["report", "proj", "--out", "data2", "--into-existing"], in: directory).status == 0)
  }

  @Test("behind a link are never reached: what is deleted is looked at and not followed")
  func links() async throws {
    try directory.write("victim/thesis.txt", "treasure")
    try directory.write("p4/empty/.keep")
    try directory.link("p4/.unfinished", to: "../victim")
    refused(try await analyze("good.csv", "--out", "p4"), ".unfinished (a link)")
    try directory.write(".new.isobole-lock", "isobole-lock 1\nbeside .new.isobole-abcdefghijkm\n")
    try directory.link(".new.isobole-abcdefghijkm", to: "victim")
    #expect(try await analyze("good.csv", "--out", "new").status == 0)
    try directory.write(".other.isobole-lock", "isobole-lock 1\nbeside ../victim\n")
    #expect(try await analyze("good.csv", "--out", "other").status == 0)
    try directory.write(".third.isobole-lock", "mine")
    let third = try await analyze("good.csv", "--out", "third")
    #expect(third.status == 2)
    #expect(third.errors.contains(".third.isobole-lock has the name that Isobole's lock needs"))
    try directory.link(".fourth.isobole-lock", to: "victim/thesis.txt")
    #expect(try await analyze("good.csv", "--out", "fourth").status == 2)
    #expect(try directory.text("victim/thesis.txt") == "treasure")
    #expect(try directory.text(".third.isobole-lock") == "mine")
  }

  @Test("A link to a directory stands for it; one that leads nowhere and a file are errors")
  func linkedTarget() async throws {
    try directory.write("real/.keep")
    try FileManager.default.removeItem(atPath: directory.path + "/real/.keep")
    try directory.link("latest", to: "real")
    for _ in 1...2 { #expect(try await analyze("good.csv", "--out", "latest").status == 0) }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: directory.path + "/latest") == "real")
    #expect(directory.names(in: "real").contains("results.sqlite"))
    try directory.link("nowhere", to: "gone")
    refused(try await analyze("good.csv", "--out", "nowhere"), "nowhere is a link that leads nowhere")
    let report = try await Tool.run(["report", "real", "--out", "good.csv"], in: directory)
    refused(report, "good.csv is a file; name a directory")
  }

  @Test("The directory that the command works in can hold the results, again and again")
  func workingDirectory() async throws {
    let inner = try TemporaryDirectory()
    let input = try directory.write("good.csv", directory.text("good.csv"))
    for _ in 1...2 {
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.arguments = [
        "-c",
        "cd \"$1\" && \"$0\" analyze \"$2\" --out . --resamples 0 --formats md --quiet && ls > /dev/null && test -e results.sqlite",
        Tool.path, inner.path, input,
      ]
      try await Tool.ended(shell)
      #expect(shell.terminationStatus == 0)
    }
    #expect(inner.names(in: ".").count == 10)
  }

  @Test("The permissions of the directory are those that it had")
  func permissions() async throws {
    #expect(try await analyze("good.csv", "--out", "out").status == 0)
    try FileManager.default.setAttributes([.posixPermissions: 0o2750], ofItemAtPath: directory.path + "/out")
    #expect(try await analyze("good.csv", "--out", "out").status == 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + "/out")
    #expect(attributes[.posixPermissions] as? Int == 0o2750)
  }

  @Test("The manifest lists every file with its size and digest, no date, and is the same for the same input")
  func manifest() async throws {
    struct Manifest: Decodable {
      struct File: Decodable { var name: String, bytes: Int, sha256: String }
      var format: String, format_version: Int, isobole_version: String, kind: String, files: [File]
    }
    for out in ["one", "two"] {
      #expect(try await analyze("good.csv", "--out", out, "--figures", "svg", "--title", "t").status == 0)
    }
    #expect(try directory.bytes("one/isobole-manifest.json") == directory.bytes("two/isobole-manifest.json"))
    let manifest = try JSONDecoder().decode(Manifest.self, from: directory.bytes("one/isobole-manifest.json"))
    #expect(manifest.format == "isobole-manifest" && manifest.format_version == 1 && manifest.kind == "results")
    let files = try contents("one").keys.filter { $0 != "isobole-manifest.json" && $0.contains(".") }.sorted()
    #expect(manifest.files.map(\.name) == files)
    #expect(files.contains { $0.hasPrefix("figures/001-") })
    for file in manifest.files {
      #expect(try directory.bytes("one/" + file.name).count == file.bytes)
      #expect(file.sha256.count == 64)
    }
  }

  @Test("Tables of Isobole are not scored as a screen, wherever they lie and whatever program saved them again")
  func ownTables() async throws {
    try directory.write(
      "screen.csv",
      WrittenBlock.table((1...3).map { WrittenBlock("b\($0)", seed: $0) }))
    #expect(try await Tool.run(["analyze", "screen.csv", "--out", "out"], in: directory).status == 0)
    for name in ["cells.csv", "ranking.csv", "fits.csv", "problems.csv", "results.sqlite", "report.xlsx"] {
      try FileManager.default.copyItem(
        atPath: directory.path + "/out/" + name, toPath: directory.path + "/copy-" + name)
      let outcome = try await analyze("copy-" + name, "--out", "again-" + name)
      #expect(outcome.status == 4, "\(name): \(outcome.output)")
    }
    let cells = try directory.text("out/cells.csv").split(separator: "\n").map {
      $0.replacingOccurrences(of: ",", with: ";")
    }
    try directory.write("saved.csv", cells.joined(separator: "\r\n"))
    for name in ["copy-cells.csv", "saved.csv"] {
      let outcome = try await analyze(name, "--out", "again-" + name)
      #expect(outcome.status == 4)
      #expect(outcome.errors.contains("this is the cells.csv of a run of Isobole: results, not measurements"))
    }
  }

  @Test("A search passes over results, whole, half and unfinished ones, and says so; other files beside them are read")
  func search() async throws {
    let table = try directory.text("good.csv")
    #expect(try await analyze("good.csv", "--out", "scr/whole").status == 0)
    #expect(try await analyze("good.csv", "--out", "scr/old").status == 0)
    try FileManager.default.removeItem(atPath: directory.path + "/scr/old/isobole-manifest.json")
    // What 0.1.0 left when it was killed while it renamed: no results.json.
    #expect(try await analyze("good.csv", "--out", "scr/half").status == 0)
    for name in ["isobole-manifest.json", "results.sqlite"] {
      try FileManager.default.removeItem(atPath: directory.path + "/scr/half/" + name)
    }
    try directory.write("scr/.gone.isobole-abcdefghijkm/cells.csv", "half")
    try directory.write("scr/mixed/plate.csv", table.replacingOccurrences(of: "\ng1", with: "\nm1"))
    #expect(try await analyze("good.csv", "--out", "scr/mixed", "--into-existing").status == 0)
    try directory.write("scr/plate.csv", table)
    let outcome = try await analyze("scr", "--out", "out")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try directory.rows("out/ranking.csv").count == 4)
    let notes = try directory.rows("out/problems.csv").compactMap { row in
      row["severity"] == "info" ? "\(row["file"] ?? "") \(row["message"] ?? "")" : nil
    }
    for folder in ["whole", "old", "half"] {
      #expect(
        notes.contains { $0.hasPrefix("scr/\(folder) this directory holds the results of an earlier run; passed over") }
      )
    }
    #expect(
      notes.contains { $0.hasPrefix("scr/mixed this directory holds the results of an earlier run among other files") })
    #expect(notes.contains { $0.hasPrefix("scr another run of Isobole writes here or broke off") })
  }
}
