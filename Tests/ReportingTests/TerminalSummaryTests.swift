import Screening
import Synergy
import Testing

@testable import Reporting

@Suite("The terminal summary")
struct TerminalSummaryTests {
  private func lines(_ ranked: [BlockSummary], width: Int = 120, problems: ProblemCounts = .init()) -> [String] {
    TerminalSummary.text(ranked: ranked, problems: problems, width: width).split(separator: "\n").map(String.init)
  }

  @Test("aligns the numbers at the decimal point")
  func alignment() throws {
    let ranked = SampleScreen.ranked(try SampleScreen.varied())
    let table = lines(ranked).prefix(ranked.count + 1)
    let heading = try #require(table.first)
    let end = try #require(heading.range(of: "consensus")).upperBound
    let column = DisplayWidth.of(String(heading[..<end]))
    for (line, summary) in zip(table.dropFirst(), ranked) {
      var width = 0
      let upTo = line.prefix { character in
        width += DisplayWidth.of(String(character))
        return width <= column
      }
      var expected = ByteWriter()
      expected.fixed(try #require(summary.consensus), decimals: 1, padded: true, plus: true)
      #expect(upTo.hasSuffix(expected.string), "\(line)")
    }
  }

  @Test("no line is wider than the terminal", arguments: [64, 80, 100, 120, 200])
  func width(_ width: Int) throws {
    let ranked = SampleScreen.ranked(try SampleScreen.varied())
    for line in lines(ranked, width: width).dropLast() { #expect(DisplayWidth.of(line) <= width, "\(line)") }
  }

  @Test("cuts long names so that something of each drug is seen")
  func names() throws {
    let ranked = SampleScreen.ranked([
      try SampleScreen.analysis(.init(drugs: ["abcdefghijklmnopqrstuvwxyz", String(repeating: "z", count: 60)]))
    ])
    let row = lines(ranked, width: 80)[1]
    #expect(row.contains("abcd") && row.contains("… × zzz"))
  }

  @Test("shows ten blocks and says how many more there are, with the totals")
  func totals() throws {
    let analyses = try (0..<13).map { try SampleScreen.analysis(.init(id: "\($0)", effect: Double($0) - 2)) }
    let text = lines(SampleScreen.ranked(analyses), problems: ProblemCounts(errors: 2, infos: 1))
    #expect(text.count == 1 + 10 + 2)
    #expect(text[11] == "… and 3 more")
    #expect(text[12].hasPrefix("13 blocks · 1 combination · 1 sample · "))
    #expect(text[12].hasSuffix("2 errors, 0 warnings · 1 note in problems.csv"))
  }

  @Test("says so when there is no block")
  func empty() { #expect(lines([]) == ["0 blocks · 0 combinations · 0 above every model · no problems"]) }

  @Test("a name cannot send commands to the terminal")
  func controlCharacters() throws {
    let ranked = SampleScreen.ranked([try SampleScreen.analysis(.init(drugs: ["a\u{1b}[31m", "b\nc"]))])
    let text = TerminalSummary.text(ranked: ranked, problems: .init(), width: 120)
    #expect(!text.contains("\u{1b}"))
    #expect(text.contains("b c"))
  }

  @Test(
    "counts columns as a terminal does",
    arguments: [("abc", 3), ("µM", 2), ("药物", 4), ("e\u{301}", 1), ("🧪", 2), ("", 0)])
  func displayWidth(_ text: String, _ width: Int) { #expect(DisplayWidth.of(text) == width) }
}
