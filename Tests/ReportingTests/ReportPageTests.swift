import Assay
import Compounds
import Foundation
import Screening
import Synergy
import Testing

@testable import Reporting

@Suite("report.html")
struct ReportPageTests {
  private func matches(_ pattern: String, in text: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern)
    return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap { match in
      Range(match.range(at: match.numberOfRanges - 1), in: text).map { String(text[$0]) }
    }
  }

  @Test("shows names from the input as text, never as markup")
  func escaping() async throws {
    let html = try await WrittenScreen().write(
      SampleScreen.varied(), title: "</title><script>alert(1)</script>"
    ).text("report.html")
    #expect(try matches("<script", in: html).count == 1, "only the report's own script")
    #expect(!html.contains("<b>bold</b>"))
    #expect(html.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"))
    #expect(html.contains("0.31 &lt;nM&gt;"))
  }

  @Test("escapes every text that can come from the input: names, units, flags, notes, problems, files, version")
  func everyText() async throws {
    let hostile = "<u title=\"'&\">"
    let analysis = try SampleScreen.analysis(
      .init(
        id: hostile, drugs: [hostile, hostile + "2", hostile + "3"], units: [hostile, hostile, hostile],
        sample: hostile,
        shape: [3, 3, 3], notes: [BlockNote(flag: hostile, message: hostile)]))
    let screen = WrittenScreen()
    let writer = try ReportWriter(
      directory: screen.path, title: hostile, options: .init(threads: 1), version: hostile)
    let summary = BlockSummary(index: 0, analysis: analysis)
    try writer.append(ReportFragment(analysis), of: summary)
    try writer.append(InputProblem(file: hostile, blockID: hostile, severity: .warning, message: hostile))
    try writer.append(
      ScreenInput(path: hostile, sha256: hostile, bytes: 1, format: hostile, response: hostile, blocks: 1))
    try await writer.finish(ranked: [summary])
    let html = try screen.text("report.html")
    #expect(!html.contains("<u ") && !html.contains("title=\"'"))
    #expect(try matches("&lt;u title=&quot;&#39;&amp;&quot;&gt;", in: html).count > 40)
    let rows = try screen.rows("problems.csv")
    #expect(rows.first?["message"] == hostile)
    #expect(try await screen.decodedBlocks().first?.notes.first?.flag == hostile)
  }

  @Test("asks nothing of the network")
  func selfContained() async throws {
    let html = try await WrittenScreen().write(SampleScreen.varied()).text("report.html")
    #expect(
      !html.contains("http://") && !html.contains("https://") && !html.contains("@import") && !html.contains("url("))
    #expect(try matches("(src=|<link|<img|<iframe)", in: html).isEmpty)
    #expect(html.contains("default-src 'none'"))
  }

  @Test("names every picture, and scopes every header cell")
  func accessibility() async throws {
    let html = try await WrittenScreen().write(SampleScreen.varied()).text("report.html")
    let pictures = try matches("<svg role=\"img\"", in: html).count
    // 5 two-drug blocks of 5 maps, 4 landscapes, 2 curves and 2 families, one three-drug block of 4 × 9 maps, 3 curves
    #expect(pictures >= 5 * 13 + 4 * 9 + 3)
    #expect(try matches("<svg role=\"img\"[^>]*><title>[^<]+</title>", in: html).count == pictures)
    #expect(try matches("<th(?! scope)[ >]", in: html).isEmpty)
    for landmark in ["<header>", "<main>", "<nav aria-label", "<footer", "lang=\"en\""] {
      #expect(html.contains(landmark))
    }
  }

  @Test("every link leads to a place in the page")
  func links() async throws {
    let html = try await WrittenScreen().write(SampleScreen.varied(), reportBlocks: 4).text("report.html")
    let ids = try matches("\\sid=\"([^\"]+)\"", in: html)
    #expect(Set(ids).count == ids.count, "no id twice")
    let targets = try matches("href=\"#([^\"]+)\"", in: html)
    #expect(!targets.isEmpty)
    for target in targets { #expect(ids.contains(target), "#\(target)") }
  }

  @Test("shows the best combinations in ranked order; the others open on demand, and the page says so")
  func onDemand() async throws {
    let analyses = try (0..<9).map { try SampleScreen.analysis(.init(id: "\($0)", effect: Double($0 * 7 % 10))) }
    let screen = try await WrittenScreen().write(analyses, reportBlocks: 3)
    let html = try screen.text("report.html")
    let ranked = SampleScreen.ranked(analyses)
    let shown = try matches("<section class=\"b\" id=\"b(\\d+)\"", in: html)
    #expect(shown == ranked.prefix(3).map { String($0.index + 1) })
    #expect(html.contains("The best 3 of 9 combinations have a full page here. 6 others open from the table"))
    #expect(html.contains("isobole report DIRECTORY --partner DRUG"))
    #expect(try matches("<tr id=\"r\\d+\"", in: html).count == 9)
    let opened = try matches("<tr id=\"r(\\d+)\"[^>]* data-o>", in: html)
    #expect(opened == ranked.dropFirst(3).map { String($0.index + 1) })
    #expect(try matches("<script type=\"application/json\" id=\"combination-data\">", in: html).count == 1)
    let whole = try await WrittenScreen().write(analyses, reportBlocks: 500).text("report.html")
    #expect(!whole.contains("have a full page here") && !whole.contains("combination-data\">"))
    #expect(try matches("<section class=\"b\"", in: whole).count == 9)
    let none = try await WrittenScreen().write(analyses, reportBlocks: 0).text("report.html")
    #expect(none.contains("9 combinations open from the table as maps"))
  }

  @Test("says of combinations without a page that the file would be too large")
  func beyond() async throws {
    // A grid of more than 40 doses is not drawn, so that it has no data either.
    let large = try SampleScreen.analysis(.init(shape: [2, 41]))
    let html = try await WrittenScreen().write([large], reportBlocks: 0).text("report.html")
    #expect(html.contains("1 has no page here"))
  }

  @Test("style sheet and script are the embedded files, and no name of a level is without a colour")
  func assets() {
    #expect(ReportStyle.text.contains(".hm td {"))
    for name in ["s0", "s20", "r0", "r20", "g0", "g20", "q0", "q7"] {
      #expect(ReportStyle.text.components(separatedBy: "\n.\(name) {").count >= 2, "\(name)")
    }
    #expect(ReportAssets.script.contains("function surface(box)"))
    #expect(ReportAssets.surfaceModule.hasSuffix("export { surface };\n"))
    #expect(!(ReportAssets.script + ReportAssets.styleSheet).contains("</"))
  }

  @Test("holds formulas, options, version and checksums, and counts the problems")
  func methods() async throws {
    let html = try await WrittenScreen().write([SampleScreen.analysis(.init())]).text("report.html")
    #expect(html.contains("synergy.zip_baseline"))
    #expect(html.contains("synergy.bounds.hill"))
    #expect(html.contains("E0 fixed at the line’s observed response at dose 0"))
    #expect(html.contains(String(repeating: "0f", count: 32)))
    #expect(html.contains("percentage points"))
    #expect(
      html.contains(
        "1 warning about files, plates or blocks: look before you trust the numbers. <a href=\"#problems\">"))
    #expect(html.contains("<dt>problems</dt><dd>2</dd>"))
  }

  private func page(_ analysis: BlockAnalysis) -> [UInt8] {
    BlockSection(
      analysis: analysis, summary: BlockSummary(index: 0, analysis: analysis), rank: 1,
      knowledge: CompoundRegistry.builtIn.knowledge(of: analysis.matrix.axes.map(\.drug)), inference: InferenceOptions()
    ).text()
  }

  @Test("a full page of a 6 × 6 block takes 90 kB at most, one of a 10 × 10 block 200 kB")
  func size() throws {
    #expect(try page(SampleScreen.analysis(.init(effect: 40, replicates: 2))).count <= 90_000)
    #expect(try page(SampleScreen.analysis(.init(shape: [10, 10], effect: 40))).count <= 200_000)
  }

  @Test("blocks of odd shapes and without fits are drawn without a number that is none")
  func odd() async throws {
    for analysis in try SampleScreen.odd() {
      let section = String(
        decoding: page(analysis), as: UTF8.self)
      #expect(!section.contains("nan") && !section.contains("inf"), "\(analysis.matrix.id)")
    }
    let screen = try await WrittenScreen().write(SampleScreen.odd())
    #expect(try await screen.json()["blocks"] != nil)
    #expect(try !screen.text("fits.csv").contains("nan"))
    let html = try screen.text("report.html")
    #expect(html.contains("No well holds this drug alone."))
    #expect(html.contains("25 of 25 not scored"))
  }

  @Test("a report without any block can still be read")
  func empty() async throws {
    let screen = WrittenScreen()
    let writer = try screen.writer()
    try writer.append(WrittenScreen.problems[0])
    try await writer.finish(ranked: [])
    let html = try screen.text("report.html")
    #expect(html.contains("<dt>blocks</dt><dd>0</dd>"))
    #expect(html.contains("OVRFLW"))
  }
}
