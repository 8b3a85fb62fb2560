import Assay
import DoseTables
import Foundation
import Screening
import Synergy

/// A finished directory of results, opened again: everything that the run's report was made of, without a refit.
///
/// `results.json` is passed over once, a line a block, and only where each block lies is kept; then every block is read
/// once for its summary, in parallel, and calls and ranks are made by the functions that the run used. They must come
/// out as the file's own ranking has them, to the bit; else somebody changed the file, and it is refused.
public struct ResultsFile: Sendable {
  /// The directory.
  public let directory: String
  /// What reports are made of: all blocks.
  public let source: ReportSource
  /// Every file that the run read.
  public let inputs: [ScreenInput]
  /// Everything that was refused, doubted or noted.
  public let problems: [InputProblem]
  private let stored: StoredBlocks
  private let rows: [[UInt8]]

  /// The name of the file that a finished run leaves last.
  static let name = "results.json"

  /// Opens a directory.
  ///
  /// - Parameters:
  ///   - directory: Where a run has written its results.
  ///   - threads: Worker threads; they never change a number.
  /// - Throws: `ReportingError` when there is no such directory, its run did not finish, or the file is not what this
  ///   version writes.
  public static func open(
    _ directory: String, threads: Int
  ) async throws(ReportingError) -> ResultsFile {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw hasBegun(directory) ? .resultsUnfinished(path: directory, hasBegun: true) : .resultsMissing(path: directory)
    }
    // Files are of one run where the list of a run that puts them there one by one is gone.
    guard !FileManager.default.fileExists(atPath: directory + "/" + ResultsManifest.unfinishedName) else {
      throw .halfPublished(path: directory)
    }
    let path = directory + "/" + name
    guard FileManager.default.fileExists(atPath: path) else {
      throw .resultsUnfinished(path: directory, hasBegun: hasBegun(directory))
    }
    let scan = try ResultsScan(path: path, threads: threads)
    let blocks = try StoredBlocks(path: path, places: scan.places, options: scan.options.synergy)
    let ranked = try await ranked(scan, blocks, path: path, threads: threads)
    let across = await AcrossSamples.analyze(
      ranked, table: scan.table, classes: DrugClasses(scan.options.compounds.registry),
      options: scan.options.acrossSamples,
      inference: scan.options.synergy.inference, threads: threads)
    var counts = ProblemCounts()
    for problem in scan.problems { counts.count(problem.severity) }
    var source = ReportSource(
      title: scan.title, version: scan.version, options: scan.options, ranked: ranked,
      inputs: Array(scan.inputs.prefix(ReportPage.mostInputs)), inputCount: scan.inputs.count,
      problems: Array(scan.problems.prefix(ReportPage.mostProblems)), problemCounts: counts, plates: scan.plates,
      blocks: blocks)
    source.across = across
    return ResultsFile(
      directory: directory, source: source, inputs: scan.inputs, problems: scan.problems, stored: blocks,
      rows: scan.ranking)
  }

  /// Whether a run writes results for a directory, or broke off.
  private static func hasBegun(_ directory: String) -> Bool {
    let place = URL(fileURLWithPath: directory).standardizedFileURL
    let locks = [
      place.deletingLastPathComponent().path + "/" + StagingName.lock(for: place.lastPathComponent),
      place.path + "/" + StagingName.lock(for: nil), place.path + "/.unfinished",
    ]
    return locks.contains { FileManager.default.fileExists(atPath: $0) }
  }

  /// A block's JSON object, byte for byte as the file has it.
  public func blockJSON(of index: Int) throws(ReportingError) -> [UInt8] { try stored.object(of: index) }

  /// The ranking as a JSON array, byte for byte as the file has it.
  public var rankingJSON: [UInt8] {
    [UInt8(ascii: "[")] + Array(rows.joined(separator: [UInt8(ascii: ","), UInt8(ascii: "\n")])) + [UInt8(ascii: "]")]
  }

  /// The blocks' summaries, judged and ranked as the run did.
  private static func ranked(
    _ scan: ResultsScan, _ blocks: StoredBlocks, path: String, threads: Int
  ) async throws(ReportingError) -> [BlockSummary] {
    let order = scan.places.keys.sorted()
    let registry = scan.options.compounds.registry
    let read = await Parallel.map(order.count, chunk: 4, threads: threads) { range in
      range.map { place in
        Result { () throws(ReportingError) in
          BlockSummary(
            index: order[place], analysis: try blocks.analysis(of: order[place]), registry: registry)
        }
      }
    }
    var summaries: [BlockSummary] = []
    for result in read { summaries.append(try result.get()) }
    FalseDiscovery.judge(&summaries, options: scan.options.synergy.inference)
    let ranked = Ranking.ranked(summaries)
    guard ranked.count == scan.ranking.count else {
      throw .notResults(
        path: path, reason: "it has \(ranked.count) blocks and a ranking of \(scan.ranking.count): it was changed")
    }
    let table = RankingTable(ranked: ranked, surfaceNulls: scan.options.synergy.bigl.nulls)
    for (position, summary) in ranked.enumerated() {
      let row = ResultsJSON.object(columns: table.columns, row: table.row(summary, rank: position + 1), of: summary)
      guard row == scan.ranking[position] else {
        throw .notResults(
          path: path,
          reason: "rank \(position + 1) of its ranking does not follow from block \(summary.id): it was changed, or "
            + "Isobole \(scan.version) ranked by other rules")
      }
    }
    return ranked
  }
}
