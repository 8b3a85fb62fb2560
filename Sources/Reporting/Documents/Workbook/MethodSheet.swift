import Results

/// How the numbers were made: formulas, every option, the files with their checksums.
struct MethodSheet {
  let source: ReportSource

  private static let head = CellLook(isBold: true, size: 12, ink: PaperInk.accent)
  private static let term = CellLook(isBold: true)
  private static let meaning = CellLook(wrapsAt: 110)

  /// Writes the sheet.
  func write(to sheet: XlsxSheet) throws(ResultsError) {
    for (place, section) in MethodSections(source: source).all.enumerated() {
      if place > 0 { sheet.skip() }
      try sheet.append([.text(section.title)], [Self.head], fits: false)
      for (term, meaning) in section.terms {
        try sheet.append([.text(term), .text(meaning)], [Self.term, Self.meaning])
      }
      if let cut = section.cut { try sheet.append([.text(cut)], [.plain], fits: false) }
      for row in section.rows where sheet.hasRoom {
        try sheet.append([.text(row[0]), .text(facts(row, of: section))], [.plain, Self.meaning])
      }
    }
    sheet.widen(1, to: 110)
    sheet.finish()
  }

  /// What a row says beside its first cell: each with its column's title where there are several.
  private func facts(_ row: [String], of section: ReportSection) -> String {
    guard row.count > 2 else { return row.last ?? "" }
    return zip(section.columns, row).dropFirst().filter { !$0.1.isEmpty }.map { "\($0.title): \($1)" }
      .joined(separator: ", ")
  }
}
