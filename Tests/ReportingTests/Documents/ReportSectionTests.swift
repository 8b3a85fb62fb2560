import Assay
import Testing

@testable import Reporting

/// Sections that every format draws.
@Suite("Sections that every format draws", .enabled(if: Viewer.has("pdftotext"), "poppler-utils is not installed"))
struct ReportSectionTests {
  @Test("the page and the PDF have the same methods", arguments: [0, 100])
  func methods(_ resamples: Int) throws {
    let source = try DocumentSample.source(SampleScreen.varied(), inference: resamples)
    let terms = MethodSections(source: source).all[0].terms
    #expect(terms.contains { $0.term == (resamples > 0 ? "Single wells" : "Intervals, p, q") })
    var out = ByteWriter()
    for section in MethodSections(source: source).all { out.section(section, heading: 3) }
    let html = out.string.replacing("<span class=\"nb\">", with: "").replacing("</span>", with: "")
    let document = try WrittenDocument.pdf(source, blocks: 0)
    let pdf = try Viewer.run("pdftotext", [document.path, "-"]).split { $0.isWhitespace }.joined(separator: " ")
    for (term, meaning) in terms {
      var escaped = ByteWriter()
      escaped.html(meaning)
      #expect(html.contains("<dt>\(term)</dt><dd>\(escaped.string)</dd>"))
      let start = (term + " " + meaning).split { $0.isWhitespace }.prefix(6).joined(separator: " ")
      #expect(pdf.contains(start), "\(start)")
    }
  }

  @Test("methods name only the models that were scored")
  func models() throws {
    var source = try DocumentSample.source(SampleScreen.varied())
    source.options.synergy.models = [.bliss]
    let terms = MethodSections(source: source).all[0].terms.map(\.term)
    #expect(terms.contains("Bliss") && !terms.contains("Loewe") && !terms.contains("ZIP"))
  }

  @Test("a severity is an error, a warning or an info in a reader's words, with its colour")
  func severities() throws {
    let source = try DocumentSample.source(SampleScreen.varied())
    let section = ProblemSections(source: source).section
    #expect(Set(section.rows.map { $0[0] }) == ["error", "warning"])
    #expect(section.sentences[0].hasPrefix("1 error, 1 warning, 0 info."))
    var out = ByteWriter()
    out.content(of: section)
    #expect(out.string.contains("<b class=\"v error\">error</b>"))
    let none = ProblemSections(source: try DocumentSample.source(SampleScreen.varied(), problems: [])).section
    #expect(none.rows.isEmpty && none.sentences == ["No problems found: every input was read as it is."])
  }

  @Test("more problems than a page lists are counted")
  func cut() throws {
    var source = DocumentSample.source([])
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    source.problems = words.flatMap { one in
      words.flatMap { two in
        ["a", "b"].map { InputProblem(file: "f.csv", severity: .error, message: "\(one) \(two) \($0)") }
      }
    }
    source.problemCounts = ProblemCounts(errors: 288)
    let section = ProblemSections(source: source).section
    #expect(section.rows.count == 200 && section.cut == "88 further problems: see problems.csv.")
  }
}
