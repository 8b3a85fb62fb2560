import Screening

/// How the numbers were made, with every option, so that a reader can make them again.
struct MethodPages {
  let source: ReportSource

  /// Sets the pages.
  func set(on paper: PDFPaper) {
    paper.startPage(section: "Methods")
    paper.mark("methods")
    paper.outline("Methods", to: "methods")
    paper.heading("Methods", size: 16, gap: 6)
    for (term, meaning) in MethodText(options: source.options).terms {
      paper.paragraph([TextRun(term + "  ", .strong), TextRun(meaning, .body)], gap: 5)
    }
    paper.heading("Options and version", size: 12, gap: 4)
    let columns = [
      PDFTable.Column(title: "Option", width: 220), PDFTable.Column(title: "Value", width: PDFPaper.width - 220),
    ]
    let options = OptionTree(results: source.options).leaves
    PDFTable(columns: columns).draw(
      ([("isobole", source.version)] + options.map { ($0.name, $0.summary) }).map { name, value in
        [
          PDFTable.Cell(name, TextStyle(size: 7, isMono: true)),
          PDFTable.Cell(value.isEmpty ? "none" : value, .cell, lines: 20),
        ]
      }, on: paper)
    inputs(on: paper)
  }

  private func inputs(on paper: PDFPaper) {
    guard !source.inputs.isEmpty else { return }
    paper.heading("Files", size: 12, gap: 4)
    if source.inputCount > source.inputs.count {
      paper.paragraph([
        TextRun("The first \(source.inputs.count) of \(source.inputCount); all are in results.sqlite.", .quiet)
      ])
    }
    let columns = [
      PDFTable.Column(title: "File", width: 160), PDFTable.Column(title: "Format, responses", width: 110),
      PDFTable.Column(title: "Blocks", width: 36, side: .right),
      PDFTable.Column(title: "Bytes", width: 54, side: .right),
      PDFTable.Column(title: "SHA-256", width: PDFPaper.width - 360),
    ]
    PDFTable(columns: columns).draw(
      source.inputs.map { input in
        [
          PDFTable.Cell(input.path, .cell, lines: 4),
          PDFTable.Cell([input.format, input.response].compactMap { $0 }.joined(separator: ", "), .cell, lines: 3),
          PDFTable.Cell(FigureText.grouped(input.blocks)), PDFTable.Cell(FigureText.grouped(input.bytes)),
          PDFTable.Cell(input.sha256 ?? "–", TextStyle(size: 5.6, colour: PaperInk.muted, isMono: true), lines: 3),
        ]
      }, on: paper)
  }
}
