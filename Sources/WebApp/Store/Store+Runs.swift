import Foundation
import GRDB

extension Store {
  private static let selection = "SELECT run.*, person.name AS by_name FROM run JOIN person ON person.id = run.person"

  private static func run(_ row: Row) throws -> Run {
    let decoder = JSONDecoder()
    return Run(
      screen: row["screen"], number: row["number"], state: RunState(rawValue: row["state"]) ?? .failed,
      attempt: row["attempt"], options: try decoder.decode(RunOptions.self, from: row["options"] as Data),
      inputs: try decoder.decode(RunInputs.self, from: row["inputs"] as Data), by: row["by_name"],
      created: row["created"], started: row["started"], finished: row["finished"], filesRead: row["files_read"],
      blocks: row["blocks"], errors: row["refused"], warnings: row["doubted"], infos: row["noted"],
      message: row["message"])
  }

  /// A screen's runs, newest first.
  func runs(of screen: Int64) async throws -> [Run] {
    try await read { database in
      try Row.fetchAll(database, sql: Self.selection + " WHERE screen = ? ORDER BY number DESC", arguments: [screen])
        .map(Self.run)
    }
  }

  /// A run.
  func run(_ number: Int, of screen: Int64) async throws -> Run? {
    try await read { database in
      try Row.fetchOne(
        database, sql: Self.selection + " WHERE screen = ? AND number = ?", arguments: [screen, number]
      ).map(Self.run)
    }
  }

  /// A screen's newest run.
  func lastRun(of screen: Int64) async throws -> Run? {
    try await read { database in
      try Row.fetchOne(
        database, sql: Self.selection + " WHERE screen = ? ORDER BY number DESC LIMIT 1", arguments: [screen]
      ).map(Self.run)
    }
  }

  /// The runs in some states, oldest first.
  func runs(in states: [RunState]) async throws -> [Run] {
    try await read { database in
      let list = states.map { "'\($0.rawValue)'" }.joined(separator: ",")
      return try Row.fetchAll(
        database, sql: Self.selection + " WHERE state IN (\(list)) ORDER BY created, screen, number"
      )
      .map(Self.run)
    }
  }

  /// How many of a screen's runs wait or are under way.
  func waitingRuns(of screen: Int64) async throws -> Int {
    try await read { database in
      try Int.fetchOne(
        database, sql: "SELECT COUNT(*) FROM run WHERE screen = ? AND state IN ('queued', 'running')",
        arguments: [screen]) ?? 0
    }
  }

  /// Adds a run to the queue; answers its number.
  func addRun(of screen: Int64, options: RunOptions, inputs: RunInputs, by person: Person) async throws -> Int {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let chosen = String(decoding: try encoder.encode(options), as: UTF8.self)
    let snapshot = String(decoding: try encoder.encode(inputs), as: UTF8.self)
    return try await write { database in
      let number =
        (try Int.fetchOne(database, sql: "SELECT MAX(number) FROM run WHERE screen = ?", arguments: [screen]) ?? 0) + 1
      try database.execute(
        sql: """
          INSERT INTO run (screen, number, state, options, inputs, person, created) VALUES (?, ?, 'queued', ?, ?, ?, ?)
          """, arguments: [screen, number, chosen, snapshot, person.id, Timestamp.now()])
      try Self.audit(database, person, screen, "run started", "run \(number)", detail: chosen)
      return number
    }
  }

  /// Takes a queued run up; `false` when it is not queued any more.
  func startRun(_ number: Int, of screen: Int64) async throws -> Bool {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE run SET state = 'running', attempt = attempt + 1, started = ?, message = NULL
          WHERE screen = ? AND number = ? AND state = 'queued'
          """, arguments: [Timestamp.now(), screen, number])
      return database.changesCount > 0
    }
  }

  /// What came of a run.
  struct RunResult: Sendable {
    var state: RunState
    var filesRead = 0
    var blocks = 0
    var errors = 0
    var warnings = 0
    var infos = 0
    var message: String?
  }

  /// Ends a run.
  func endRun(_ number: Int, of screen: Int64, _ result: RunResult) async throws {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE run SET state = ?, finished = ?, files_read = ?, blocks = ?, refused = ?, doubted = ?, noted = ?, message = ?
          WHERE screen = ? AND number = ? AND state IN ('queued', 'running')
          """,
        arguments: [
          result.state.rawValue, Timestamp.now(), result.filesRead, result.blocks, result.errors, result.warnings,
          result.infos, result.message, screen, number,
        ])
    }
  }

  /// Puts a run that was under way when the server ended back into the queue; `isCounted` when that was no end in good
  /// order, of which a run has a few.
  func requeueRun(_ number: Int, of screen: Int64, isCounted: Bool = true) async throws {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE run SET state = 'queued', started = NULL, attempt = attempt - ?
          WHERE screen = ? AND number = ? AND state = 'running'
          """, arguments: [isCounted ? 0 : 1, screen, number])
    }
  }

  /// Notes that a person cancelled a run; ends it at once while it waits. Answers whether it is waiting no more.
  func cancelRun(_ number: Int, of screen: Int64, by person: Person) async throws -> Bool {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE run SET state = 'cancelled', finished = ?, message = ? WHERE screen = ? AND number = ? AND state = 'queued'
          """, arguments: [Timestamp.now(), "cancelled by \(person.name) before it began", screen, number])
      let wasQueued = database.changesCount > 0
      try Self.audit(database, person, screen, "run cancelled", "run \(number)")
      return wasQueued
    }
  }
}
