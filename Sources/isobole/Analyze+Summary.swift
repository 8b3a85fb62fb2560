import Programs
import Reporting
import Screening
import Synergy

/// What a run says when it ends.
extension Analyze {
  /// Prints what came of a run.
  func report(
    _ outcome: ScreenRun.Outcome, plates: PlateReport?, writer: ReportWriter, directory: String, models: [NullModel]
  ) throws {
    if json {
      try StandardOutput.print(
        SummaryJSON.text(ranked: outcome.ranked, problems: writer.problemCounts, directory: directory))
      return
    }
    try StandardOutput.print(
      TerminalSummary.text(
        ranked: outcome.ranked, problems: writer.problemCounts, width: Terminal.width, models: models), terminator: "")
    if let plates { try StandardOutput.print(plates.summary) }
    if let joined = writer.joined { try StandardOutput.print(GeneJoinSummary.text(joined), terminator: "") }
    // Where nothing was analysed, the errors say them.
    for problem in outcome.ranked.isEmpty ? [] : outcome.gravest {
      try StandardOutput.print(
        "\(problem.severity.rawValue): \(problem.blockID.map { "block \($0): " } ?? "")\(problem.message)")
    }
    let more = writer.problemCounts.errors + writer.problemCounts.warnings - outcome.gravest.count
    if more > 0, !outcome.ranked.isEmpty { try StandardOutput.print("… and \(more) more in problems.csv") }
    let readings = writer.responses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if readings.count == 1 { try StandardOutput.print("Responses were read as \(readings[0].key)") }
    if readings.count > 1 {
      let parts = readings.map { "\($0.key) (\($0.value) file\($0.value == 1 ? "" : "s"))" }
      try StandardOutput.print("Responses were read as " + parts.joined(separator: "; "))
    }
    try StandardOutput.print("Report: \(directory)/\(documents.formats.models.first?.fileName ?? "ranking.csv")")
  }

  /// Says why something is not as it should be.
  func complain(_ message: String) {
    StandardError.write("isobole: \(message)\n")
  }
}
