import Assay
import Results
import Foundation
import ReferenceData
import Screening
import Synergy
import Testing

@testable import Reporting

/// Sources for the documents, made by hand: their numbers are known.
enum DocumentSample {
  /// The most hostile names that a file can hold.
  static let hostile = [
    "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "nul\u{0}byte\u{7}", "\u{202E}gnp.exe",
    "سيلينيكسور", "🧬💊 emoji", String(repeating: "verylongname", count: 25), "a | b * c _d_ [e](http://x.y) `f`",
  ]

  static func source(
    _ analyses: [BlockAnalysis], title: String = "A screen", problems: [InputProblem] = WrittenScreen.problems,
    inference: Int = 0
  ) -> ReportSource {
    var options = ScreenOptions(threads: 2)
    options.synergy.inference.resamples = inference
    var counts = ProblemCounts()
    for problem in problems { counts.count(problem.severity) }
    return ReportSource(
      title: title, version: "0.1.0", options: options, ranked: SampleScreen.ranked(analyses),
      inputs: WrittenScreen.inputs, inputCount: 2, problems: problems, problemCounts: counts,
      blocks: BlocksInMemory(Dictionary(uniqueKeysWithValues: analyses.enumerated().map { ($0.offset, $0.element) })))
  }

  /// Blocks whose drugs and samples have hostile names.
  static func hostileBlocks() throws -> [BlockAnalysis] {
    try hostile.indices.map { place in
      try SampleScreen.analysis(
        .init(
          id: "block \(hostile[(place + 2) % hostile.count])",
          drugs: [hostile[place], hostile[(place + 1) % hostile.count]], sample: hostile[(place + 3) % hostile.count],
          effect: Double(5 * place),
          notes: [BlockNote(flag: "=flag", message: hostile[(place + 4) % hostile.count])]))
    }
  }
}

/// A folder with one file that a test looks at, removed when it is let go.
final class WrittenDocument {
  let path: String
  private let folder = try? TemporaryDirectory()

  init(_ name: String) { path = (folder?.path ?? NSTemporaryDirectory()) + "/" + name }

  var directory: String { (path as NSString).deletingLastPathComponent }
  var bytes: [UInt8] { get throws { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) } }

  /// `report.pdf` of a source.
  static func pdf(_ source: ReportSource, blocks: Int = 20) throws -> WrittenDocument {
    let document = WrittenDocument("report.pdf")
    let file = try OutputFile(path: document.path)
    try PDFReport(digest: ReportDigest(source: source), mostBlocks: blocks).write(to: file)
    try file.close()
    return document
  }

  /// `report.xlsx` of a source.
  static func workbook(_ source: ReportSource) throws -> WrittenDocument {
    let document = WrittenDocument("report.xlsx")
    try WorkbookReport(digest: ReportDigest(source: source), folder: document.directory).write(to: document.path)
    return document
  }
}

/// Programs that look at documents from outside.
enum Viewer {
  static func path(_ program: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/"].map { $0 + program }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func has(_ program: String) -> Bool { path(program) != nil }

  /// What a program prints.
  static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(program)))
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(program) \(arguments)")
    return String(decoding: data, as: UTF8.self)
  }
}
