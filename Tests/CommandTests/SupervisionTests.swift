import Foundation
import ReferenceData
import Testing

@Suite("A supervised run")
struct SupervisionTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    for file in 1...20 {
      try directory.write(
        "screen/\(file).csv", WrittenBlock.table((1...50).map { WrittenBlock("b\($0)", seed: file + $0) }))
    }
    try directory.write("small.csv", WrittenBlock.table([WrittenBlock("a"), WrittenBlock("b", seed: 3)]))
    try directory.write("empty.csv")
  }

  /// A run whose standard input stays open until it is closed.
  private struct Started {
    let process = Process()
    let input = Pipe()
    let output = Pipe()
    let errors = Pipe()

    init(_ arguments: [String], in directory: TemporaryDirectory) throws {
      process.executableURL = URL(fileURLWithPath: Tool.path)
      process.arguments = ["analyze"] + arguments + ["--supervised"]
      process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
      process.standardInput = input
      process.standardOutput = output
      process.standardError = errors
      try process.run()
    }

    /// The lines until the end of the run.
    func lines(after said: Data = Data()) throws -> [[String: Any]] {
      let text = said + output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return try text.split(separator: UInt8(ascii: "\n")).map {
        try #require(try JSONSerialization.jsonObject(with: $0) as? [String: Any])
      }
    }
  }

  @Test("says how far it is and at last that it finished, and nothing else")
  func finished() throws {
    let run = try Started(["screen", "small.csv", "empty.csv", "--out", "out", "--resamples", "100"], in: directory)
    let lines = try run.lines()
    #expect(run.process.terminationStatus == 3)
    let progress = lines.dropLast()
    #expect(progress.count > 3)
    let fractions = progress.compactMap { $0["fraction"] as? Double }
    #expect(fractions.count == progress.count)
    #expect(zip(fractions, fractions.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(fractions.last == 1)
    #expect(progress.last?["files"] as? Int == 22)
    #expect(progress.last?["blocks"] as? Int == 1002)
    let last = try #require(lines.last)
    #expect(last["status"] as? String == "finished")
    #expect(last["blocks"] as? Int == 1002)
    #expect(last["errors"] as? Int == 1)
    #expect(last["warnings"] as? Int == 0)
    let noted = try directory.rows("out/problems.csv").count { $0["severity"] == "info" }
    #expect(last["infos"] as? Int == noted)
    #expect(run.errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
  }

  @Test("ends as by SIGTERM when its standard input ends, and leaves nothing behind")
  func inputEnds() throws {
    let run = try Started(["screen", "--out", "out", "--resamples", "10000", "--threads", "1"], in: directory)
    let first = run.output.fileHandleForReading.availableData
    #expect(!first.isEmpty)
    try run.input.fileHandleForWriting.close()
    let lines = try run.lines(after: first)
    #expect(run.process.terminationReason == .exit)
    #expect(run.process.terminationStatus == 143)
    #expect(lines.last?["status"] as? String == "failed")
    #expect(lines.last?["message"] as? String == "interrupted")
    #expect(directory.names(in: ".").filter { $0.hasSuffix("out") || $0.hasPrefix(".out") }.isEmpty)
  }

  @Test("is not killed by a reader that goes away, and finishes")
  func readerGone() throws {
    let run = try Started(["screen", "--out", "out", "--resamples", "100"], in: directory)
    #expect(!run.output.fileHandleForReading.availableData.isEmpty)
    try run.output.fileHandleForReading.close()
    // What it says from now on goes nowhere: its last line at least.
    run.process.waitUntilExit()
    #expect(run.process.terminationReason == .exit)
    #expect(run.process.terminationStatus == 0)
    #expect(directory.names(in: "out") == ExitStatusTests.outputs)
  }

  @Test("without a reader ends with its input all the same")
  func readerGoneAndInputEnds() throws {
    let run = try Started(["screen", "--out", "out", "--resamples", "10000", "--threads", "1"], in: directory)
    #expect(!run.output.fileHandleForReading.availableData.isEmpty)
    try run.output.fileHandleForReading.close()
    try run.input.fileHandleForWriting.close()
    run.process.waitUntilExit()
    #expect(run.process.terminationReason == .exit)
    #expect(run.process.terminationStatus == 143)
    #expect(directory.names(in: ".").filter { $0.hasSuffix("out") || $0.hasPrefix(".out") }.isEmpty)
  }

  @Test(
    "that cannot begin or finds nothing says so in its last line",
    arguments: [
      (["small.csv", "--resamples", "3"], Int32(2), "--resamples 3: expected 0, or 100 to 1000000"),
      (["small.csv", "--bogus"], 2, "--bogus"),
      (["-"], 2, "standard input tells when the run must end"),
      (["small.csv", "--corrections", "nope.csv"], 2, "--corrections nope.csv: the file could not be read"),
      (["small.csv", "--exclude-wells", "small.csv"], 2, "--exclude-wells small.csv, line 1: the column \"drug1\""),
      (["small.csv", "--compounds", "nope.yaml"], 2, "nope.yaml"),
      (["small.csv", "--out", "small.csv/out"], 4, "cannot make the directory small.csv/out"),
      (["empty.csv"], 4, "nothing could be analysed; Reports/empty/problems.csv says why"),
    ])
  func failed(arguments: [String], status: Int32, message: String) throws {
    let run = try Started(arguments, in: directory)
    let lines = try run.lines()
    #expect(run.process.terminationStatus == status)
    #expect(lines.count { $0["status"] != nil } == 1)
    let last = try #require(lines.last)
    #expect(last["status"] as? String == "failed")
    #expect((last["message"] as? String)?.contains(message) == true, "\(last)")
    #expect(!run.errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
  }

  @Test("gives the files that a run without supervision gives")
  func sameFiles() async throws {
    let run = try Started(["small.csv", "--out", "one", "--resamples", "0"], in: directory)
    _ = try run.lines()
    #expect(run.process.terminationStatus == 0)
    #expect(try await Tool.run(["analyze", "small.csv", "--out", "other"], in: directory).status == 0)
    #expect(directory.names(in: "one") == directory.names(in: "other"))
    for name in ["results.sqlite", "report.html", "cells.csv"] {
      #expect(try directory.bytes("one/" + name) == directory.bytes("other/" + name))
    }
  }
}
