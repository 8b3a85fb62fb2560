import ReferenceData
import Assay
import Foundation
import Reporting
import Screening
import Synergy

/// A results directory of its own, removed when it is let go.
final class WrittenScreen {
  let path = NSTemporaryDirectory() + "isobole-reporting-" + UUID().uuidString

  deinit { try? FileManager.default.removeItem(atPath: path) }

  static let problems = [
    InputProblem(file: "plates/b.csv", severity: .error, line: 7, message: "response \"OVRFLW\": expected a number"),
    InputProblem(file: "plates/a.csv", blockID: "3", severity: .warning, message: "one off-grid dose, 0.31 <nM>"),
  ]

  static let inputs = [
    ScreenInput(
      path: "plates/a.csv", sha256: String(repeating: "0f", count: 32), bytes: 4096, format: "SynergyFinder table",
      response: "viability, %", blocks: 6),
    ScreenInput(path: "plates/b.csv", sha256: nil, bytes: 12, format: nil, response: nil, blocks: 0),
  ]

  func writer(
    title: String = "A screen", threads: Int = 2, reportBlocks: Int = 500, lineFits: Bool = false,
    documents: DocumentOptions = .init()
  ) throws -> ReportWriter {
    try ReportWriter(
      directory: path, title: title, options: ScreenOptions(threads: threads), version: "0.1.0",
      reportBlocks: reportBlocks,
      lineFits: lineFits, documents: documents)
  }

  /// Writes a whole screen.
  @discardableResult
  func write(
    _ analyses: [BlockAnalysis], title: String = "A screen", reportBlocks: Int = 500, lineFits: Bool = false,
    problems: [InputProblem] = WrittenScreen.problems, documents: DocumentOptions = .init()
  ) async throws -> WrittenScreen {
    let writer = try writer(title: title, reportBlocks: reportBlocks, lineFits: lineFits, documents: documents)
    for (index, analysis) in analyses.enumerated() {
      let fragment = ReportWriter.encode(analysis, index: index, options: ScreenOptions(threads: 2))
      try writer.append(fragment, of: BlockSummary(index: index, analysis: analysis))
    }
    for problem in problems { try writer.append(problem) }
    for input in Self.inputs { try writer.append(input) }
    try await writer.finish(ranked: SampleScreen.ranked(analyses))
    return self
  }

  func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)) }

  /// What is in the directory, hidden files too.
  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

  /// What lies beside the directory of the runs that write or wrote into it.
  var leavings: [String] {
    let place = URL(fileURLWithPath: path)
    let beside = (try? FileManager.default.contentsOfDirectory(atPath: place.deletingLastPathComponent().path)) ?? []
    return beside.filter { $0.hasPrefix(".\(place.lastPathComponent).isobole-") }
  }

  /// A file's rows by column name.
  func rows(_ name: String) throws -> [[String: String]] {
    let rows = CSVText.fields(try text(name))
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
  }

  /// The whole run as JSON.
  func json() async throws -> [String: Any] {
    guard let object = try JSONSerialization.jsonObject(with: try await jsonBytes()) as? [String: Any] else {
      throw CocoaError(.coderInvalidValue)
    }
    return object
  }

  /// What `isobole export` writes.
  func jsonBytes() async throws -> Data {
    var bytes = Data()
    try await ResultsFile.open(path, threads: 1).writeJSON { bytes.append(contentsOf: $0) }
    return bytes
  }
}

/// A block of the JSON, read by Foundation's exact decoder (`JSONSerialization` rounds numbers on Linux).
struct DecodedBlock: Decodable {
  struct Drug: Decodable {
    var name: String
    var unit: String
    var doses: [Double]
  }
  struct Score: Decodable {
    var model: String
    var mean: Double?
  }
  struct Note: Decodable {
    var flag: String
  }
  var block_id: String
  var sample: String?
  var consensus: Double?
  var drugs: [Drug]
  var wells: [Int]
  var responses: [Double]
  var scores: [Score]
  var bliss_reference: [Double?]?
  var line_start: [Int]
  var notes: [Note]
}

extension WrittenScreen {
  /// The blocks of the JSON.
  func decodedBlocks() async throws -> [DecodedBlock] {
    struct Results: Decodable { var blocks: [DecodedBlock] }
    return try JSONDecoder().decode(Results.self, from: try await jsonBytes()).blocks
  }
}
