import Assay
import Foundation
import Screening
import Synergy

/// Writes a screen's results into a directory while the screen runs: `ranking.csv`, `cells.csv`, `fits.csv`,
/// `problems.csv`, the reports, `results.json` and a manifest of them.
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

  /// The files that a finished run leaves (those of the formats that were asked for).
  public static let fileNames =
    ["ranking.csv", "cells.csv", "fits.csv", "problems.csv"] + ReportFormat.allCases.map(\.fileName)
    + [ResultsFile.name, ResultsManifest.name]

  /// The file that a plate screen leaves besides.
  public static let qualityFile = "qc.csv"

  private let title: String
  private let options: ScreenOptions
  private let version: String
  private let lineFits: Bool
  private let run: StagingDirectory
  private var cells: CellSpool
  private let fits: OutputFile
  private let problems: OutputFile
  private let json: OutputFile
  private let reportBlocks: Int
  private let documents: DocumentOptions
  private var places: [Int: StoredBlocks.Place] = [:]
  private var shownProblems: [InputProblem] = []
  private var shownInputs: [ScreenInput] = []
  private var inputCount = 0
  private var plates: PlateReport?
  private var across: AcrossSamples?
  private let problemsJSON: OutputFile
  private let inputsJSON: OutputFile
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
  ///   - reportBlocks: The most blocks that have a section of their own in `report.html`, best first. Default 500.
  ///   - lineFits: Whether `fits.csv` also holds the fits of ZIP's lines, as `results.json` does. Default: no.
  ///   - documents: The formats of the report, and how much they show. Default: all formats, no figures.
  ///   - placement: How the files are put into the directory. Default: it holds nothing but an earlier run's files.
  /// - Throws: `ReportingError` when the directory cannot be made or written, another run is writing into it, or it holds
  ///   something that is not Isobole's to replace.
  public init(
    directory: String, title: String, options: ScreenOptions, version: String, reportBlocks: Int = 500,
    lineFits: Bool = false, documents: DocumentOptions = .init(), placement: Placement = .init()
  ) throws(ReportingError) {
    self.directory = directory
    self.title = title
    self.options = options
    self.version = version
    self.lineFits = lineFits
    run = try StagingDirectory(
      directory: directory, kind: .results,
      names: Self.names(documents) + (options.plates == nil ? [] : [Self.qualityFile]) + [ReportTables.names[0]],
      placement: placement)
    cells = try CellSpool(run: run)
    fits = try run.makeFile("fits.csv")
    problems = try run.makeFile("problems.csv")
    json = try run.makeFile("results.json")
    problemsJSON = try run.makeFile("problems.json")
    inputsJSON = try run.makeFile("inputs.json")
    self.reportBlocks = max(0, reportBlocks)
    self.documents = documents
    try fits.append(FitTable.header)
    try problems.append(ProblemTable.header)
    try json.append(ResultsJSON.head(title: title, version: version, options: options))
  }

  /// Turns an analysed block into what is written of it.
  public static func encode(_ analysis: BlockAnalysis, index: Int, options: ScreenOptions) -> ReportFragment {
    ReportFragment(analysis, index: index)
  }

  /// Writes a block.
  public func append(_ fragment: ReportFragment, of summary: BlockSummary) throws {
    try checkOpen()
    try cells.append(fragment.cells, drugs: fragment.drugs)
    try fits.append(fragment.fits)
    try json.append(places.isEmpty ? "\n" : ",\n")
    places[summary.index] = StoredBlocks.Place(offset: json.length, count: fragment.json.count)
    try json.append(fragment.json)
    if lineFits { try fits.append(fragment.lineFits) }
  }

  /// Writes a problem.
  public func append(_ problem: InputProblem) throws {
    try checkOpen()
    try problems.append(ProblemTable.row(of: problem))
    try problemsJSON.append(problemCounts.total == 0 ? "\n" : ",\n")
    try problemsJSON.append(ResultsJSON.object(of: problem))
    problemCounts.count(problem.severity)
    if shownProblems.count < ReportPage.mostProblems { shownProblems.append(problem) }
  }

  /// Takes note of a file.
  public func append(_ input: ScreenInput) throws {
    try checkOpen()
    try inputsJSON.append(inputCount == 0 ? "\n" : ",\n")
    try inputsJSON.append(ResultsJSON.object(of: input))
    inputCount += 1
    if shownInputs.count < ReportPage.mostInputs { shownInputs.append(input) }
  }

  /// Takes the plates of a plate screen; they go into `qc.csv`, `results.json` and the report.
  public func append(_ plates: PlateReport) throws {
    try checkOpen()
    self.plates = plates
  }

  /// Takes what is said of combinations that were tested in several samples; it goes into `across_samples.csv`,
  /// `associations.csv` where annotations were given, `results.json` and the report.
  public func append(_ across: AcrossSamples) throws {
    try checkOpen()
    self.across = across
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
    for file in [fits, problems, problemsJSON, inputsJSON] { try file.close() }
    try writeRanking(ranked)
    try closeJSON(ranked)
    try Task.checkCancellation()
    try await writeReport(ranked)
    try Task.checkCancellation()
    if let plates {
      let file = try run.makeFile(Self.qualityFile)
      try file.append(QualityTable.text(of: plates))
      try file.close()
    }
    let tables = try ReportTables.write(across, nil, into: run)
    try run.publish(
      Self.names(documents) + (plates == nil ? [] : [Self.qualityFile]) + tables
        + (documents.figures.isEmpty ? [] : [FigureFiles.folder]), version: version)
  }

  /// What every run leaves, besides the manifest.
  private static func names(_ documents: DocumentOptions) -> [String] {
    let left = Set(ReportFormat.allCases).subtracting(documents.formats).map(\.fileName) + [ResultsManifest.name]
    return fileNames.filter { !left.contains($0) }
  }

  private func checkOpen() throws(ReportingError) {
    if isFinished { throw .alreadyFinished(path: directory) }
  }

  private func writeRanking(_ ranked: [BlockSummary]) throws(ReportingError) {
    let table = RankingTable(ranked: ranked, surfaceNulls: options.synergy.bigl.nulls)
    let file = try run.makeFile("ranking.csv")
    try file.append(table.columns.joined(separator: ",") + "\n")
    var out = ByteWriter()
    for (position, summary) in ranked.enumerated() {
      out.csv(table.row(summary, rank: position + 1))
      try file.append(&out)
    }
    try file.close()
  }

  private func closeJSON(_ ranked: [BlockSummary]) throws(ReportingError) {
    let table = RankingTable(ranked: ranked, surfaceNulls: options.synergy.bigl.nulls)
    let columns = table.columns
    try json.append("\n],\n\"ranking\":[")
    for (position, summary) in ranked.enumerated() {
      try json.append(position == 0 ? "\n" : ",\n")
      try json.append(ResultsJSON.object(columns: columns, row: table.row(summary, rank: position + 1), of: summary))
    }
    try json.append("\n],\n\"inputs\":[")
    try json.append(contentsOf: InputFile(path: inputsJSON.path), from: 0, count: inputsJSON.length)
    try json.append("\n],\n\"problems\":[")
    try json.append(contentsOf: InputFile(path: problemsJSON.path), from: 0, count: problemsJSON.length)
    try json.append("\n]")
    if let plates { try json.append(PlateJSON.members(of: plates)) }
    if let across { try json.append(AcrossSamplesJSON.member(of: across)) }
    try json.append("}\n")
    try json.close()
  }

  /// Writes the reports from the results as they now stand in the file.
  private func writeReport(_ ranked: [BlockSummary]) async throws {
    var source = ReportSource(
      title: title, version: version, options: options, ranked: ranked, inputs: shownInputs, inputCount: inputCount,
      problems: shownProblems, problemCounts: problemCounts, plates: plates,
      blocks: try StoredBlocks(path: run.path(of: "results.json"), places: places, options: options.synergy))
    source.across = across
    if documents.formats.contains(.html) {
      let file = try run.makeFile(ReportFormat.html.fileName)
      try await ReportPage(source: source, blockLimit: reportBlocks).write(to: file)
      try file.close()
    }
    try await ReportDocuments(source: source, options: documents).write(into: run.folder)
  }
}
