import Foundation
import Testing

@testable import Reporting

@Suite("report.md")
struct MarkdownReportTests {
  @Test("it has counts, the table, the warnings and the methods")
  func parts() throws {
    let text = try MarkdownReport(
      digest: ReportDigest(source: DocumentSample.source(SampleScreen.varied(), title: "T"))
    ).text
    #expect(text.hasPrefix("# T\n"))
    for part in ["6 blocks", "## Top combinations", "## Warnings", "## Methods", "Isobole 0.1.0"] {
      #expect(text.contains(part), "\(part)")
    }
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.count == 2 + 6)
    #expect(rows[2].contains("selinexor × bortezomib"))
  }

  @Test("names cannot end a cell, a row or the table, nor become markup")
  func hostile() throws {
    let text = try MarkdownReport(
      digest: ReportDigest(source: DocumentSample.source(DocumentSample.hostileBlocks(), title: "# <b>"))
    ).text
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.count == 2 + 10)
    for row in rows {
      // Bars that are not escaped part the cells.
      let bars = row.replacingOccurrences(of: "\\|", with: "").count { $0 == "|" }
      #expect(bars == 11, "\(row)")
    }
    #expect(!text.contains("<script") && !text.contains("[e](") && text.contains("&lt;script&gt;"))
    #expect(!text.contains("\u{0}") && !text.contains("\u{202E}"))
  }

  @Test(
    "a text between backticks keeps its own backticks",
    arguments: [("a.csv", "`a.csv`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```")])
  func code(_ text: String, _ written: String) { #expect(MarkdownReport.code(text) == written) }

  @Test("an empty screen says so")
  func empty() {
    let text = MarkdownReport(digest: ReportDigest(source: DocumentSample.source([], problems: []))).text
    #expect(text.contains("No combination could be analysed") && !text.contains("| # |"))
  }
}
