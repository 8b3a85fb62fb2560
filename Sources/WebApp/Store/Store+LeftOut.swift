import Foundation
import GRDB

extension Store {
  /// The wells left out of a screen, or of one block, oldest first; undone ones too.
  func leftOut(of screen: Int64, block: String? = nil) async throws -> [LeftOutRecord] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT left_out.id, block, doses, response, reason, a.name AS by_name, at, b.name AS undone_name, undone_at
          FROM left_out JOIN person a ON a.id = left_out.person LEFT JOIN person b ON b.id = undone_person
          WHERE screen = ? AND (?2 IS NULL OR block = ?2) ORDER BY left_out.id
          """, arguments: [screen, block]
      ).map { row in
        LeftOutRecord(
          id: row["id"], block: row["block"],
          doses: try JSONDecoder().decode([Double].self, from: row["doses"] as Data), response: row["response"],
          reason: row["reason"], by: row["by_name"], at: row["at"], undoneBy: row["undone_name"],
          undoneAt: row["undone_at"])
      }
    }
  }

  /// Leaves a well out; `false` when as many wells of this response are left out there already as there are, which
  /// another person may have done at the same moment.
  ///
  /// - Parameter replicates: How many wells of this response the block has at these doses.
  func leaveOut(
    doses: [Double], response: Double?, replicates: Int = 1, of block: String, in screen: Int64, reason: String,
    by person: Person
  ) async throws -> Bool {
    let text = "[" + doses.map(\.description).joined(separator: ",") + "]"
    return try await write { database in
      let already = try Int.fetchOne(
        database,
        sql: """
          SELECT COUNT(*) FROM left_out
          WHERE screen = ? AND block = ? AND doses = ? AND response IS ? AND undone_at IS NULL
          """, arguments: [screen, block, text, response])
      guard already ?? 0 < replicates else { return false }
      try database.execute(
        sql: "INSERT INTO left_out (screen, block, doses, response, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [screen, block, text, response, reason, person.id, Timestamp.now()])
      try Self.audit(
        database, person, screen, "well excluded", block,
        detail: "at \(text)\(response.map { ", response \($0)" } ?? ", every well"): \(reason)")
      return true
    }
  }

  /// Takes a well in again; `false` when there is no such one or it was taken in before.
  func undoLeftOut(_ id: Int64, of block: String, in screen: Int64, by person: Person) async throws -> Bool {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE left_out SET undone_person = ?, undone_at = ?
          WHERE id = ? AND screen = ? AND block = ? AND undone_at IS NULL
          """, arguments: [person.id, Timestamp.now(), id, screen, block])
      guard database.changesCount > 0 else { return false }
      try Self.audit(database, person, screen, "well restored", block, detail: "entry \(id)")
      return true
    }
  }
}
