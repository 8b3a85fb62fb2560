import Assay

/// What was refused, doubted or noted, one line for each message however many inputs it is about.
struct ProblemPages {
  let source: ReportSource

  /// The most groups that are listed; `problems.csv` has every problem.
  static let mostGroups = 200

  /// Sets the pages.
  func set(on paper: PDFPaper) {
    paper.startPage(section: "Problems")
    paper.mark("problems")
    paper.outline("Problems", to: "problems")
    paper.heading("Problems", size: 16, gap: 4)
    let counts = source.problemCounts
    if counts.total == 0 { return paper.paragraph([TextRun("No input was refused, doubted or noted.", .body)]) }
    paper.paragraph([
      TextRun(
        "\(counts.refused) refused, \(counts.doubted) doubted, \(counts.noted) noted. Refused: left out. Doubted: used, but looks "
          + "wrong. Noted: how it was read. problems.csv has every file and line.", .body)
    ])
    let groups = ProblemGroup.groups(of: source.problems)
    let columns = [
      PDFTable.Column(title: "Kind", width: 46), PDFTable.Column(title: "Times", width: 34, side: .right),
      PDFTable.Column(title: "First at", width: 140), PDFTable.Column(title: "What", width: PDFPaper.width - 220),
    ]
    PDFTable(columns: columns).draw(
      groups.prefix(Self.mostGroups).map { group in
        [
          PDFTable.Cell(group.severity.rawValue, .strongCell.coloured(Self.colour(group.severity))),
          PDFTable.Cell(FigureText.grouped(group.count)), PDFTable.Cell(group.place, .cell, lines: 4),
          PDFTable.Cell(group.message, .cell, lines: 12),
        ]
      }, on: paper)
    let listed = groups.prefix(Self.mostGroups).reduce(0) { $0 + $1.count }
    if listed < counts.total {
      paper.paragraph([
        TextRun("\(FigureText.count(counts.total - listed, "further problem")): see problems.csv.", .strong)
      ])
    }
  }

  private static func colour(_ severity: InputProblem.Severity) -> Colour {
    switch severity {
    case .refused: PaperInk.bad
    case .doubted: PaperInk.doubtful
    case .noted: PaperInk.muted
    }
  }
}
