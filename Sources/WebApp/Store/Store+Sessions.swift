import Foundation
import GRDB

extension Store {
  /// Opens a session; answers the cookie's value and the CSRF token.
  func openSession(of person: Person) async throws -> (secret: String, csrf: String) {
    let (secret, csrf) = (Secrets.make(), Secrets.make())
    let now = Date().timeIntervalSince1970
    try await write { database in
      try database.execute(
        sql: "INSERT INTO session (hash, person, csrf, created, used) VALUES (?, ?, ?, ?, ?)",
        arguments: [Secrets.digest(secret), person.id, csrf, now, now])
    }
    return (secret, csrf)
  }

  /// The visitor of a session that is still open.
  func visitor(session secret: String, idle: TimeInterval, life: TimeInterval) async throws -> Visitor? {
    let hash = Secrets.digest(secret)
    let now = Date().timeIntervalSince1970
    let found = try await read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT person.id, name, role, csrf, used FROM session JOIN person ON person.id = session.person
          WHERE hash = ? AND disabled = 0 AND used > ? AND session.created > ?
          """, arguments: [hash, now - idle, now - life]
      ).flatMap { row -> (Visitor, Double)? in
        guard let role = Role(rawValue: row["role"]) else { return nil }
        let person = Person(id: row["id"], name: row["name"], role: role)
        return (Visitor(person: person, proof: .session(hash: hash), csrf: row["csrf"]), row["used"])
      }
    }
    guard let (visitor, used) = found else { return nil }
    // Once a minute is enough to know that it is in use.
    if now - used > 60 {
      try await write { database in
        try database.execute(sql: "UPDATE session SET used = ? WHERE hash = ?", arguments: [now, hash])
        try database.execute(
          sql: "DELETE FROM session WHERE used < ? OR created < ?", arguments: [now - idle, now - life])
      }
    }
    return visitor
  }

  /// Ends a session.
  func closeSession(hash: String) async throws {
    try await write { try $0.execute(sql: "DELETE FROM session WHERE hash = ?", arguments: [hash]) }
  }

  /// The visitor of a token.
  func visitor(token: String) async throws -> Visitor? {
    try await read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT person.id, person.name, role FROM token JOIN person ON person.id = token.person
          WHERE hash = ? AND disabled = 0
          """, arguments: [Secrets.digest(token)]
      ).flatMap { row in
        Role(rawValue: row["role"]).map {
          Visitor(person: Person(id: row["id"], name: row["name"], role: $0), proof: .token, csrf: "")
        }
      }
    }
  }
}
