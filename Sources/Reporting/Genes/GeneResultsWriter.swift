import Genes
import Results
import Screening

/// Writes what `isobole genes` leaves: `genes.csv`, `guides.csv`, `gene_qc.csv` and their dictionary, all or none.
public final class GeneResultsWriter {
  /// The files.
  public static let fileNames = ["genes.csv", "guides.csv", "gene_qc.csv", "columns.csv"]

  /// The directory of the results.
  public let directory: String
  /// What the user should know of the directory.
  public var notes: [String] { run.notes }

  private let run: StagingDirectory
  private let columns: [TableColumn]
  private let genes: OutputFile
  private let guides: OutputFile
  private let quality: OutputFile

  /// Starts the tables.
  ///
  /// - Parameters:
  ///   - directory: Where they go; made when it is not there.
  ///   - options: How genes are scored: level and rates stand in the dictionary.
  ///   - placement: How the files are put into it.
  /// - Throws: `ResultsError` where something is there that is not Isobole's to replace.
  public init(
    directory: String, options: GeneOptions = .init(), placement: Placement = .init()
  ) throws(ResultsError) {
    self.directory = directory
    columns = GeneTable.columns(options)
    run = try StagingDirectory(directory: directory, kind: .genes, names: Self.fileNames, placement: placement)
    genes = try run.makeFile("genes.csv")
    guides = try run.makeFile("guides.csv")
    quality = try run.makeFile("gene_qc.csv")
    try genes.append(columns.header)
    try guides.append(GuideTable.columns.header)
    try quality.append(GeneQualityTable.columns.header)
  }

  /// Writes a contrast.
  public func append(_ analysis: GeneAnalysis) throws(ResultsError) {
    var rows = GeneTable.rows(of: analysis)
    try genes.append(&rows)
    rows = GuideTable.rows(of: analysis)
    try guides.append(&rows)
    rows = GeneQualityTable.rows(of: analysis)
    try quality.append(&rows)
  }

  /// Writes why a contrast could not be analysed, or what was remarked of all.
  public func append(contrast: String, file: String, isError: Bool, message: String) throws(ResultsError) {
    var rows = ByteWriter()
    GeneQualityTable.remark(contrast, file, isError ? "error" : "info", message, &rows)
    try quality.append(&rows)
  }

  /// Puts the files in place.
  ///
  /// - Parameter threads: How many files are digested at once.
  public func finish(version: String, threads: Int = 2) async throws(ResultsError) {
    for file in [genes, guides, quality] { try file.close() }
    let dictionary = try run.makeFile("columns.csv")
    try dictionary.append(
      ColumnTable.text(of: [
        ("genes.csv", columns), ("guides.csv", GuideTable.columns), ("gene_qc.csv", GeneQualityTable.columns),
      ]))
    try dictionary.close()
    try await run.publish(Self.fileNames, version: version, threads: threads)
  }
}
