import Assay
import Foundation
import Synergy

extension WellsLeftOut {
  /// What untreated wells scale before any well is left out of a block.
  enum Scaling {
    /// Their plate.
    case plate
    /// Their block, whose responses are a raw signal.
    case block

    /// What is said where such wells are left out of a block.
    fileprivate func words(wells: Int) -> String {
      let those =
        wells == 1
        ? "the excluded untreated well is a control" : "\(wells) of the excluded wells are untreated controls"
      return switch self {
      case .plate:
        "\(those) of a plate and still \(wells == 1 ? "scales" : "scale") it: what is excluded from a block stays in the normalisation. To leave "
          + "a control out of that too, name its plate and well in a --mask table (plate,well,reason)"
      case .block:
        "\(those) and still \(wells == 1 ? "scales" : "scale") the block: its raw signals were divided by all its untreated wells before. To "
          + "leave a control out of that too, remove its row from the file"
      }
    }
  }

  /// The block without its wells among these, `nil` when it cannot be scored any more, and what is to be said: a note
  /// for each row that left wells out, a doubt for each that did not.
  ///
  /// - Parameters:
  ///   - file: The block's file, to which a refusal belongs.
  ///   - scaling: What its untreated wells have scaled already; `nil` for nothing.
  func reduced(
    _ matrix: DoseMatrix, file: String, scaling: Scaling? = nil
  ) -> (matrix: DoseMatrix?, problems: [InputProblem]) {
    let (left, matches) = matched(in: matrix)
    var problems = matches.enumerated().map { place, match in
      let (row, wells) = match
      let twin = matches[..<place].first {
        $0.wells > 0 && $0.row.doses == row.doses && $0.row.response == row.response
      }
      let isTwin = wells == 0 && twin != nil
      return InputProblem(
        file: input?.path ?? file, blockID: matrix.id, severity: wells == 0 && !isTwin ? .warning : .info,
        line: row.line,
        message: isTwin
          ? "an earlier row excludes the same\(twin?.row.line.map { " (line \($0))" } ?? ""); nothing more was excluded"
          : wells == 0 ? Self.unmatched(row, in: matrix) : Self.matched(row, wells: wells, in: matrix))
    }
    let count = matches.reduce(0) { $0 + $1.wells }
    guard count > 0 else { return (matrix, problems) }
    let controls = matches.filter { $0.wells > 0 && $0.row.doses.allSatisfy { $0 == 0 } }
    if let scaling, let first = controls.first {
      problems.append(
        InputProblem(
          file: input?.path ?? file, blockID: matrix.id, severity: .warning, line: first.row.line,
          message: scaling.words(wells: controls.reduce(0) { $0 + $1.wells })))
    }
    let reason = left.map(BlockAnalyzer.refusal(of:)) ?? .noWells
    if let reason {
      problems.append(
        InputProblem(
          file: file, blockID: matrix.id, severity: .error,
          message: "\(count) of its \(matrix.wellCount) wells were excluded as asked, and then \(reason.description)"))
    }
    guard reason == nil else { return (nil, problems) }
    if matrix.control != nil, left?.control == nil {
      problems.append(
        InputProblem(
          file: file, blockID: matrix.id, severity: .warning,
          message: "all its untreated controls were excluded as asked; the block is used without them"))
    }
    return (left, problems)
  }

  /// What is said of blocks that no file holds.
  func unknownBlocks(besides known: Set<String>) -> [InputProblem] {
    wells.filter { !known.contains($0.blockID) }.map { row in
      InputProblem(
        file: input?.path ?? Self.inputFormat, blockID: row.blockID, severity: .warning, line: row.line,
        message: "no block that was read is called \(row.blockID), so no well was excluded; expected a block_id as "
          + "ranking.csv has it (with several files: the file's name before it, a:1)")
    }
  }

  private static func matched(_ row: Well, wells: Int, in matrix: DoseMatrix) -> String {
    let what =
      row.response.map { "the well with response \(String(format: "%.1f", $0)) %" }
      ?? (wells == 1 ? "the well" : "all \(wells) wells")
    let reason = row.reason.isEmpty ? "no reason given" : row.reason
    return "excluded: \(what) at \(doses(row, of: matrix)): \(reason)"
  }

  private static func unmatched(_ row: Well, in matrix: DoseMatrix) -> String {
    guard row.doses.count == matrix.drugCount else {
      return "\(row.doses.count) doses are stated but the block has \(matrix.drugCount) drugs "
        + "(\(matrix.axes.map(\.drug).joined(separator: ", "))), so no well was excluded; state conc1 … "
        + "conc\(matrix.drugCount)"
    }
    let what = row.response.map { "response \(number($0)) %" } ?? "a response"
    return "no well at \(doses(row, of: matrix)) has \(what), or an earlier row excludes it; nothing was excluded. "
      + "Expected the doses in this order and one well's response, as wells.csv has them"
  }

  private static func doses(_ row: Well, of matrix: DoseMatrix) -> String {
    zip(matrix.axes, row.doses).map { axis, dose in
      "\(axis.drug) \(number(dose))\(axis.unit == .unstated ? "" : " \(axis.unit)")"
    }.joined(separator: ", ")
  }

  private static func number(_ value: Double) -> String { String(format: "%.6g", value) }
}
