import Foundation
import ReferenceData
import Screening
import Testing

@testable import Reporting
@testable import Results

@Suite("Results opened again")
struct ResultsFileTests {
  /// The page alone: other formats have tests of their own.
  private static var page: DocumentOptions {
    var options = DocumentOptions()
    options.formats = [.html]
    return options
  }

  private func text(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  @Test("the report made from stored results is the run's, byte for byte, and so are its tables")
  func sameReport() async throws {
    let directory = try TemporaryDirectory()
    let results = try await StoredScreen.analyze(in: directory)
    let file = try await ResultsFile.open(results, threads: 1)
    let names = try await StoredReport.write(
      file.report(), into: directory.path + "/again", documents: Self.page, blockLimit: 500
    ).names
    #expect(names == ["ranking.csv", "across_samples.csv", "associations.csv", "report.html"])
    for name in names {
      #expect(try text(results + "/" + name) == text(directory.path + "/again/" + name), "\(name)")
    }
  }

  @Test("everything of the run is there again: options, files, problems, plates, calls, annotations")
  func contents() async throws {
    let directory = try TemporaryDirectory()
    var options = StoredScreen.options()
    options.synergy.inference.threshold = 4.25
    options.acrossSamples.minimumSamples = 5
    let results = try await StoredScreen.analyze(in: directory, options: options)
    let file = try await ResultsFile.open(results, threads: 2)
    #expect(file.head.title == "a <screen>")
    #expect(file.head.version == "0.1.0")
    #expect(OptionTree(results: file.head.options) == OptionTree(results: options))
    #expect(file.inputs.map { $0.path.split(separator: "/").last } == ["screen.csv", "samples.csv"])
    #expect(file.inputs[0].sha256?.count == 64)
    #expect(file.places.map(\.rank) == Array(1...21) && file.head.screenCount == 21)
    let source = try await file.report()
    #expect(source.ranked.map(\.index) == file.places.map(\.block))
    #expect(source.ranked.allSatisfy { $0.verdict != nil })
    #expect(source.across?.table?.columns.map(\.name) == ["TP53", "MYC"])
    #expect(source.ranks == Array(1...21))
    // A page that reads few blocks knows of all of them what the report knows.
    let overview = try await file.overview()
    #expect(overview.ranked.isEmpty && overview.ranks == source.ranks)
    #expect(overview.outlines.map { "\($0)" } == source.outlines.map { "\($0)" })
  }

  @Test("a run of no annotations and one without intervals come back too", arguments: [0, 100])
  func plain(resamples: Int) async throws {
    let directory = try TemporaryDirectory()
    var options = StoredScreen.options()
    options.synergy.inference.resamples = resamples
    options.synergy.models = [.hsa, .bliss]
    let results = try await StoredScreen.analyze(annotations: nil, in: directory, options: options)
    let file = try await ResultsFile.open(results, threads: 2)
    let names = try await StoredReport.write(
      file.report(), into: directory.path + "/again", documents: Self.page, blockLimit: 500
    ).names
    for name in names { #expect(try text(results + "/" + name) == text(directory.path + "/again/" + name), "\(name)") }
  }

  @Test("a directory that is not there, one without results and one whose run is not done are told apart")
  func missing() async throws {
    let directory = try TemporaryDirectory()
    await #expect(throws: ResultsError.resultsMissing(path: directory.path + "/none")) {
      try await ResultsFile.open(directory.path + "/none", threads: 1)
    }
    await #expect(throws: ResultsError.resultsUnfinished(path: directory.path, hasBegun: false)) {
      try await ResultsFile.open(directory.path, threads: 1)
    }
    try FileManager.default.createDirectory(
      atPath: directory.path + "/.unfinished", withIntermediateDirectories: false)
    await #expect(throws: ResultsError.resultsUnfinished(path: directory.path, hasBegun: true)) {
      try await ResultsFile.open(directory.path, threads: 1)
    }
  }

  @Test("a run that did not finish and results of the first release are told apart from results")
  func older() async throws {
    let directory = try TemporaryDirectory()
    let results = try await StoredScreen.analyze(in: directory)
    let store = results + "/" + RunStoreWriter.name
    try Database(path: store, access: .create).execute("DELETE FROM run WHERE name = 'state'; DELETE FROM ranking")
    await #expect(throws: ResultsError.resultsUnfinished(path: results, hasBegun: true)) {
      try await ResultsFile.open(results, threads: 1)
    }
    try FileManager.default.removeItem(atPath: store)
    try "{}".write(toFile: results + "/results.json", atomically: true, encoding: .utf8)
    await #expect(throws: ResultsError.otherFormatVersion(path: results + "/results.json", found: 1, expected: 3)) {
      try await ResultsFile.open(results, threads: 1)
    }
  }

  @Test("a report is not put over results")
  func notOver() async throws {
    let directory = try TemporaryDirectory()
    let results = try await StoredScreen.analyze(in: directory)
    let before = try text(results + "/ranking.csv")
    let file = try await ResultsFile.open(results, threads: 1)
    await #expect(throws: ResultsError.wouldReplaceResults(path: results)) {
      try await StoredReport.write(file.report(), into: results, documents: Self.page, blockLimit: 1)
    }
    #expect(try text(results + "/ranking.csv") == before)
  }
}
