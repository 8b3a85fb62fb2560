import DoseTables
import Results
import Screening

/// The plates and the blocks with their figures: the columns of `qc.csv`.
struct QualitySheet {
  let report: PlateReport

  /// Writes the sheet.
  func write(to sheet: XlsxSheet) throws(ResultsError) {
    let columns = QualityTable.columns
    try sheet.header(
      columns.map { FigureText.capitalised($0.split(separator: "_").joined(separator: " ")) }, frozenColumns: 3)
    for row in QualityTable.rows(of: report) where sheet.hasRoom {
      // Figures to three digits; what is a text or a count is written as it is.
      try sheet.append(row, row.map { field in if case .number = field { CellLook(number: "0.00") } else { .plain } })
    }
    let verdict = columns.firstIndex(of: "verdict") ?? 2
    sheet.finish(words: [
      (verdict, "pass", PaperInk.good), (verdict, "warn", PaperInk.doubtful), (verdict, "fail", PaperInk.bad),
    ])
  }
}
