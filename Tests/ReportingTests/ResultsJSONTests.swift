import Assay
import Foundation
import ReferenceData
import Results
import Screening
import Synergy
import Testing

@testable import Reporting

@Suite("A run as JSON")
struct ResultsJSONTests {
  @Test("is valid and holds the same numbers as the tables")
  func values() async throws {
    let analyses = try SampleScreen.varied()
    let screen = try await WrittenScreen().write(analyses)
    let json = try await screen.json()
    let blocks = try await screen.decodedBlocks()
    try #require(blocks.count == analyses.count)
    for (block, analysis) in zip(blocks, analyses) {
      let matrix = analysis.matrix
      #expect(block.block_id == matrix.id)
      #expect(block.sample == matrix.sample)
      #expect(block.consensus == analysis.consensus)
      #expect(block.drugs.map(\.name) == matrix.axes.map(\.drug))
      #expect(block.drugs.map(\.doses) == matrix.axes.map(\.doses))
      #expect(block.wells == matrix.count)
      #expect(block.responses == (0..<matrix.cellCount).flatMap(matrix.replicates))
      #expect(Set(block.scores.map(\.model)) == Set(analysis.models.map(\.model.rawValue)))
      for score in analysis.models {
        #expect(block.scores.first { $0.model == score.model.rawValue }?.mean == score.mean)
      }
      #expect(block.bliss_reference == analysis.score(of: .bliss)?.reference.map { $0.isNaN ? nil : $0 })
      #expect(block.notes.map(\.flag) == analysis.notes.map(\.flag))
      #expect(block.line_start.count == analysis.lines.count)
    }
    let ranking = try #require(json["ranking"] as? [[String: Any]])
    #expect(ranking.map { $0["rank"] as? Int } == Array(1...analyses.count))
    #expect(ranking.map { $0["block"] as? Int } == SampleScreen.ranked(analyses).map(\.index))
  }

  @Test("says versions, inputs with their checksums, and problems")
  func aroundTheBlocks() async throws {
    let json = try await WrittenScreen().write([SampleScreen.analysis(.init())], title: "Q \"1\" \\ \u{1} \n").json()
    #expect(json["format"] as? String == "isobole-results")
    #expect(json["format_version"] as? Int == 3)
    #expect(json["isobole_version"] as? String == "0.1.0")
    #expect(json["title"] as? String == "Q \"1\" \\ \u{1} \n")
    let inputs = try #require(json["inputs"] as? [[String: Any]])
    #expect(inputs.map { $0["path"] as? String } == ["plates/a.csv", "plates/b.csv"])
    #expect(inputs[0]["sha256"] as? String == WrittenScreen.inputs[0].sha256)
    #expect(inputs[1]["sha256"] is NSNull)
    let problems = try #require(json["problems"] as? [[String: Any]])
    #expect(problems.map { $0["message"] as? String } == WrittenScreen.problems.map(\.message))
  }

  @Test("is valid without a block, a problem or a file, and reads back")
  func empty() async throws {
    let screen = WrittenScreen()
    try await screen.writer().finish(ranked: [])
    let json = try await screen.json()
    for name in ["blocks", "ranking", "inputs", "problems"] {
      #expect((json[name] as? [Any])?.isEmpty == true, "\(name)")
    }
    let path = screen.path + "/again.json"
    try await screen.jsonBytes().write(to: URL(fileURLWithPath: path))
    #expect(try await ResultsFile.open(path, threads: 1).report().ranked.isEmpty)
  }

  @Test("holds every option, also those that are added later, but the number of threads, which changes nothing")
  func options() async throws {
    var options = ScreenOptions(threads: 3)
    options.synergy.zipBaseline = .fitted
    options.synergy.bounds.hill = 0.5...4
    options.synergy.models = [.hsa, .loewe]
    options.plates = .init()
    let screen = WrittenScreen()
    try await ReportWriter(directory: screen.path, title: "t", options: options, version: "1").finish(ranked: [])
    let json = try #require(try await screen.json()["options"] as? [String: Any])
    #expect(json.count == Mirror(reflecting: options).children.count - 1)
    #expect(json["threads"] == nil)
    #expect((json["reading"] as? [String: Any])?["response"] as? String == "auto")
    let synergy = try #require(json["synergy"] as? [String: Any])
    #expect(synergy.count == Mirror(reflecting: options.synergy).children.count)
    #expect(synergy["zip_baseline"] as? String == "fitted")
    #expect(synergy["models"] as? [String] == ["hsa", "loewe"])
    let bounds = try #require(synergy["bounds"] as? [String: Any])
    #expect(bounds["hill"] as? [Double] == [0.5, 4])
  }

  @Test("laid out anew by another program it gives the same reports and tables, byte for byte")
  func laidOutAnew() async throws {
    let directory = try TemporaryDirectory()
    let results = try await StoredScreen.analyze(in: directory)
    var bytes = Data()
    try await ResultsFile.open(results, threads: 1).writeJSON { bytes.append(contentsOf: $0) }
    try bytes.write(to: URL(fileURLWithPath: directory.path + "/plain.json"))
    // Another order of members, and lines: what Python's json, jq or a database would make of it.
    let rewritten = Process()
    rewritten.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    rewritten.arguments = [
      "python3", "-c",
      "import json,sys; json.dump(json.load(open(sys.argv[1])), open(sys.argv[2],'w'), indent=1, sort_keys=True)",
      directory.path + "/plain.json", directory.path + "/again.json",
    ]
    try rewritten.run()
    rewritten.waitUntilExit()
    #expect(rewritten.terminationStatus == 0)
    let file = try await ResultsFile.open(directory.path + "/again.json", threads: 2)
    var documents = DocumentOptions()
    documents.formats = [.html, .markdown]
    let names = try await StoredReport.write(
      file.report(), into: directory.path + "/report", documents: documents, blockLimit: 500
    ).names
    #expect(names.contains("report.html") && names.contains("associations.csv"))
    for name in names {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: results + "/" + name))
          == Data(contentsOf: URL(fileURLWithPath: directory.path + "/report/" + name)), "\(name)")
    }
    var again = Data()
    try file.writeJSON { again.append(contentsOf: $0) }
    #expect(again == bytes)
  }

  @Test(
    "what no results have is refused by name",
    arguments: [
      ("{}", "its format is not isobole-results"), ("[", "it is no JSON"),
      ("{\"format\":\"isobole-results\"}", "it has no format_version"),
      ("{\"format\":\"isobole-results\",\"format_version\":1}", "has version 1 of the format"),
      ("{\"format\":\"isobole-results\",\"format_version\":3,\"novel\":1}", "it has \"novel\""),
      (
        "{\"format\":\"isobole-results\",\"format_version\":3,\"inputs\":[{\"path\":\"a\",\"size\":1}]}",
        "inputs has no column \"size\""
      ),
      (
        "{\"format\":\"isobole-results\",\"format_version\":3,\"inputs\":[{\"path\":1}]}",
        "path of inputs is not what it should be"
      ),
    ])
  func refused(text: String, reason: String) async throws {
    let directory = try TemporaryDirectory()
    try directory.write("run.json", text)
    let error = await #expect(throws: ResultsError.self) {
      try await ResultsFile.open(directory.path + "/run.json", threads: 1)
    }
    #expect("\(try #require(error))".contains(reason))
  }
}
