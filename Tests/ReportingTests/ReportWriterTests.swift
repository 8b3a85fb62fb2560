import Assay
import Foundation
import Screening
import Synergy
import Testing

@testable import Reporting

@Suite("Writing a run")
struct ReportWriterTests {
  @Test("a finished run leaves its files and nothing else")
  func finished() async throws {
    let screen = try await WrittenScreen().write(SampleScreen.varied(), lineFits: true)
    #expect(screen.names == ReportWriter.fileNames.sorted())
  }

  @Test("a run that dies leaves no final file")
  func died() throws {
    let screen = WrittenScreen()
    var writer: ReportWriter? = try screen.writer()
    let analysis = try SampleScreen.analysis(.init())
    try writer?.append(ReportFragment(analysis, index: 0), of: BlockSummary(index: 0, analysis: analysis))
    #expect(Set(screen.names).isDisjoint(with: ReportWriter.fileNames))
    #expect(screen.names == [".unfinished"])
    writer = nil
    #expect(screen.names.isEmpty)
  }

  @Test("a run that dies leaves an earlier run's results as they were")
  func earlierRun() async throws {
    let screen = try await WrittenScreen().write([SampleScreen.analysis(.init(id: "first"))])
    let before = try screen.text("ranking.csv")
    let analysis = try SampleScreen.analysis(.init(id: "second"))
    do {
      let writer = try screen.writer()
      try writer.append(ReportFragment(analysis, index: 0), of: BlockSummary(index: 0, analysis: analysis))
    }
    #expect(try screen.text("ranking.csv") == before)
    try await screen.write([analysis])
    #expect(try screen.rows("ranking.csv").map { $0["block_id"] } == ["second"])
  }

  @Test("the leavings of a killed process are taken over")
  func leavings() async throws {
    let screen = WrittenScreen()
    try FileManager.default.createDirectory(atPath: screen.path + "/.unfinished", withIntermediateDirectories: true)
    try "half".write(toFile: screen.path + "/.unfinished/old.csv", atomically: false, encoding: .utf8)
    try await screen.write([SampleScreen.analysis(.init())])
    #expect(screen.names == ReportWriter.fileNames.sorted())
  }

  @Test("two runs into one directory at a time are refused, and the first goes on")
  func inUse() async throws {
    let screen = WrittenScreen()
    let first = try screen.writer()
    #expect(throws: ReportingError.directoryInUse(path: screen.path)) { try screen.writer() }
    try await first.finish(ranked: [])
    #expect(screen.names == ReportWriter.fileNames.sorted())
  }

  @Test("a directory that cannot be made is named, with the system's reason")
  func cannotMakeDirectory() throws {
    let screen = WrittenScreen()
    try "a file".write(toFile: screen.path, atomically: false, encoding: .utf8)
    do {
      _ = try ReportWriter(
        directory: screen.path + "/below", title: "t", options: ScreenOptions(threads: 1), version: "1")
      Issue.record("expected an error")
    } catch {
      #expect(error == .cannotMakeDirectory(path: screen.path + "/below", reason: "Not a directory"))
      #expect(error.description.contains(screen.path))
    }
  }

  @Test("a full disk is an error that says so", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func diskFull() throws {
    let file = try OutputFile(path: "/dev/full")
    try file.append("x")
    #expect(throws: ReportingError.cannotWrite(path: "/dev/full", reason: "No space left on device")) {
      try file.close()
    }
  }

  @Test("a final name that is taken by a directory is an error that names it")
  func cannotPublish() async throws {
    let screen = WrittenScreen()
    let taken = screen.path + "/cells.csv"
    try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
    let writer = try screen.writer()
    await #expect(throws: ReportingError.cannotPublish(path: taken, reason: "Is a directory")) {
      try await writer.finish(ranked: [])
    }
    #expect(!screen.names.contains("results.json"))
  }

  @Test("nothing is taken after the end")
  func alreadyFinished() async throws {
    let screen = WrittenScreen()
    let writer = try screen.writer()
    try await writer.finish(ranked: [])
    #expect(throws: ReportingError.alreadyFinished(path: screen.path)) { try writer.append(WrittenScreen.problems[0]) }
    await #expect(throws: ReportingError.alreadyFinished(path: screen.path)) { try await writer.finish(ranked: []) }
  }

  @Test("the same blocks give the same bytes")
  func deterministic() async throws {
    let (first, second) = (WrittenScreen(), WrittenScreen())
    for screen in [first, second] { try await screen.write(SampleScreen.varied(), lineFits: true) }
    for name in ReportWriter.fileNames { #expect(try first.bytes(name) == second.bytes(name), "\(name)") }
  }

  @Test(
    "every error names the path",
    arguments: [
      ReportingError.cannotMakeDirectory(path: "/p", reason: "r"), .directoryInUse(path: "/p"),
      .cannotOpen(path: "/p", reason: "r"), .cannotWrite(path: "/p", reason: "r"), .cannotRead(path: "/p", reason: "r"),
      .cannotPublish(path: "/p", reason: "r"), .alreadyFinished(path: "/p"),
      .notResults(path: "/p", reason: "r"),
    ])
  func messages(_ error: ReportingError) { #expect(error.description.contains("/p")) }

  @Test("problems are counted by severity")
  func counts() throws {
    let writer = try WrittenScreen().writer()
    for problem in WrittenScreen.problems { try writer.append(problem) }
    #expect(writer.problemCounts == ProblemCounts(refused: 1, doubted: 1))
    #expect(writer.problemCounts.total == 2)
  }
}
