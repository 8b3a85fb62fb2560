import Assay
import DoseTables
import Foundation
import GeneTargets
import Results
import Screening
import Synergy

/// Writes a screen's results into a directory while the screen runs: `ranking.csv`, `cells.csv`, `fits.csv`,
/// `problems.csv`, the reports, the store of the run and a manifest of them.
///
/// Blocks are written as they come and forgotten; what is kept of a block does not depend on its number of cells.
/// Nothing is in the directory before `finish` has written everything and puts it there in one step: a run that dies, or
/// a writer that is let go before `finish`, leaves the results of an earlier run as they were.
public final class ReportWriter: ScreenSink {
  /// What `encode` makes of a block and `append` takes.
  public typealias Fragment = ReportFragment

  /// The directory of the results.
  public let directory: String
  /// Where the files lie until the run is finished.
  public var leavings: StagingLeavings { run.leavings }
  /// What the user should know of the directory: something that could not be cleared away.
  public var notes: [String] { run.notes }
  /// Problems that were appended so far, by severity.
  public private(set) var problemCounts = ProblemCounts()
  /// How many files' responses were read in each way: `viability, %`.
  public private(set) var responses: [String: Int] = [:]

  /// The files that a finished run leaves (those of the formats that were asked for).
  public static let fileNames =
    ["ranking.csv", "scores.csv", "cells.csv", "wells.csv", "fits.csv", "problems.csv", "columns.csv"]
    + ReportFormat.allCases.map(\.fileName)
    + [RunStoreWriter.name, ResultsManifest.name]

  /// The file that a plate screen leaves besides.
  public static let qualityFile = "qc.csv"

  private let title: String
  private let options: ScreenOptions
  private let version: String
  private let lineFits: Bool
  private let run: StagingDirectory
  private var cells: TableSpool
  private var wells: TableSpool
  private let fits: OutputFile
  private let problems: OutputFile
  private let store: RunStoreWriter
  private let reportBlocks: Int
  private let documents: DocumentOptions
  private var shownProblems: [InputProblem] = []
  private var shownInputs: [ScreenInput] = []
  private var inputCount = 0
  private var plates: PlateReport?
  private var across: AcrossSamples?
  private var genes: GeneScreen?
  /// The gene screen beside the blocks, once `finish` has joined them.
  public private(set) var joined: JoinedScreens?
  private var heldRows = HeldRows()
  private var isFinished = false
  /// Whether `finish` left the directory as it was: nothing was ranked, and it holds something worth more.
  public private(set) var isKept = false

  /// Starts the results of a screen.
  ///
  /// - Parameters:
  ///   - directory: Where the files go; made when it is not there.
  ///   - title: The screen's name, as it heads the report.
  ///   - options: What the analysis was asked for; written into the results.
  ///   - version: The version of Isobole; written into the results.
  ///   - reportBlocks: The most blocks that have a section of their own in `report.html`, best first. Default 20.
  ///   - lineFits: Whether `fits.csv` also holds the fits of ZIP's lines, as the store does. Default: no.
  ///   - hasGenes: Whether a gene screen will be joined. Default: no.
  ///   - documents: The formats of the report, and how much they show. Default: all formats, no figures.
  ///   - placement: How the files are put into the directory. Default: it holds nothing but an earlier run's files.
  /// - Throws: `ResultsError` when the directory cannot be made or written, another run is writing into it, or it holds
  ///   something that is not Isobole's to replace.
  public init(
    directory: String, title: String, options: ScreenOptions, version: String,
    reportBlocks: Int = DocumentOptions.defaultReportBlocks,
    lineFits: Bool = false, hasGenes: Bool = false, documents: DocumentOptions = .init(), placement: Placement = .init()
  ) throws(ResultsError) {
    self.directory = directory
    self.title = title
    self.options = options
    self.version = version
    self.lineFits = lineFits
    run = try StagingDirectory(
      directory: directory, kind: .results,
      names: Self.names(documents) + (options.plates == nil ? [] : [Self.qualityFile]) + [ReportTables.names[0]]
        + (hasGenes ? [RunTable.partners.fileName, RunTable.biomarkers.fileName] : []),
      placement: placement)
    cells = try TableSpool("cells.csv", leading: CellTable.leading.count, columns: CellTable.columns, run: run)
    wells = try TableSpool("wells.csv", leading: WellTable.leading.count, columns: WellTable.columns, run: run)
    fits = try run.makeFile("fits.csv")
    problems = try run.makeFile("problems.csv")
    store = try RunStoreWriter(
      path: run.path(of: RunStoreWriter.name), title: title, options: options, version: version)
    self.reportBlocks = max(0, reportBlocks)
    self.documents = documents
    try fits.append(FitTable.columns.header)
    try problems.append(ProblemTable.columns.header)
  }

  /// Turns an analysed block into what is written of it.
  public static func encode(_ analysis: BlockAnalysis, index: Int, options: ScreenOptions) -> ReportFragment {
    ReportFragment(analysis)
  }

  /// Writes a block.
  public func append(_ fragment: ReportFragment, of summary: BlockSummary) throws {
    try checkOpen()
    try store.append(fragment.analysis, of: summary)
    try cells.append(fragment.cells, drugs: fragment.analysis.matrix.drugCount)
    if options.plates == nil { try wells.append(fragment.wells, drugs: fragment.analysis.matrix.drugCount) }
    try fits.append(fragment.fits)
    if lineFits { try fits.append(FitTable.lines(of: fragment.analysis)) }
    if documents.formats.contains(.html) { heldRows.add(fragment.row, of: summary.index) }
  }

  /// Writes a problem.
  public func append(_ problem: InputProblem) throws {
    try checkOpen()
    try problems.append(ProblemTable.row(of: problem))
    try store.append(problem)
    problemCounts.count(problem.severity)
    if shownProblems.count < ReportSource.maxProblems { shownProblems.append(problem) }
  }

  /// Takes note of a file.
  public func append(_ input: ScreenInput) throws {
    try checkOpen()
    try store.append(input)
    inputCount += 1
    if let response = input.response { responses[response, default: 0] += 1 }
    if shownInputs.count < ReportSource.maxInputs { shownInputs.append(input) }
  }

  /// Takes the plates of a plate screen; they go into `qc.csv`, the store and the report.
  public func append(_ plates: PlateReport) throws {
    try checkOpen()
    try store.append(plates)
    let drugs = max(2, WellTable.drugs(of: plates))
    try wells.append(WellTable.rows(of: plates, drugs: drugs), drugs: drugs)
    self.plates = plates
  }

  /// Takes what is said of combinations that were tested in several samples; it goes into `across_samples.csv`,
  /// `associations.csv` where annotations were given, and the report.
  public func append(_ across: AcrossSamples) throws {
    try checkOpen()
    if let table = across.table { try store.append(table) }
    self.across = across
  }

  /// Takes a gene screen that the blocks are joined with; it goes into the store, `partners.csv`, `biomarkers.csv` and the report.
  public func append(_ genes: GeneScreen) throws(ResultsError) {
    try checkOpen()
    try store.append(genes: genes)
    self.genes = genes
  }

  /// Writes the ranking and the report and puts all files in place. `ranked` holds every block, best first. A task that
  /// is cancelled before the first file is in place leaves none of this run there. Where nothing was ranked, results of
  /// an earlier run that has a ranking, and a directory of other files, stay as they are (`isKept`).
  public func finish(ranked: [BlockSummary]) async throws {
    try checkOpen()
    isFinished = true
    if ranked.isEmpty, run.holdsMoreThanNothing {
      isKept = true
      run.abandon()
      return
    }
    try cells.close()
    try wells.close()
    for file in [fits, problems] { try file.close() }
    joined = genes.map { JoinedScreens($0, ranked, options: options) }
    let tables = RunTables(ranked: ranked, options: options, plates: plates, across: across, joined: joined)
    let (folder, directory) = (run.staging, directory)
    let digested = try await withThrowingTaskGroup(of: [ResultsManifest.File].self) { group in
      for table in [RunTable.ranking, .scores] {
        let path = run.path(of: table.fileName)
        group.addTask {
          try tables.write(table, ranked, ranks: Array(1..<ranked.count + 1), to: path)
          return []
        }
      }
      try store.finish(ranked: ranked)
      try Task.checkCancellation()
      let whole = ["cells.csv", "wells.csv", "fits.csv", "problems.csv", RunStoreWriter.name]
      // On one thread nothing is gained by it, and what is done to the disk stays in its order.
      if options.threads > 1 {
        group.addTask { try await StagingDirectory.digests(of: whole, in: folder, for: directory) }
      }
      try await writeReport(ranked)
      return try await group.reduce([], +)
    }
    try Task.checkCancellation()
    if let plates {
      let file = try run.makeFile(Self.qualityFile)
      try file.append(QualityTable.text(of: plates))
      try file.close()
    }
    let further = try ReportTables.write(across, joined, annotations: across?.table, nil, into: run)
    let columns = try run.makeFile(RunTable.columns.fileName)
    try columns.append(ColumnTable.text(of: tables.dictionary))
    try columns.close()
    try await run.publish(
      Self.names(documents) + (plates == nil ? [] : [Self.qualityFile]) + further
        + (documents.figures.isEmpty ? [] : [FigureFiles.folder]), version: version, digested: digested,
      threads: options.threads)
  }

  /// What every run leaves, besides the manifest.
  private static func names(_ documents: DocumentOptions) -> [String] {
    let left = Set(ReportFormat.allCases).subtracting(documents.formats).map(\.fileName) + [ResultsManifest.name]
    return fileNames.filter { !left.contains($0) }
  }

  private func checkOpen() throws(ResultsError) {
    if isFinished { throw .alreadyFinished(path: directory) }
  }

  /// Writes the reports from the results as they now stand in the store.
  private func writeReport(_ ranked: [BlockSummary]) async throws {
    var source = ReportSource(
      title: title, version: version, options: options, ranked: ranked, inputs: shownInputs, inputCount: inputCount,
      problems: shownProblems, problemCounts: problemCounts, plates: plates,
      blocks: try RunStore(path: run.path(of: RunStoreWriter.name), threads: options.threads))
    source.across = across
    source.joined = joined
    source.heldRows = heldRows
    try await ReportDocuments(source: source, options: documents, reportBlocks: reportBlocks).write(into: run.folder)
  }
}
