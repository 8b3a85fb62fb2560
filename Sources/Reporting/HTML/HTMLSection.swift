import Assay

extension ByteWriter {
  /// Appends a section of plain text: its title as a heading of a level, sentences, terms, the table.
  mutating func section(_ section: ReportSection, heading level: Int) {
    element("h\(level)", section.title)
    content(of: section)
  }

  /// Appends the problems of the inputs.
  mutating func problems(of source: ReportSource) {
    text("<section id=\"problems\" aria-labelledby=\"hp\"><h2 id=\"hp\">Problems</h2>")
    content(of: ProblemSections(source: source).section)
    text("</section>")
  }

  /// Appends what stands below a section's title.
  mutating func content(of section: ReportSection) {
    for text in section.sentences {
      self.text("<p>")
      sentence(text)
      self.text("</p>")
    }
    if !section.terms.isEmpty {
      text("<dl class=\"me\">")
      for (term, meaning) in section.terms {
        element("dt", term)
        text("<dd>")
        sentence(meaning)
        text("</dd>")
      }
      text("</dl>")
    }
    if let cut = section.cut {
      text("<p class=\"cut\">")
      html(cut)
      text("</p>")
    }
    if !section.rows.isEmpty { table(of: section) }
  }

  private mutating func table(of section: ReportSection) {
    text("<div class=\"t\" role=\"region\" aria-label=\"")
    // No landmark has the name of the section that it is in.
    html(section.title)
    text(", table\" tabindex=\"0\"><table class=\"m")
    text(section.columns.contains { $0.kind == .option } ? " o\"><thead><tr>" : "\"><thead><tr>")
    for column in section.columns { text("<th scope=\"col\">\(column.title)</th>") }
    text("</tr></thead><tbody>")
    for row in section.rows {
      text("<tr>")
      for (column, cell) in zip(section.columns, row) { self.cell(cell, column.kind) }
      text("</tr>")
    }
    text("</tbody></table></div>")
  }

  private mutating func cell(_ content: String, _ kind: ReportSection.Column.Kind) {
    switch kind {
    case .text, .name, .number: element("td", content.isEmpty ? "–" : content)
    case .option:
      text("<th scope=\"row\">")
      html(content)
      text("</th>")
    case .checksum:
      text("<td class=\"sha\">")
      html(content.isEmpty ? "–" : content)
      text("</td>")
    case .severity:
      let name = InputProblem.Severity.allCases.first { $0.word == content }?.rawValue ?? ""
      text("<td><b class=\"v \(name)\">\(content)</b></td>")
    }
  }
}
