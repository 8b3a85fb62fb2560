import Results
import Screening

/// How the numbers were made: formulas, every option, the files with their checksums.
struct MethodSheet {
  let source: ReportSource

  private static let head = CellLook(isBold: true, size: 12, ink: PaperInk.accent)
  private static let term = CellLook(isBold: true)
  private static let meaning = CellLook(wrapsAt: 110)

  /// Writes the sheet.
  func write(to sheet: XlsxSheet) throws(ResultsError) {
    try sheet.append([.text("Methods")], [Self.head], fits: false)
    for (term, meaning) in MethodText(options: source.options).terms {
      try sheet.append([.text(term), .text(meaning)], [Self.term, Self.meaning])
    }
    sheet.skip()
    try sheet.append([.text("Options and version")], [Self.head], fits: false)
    try sheet.append([.text("isobole"), .text(source.version)], [.plain, Self.meaning])
    for option in OptionTree(results: source.options).leaves {
      try sheet.append([.text(option.name), .text(option.summary)], [.plain, Self.meaning])
    }
    sheet.skip()
    try sheet.append([.text("Files")], [Self.head], fits: false)
    if source.inputCount > source.inputs.count {
      try sheet.append(
        [.text("The first \(source.inputs.count) of \(source.inputCount); all are in results.sqlite.")], [.plain],
        fits: false)
    }
    for input in source.inputs where sheet.hasRoom {
      let facts =
        [input.format, input.response, FigureText.count(input.blocks, "block"), "\(input.bytes) bytes"]
        .compactMap { $0 } + [input.sha256.map { "SHA-256 \($0)" } ?? "not read"]
      try sheet.append([.text(input.path), .text(facts.joined(separator: ", "))], [.plain, Self.meaning])
    }
    sheet.widen(1, to: 110)
    sheet.finish()
  }
}
