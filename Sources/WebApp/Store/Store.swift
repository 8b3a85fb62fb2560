import Foundation
import GRDB

/// The embedded store: screens, files, runs, reviews, accounts and the audit trail, in one SQLite file.
///
/// Write-ahead logging lets pages read while a run is noted; `synchronous = FULL` and foreign keys hold in every
/// connection. A write is one transaction together with its entry in the audit trail: both are there or neither is. The rooms
/// beside this one (`Store+Screens` …) hold the queries.
final class Store: Sendable {
  let pool: DatabasePool

  /// Opens the store and brings it up to date.
  ///
  /// - Throws: `WebAppError.cannotOpenStore`, `.storeIsNewer`.
  init(path: String) throws(WebAppError) {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.maximumReaderCount = 8
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      guard try pool.read({ try !Self.migrator.hasBeenSuperseded($0) }) else {
        throw WebAppError.storeIsNewer(path: path)
      }
      try Self.migrator.migrate(pool)
    } catch let error as WebAppError {
      throw error
    } catch {
      throw .cannotOpenStore(path: path, reason: "\(error)")
    }
  }

  /// Reads; many at once.
  func read<Value: Sendable>(_ work: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
    try await pool.read(work)
  }

  /// Writes, in one transaction; one at a time.
  func write<Value: Sendable>(_ work: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
    try await pool.write(work)
  }

  /// Takes the log into the store, so that a stopped server leaves one file; what cannot be taken in now the next start
  /// takes.
  func takeInLog() {
    _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
  }

  /// Writes a copy of the store while it is in use.
  ///
  /// - Throws: `WebAppError.cannotBackUp`.
  static func backUp(from path: String, to copy: String) throws(WebAppError) {
    do {
      let source = try DatabaseQueue(path: path)
      let target = try DatabaseQueue(path: copy)
      try source.backup(to: target)
    } catch {
      throw .cannotBackUp(path: copy, reason: "\(error)")
    }
  }
}
