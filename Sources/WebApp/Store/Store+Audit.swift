import GRDB

/// One entry of the audit trail: who did what, and when.
struct AuditEntry: Sendable, Encodable {
  var at: String
  var by: String
  var action: String
  var subject: String
  var detail: String
}

extension Store {
  /// Notes what is done, within the transaction that does it.
  static func audit(
    _ database: Database, _ person: Person, _ screen: Int64?, _ action: String, _ subject: String, detail: String = ""
  ) throws {
    try database.execute(
      sql: "INSERT INTO audit (at, person, screen, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [Timestamp.now(), person.id, screen, action, subject, detail])
  }

  /// A screen's history, newest first.
  func history(of screen: Int64, limit: Int = 500) async throws -> [AuditEntry] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT at, name, action, subject, detail FROM audit JOIN person ON person.id = audit.person
          WHERE screen = ? ORDER BY audit.id DESC LIMIT ?
          """, arguments: [screen, limit]
      ).map {
        AuditEntry(at: $0["at"], by: $0["name"], action: $0["action"], subject: $0["subject"], detail: $0["detail"])
      }
    }
  }
}
