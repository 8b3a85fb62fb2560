import Results

import Assay

/// The problems of the inputs, one row each.
struct ProblemSheet {
  let source: ReportSource

  /// Writes the sheet; returns what was cut.
  func write(to sheet: XlsxSheet) throws(ResultsError) -> [String] {
    try sheet.header(["Severity", "File", "Block", "Line", "Message"])
    for problem in source.problems where sheet.hasRoom {
      try sheet.append(
        [
          .text(problem.severity.word), .text(problem.file), .text(problem.blockID),
          problem.line.map(Field.integer) ?? .text(nil), .text(problem.message),
        ], [.plain, .plain, .plain, .whole, CellLook(wrapsAt: 80)])
    }
    let listed = sheet.row - 1
    sheet.widen(4, to: 80)
    sheet.finish(words: [
      (0, InputProblem.Severity.error.word, PaperInk.bad),
      (0, InputProblem.Severity.warning.word, PaperInk.doubtful),
    ])
    return listed < source.problemCounts.total
      ? [
        "Problems: the first \(FigureText.grouped(listed)) of \(FigureText.grouped(source.problemCounts.total)); problems.csv has all."
      ]
      : []
  }
}
