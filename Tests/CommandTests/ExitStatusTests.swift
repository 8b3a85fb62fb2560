import Foundation
import ReferenceData
import Testing

@Suite("How the tool ends")
struct ExitStatusTests {
  let directory: TemporaryDirectory

  static let outputs = [
    "cells.csv", "columns.csv", "fits.csv", "isobole-manifest.json", "problems.csv", "ranking.csv", "report.html",
    "report.md", "report.pdf", "report.xlsx", "results.sqlite", "scores.csv", "wells.csv",
  ]

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("good.csv", WrittenBlock.table([WrittenBlock("g1"), WrittenBlock("g2", seed: 4)]))
    try directory.write("empty.csv")
  }

  @Test("0 when all was analysed, and every file is there")
  func success() async throws {
    let outcome = try await Tool.run(["analyze", "good.csv", "--out", "out"], in: directory)
    #expect(outcome.status == 0)
    #expect(directory.names(in: "out") == Self.outputs)
  }

  @Test("3 when some inputs were refused; the rest is complete")
  func someRefused() async throws {
    let outcome = try await Tool.run(["analyze", "good.csv", "empty.csv", "--out", "out"], in: directory)
    #expect(outcome.status == 3)
    #expect(directory.names(in: "out") == Self.outputs)
    #expect(try directory.rows("out/ranking.csv").count == 2)
  }

  @Test("2 when an argument is not UTF-8: repaired, it would name another file")
  func argumentOfOtherBytes() async throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", #"exec "$0" analyze "$(printf 'good\377.csv')" --out out 2>errors.txt"#, Tool.path]
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    try await Tool.ended(process)
    #expect(process.terminationStatus == 2)
    #expect(try directory.text("errors.txt").contains("argument 2, “good\u{FFFD}.csv”, is not UTF-8; rename the file"))
    #expect(directory.names(in: "out").isEmpty)
  }

  @Test("4 when nothing could be analysed leaves the results of an earlier run, and files of others, as they were")
  func nothingAnalysedKeepsResults() async throws {
    _ = try await Tool.run(["analyze", "good.csv", "--out", "out"], in: directory)
    let before = try directory.names(in: "out").map { try directory.bytes("out/" + $0) }
    let outcome = try await Tool.run(["analyze", "god.csv", "--out", "out"], in: directory)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("out was left as it was") && outcome.errors.contains("god.csv"))
    #expect(try directory.names(in: "out").map { try directory.bytes("out/" + $0) } == before)
    #expect(directory.names(in: ".").allSatisfy { !$0.contains(".isobole-") })

    try directory.write("mine/notes.txt", "mine")
    let beside = try await Tool.run(["analyze", "empty.csv", "--out", "mine", "--into-existing"], in: directory)
    #expect(beside.status == 4 && directory.names(in: "mine") == ["notes.txt"])

    // A run that found nothing is replaced by another.
    for path in ["empty.csv", "god.csv"] {
      _ = try await Tool.run(["analyze", path, "--out", "failed"], in: directory)
      #expect(try directory.text("failed/problems.csv").contains(path))
    }
  }

  @Test(
    "4 when nothing could be analysed; problems.csv says why", arguments: ["empty.csv", "nothing.csv", "/dev/null"])
  func nothingAnalysed(path: String) async throws {
    let outcome = try await Tool.run(["analyze", path, "--out", "out"], in: directory)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("nothing could be analysed; out/problems.csv says why"))
    #expect(directory.names(in: "out") == Self.outputs)
    #expect(try directory.rows("out/problems.csv").map { $0["severity"] } == ["error"])
  }

  @Test(
    "2 when the command was wrong, with a message and without a file",
    arguments: [
      (["analyze"], "<path>"),
      (["analyze", "good.csv", "--bogus"], "--bogus"),
      (["analyze", "good.csv", "--models", "zip,magic"], "zip,magic"),
      (["analyze", "good.csv", "--models", "zip,zip"], "zip,zip"),
      (["analyze", "good.csv", "--models", ""], "--models"),
      (["analyze", "good.csv", "--threads", "0"], "--threads 0"),
      (["analyze", "good.csv", "--threads", "many"], "many"),
      (["analyze", "good.csv", "--response", "mortality"], "mortality"),
      (["analyze", "good.csv", "--out", "empty.csv"], "this is a file"),
      (["analyze", "good.csv", "--out", ""], "--out"),
      (["analyze", "good.csv", "--peak-window", "0"], "--peak-window 0"),
      (["analyze", "good.csv", "--hill-bounds", "5,1"], "5,1"),
      (["analyze", "good.csv", "--hill-bounds", "0,1"], "--hill-bounds"),
      (["analyze", "good.csv", "--ec50-factor", "nan"], "--ec50-factor"),
      (["analyze", "good.csv", "--report-blocks", "-1"], "--report-blocks"),
      (["synergise"], "synergise"),
    ])
  func wrongCommand(arguments: [String], says: String) async throws {
    let outcome = try await Tool.run(arguments, in: directory)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(directory.names(in: ".").filter { !$0.hasPrefix(".") } == ["empty.csv", "good.csv"])
  }

  @Test("0 for help, which shows an example", arguments: [["--help"], ["analyze", "--help"]])
  func help(arguments: [String]) async throws {
    let outcome = try await Tool.run(arguments, in: directory)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("isobole analyze Plates/"))
    #expect(outcome.errors.isEmpty)
  }

  @Test("4 and a reason when the results cannot be written", arguments: ["good.csv/out", "/dev/full/out", "/proc/out"])
  func unwritable(out: String) async throws {
    let outcome = try await Tool.run(["analyze", "good.csv", "--out", out], in: directory)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("cannot make the directory \(out)"), "\(outcome.errors)")
  }

  @Test("A failed run leaves the results of the run before as they were")
  func olderResults() async throws {
    #expect(try await Tool.run(["analyze", "good.csv", "--out", "out"], in: directory).status == 0)
    let before = try Self.outputs.map { try directory.bytes("out/" + $0) }
    #expect(try await Tool.run(["analyze", "good.csv", "--out", "out", "--threads", "0"], in: directory).status == 2)
    #expect(try Self.outputs.map { try directory.bytes("out/" + $0) } == before)
  }

  @Test("4 when the disk is full; the results of the run before stay as they were")
  func diskFull() async throws {
    #expect(try await Tool.run(["analyze", "good.csv", "--out", "out"], in: directory).status == 0)
    let before = try Self.outputs.map { try directory.bytes("out/" + $0) }
    // No file may grow beyond 8 kB; without the trap the system would end the program.
    let shell = Process()
    let errors = Pipe()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" analyze good.csv --quiet --out out", Tool.path,
    ]
    shell.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    shell.standardError = errors
    try await Tool.ended(shell)
    let said = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
    #expect(shell.terminationReason == .exit)
    #expect(shell.terminationStatus == 4)
    // The store calls a file that may not grow a disk error; a table has the system's words.
    #expect(said.contains(/(File too large|disk I\/O error); no results of this run were put in place/), "\(said)")
    #expect(directory.names(in: "out") == Self.outputs)
    #expect(try Self.outputs.map { try directory.bytes("out/" + $0) } == before)
  }

  @Test("4 while another run writes into the directory; that run is left alone")
  func directoryInUse() async throws {
    try directory.write(".out.isobole-abcdefghijkm/cells.csv", "the other run's")
    let lock = open(
      try directory.write(".out.isobole-lock", "isobole-lock 1\nbeside .out.isobole-abcdefghijkm\n"), O_RDWR | O_CLOEXEC
    )
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let outcome = try await Tool.run(["analyze", "good.csv", "--out", "out"], in: directory)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("another run is writing into out; wait for it or name another directory"))
    #expect(try directory.text(".out.isobole-abcdefghijkm/cells.csv") == "the other run's")
  }
}
