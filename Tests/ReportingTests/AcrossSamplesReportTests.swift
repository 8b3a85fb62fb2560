import Foundation
import ReferenceData
import Screening
import Synergy
import Testing

@testable import Reporting

@Suite("Samples in the report")
struct AcrossSamplesReportTests {
  private func across() async throws -> AcrossSamples {
    let directory = try TemporaryDirectory()
    let results = try await StoredScreen.analyze(in: directory)
    return try #require(try await ResultsFile.open(results, threads: 2).report().across)
  }

  @Test("the tables have a row a combination and model, and a row a coefficient; every row has every column")
  func tables() async throws {
    let across = try await across()
    let table = AcrossSamplesTable(across)
    #expect(table.rows.count == 3 * 4)
    #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    let rows = CSVText.rows(String(decoding: table.text, as: UTF8.self))
    let bliss = try #require(rows.first { $0["model"] == "bliss" && $0["drug2"] == "venetoclax" })
    #expect(bliss["samples"] == "7")
    #expect(bliss["synergistic"] == "4")
    let pooled = try #require(across.combinations[0].model(.bliss)?.pooled)
    #expect(Double(bliss["random_mean"] ?? "") == pooled.mean)
    #expect(Double(bliss["i2"] ?? "") == pooled.iSquared)
    let associations = AssociationTable(across)
    #expect(associations.rows.allSatisfy { $0.count == associations.columns.count })
    let tests = CSVText.rows(String(decoding: associations.text, as: UTF8.self))
    #expect(tests.count == 3 * 4 * 2)
    let first = try #require(tests.first { $0["annotation"] == "TP53" })
    #expect(first["drug2"] == "venetoclax")
    #expect(first["reference"] == "<mut>" && first["level"] == "wt")
    #expect((Double(first["effect"] ?? "") ?? 0) < -10)
    #expect(first["exact"] == "yes" && first["arrangements"] == "35")
    #expect(Double(first["p"] ?? "") == 1.0 / 35)
  }

  @Test("the sections escape names, name every map for those who cannot see it, and say n, p and q")
  func sections() async throws {
    let across = try await across()
    var out = ByteWriter()
    AcrossSamplesSection.write(across, to: &out)
    AssociationSection.write(across, to: &out)
    let html = out.string
    #expect(!html.contains("<mut>"))
    #expect(html.contains("&lt;mut&gt;"))
    #expect(html.contains("<title>Bliss score of 3 combinations in 7 samples</title>"))
    #expect(html.contains("Every combination holds selinexor"))
    #expect(html.contains("n = 4</text>"))
    #expect(html.contains("TP53: n 7, p 0.029, q "))
    for name in ["svg", "section", "figure", "table", "tr", "td", "th", "g", "text", "div"] {
      #expect(
        html.matches(of: try Regex("<\(name)[ >]")).count == html.components(separatedBy: "</\(name)>").count - 1,
        "every <\(name)> is closed")
    }
  }

  @Test(
    "the sections are left as a page where ISOBOLE_PREVIEW says, to be looked at",
    .enabled(if: ProcessInfo.processInfo.environment["ISOBOLE_PREVIEW"] != nil, "set ISOBOLE_PREVIEW to a directory"))
  func preview() async throws {
    let target = try #require(ProcessInfo.processInfo.environment["ISOBOLE_PREVIEW"])
    let results = ProcessInfo.processInfo.environment["ISOBOLE_PREVIEW_RESULTS"]
    let older = ProcessInfo.processInfo.environment["ISOBOLE_PREVIEW_AGAINST"]
    let directory = try TemporaryDirectory()
    var path = results ?? ""
    if results == nil { path = try await StoredScreen.analyze(in: directory) }
    let file = try await ResultsFile.open(path, threads: 2)
    var out = ByteWriter()
    out.text("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Samples</title><style>")
    out.text(ReportAssets.styleSheet + "</style></head><body><main>")
    if let across = try await file.report().across {
      AcrossSamplesSection.write(across, to: &out)
      AssociationSection.write(across, to: &out)
      out.text("<dl class=\"me\">" + AcrossSamplesSection.methods(across) + "</dl>")
    }
    if let older {
      let comparison = try await RunComparison.compare(
        file, with: try await ResultsFile.open(older, threads: 2), threads: 2)
      ComparisonSection.write(comparison, models: file.head.options.synergy.models, to: &out)
    }
    out.text("</main></body></html>\n")
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    try Data(out.bytes).write(to: URL(fileURLWithPath: target + "/samples.html"))
    #expect(out.bytes.count > 1000)
  }
}
