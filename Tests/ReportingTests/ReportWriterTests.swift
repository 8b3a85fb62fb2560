import Assay
import Results
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
    try writer?.append(ReportFragment(analysis), of: BlockSummary(index: 0, analysis: analysis))
    #expect(Set(screen.names).isDisjoint(with: ReportWriter.fileNames))
    #expect(screen.names.isEmpty)
    #expect(screen.leavings.count == 2)
    writer = nil
    #expect(screen.names.isEmpty)
    #expect(screen.leavings.isEmpty)
  }

  @Test("a run that dies leaves an earlier run's results as they were")
  func earlierRun() async throws {
    let screen = try await WrittenScreen().write([SampleScreen.analysis(.init(id: "first"))])
    let before = try screen.text("ranking.csv")
    let analysis = try SampleScreen.analysis(.init(id: "second"))
    do {
      let writer = try screen.writer()
      try writer.append(ReportFragment(analysis), of: BlockSummary(index: 0, analysis: analysis))
    }
    #expect(try screen.text("ranking.csv") == before)
    try await screen.write([analysis])
    #expect(try screen.rows("ranking.csv").map { $0["block_id"] } == ["second"])
  }

  @Test("the leavings of a killed process are cleared away")
  func leavings() async throws {
    let screen = WrittenScreen()
    let place = URL(fileURLWithPath: screen.path)
    let name = StagingName.make(for: place.lastPathComponent)
    let left = place.deletingLastPathComponent().path + "/" + name
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
    try Data(StagingLeavings.text(name)).write(to: URL(fileURLWithPath: left + "/" + StagingLeavings.marker))
    try "half".write(toFile: left + "/old.csv", atomically: false, encoding: .utf8)
    try "isobole-lock 1\nbeside \(name)\n".write(
      toFile: place.deletingLastPathComponent().path + "/" + StagingName.lock(for: place.lastPathComponent),
      atomically: false, encoding: .utf8)
    try await screen.write([SampleScreen.analysis(.init())])
    #expect(screen.names == ReportWriter.fileNames.sorted())
    #expect(screen.leavings.isEmpty)
  }

  @Test("two runs into one directory at a time are refused, and the first goes on")
  func inUse() async throws {
    let screen = WrittenScreen()
    let first = try screen.writer()
    #expect(throws: ResultsError.directoryInUse(path: screen.path)) { try screen.writer() }
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
    #expect(throws: ResultsError.cannotWrite(path: "/dev/full", reason: "No space left on device")) {
      try file.close()
    }
  }

  @Test("nothing is taken after the end")
  func alreadyFinished() async throws {
    let screen = WrittenScreen()
    let writer = try screen.writer()
    try await writer.finish(ranked: [])
    #expect(throws: ResultsError.alreadyFinished(path: screen.path)) { try writer.append(WrittenScreen.problems[0]) }
    await #expect(throws: ResultsError.alreadyFinished(path: screen.path)) { try await writer.finish(ranked: []) }
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
      ResultsError.cannotMakeDirectory(path: "/p", reason: "r"), .directoryInUse(path: "/p"),
      .cannotOpen(path: "/p", reason: "r"), .cannotWrite(path: "/p", reason: "r"), .cannotRead(path: "/p", reason: "r"),
      .cannotPublish(path: "/p", reason: "r"), .alreadyFinished(path: "/p"),
      .notResults(path: "/p", reason: "r"), .notADirectory(path: "/p"), .deadLink(path: "/p"),
      .holdsOtherFiles(path: "/p", files: ["a"], count: 1), .holdsOlderResults(path: "/p"),
      .holdsOtherKind(path: "/p", held: .report), .holdsOtherKind(path: "/p", held: .results),
      .holdsOtherKind(path: "/p", held: .genes),
      .nameTaken(path: "/p", files: ["a"], count: 4), .wouldReplaceInput(path: "/p", directory: "/d"),
      .inTheWay(path: "/p"), .leftHalf(path: "/p", reason: "r"), .halfPublished(path: "/p"),
    ])
  func messages(_ error: ResultsError) { #expect(error.description.contains("/p")) }

  @Test("problems are counted by severity")
  func counts() throws {
    let writer = try WrittenScreen().writer()
    for problem in WrittenScreen.problems { try writer.append(problem) }
    #expect(writer.problemCounts == ProblemCounts(errors: 1, warnings: 1))
    #expect(writer.problemCounts.total == 2)
  }
}
