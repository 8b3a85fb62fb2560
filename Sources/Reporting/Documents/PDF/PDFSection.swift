import Assay

extension PDFPaper {
  /// Sets a section on a page of its own, named in the outline.
  func chapter(_ section: ReportSection, at place: String) {
    startPage(section: section.title)
    mark(place)
    outline(section.title, to: place)
    heading(section.title, size: 16, gap: 6)
    content(of: section)
  }

  /// Sets a section below what is on the page.
  func section(_ section: ReportSection) {
    heading(section.title, size: 12, gap: 4)
    content(of: section)
  }

  private func content(of section: ReportSection) {
    for sentence in section.sentences { paragraph([TextRun(sentence, .body)]) }
    for (term, meaning) in section.terms {
      paragraph([TextRun(term + "  ", .strong), TextRun(meaning, .body)], gap: 5)
    }
    if let cut = section.cut { paragraph([TextRun(cut, .strong)]) }
    guard !section.rows.isEmpty else { return }
    let columns = section.columns.map { column in
      PDFTable.Column(
        title: column.title, width: column.share * Self.width, side: column.kind == .number ? .right : .left)
    }
    PDFTable(columns: columns).draw(
      section.rows.lazy.map { row in zip(section.columns, row).map { Self.cell($1, $0.kind) } }, on: self)
  }

  private static func cell(_ text: String, _ kind: ReportSection.Column.Kind) -> PDFTable.Cell {
    let text = text.isEmpty ? "–" : text
    switch kind {
    case .text: return PDFTable.Cell(text, .cell, lines: 20)
    case .name: return PDFTable.Cell(text, .cell, lines: 4)
    case .number: return PDFTable.Cell(text)
    case .option: return PDFTable.Cell(text, TextStyle(size: 7, isMono: true))
    case .checksum:
      return PDFTable.Cell(text, TextStyle(size: 5.6, colour: PaperInk.muted, isMono: true), lines: 3)
    case .severity:
      let severity = InputProblem.Severity.allCases.first { $0.word == text }
      return PDFTable.Cell(text, .strongCell.coloured(severity.map(PaperInk.colour) ?? PaperInk.text))
    }
  }
}

extension PaperInk {
  /// The colour of a severity's word.
  static func colour(of severity: InputProblem.Severity) -> Colour {
    switch severity {
    case .error: bad
    case .warning: doubtful
    case .info: muted
    }
  }
}
