import Assay

/// The rows of `problems.csv`: one refused, doubted or noted input each.
enum ProblemTable {
  /// The header.
  static let header = "file,block_id,severity,line,message\n"

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
