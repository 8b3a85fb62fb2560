import Assay
import Foundation
import ReferenceData
import Screening
import Testing

@testable import Reporting

@Suite("Parts of the report for other pages")
struct ReportPartsTests {
  @Test("the whole report has no style attribute, which a strict policy would not take")
  func noStyleAttributes() async throws {
    let directory = try TemporaryDirectory()
    let results = try await StoredScreen.analyze(in: directory)
    let html = try String(contentsOfFile: results + "/report.html", encoding: .utf8)
    #expect(!html.contains(" style="))
    #expect(html.contains("<svg class=\"callbar\""))
  }

  @Test("a bar of calls fills its width, and a single block is still seen")
  func callBar() throws {
    var out = ByteWriter()
    CallBar.write([(.synergistic, 1), (.additive, 0), (.inconclusive, 9999)], to: &out)
    let parts = out.string.matches(of: /x="([0-9.]+)" width="([0-9.]+)"/).compactMap {
      (x: Double($0.output.1) ?? 0, width: Double($0.output.2) ?? 0)
    }
    #expect(parts.count == 2)
    #expect(parts[0].width >= 4)
    #expect(abs((parts.last?.x ?? 0) + (parts.last?.width ?? 0) - 1000) < 0.2, "rounded to a tenth")
    var empty = ByteWriter()
    CallBar.write([(.synergistic, 0)], to: &empty)
    #expect(empty.bytes.isEmpty)
  }

  @Test("a page’s pieces together say what the report’s page of the block says")
  func combination() async throws {
    let directory = try TemporaryDirectory()
    let source = try await ResultsFile.open(try await StoredScreen.analyze(in: directory), threads: 2).report()
    let summary = source.ranked[0]
    let analysis = try source.blocks.analysis(of: summary.index)
    let parts = CombinationParts(analysis: analysis, summary: summary, rank: 1, of: source)
    let page = String(
      decoding: BlockSection(
        analysis: analysis, summary: summary, rank: 1, knowledge: source.compounds.knowledge(of: summary.drugs),
        inference: source.options.synergy.inference
      ).text(), as: UTF8.self)
    for part in [parts.sentence, parts.facts, parts.background] { #expect(page.contains(part)) }
    // The maps are the report's but for what the page's script is told.
    let plain = parts.maps.replacing(#/ data-(?:cells|wells)="[^"]*"/#, with: "")
    #expect(page.contains(plain))
    #expect(parts.figures.count == 1 + analysis.models.count)
  }
}
