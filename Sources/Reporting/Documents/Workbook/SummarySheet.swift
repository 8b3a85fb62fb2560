import Results
import Screening
import Synergy

/// The first sheet: counts, calls, the best combinations, the warnings, and what is on the other sheets.
struct SummarySheet {
  let digest: ReportDigest
  /// What was cut from other sheets, a sentence each.
  let cuts: [String]
  /// Which combinations have cells and fits in the workbook; `nil` for all.
  let blocks: String?

  private static let head = CellLook(isBold: true, size: 12, ink: PaperInk.accent)
  /// How wide the column of sentences is, in characters.
  private static let width = 110.0
  private static let wrapped = CellLook(wrapsAt: width)
  private static let note = CellLook(ink: PaperInk.muted, wrapsAt: width)

  /// Writes the sheet.
  func write(to sheet: XlsxSheet) throws(ResultsError) {
    let source = digest.source
    try sheet.append([.text(source.title)], [CellLook(isBold: true, size: 16)], fits: false)
    try sheet.append(
      [.text("Synergy report by Isobole \(source.version)")], [CellLook(ink: PaperInk.muted)], fits: false)
    sheet.skip()
    try heading("What was screened", sheet)
    for (count, name) in digest.counts {
      try sheet.append([.text(FigureText.capitalised(name)), .integer(count)], [.plain, .whole])
    }
    for text in [digest.headline, digest.scope, digest.qualityText] where !text.isEmpty {
      try sheet.append([.text(nil), .text(nil), .text(text)], [.plain, .plain, Self.wrapped])
    }
    sheet.skip()
    try heading("Calls", sheet)
    for (call, count) in digest.calls {
      let ink = call.map { CairoCanvas.colour(of: $0) }
      try sheet.append(
        [.text(call.map { FigureText.capitalised($0.rawValue) } ?? "Not tested"), .integer(count)],
        [CellLook(isBold: call != nil, ink: ink), .whole])
    }
    try sheet.append([.text(nil), .text(nil), .text(digest.callRule)], [.plain, .plain, Self.note])
    sheet.skip()
    try heading("Top combinations", sheet)
    try sheet.append([.text(nil), .text(nil), .text(digest.rankRule)], [.plain, .plain, Self.note])
    for (position, summary) in digest.top.enumerated() {
      let name = summary.drugs.joined(separator: " × ") + (summary.sample.map { " in \($0)" } ?? "")
      let reason = CombinationWords(summary, inference: source.options.synergy.inference).call
      try sheet.append(
        [.text("\(position + 1)"), .number(summary.consensus), .text(name)],
        [.plain, CellLook(number: CellLook.points.number, isBold: true), CellLook(isBold: true, wrapsAt: Self.width)])
      try sheet.append([.text(nil), .text(nil), .text(reason)], [.plain, .plain, Self.wrapped])
    }
    if digest.top.isEmpty {
      try sheet.append([.text(nil), .text(nil), .text(digest.noTop)], [.plain, .plain, Self.wrapped])
    }
    sheet.skip()
    try heading("Warnings", sheet)
    for line in cuts + digest.warnings {
      try sheet.append([.text(nil), .text(nil), .text(line)], [.plain, .plain, Self.wrapped])
    }
    sheet.skip()
    try heading("Sheets", sheet)
    for (name, what) in sheets where name != "Quality" || source.plates != nil {
      try sheet.append([.text(name), .text(nil), .text(what)], [CellLook(isBold: true), .plain, Self.wrapped])
    }
    sheet.widen(0, to: 16)
    sheet.widen(1, to: 10)
    // Two columns' worth: a sentence a row.
    sheet.widen(2, to: Self.width)
    sheet.finish()
  }

  private func heading(_ text: String, _ sheet: XlsxSheet) throws(ResultsError) {
    try sheet.append([.text(text)], [Self.head], fits: false)
  }

  private var sheets: [(String, String)] {
    let (choice, cells, fits) =
      blocks.map { (" " + $0, "; cells.csv has all.", "; fits.csv has all.") } ?? ("", ".", ".")
    return [
      (
        "Ranking",
        "One row per combination, best first; scores in percentage points, each with interval, p and q. The columns of ranking.csv."
      ),
      (
        "Cells",
        "One row per measured dose pair\(choice): response, each model’s reference and synergy, its interval and p\(cells)"
      ),
      ("Fits", "One row per drug alone\(choice): its Hill curve, IC50 and Emax with their intervals\(fits)"),
      ("Quality", "One row per plate, then one per combination."),
      ("Problems", "Errors, warnings and infos of the inputs, one row each."),
      ("Methods", "How the numbers were made: formulas, every option, the files."),
    ]
  }
}
