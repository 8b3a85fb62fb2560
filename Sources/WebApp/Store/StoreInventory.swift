import Foundation
import GRDB

/// What a store names of the files that lie beside it in a data directory.
struct StoreInventory: Sendable {
  /// The bytes of an upload.
  struct Content: Sendable, Hashable {
    var sha256: String
    var bytes: Int
  }

  /// A run and the attempt that the store knows of.
  struct Run: Sendable, Hashable {
    var screen: Int64
    var number: Int
    var attempt: Int
    var state: RunState
    /// Its folder below the data directory.
    var folder: String { "runs/\(screen)/\(number)" }
    /// Its results below the data directory.
    var results: String { folder + "/results-\(attempt)" }
    /// Whether results may be there that are never changed again.
    var isOver: Bool { state == .finished || state == .failed }
  }

  /// Which store it is; `nil` in a store of a version that had no identities.
  var identity: String?
  var contents: [Content]
  var runs: [Run]

  /// Reads it.
  init(_ database: Database) throws {
    identity =
      try database.tableExists("identity") ? String.fetchOne(database, sql: "SELECT id FROM identity") : nil
    contents = try Row.fetchAll(database, sql: "SELECT sha256, bytes FROM content ORDER BY sha256").map {
      Content(sha256: $0["sha256"], bytes: $0["bytes"])
    }
    runs = try Row.fetchAll(database, sql: "SELECT screen, number, attempt, state FROM run ORDER BY screen, number").map
    {
      Run(
        screen: $0["screen"], number: $0["number"], attempt: $0["attempt"],
        state: RunState(rawValue: $0["state"]) ?? .failed)
    }
  }
}
