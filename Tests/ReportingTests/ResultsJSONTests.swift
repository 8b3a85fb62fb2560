import Assay
import Foundation
import Screening
import Synergy
import Testing

@testable import Reporting

@Suite("results.json")
struct ResultsJSONTests {
  @Test("is valid and holds the same numbers as the tables")
  func values() async throws {
    let analyses = try SampleScreen.varied()
    let screen = try await WrittenScreen().write(analyses)
    let json = try screen.json()
    let blocks = try screen.decodedBlocks()
    try #require(blocks.count == analyses.count)
    for (block, analysis) in zip(blocks, analyses) {
      #expect(block.block_id == analysis.matrix.id)
      #expect(block.sample == analysis.matrix.sample)
      #expect(block.consensus == analysis.consensus)
      #expect(block.drugs.map(\.name) == analysis.matrix.axes.map(\.drug))
      #expect(block.drugs.map(\.doses) == analysis.matrix.axes.map(\.doses))
      #expect(block.response == analysis.matrix.mean.map { $0.isNaN ? nil : $0 })
      #expect(Set(block.models.keys) == Set(analysis.models.map(\.model.rawValue)))
      for score in analysis.models {
        #expect(block.models[score.model.rawValue]?.synergy == score.synergy.map { $0.isNaN ? nil : $0 })
        #expect(block.models[score.model.rawValue]?.mean == score.mean)
      }
      #expect(block.notes.map(\.flag) == analysis.notes.map(\.flag))
      #expect(block.lines?.count == analysis.lines.count)
    }
    let ranking = try #require(json["ranking"] as? [[String: Any]])
    #expect(ranking.map { $0["rank"] as? Int } == Array(1...analyses.count))
    #expect(ranking.map { $0["block_id"] as? String } == SampleScreen.ranked(analyses).map(\.id))
    #expect(ranking[0]["zip_p"] is NSNull)
  }

  @Test("says versions, units, inputs with their checksums, and problems")
  func aroundTheBlocks() async throws {
    let json = try await WrittenScreen().write([SampleScreen.analysis(.init())], title: "Q \"1\" \\ \u{1} \n").json()
    #expect(json["format"] as? String == "isobole-results")
    #expect(json["format_version"] as? Int == 1)
    #expect(json["isobole_version"] as? String == "0.1.0")
    #expect(json["title"] as? String == "Q \"1\" \\ \u{1} \n")
    #expect((json["units"] as? [String: String])?["synergy"] == "percentage points")
    let inputs = try #require(json["inputs"] as? [[String: Any]])
    #expect(inputs.map { $0["path"] as? String } == ["plates/a.csv", "plates/b.csv"])
    #expect(inputs[0]["sha256"] as? String == WrittenScreen.inputs[0].sha256)
    #expect(inputs[1]["sha256"] is NSNull)
    let problems = try #require(json["problems"] as? [[String: Any]])
    #expect(problems.map { $0["message"] as? String } == WrittenScreen.problems.map(\.message))
  }

  @Test("is valid without a block, a problem or a file")
  func empty() async throws {
    let screen = WrittenScreen()
    try await screen.writer().finish(ranked: [])
    let json = try screen.json()
    for name in ["blocks", "ranking", "inputs", "problems"] {
      #expect((json[name] as? [Any])?.isEmpty == true, "\(name)")
    }
  }

  @Test("holds every option, also those that are added later, but the number of threads, which changes nothing")
  func options() async throws {
    var options = ScreenOptions(threads: 3)
    options.synergy.zipBaseline = .fitted
    options.synergy.bounds.hill = 0.5...4
    options.synergy.models = [.hsa, .loewe]
    let screen = WrittenScreen()
    try await ReportWriter(directory: screen.path, title: "t", options: options, version: "1").finish(ranked: [])
    let json = try #require(try screen.json()["options"] as? [String: Any])
    #expect(json.count == Mirror(reflecting: options).children.count - 1)
    #expect(json["threads"] == nil)
    #expect((json["reading"] as? [String: Any])?["response"] as? String == "auto")
    let synergy = try #require(json["synergy"] as? [String: Any])
    #expect(synergy.count == Mirror(reflecting: options.synergy).children.count)
    #expect(synergy["zip_baseline"] as? String == "fitted")
    #expect(synergy["models"] as? [String] == ["hsa", "loewe"])
    let bounds = try #require(synergy["bounds"] as? [String: Any])
    #expect(bounds["hill"] as? [Double] == [0.5, 4])
    #expect(bounds["e0"] is NSNull)
  }

  @Test("holds replicate wells where there are any, and line fits when asked")
  func replicatesAndLines() async throws {
    let analysis = try SampleScreen.analysis(.init(replicates: 2))
    let block = try #require(try await WrittenScreen().write([analysis]).decodedBlocks().first)
    #expect(block.wells?[7] == Array(analysis.matrix.replicates(of: 7)))
    #expect(block.lines?.map(\.start_doses) == analysis.lines.map { analysis.matrix.doses(of: $0.start) })
    #expect(block.lines?.first?.ec50 == 90)
    let single = try #require(try await WrittenScreen().write([SampleScreen.analysis(.init())]).decodedBlocks().first)
    #expect(single.wells == nil)
  }
}
