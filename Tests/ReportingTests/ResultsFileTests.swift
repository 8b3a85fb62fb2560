import Results
import Foundation
import ReferenceData
import Screening
import Testing

@testable import Reporting

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
      file.source, into: directory.path + "/again", documents: Self.page, blockLimit: 500
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
    #expect(file.source.title == "a <screen>")
    #expect(file.source.version == "0.1.0")
    #expect(OptionTree(results: file.source.options) == OptionTree(results: options))
    #expect(file.inputs.map { $0.path.split(separator: "/").last } == ["screen.csv", "samples.csv"])
    #expect(file.inputs[0].sha256?.count == 64)
    #expect(file.source.ranked.count == 21)
    #expect(file.source.ranked.allSatisfy { $0.verdict != nil })
    #expect(file.source.across?.table?.columns.map(\.name) == ["TP53", "MYC"])
    #expect(file.source.ranks == Array(1...21))
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
      file.source, into: directory.path + "/again", documents: Self.page, blockLimit: 500
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

  @Test("a file that was cut off, edited, laid out anew or made hostile is refused, and says where")
  func damaged() async throws {
    let directory = try TemporaryDirectory()
    let results = try await StoredScreen.analyze(in: directory)
    let path = results + "/results.json"
    let whole = try String(contentsOfFile: path, encoding: .utf8)
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func reason(_ text: String) async -> String {
      do {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        _ = try await ResultsFile.open(results, threads: 2)
        return "opened"
      } catch let error as ResultsError {
        return "\(error)"
      } catch { return "\(error)" }
    }
    func edited(_ text: String, _ replacement: String) -> String {
      guard let range = whole.range(of: text) else { return "nothing was edited" }
      return whole.replacingCharacters(in: range, with: replacement)
    }
    #expect(await reason(whole) == "opened")
    #expect(await reason(String(whole.prefix(whole.count / 2))).contains("it was cut off"))
    #expect(await reason(lines.prefix(8).joined(separator: "\n") + "\n").contains("the end of \"blocks\""))
    #expect(await reason("").contains("it ends where the head is expected"))
    #expect(await reason("{}\n").contains("line 1: expected the head of results on one line"))
    #expect(await reason(edited("\"isobole-results\"", "\"other\"")).contains("its format is other"))
    #expect(
      await reason(edited("\"format_version\":1", "\"format_version\":9"))
        .contains("has version 9 of the format, expected 1; analyse the screen again"))
    #expect(await reason(edited("\"peak_window\":3", "\"peak_window\":\"x\"")).contains("synergy.peak_window is x"))
    #expect(await reason(edited("\"peak_window\":3,", "")).contains("option synergy.peak_window is missing"))
    #expect(
      await reason(edited("\"peak_window\":3,", "\"peak_window\":3,\"novel\":1,"))
        .contains("option synergy.novel = 1 is not one of this version"))
    // A score in a block, and one in the ranking: neither fits the other any more.
    #expect(await reason(edited("\"bias\":", "\"bias\":0.5,\"was\":")).contains("does not follow from block"))
    #expect(await reason(edited("\"rank\":1,", "\"rank\":2,")).contains("rank 1 of its ranking does not follow"))
    #expect(await reason(edited("{\"index\":1,", "{\"index\":0,")).contains("block number 0 stands there twice"))
    #expect(await reason(edited("{\"index\":1,", "{\"index\":99999999999999999999,")).contains("expected a block"))
    #expect(await reason(edited("\"shape\":[5,5]", "\"shape\":[4611686018427387904,4]")).contains("not"))
    #expect(await reason(whole + "{}\n").contains("expected nothing after the results"))
    let deep = String(repeating: "[", count: 100_000)
    #expect(await reason(edited("\"response\":[", "\"response\":[\(deep)")).contains("not a results file"))
    #expect(await reason(edited("],\n\"ranking\"", ",\n],\n\"ranking\"")).contains("expected an object of \"blocks\""))
  }

  @Test("a report is not put over results")
  func notOver() async throws {
    let directory = try TemporaryDirectory()
    let results = try await StoredScreen.analyze(in: directory)
    let before = try text(results + "/ranking.csv")
    let file = try await ResultsFile.open(results, threads: 1)
    await #expect(throws: ResultsError.wouldReplaceResults(path: results)) {
      try await StoredReport.write(file.source, into: results, documents: Self.page, blockLimit: 1)
    }
    #expect(try text(results + "/ranking.csv") == before)
  }
}
