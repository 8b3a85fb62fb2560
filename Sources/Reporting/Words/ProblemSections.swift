import Assay

/// The problems of the inputs, those that differ only in numbers together.
struct ProblemSections {
  let source: ReportSource

  /// The most rows; `problems.csv` has every problem.
  static let maxRows = 200
  /// The most files, blocks or lines that are named in a row.
  private static let maxNamed = 8

  /// The section.
  var section: ReportSection {
    let counts = source.problemCounts
    var section = ReportSection(title: "Problems")
    guard counts.total > 0 else {
      section.sentences = ["No problems found: every input was read as it is."]
      return section
    }
    section.sentences = [
      "\(FigureText.count(counts.errors, "error")), \(FigureText.count(counts.warnings, "warning")), "
        + "\(FigureText.grouped(counts.infos)) info. Error: what it names was excluded. Warning: look before you trust the "
        + "numbers. Info: how a file was read. problems.csv has every file and line."
    ]
    section.columns = [
      .init(title: "Severity", kind: .severity, share: 0.09), .init(title: "Message", share: 0.47),
      .init(title: "File", share: 0.2), .init(title: "Where", share: 0.16),
      .init(title: "Times", kind: .number, share: 0.08),
    ]
    let groups = ProblemGroup.groups(of: source.problems)
    section.rows = groups.prefix(Self.maxRows).map(row)
    let listed = groups.prefix(Self.maxRows).reduce(0) { $0 + $1.count }
    if listed < counts.total {
      section.cut = "\(FigureText.count(counts.total - listed, "further problem")): see problems.csv."
    }
    return section
  }

  private func row(_ group: ProblemGroup) -> [String] {
    let blocks = group.blocks.map { "block \($0)" }
    let lines = group.lines.map { "line \($0)" }
    let places = blocks.isEmpty ? lines : blocks + (lines.count == 1 ? lines : [])
    return [
      group.severity.word, group.message, named(group.files), named(places), FigureText.grouped(group.count),
    ]
  }

  private func named(_ places: [String]) -> String {
    places.prefix(Self.maxNamed).joined(separator: ", ")
      + (places.count > Self.maxNamed ? " and \(places.count - Self.maxNamed) more" : "")
  }
}
