import Assay
import DoseTables
import Foundation
import GeneTargets
import Results
import Screening
import Synergy

/// A finished directory of results, opened again: everything that the run's report was made of, without a refit.
///
/// Of the store's blocks only the places in the ranking are read; a block is read when it is shown.
public struct ResultsFile: Sendable {
  /// The directory.
  public let directory: String
  /// What is known of the run before a block is read: `ranked` and `outlines` are empty.
  public var head: ReportSource
  /// The gene screen that reports are joined with: the run's, unless another is given.
  public var genes: GeneScreen?
  /// Whether `head` says what there is across samples.
  var isCompared = false
  /// The place of every block, best first.
  public let places: [RunStore.Place]
  /// Every file that the run read.
  public let inputs: [ScreenInput]
  /// The store.
  public let store: RunStore
  let threads: Int

  /// Opens a directory.
  ///
  /// - Parameters:
  ///   - directory: Where a run has written its results, its store, or a file that `isobole export` wrote.
  ///   - threads: Worker threads; they never change a number.
  ///   - checksDigest: Whether the store's bytes are compared with the SHA-256 of the manifest, which takes time by their
  ///     number. Default: yes.
  /// - Throws: `ResultsError` when there is no such directory, its run did not finish, or the file is not what this
  ///   version writes.
  public static func open(
    _ directory: String, threads: Int, checksDigest: Bool = true
  ) async throws(ResultsError) -> ResultsFile {
    var isDirectory: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory)
    if isThere, !isDirectory.boolValue {
      let folder = URL(fileURLWithPath: directory).deletingLastPathComponent().path
      if checksDigest, URL(fileURLWithPath: directory).lastPathComponent == RunStoreWriter.name {
        try checkDigest(of: folder)
      }
      return try ResultsFile(
        directory: directory,
        store: isStore(directory)
          ? try RunStore(path: directory, threads: threads)
          : try RunStore(json: directory, threads: threads), threads: threads)
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
    guard store.isFinished, checksDigest else {
      return try ResultsFile(directory: directory, store: store, threads: threads)
    }
    async let digest = Result { () throws(ResultsError) in try checkDigest(of: directory) }
    let file: Result<ResultsFile, ResultsError>
    do throws(ResultsError) {
      let opened = try ResultsFile(directory: directory, store: store, threads: threads)
      // What a report of several samples needs is read meanwhile.
      if try store.hasSamples() { _ = try await store.outlines(threads: threads) }
      file = .success(opened)
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

  private init(directory: String, store: RunStore, threads: Int) throws(ResultsError) {
    guard store.isFinished else { throw .resultsUnfinished(path: directory, hasBegun: true) }
    let places = try store.places()
    let inputs = try store.inputs()
    var counts = ProblemCounts()
    for (severity, count) in try store.problemCounts() { counts.count(severity, count) }
    var head = ReportSource(
      title: store.title, version: store.version, options: store.options, ranked: [],
      inputs: Array(inputs.prefix(ReportSource.maxInputs)), inputCount: inputs.count,
      problems: try store.problems(first: ReportSource.maxProblems), problemCounts: counts, plates: try store.plates(),
      blocks: store)
    head.annotations = try store.sampleTable()
    head.screenCount = places.count
    genes = try store.genes(GeneScreen.self)
    (self.directory, self.head, self.places, self.threads) = (directory, head, places, threads)
    (self.inputs, self.store) = (inputs, store)
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
  public func rankingJSON() async throws(ResultsError) -> [UInt8] {
    let ranked = try await store.ranked(threads: threads)
    let table = RankingTable(ranked: ranked, surfaceNulls: head.options.synergy.bigl.nulls)
    var json = JSONWriter()
    json.array { json in
      for (position, summary) in ranked.enumerated() {
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
