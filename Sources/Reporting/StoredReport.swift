import Results
import Foundation
import Screening

/// Writes the reports of a source into a directory: what `isobole report` does after results were opened, blocks chosen
/// and another run compared.
public enum StoredReport {
  /// Writes the files, all or none: `ranking.csv` of the reported blocks with their ranks in the whole screen, the tables
  /// over samples, of associations and of changes where there are any, and the documents that are asked for.
  ///
  /// - Parameters:
  ///   - source: What is reported.
  ///   - directory: Where the files go; made when it is not there. It must not hold the results of a run, which a report
  ///     of some of its blocks would replace.
  ///   - documents: The formats of the report, and how much they show.
  ///   - blockLimit: The most blocks that have a section in `report.html`, best first.
  ///   - version: The version of Isobole that writes them. Default: the one that analysed the screen.
  ///   - placement: How the files are put into the directory. Default: it holds nothing but an earlier report.
  /// - Returns: The names of the files, and what the user should know.
  public static func write(
    _ source: ReportSource, into directory: String, documents: DocumentOptions, blockLimit: Int,
    version: String? = nil, placement: Placement = .init()
  ) async throws -> Written {
    if FileManager.default.fileExists(atPath: directory + "/" + RunStoreWriter.name) {
      throw ResultsError.wouldReplaceResults(path: directory)
    }
    let run = try StagingDirectory(
      directory: directory, kind: .report, names: ["ranking.csv"] + documents.formats.map(\.fileName),
      placement: placement)
    try RunTables(ranked: source.ranked, options: source.options, plates: nil, across: nil, joined: nil)
      .write(.ranking, source.ranked, ranks: source.ranks, to: run.path(of: "ranking.csv"))
    var names =
      ["ranking.csv"]
      + (try ReportTables.write(
        source.across, source.joined, annotations: source.annotations, source.comparison, into: run))
    try await ReportDocuments(source: source, options: documents, reportBlocks: max(0, blockLimit))
      .write(into: run.folder)
    names += (documents.figures.isEmpty ? [] : [FigureFiles.folder])
    names += ReportFormat.allCases.filter(documents.formats.contains).map(\.fileName)
    try await run.publish(names, version: version ?? source.version, threads: source.options.threads)
    return Written(names: names, notes: run.notes)
  }

  /// What was written.
  public struct Written: Sendable {
    /// The names of the files, the manifest's not among them.
    public var names: [String]
    /// What the user should know of the directory: something that could not be cleared away.
    public var notes: [String]
  }
}
