import CFileSystem
import Foundation
import Logging

/// Looks, before a server answers anybody, whether the store and the files beside it belong together. Nothing of what people sent or computed is
/// ever deleted: what the store does not name is moved to `orphaned/`.
struct DataCheck: Sendable {
  /// What of the store's is not there.
  struct Condition: Sendable, Equatable {
    /// Uploads that the store names whose bytes are missing or of another number.
    var lostUploads = 0
    /// Finished runs whose results are missing.
    var lostRuns = 0
  }

  let data: DataDirectory
  let logger: Logger
  /// Lines of the log for one kind of finding; the rest is counted.
  private static let mostLines = 20

  /// Settles everything; answers what the store misses.
  ///
  /// - Throws: `WebAppError.storeIsUnrelated`, `.cannotOpenStore`.
  func settle(with store: Store) async throws -> Condition {
    let inventory = try await store.read { try StoreInventory($0) }
    let uploads = DataDirectory.uploads(in: data.path)
    let isKnown = inventory.identity != nil && DataDirectory.identity(of: data.path) == inventory.identity
    try claim(inventory, uploads: uploads)
    // In a directory where no server of this store has been, nothing is an upload of its.
    if isKnown { removeUnfinishedUploads() }
    moveStrays(inventory, uploads: uploads)
    return missing(inventory, uploads: uploads)
  }

  /// Makes sure that the store is the one of these files, and notes that it is.
  private func claim(_ inventory: StoreInventory, uploads: [String: Int]) throws {
    guard let identity = inventory.identity else { return }
    let noted = DataDirectory.identity(of: data.path)
    guard noted != identity else { return }
    // The directory is an older version's, or somebody put another store in place.
    let contents = DataDirectory.contentCount(in: data.path)
    let manager = FileManager.default
    let isRelated =
      contents == 0 || inventory.contents.contains { uploads[$0.sha256] == $0.bytes }
      || noted == nil && uploads.isEmpty
        && inventory.runs.contains { $0.isOver && manager.fileExists(atPath: data.path + "/" + $0.results) }
    guard isRelated else { throw WebAppError.storeIsUnrelated(path: data.path, contents: contents) }
    do {
      try DataDirectory.note(identity: identity, in: data.path)
    } catch {
      throw WebAppError.cannotOpenStore(path: data.store, reason: DataDirectory.reason(error))
    }
  }

  /// Removes uploads that an earlier server did not live to receive. Their senders had no answer, and they are known by their names: those that
  /// `UploadReceiver` and `PlateSurveys` give. Anything else in incoming/ is left alone.
  private func removeUnfinishedUploads() {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: data.incoming)) ?? [] {
      let isOurs =
        UUID(uuidString: name) != nil && isobole_look(data.incoming + "/" + name).is_file
        || name.hasPrefix("survey-") && UUID(uuidString: "\(name.dropFirst(7))") != nil
      if isOurs { try? manager.removeItem(atPath: data.incoming + "/" + name) }
    }
  }

  /// Moves what the store does not name: uploads that came whole and were not taken, or that are newer than a store
  /// that was put in place; runs of such a time.
  private func moveStrays(_ inventory: StoreInventory, uploads: [String: Int]) {
    let known = Set(inventory.contents.map(\.sha256))
    var strays: [(path: String, name: String)] = uploads.keys.filter { !known.contains($0) }.sorted().map {
      (data.file(sha256: $0), $0)
    }
    let attempts = Dictionary(
      inventory.runs.map { ($0.folder, $0.attempt) }, uniquingKeysWith: { first, _ in first })
    for run in DataDirectory.runs(in: data.path) where !run.attempts.isEmpty {
      let folder = "runs/\(run.screen)/\(run.number)"
      for attempt in run.attempts where attempt > attempts[folder] ?? 0 {
        strays.append(
          (
            data.results(screen: run.screen, number: run.number, attempt: attempt),
            "run-\(run.screen)-\(run.number)-results-\(attempt)"
          ))
      }
    }
    for (place, stray) in strays.enumerated() { setAside(stray.path, as: stray.name, isTold: place < Self.mostLines) }
    if strays.count > Self.mostLines {
      logger.notice("\(strays.count - Self.mostLines) more like these were moved to \(data.orphaned)")
    }
  }

  /// Moves something to `orphaned/`, under a name that is not taken there.
  func setAside(_ path: String, as name: String, isTold: Bool = true) {
    if mkdir(data.orphaned, 0o700) == 0 { DataDirectory.sync(data.path) }
    var (target, number) = (data.orphaned + "/" + name, 1)
    var fault = DataDirectory.move(path, to: target)
    while fault == EEXIST {
      number += 1
      target = data.orphaned + "/\(name)-\(number)"
      fault = DataDirectory.move(path, to: target)
    }
    guard fault == 0 else {
      logger.error(
        "\(path) is not named in the store, and could not be moved to \(data.orphaned): \(String(cString: strerror(fault)))"
      )
      return
    }
    DataDirectory.sync(data.orphaned)
    if isTold { logger.notice("\(path) is not named in the store; moved to \(target)") }
  }

  /// What the store names and the directory lacks.
  private func missing(_ inventory: StoreInventory, uploads: [String: Int]) -> Condition {
    let lost = inventory.contents.filter { uploads[$0.sha256] != $0.bytes }
    for content in lost.prefix(Self.mostLines) {
      let found = uploads[content.sha256].map { "has \($0) bytes instead of \(content.bytes)" } ?? "is missing"
      logger.error(
        "\(data.file(sha256: content.sha256)), an upload that the store names, \(found); a backup may have it")
    }
    let runs = inventory.runs.filter {
      $0.state == .finished && !FileManager.default.fileExists(atPath: data.path + "/" + $0.results)
    }
    for run in runs.prefix(Self.mostLines) {
      logger.error("\(data.path)/\(run.results), the results of a finished run, is missing; a backup may have it")
    }
    let rest = max(0, lost.count - Self.mostLines) + max(0, runs.count - Self.mostLines)
    if rest > 0 { logger.error("\(rest) more uploads and runs that the store names are missing") }
    return Condition(lostUploads: lost.count, lostRuns: runs.count)
  }
}

extension DataDirectory {
  /// How many things lie in `orphaned/`.
  var orphanCount: Int { ((try? FileManager.default.contentsOfDirectory(atPath: orphaned)) ?? []).count }
}
