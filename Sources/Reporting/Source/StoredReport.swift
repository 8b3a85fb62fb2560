import Foundation
import Screening

/// Writes the reports of a source into a directory: what `isobole report` does after results were opened, blocks chosen
/// and another run compared.
public enum StoredReport {
  /// A kind of file.
  public enum Format: String, Sendable, CaseIterable {
    /// `report.html`.
    case html
    /// `ranking.csv` of the reported blocks with their ranks in the whole screen, and the tables over samples, of
    /// associations and of changes where there are any.
    case csv
  }

  /// Writes the files, all or none.
  ///
  /// - Parameters:
  ///   - source: What is reported.
  ///   - directory: Where the files go; made when it is not there. It must not hold the results of a run, which a report
  ///     of some of its blocks would replace.
  ///   - formats: The kinds of files.
  ///   - blockLimit: The most blocks that have a section in `report.html`, best first.
  /// - Returns: The names of the files.
  public static func write(
    _ source: ReportSource, into directory: String, formats: [Format], blockLimit: Int
  ) async throws(ReportingError) -> [String] {
    if FileManager.default.fileExists(atPath: directory + "/" + ResultsFile.name) {
      throw .wouldReplaceResults(path: directory)
    }
    let run = try UnfinishedRun(directory: directory)
    var names: [String] = []
    if formats.contains(.csv) {
      let table = RankingTable(ranked: source.ranked, surfaceNulls: source.options.synergy.bigl.nulls)
      var out = ByteWriter()
      out.text(table.columns.joined(separator: ",") + "\n")
      for (position, summary) in source.ranked.enumerated() {
        out.csv(table.row(summary, rank: source.ranks.at(position) ?? position + 1))
      }
      let file = try run.makeFile("ranking.csv")
      try file.append(&out)
      try file.close()
      names = ["ranking.csv"] + (try ReportTables.write(source.across, source.comparison, into: run))
    }
    if formats.contains(.html) {
      let file = try run.makeFile("report.html")
      try await ReportPage(source: source, blockLimit: max(0, blockLimit)).write(to: file)
      try file.close()
      names.append("report.html")
    }
    try run.publish(names, removing: ["ranking.csv", "report.html"] + ReportTables.names)
    return names
  }
}
