import Assay
import DoseTables
import Foundation
import Results
import Screening
import Synergy

/// A finished directory of results, opened again: everything that the run's report was made of, without a refit.
///
/// Of the store only the summaries of the blocks are read; a block's wells and curves are read when they are shown.
public struct ResultsFile: Sendable {
  /// The directory.
  public let directory: String
  /// What reports are made of: all blocks.
  public let source: ReportSource
  /// Every file that the run read.
  public let inputs: [ScreenInput]
  /// Everything that was refused, doubted or noted.
  public let problems: [InputProblem]
  /// The store.
  public let store: RunStore

  /// What opening does besides reading the summaries, which takes time by the size of the run.
  public struct Checks: OptionSet, Sendable {
    /// The checks as bits.
    public let rawValue: Int
    /// Takes checks as bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The store's bytes are compared with the SHA-256 of the manifest.
    public static let digest = Checks(rawValue: 1)
    /// Combinations are analysed over samples (`ReportSource.across`); `ReportSource.compareSamples` does it later.
    public static let samples = Checks(rawValue: 2)
    /// All of it.
    public static let all: Checks = [.digest, .samples]
  }

  /// Opens a directory.
  ///
  /// - Parameters:
  ///   - directory: Where a run has written its results, its store, or a file that `isobole export` wrote.
  ///   - threads: Worker threads; they never change a number.
  ///   - checks: What is done besides.
  /// - Throws: `ResultsError` when there is no such directory, its run did not finish, or the file is not what this
  ///   version writes.
  public static func open(
    _ directory: String, threads: Int, checks: Checks = .all
  ) async throws(ResultsError) -> ResultsFile {
    var isDirectory: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory)
    if isThere, !isDirectory.boolValue {
      let folder = URL(fileURLWithPath: directory).deletingLastPathComponent().path
      if checks.contains(.digest), URL(fileURLWithPath: directory).lastPathComponent == RunStoreWriter.name {
        try checkDigest(of: folder)
      }
      return try await ResultsFile(
        directory: directory,
        store: isStore(directory)
          ? try RunStore(path: directory, threads: threads)
          : try RunStore(json: directory, threads: threads), threads: threads, checks: checks)
    }
    guard isThere else {
      throw hasBegun(directory) ? .resultsUnfinished(path: directory, hasBegun: true) : .resultsMissing(path: directory)
    }
    // Files are of one run where the list of a run that puts them there one by one is gone.
    guard !FileManager.default.fileExists(atPath: directory + "/" + ResultsManifest.unfinishedName) else {
      throw .halfPublished(path: directory)
    }
    let path = directory + "/" + RunStoreWriter.name
    guard FileManager.default.fileExists(atPath: path) else {
      let isOlder = FileManager.default.fileExists(atPath: directory + "/results.json")
      throw isOlder
        ? .otherFormatVersion(path: directory + "/results.json", found: 1, expected: StoreSchema.version)
        : .resultsUnfinished(path: directory, hasBegun: hasBegun(directory))
    }
    let store = try RunStore(path: path, threads: threads)
    guard store.isFinished, checks.contains(.digest) else {
      return try await ResultsFile(directory: directory, store: store, threads: threads, checks: checks)
    }
    async let digest = Result { () throws(ResultsError) in try checkDigest(of: directory) }
    let file: Result<ResultsFile, ResultsError>
    do throws(ResultsError) {
      file = .success(try await ResultsFile(directory: directory, store: store, threads: threads, checks: checks))
    } catch {
      file = .failure(error)
    }
    // Bytes that are not the run's explain whatever was wrong in them.
    try await digest.get()
    return try file.get()
  }

  /// Whether the store has the bytes that the directory's manifest states. One without a manifest is taken as it is.
  private static func checkDigest(of directory: String) throws(ResultsError) {
    let list = directory + "/" + ResultsManifest.name
    guard FileManager.default.fileExists(atPath: list) else { return }
    guard let manifest = ResultsManifest.of(directory) else {
      throw .damaged(path: list, reason: "it is no list of a run's files, so that the store cannot be checked")
    }
    guard let stated = manifest.files.first(where: { $0.name == RunStoreWriter.name })
    else { return }
    let path = directory + "/" + RunStoreWriter.name
    let found: (bytes: Int, sha256: String)
    do throws(SystemFailure) {
      found = try FileDigest.of(RunStoreWriter.name, in: Folder(path: directory))
    } catch {
      // A link is somebody's own doing.
      if error.code == ELOOP { return }
      throw .cannotRead(path: path, reason: error.reason)
    }
    guard found.bytes == stated.bytes else {
      throw .damaged(
        path: path, reason: "it has \(found.bytes) bytes, and \(ResultsManifest.name) states \(stated.bytes)")
    }
    guard found.sha256 == stated.sha256 else {
      throw .damaged(path: path, reason: "its SHA-256 is not that of \(ResultsManifest.name)")
    }
  }

  /// Whether a file is a store and no JSON.
  private static func isStore(_ path: String) -> Bool {
    (try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).read(upToCount: 6)) == Data("SQLite".utf8)
  }

  private init(directory: String, store: RunStore, threads: Int, checks: Checks) async throws(ResultsError) {
    guard store.isFinished else { throw .resultsUnfinished(path: directory, hasBegun: true) }
    let ranked = try await store.ranked(threads: threads)
    let (inputs, problems) = (try store.inputs(), try store.problems())
    var counts = ProblemCounts()
    for problem in problems { counts.count(problem.severity) }
    var source = ReportSource(
      title: store.title, version: store.version, options: store.options, ranked: ranked,
      inputs: Array(inputs.prefix(ReportSource.maxInputs)), inputCount: inputs.count,
      problems: Array(problems.prefix(ReportSource.maxProblems)), problemCounts: counts, plates: try store.plates(),
      blocks: store)
    source.annotations = try store.sampleTable()
    if checks.contains(.samples) { await source.compareSamples(threads: threads) }
    (self.directory, self.source, self.inputs, self.problems, self.store) = (directory, source, inputs, problems, store)
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

  /// Writes the whole run as one JSON object, piece by piece; `open` reads it back.
  public func writeJSON(_ write: ([UInt8]) throws -> Void) throws { try StoreJSON(store).write(write) }

  /// A block as a JSON object: its rows in the store's tables.
  public func blockJSON(of index: Int) throws(ResultsError) -> [UInt8] {
    var json = JSONWriter()
    try StoreJSON(store).writeBlock(index, to: &json)
    return json.bytes
  }

  /// The ranking as a JSON array: the rows of `ranking.csv`, each with its block's number.
  public var rankingJSON: [UInt8] {
    let table = RankingTable(ranked: source.ranked, surfaceNulls: source.options.synergy.bigl.nulls)
    var json = JSONWriter()
    json.array { json in
      for (position, summary) in source.ranked.enumerated() {
        json.object { json in
          json.key("index")
          json.value(summary.index)
          for (column, field) in zip(table.columns, table.row(summary, rank: position + 1)) {
            json.key(column)
            json.value(field)
          }
        }
      }
    }
    return json.bytes
  }
}
