import Assay
import Synergy
import Testing

@testable import Reporting

/// The sentences of the documents.
@Suite("What a report says first")
struct ReportDigestTests {
  @Test("counts are those of the ranking")
  func counts() throws {
    let digest = try ReportDigest(source: DocumentSample.source(SampleScreen.varied()))
    #expect(digest.counts.map(\.count) == [6, 6, 9, 5, 2, 2])
    #expect(digest.counts.map(\.name).prefix(2) == ["blocks", "combinations"])
  }

  @Test("errors and warnings about inputs come first among the warnings, flags in words after them")
  func warnings() throws {
    let lines = try ReportDigest(source: DocumentSample.source(SampleScreen.varied())).warnings
    #expect(lines[0] == "1 error: what it names was excluded.")
    #expect(lines[1] == "1 warning about files, plates or blocks: look before you trust the numbers.")
    #expect(lines.contains("1 block: \(FlagWords.words(of: "no_control"))."))
    let none = try ReportDigest(source: DocumentSample.source([SampleScreen.analysis(.init())], problems: []))
    #expect(none.warnings == ["No warnings: every input was read without a problem, and no combination is flagged."])
  }

  @Test("wells to exclude that are not found come before all else")
  func unmatched() throws {
    let lost = InputProblem(
      file: "excluded wells", blockID: "nowhere", severity: .warning, message: "no block is called nowhere")
    let other = InputProblem(file: "a.csv", severity: .error, message: "no table")
    let source = try DocumentSample.source([SampleScreen.analysis(.init())], problems: [other, lost])
    let lines = ReportWarnings(source: source).lines
    #expect(lines.first?.text.hasPrefix("1 row of wells to exclude matched no well") == true)
    #expect(lines.first?.text.contains("no block is called nowhere") == true)
  }

  @Test("the page has every sentence that the documents have")
  func onePlace() async throws {
    let analyses = try SampleScreen.varied()
    let html = try await WrittenScreen().write(analyses).text("report.html")
    let plain = html.replacing("<span class=\"nb\">", with: "").replacing("</span>", with: "")
    for line in ReportDigest(source: DocumentSample.source(analyses)).warnings {
      var out = ByteWriter()
      out.html(line)
      #expect(plain.contains(out.string), "\(line)")
    }
  }

  @Test("a drug with itself that is not 0 under Loewe is something to look at")
  func control() throws {
    let note = BlockNote(flag: BlockNote.sameDrug, message: "control")
    var analysis = try SampleScreen.analysis(.init(drugs: ["selinexor", "selinexor"], notes: [note]))
    func warnings(_ interval: Interval) throws -> [String] {
      let score = ScoreInference(
        bias: 0, standardError: 1, interval: interval, p: interval.contains(0) ? 0.5 : 0.001, equivalence: interval,
        cells: [], cellP: [])
      analysis.inference = BlockInference(
        noise: NoiseModel(source: .replicates, shape: .constant, sdAt0: 3, degrees: 20), resamples: 100,
        confidence: 0.95,
        scores: analysis.models.map { _ in score }, ic50: [], emax: [], curves: [], css: nil)
      return ReportDigest(source: DocumentSample.source([analysis], problems: [])).warnings
    }
    let off = try warnings(Interval(low: 4, high: 9))
    #expect(
      off.contains {
        $0.hasPrefix("Under Loewe a drug with itself must be 0, and is not in 1 block (selinexor in MM.1S: Loewe ")
      })
    let fine = try warnings(Interval(low: -4, high: 9))
    #expect(!fine.contains { $0.contains("a drug with itself must be 0") })
  }

  @Test(
    "a control character is a sign, a name that runs backwards is isolated",
    arguments: [
      ("a\u{0}b", "a�b"), ("a\nb", "a b"), ("a\u{202E}b", "a�b"), ("שלום", "\u{2068}שלום\u{2069}"),
      ("at שלום שלום 1–10", "at \u{2068}שלום שלום\u{2069} 1–10"),
      ("plain – µ", "plain – µ"),
    ])
  func printable(_ text: String, _ shown: String) { #expect(PrintableText.of(text) == shown) }
}
