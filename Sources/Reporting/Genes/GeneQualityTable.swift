import Genes

/// The rows of `gene_qc.csv`: one figure or remark each.
enum GeneQualityTable {
  static let columns: [TableColumn] = [
    GeneTable.contrast, .text("subject", "sample, replicates, contrast, vehicle (controls among themselves), or input"),
    .text("name", "the sample, the pair of samples, the contrast or the file"),
    .text("measure", "what was measured; of an input: warning, info or error"),
    .number("value", "unit", "the figure"), .text("unit", "its unit"), .text("expected", "what it should be"),
    .text("verdict", "pass or warn; empty where there is no bound"), .text("meaning", "what it says, and what to do"),
  ]

  /// The figures of a contrast and what was remarked.
  static func rows(of analysis: GeneAnalysis) -> ByteWriter {
    var out = ByteWriter()
    for measure in analysis.quality {
      out.csv([
        .text(analysis.contrast.name), .text(measure.subject.rawValue), .text(measure.name), .text(measure.measure),
        .number(measure.value), .text(measure.unit), .text(measure.expected), .text(measure.verdict.rawValue),
        .text(measure.meaning),
      ])
    }
    for note in analysis.notes {
      remark(analysis.contrast.name, note.file, note.isWarning ? "warning" : "info", note.message, &out)
    }
    return out
  }

  /// Something about an input.
  static func remark(_ contrast: String, _ file: String, _ kind: String, _ message: String, _ out: inout ByteWriter) {
    out.csv([
      .text(contrast), .text("input"), .text(file), .text(kind), .number(nil), .text(nil), .text(nil),
      .text(kind == "info" ? nil : "warn"), .text(message),
    ])
  }
}
