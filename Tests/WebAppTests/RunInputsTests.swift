import Foundation
import Testing

@testable import WebApp

@Suite("What a run is started with")
struct RunInputsTests {
  private func file(_ name: String, _ role: FileRole, corrections: [Correction] = []) -> ScreenUpload {
    ScreenUpload(
      id: 1, screen: 1, name: name, sha256: "0", bytes: 1, uploaded: "2026-11-26T00:00:00Z", by: "ada", role: role,
      isRoleSet: false, corrections: corrections, summary: "", errors: 0, warnings: 0, infos: 0)
  }

  @Test("Dose matrices are named after the options, so that no name is taken for one")
  func matrices() throws {
    let inputs = try RunInputs(title: "-a b", files: [file("--out.csv", .matrix), file("x", .ignored)], leftOut: [])
    let arguments = try inputs.arguments(RunOptions(models: ["bliss"]), results: "results-1", threads: 2)
    #expect(
      arguments == [
        "analyze", "--title=-a b", "--out", "../results-1", "--threads", "2", "--models", "bliss", "--", "--out.csv",
      ])
  }

  @Test("Exports go with their layouts, masks and samples; corrections and excluded wells beside them")
  func plates() throws {
    let leftOut = LeftOutRecord(
      id: 1, block: "b", doses: [1, 2], response: 3, reason: "bubble", by: "ada", at: "2026-11-26T00:00:00Z")
    var undone = leftOut
    undone.undoneAt = "2026-11-26T00:00:01Z"
    let inputs = try RunInputs(
      title: "t",
      files: [
        file("e.txt", .export, corrections: [Correction(plate: "P1")]), file("l.csv", .layout), file("m.csv", .mask),
        file("s.csv", .samples),
      ], leftOut: [leftOut, undone])
    let arguments = try inputs.arguments(RunOptions(normalise: "npi"), results: "r", threads: 1)
    #expect(
      arguments.dropFirst(6) == [
        "--normalise", "npi", "--layout=l.csv", "--mask=m.csv", "--samples=s.csv", "--corrections",
        "../corrections.csv",
        "--exclude-wells", "../left-out.csv", "--", "e.txt",
      ])
    #expect(inputs.wells.count == 1 && inputs.wells[0].reason.contains("bubble (ada"))
  }

  @Test(
    "Files that cannot be analysed together are refused with the file's name and what to do",
    arguments: [
      ([("s.csv", FileRole.samples)], "nothing to analyse"), ([("e.txt", .export)], "upload the layout"),
      ([("a.csv", .matrix), ("l.csv", .layout)], "a.csv holds dose matrices"),
      ([("e.txt", .export), ("l.csv", .layout), ("m.csv", .mask), ("n.csv", .mask)], "m.csv, n.csv"),
    ])
  func refused(files: [(String, FileRole)], words: String) throws {
    do {
      _ = try RunInputs(title: "t", files: files.map { file($0.0, $0.1) }, leftOut: [])
      Issue.record("it was taken")
    } catch {
      #expect(error.status == .conflict && error.message.contains(words), "\(error.message)")
    }
  }

  @Test(
    "An option that the command would refuse is refused at once, by name",
    arguments: [
      (RunOptions(models: []), "models"), (RunOptions(models: ["zip", "zip"]), "models"),
      (RunOptions(models: ["musyc"]), "models"), (RunOptions(response: "percent"), "response"),
      (RunOptions(threshold: -1), "threshold"), (RunOptions(threshold: .nan), "threshold"),
      (RunOptions(resamples: 50), "resamples"), (RunOptions(confidence: 1), "confidence"), (RunOptions(fdr: 0), "fdr"),
      (RunOptions(zipBaseline: "--out"), "zip_baseline"), (RunOptions(peakWindow: 0), "peak_window"),
      (RunOptions(baseline: "zero"), "baseline"), (RunOptions(anchor: "all"), "anchor"),
    ])
  func options(options: RunOptions, name: String) {
    do {
      _ = try options.arguments(plates: false)
      Issue.record("it was taken")
    } catch {
      #expect(error.status == .badRequest && error.message.hasPrefix(name), "\(error.message)")
    }
  }

  @Test("What is chosen for a drug that blocks share reaches the command")
  func anchor() throws {
    #expect(try RunOptions(anchor: "shared").arguments(plates: false) == ["--anchor", "shared"])
    #expect(RunOptions(anchor: "shared").form.anchor == .shared && RunOptions().form.anchor == .own)
    #expect(RunOptions(anchor: "shared").words.contains { $0 == ("anchor", "shared") })
  }

  @Test("A block has one name in the store, whether its file is alone or one of several")
  func blockNames() throws {
    let alone = try RunInputs(title: "t", files: [file("a.b.csv", .matrix)], leftOut: [])
    #expect(alone.key(of: "17") == "a.b:17" && alone.block(of: "a.b:17") == "17" && alone.block(of: "17") == "17")
    let both = try RunInputs(title: "t", files: [file("a.b.csv", .matrix), file("c.csv", .matrix)], leftOut: [])
    #expect(both.key(of: "a.b:17") == "a.b:17" && both.block(of: "a.b:17") == "a.b:17")
    let plates = try RunInputs(title: "t", files: [file("e.txt", .export), file("l.csv", .layout)], leftOut: [])
    #expect(plates.key(of: "17") == "17")
  }

  @Test("A command is written so that a shell reads the same words")
  func shell() throws {
    let words = ["isobole", "a b", "it's", "", "$(x)", "plain-1_./,:=", "ü", "x'\u{338};touch pwned;'\u{338}"]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "printf '%s\\n' " + ShellCommand.text(words)]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(output == words.joined(separator: "\n") + "\n")
  }
}
