import Assay

/// The rows of `problems.csv`: one error, warning or info each.
enum ProblemTable {
  /// The columns.
  static let columns: [TableColumn] = [
    .text("file", "the file, as the user named it"), .text("block_id", "the block, where it is about one"),
    .text("severity", InputProblem.Severity.allCases.map(\.rawValue).joined(separator: ", ")),
    .integer("line", "the line of the file, where it is about one"), .text("message", "the sentence"),
  ]

  /// A problem's row.
  static func row(of problem: InputProblem) -> [UInt8] {
    var out = ByteWriter()
    out.csv([
      .text(problem.file), .text(problem.blockID), .text(problem.severity.rawValue),
      problem.line.map(Field.integer) ?? .text(nil), .text(problem.message),
    ])
    return out.bytes
  }
}
