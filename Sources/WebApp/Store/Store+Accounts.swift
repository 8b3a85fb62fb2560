import Foundation
import GRDB

extension Store {
  /// An account as the command lists it.
  struct Account: Sendable {
    var name: String
    var role: Role
    var isDisabled: Bool
    var created: String
    var tokens: Int
  }

  /// Whether a text can be an account's name: 1 to 64 letters, digits and `._@-`, all ASCII.
  static func isAccountName(_ name: String) -> Bool {
    let known = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@-".utf8)
    return (1...64).contains(name.utf8.count) && name.utf8.allSatisfy(known.contains)
  }

  /// Adds an account.
  ///
  /// - Throws: `WebAppError.accountName`, `.accountExists`.
  func addAccount(name: String, role: Role, hash: String) async throws {
    guard Self.isAccountName(name) else { throw WebAppError.accountName(name) }
    try await write { database in
      if let row = try Row.fetchOne(database, sql: "SELECT id, password FROM person WHERE name = ?", arguments: [name])
      {
        // The person at this machine may get a password and keep the name.
        guard row["password"] == nil else { throw WebAppError.accountExists(name: name) }
        try database.execute(
          sql: "UPDATE person SET password = ?, role = ?, disabled = 0 WHERE id = ?",
          arguments: [hash, role.rawValue, row["id"]])
        try Self.audit(database, try Self.account(name, database), "account added", detail: role.rawValue)
        return
      }
      try database.execute(
        sql: "INSERT INTO person (name, role, password, created) VALUES (?, ?, ?, ?)",
        arguments: [name, role.rawValue, hash, Timestamp.now()])
      try Self.audit(database, database.lastInsertedRowID, "account added", detail: role.rawValue)
    }
  }

  /// Changes an account; what is `nil` stays. Whoever is signed in to it is signed out; a new password ends its
  /// tokens too.
  func changeAccount(name: String, role: Role? = nil, hash: String? = nil, isDisabled: Bool? = nil) async throws {
    try await write { database in
      let id = try Self.account(name, database)
      if let role {
        try database.execute(sql: "UPDATE person SET role = ? WHERE id = ?", arguments: [role.rawValue, id])
      }
      if let hash {
        try database.execute(sql: "UPDATE person SET password = ? WHERE id = ?", arguments: [hash, id])
        try database.execute(sql: "DELETE FROM token WHERE person = ?", arguments: [id])
      }
      if let isDisabled {
        try database.execute(sql: "UPDATE person SET disabled = ? WHERE id = ?", arguments: [isDisabled, id])
        if isDisabled { try database.execute(sql: "DELETE FROM token WHERE person = ?", arguments: [id]) }
      }
      try database.execute(sql: "DELETE FROM session WHERE person = ?", arguments: [id])
      let words = [
        role.map { "role \($0.rawValue)" }, hash.map { _ in "new password" },
        isDisabled.map { $0 ? "disabled" : "enabled" },
      ]
      try Self.audit(database, id, "account changed", detail: words.compactMap(\.self).joined(separator: ", "))
    }
  }

  /// Adds a token for scripts; of the token only its digest is kept.
  func addToken(for name: String, named label: String, digest: String) async throws {
    try await write { database in
      let id = try Self.account(name, database)
      try database.execute(
        sql: "INSERT INTO token (hash, person, name, created) VALUES (?, ?, ?, ?)",
        arguments: [digest, id, label, Timestamp.now()])
      try Self.audit(database, id, "token made", detail: label)
    }
  }

  /// All accounts that can sign in.
  func accounts() async throws -> [Account] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT name, role, disabled, created, (SELECT COUNT(*) FROM token WHERE person = person.id) AS tokens
          FROM person WHERE password IS NOT NULL ORDER BY name
          """
      ).map { row in
        Account(
          name: row["name"], role: Role(rawValue: row["role"]) ?? .reader, isDisabled: row["disabled"],
          created: row["created"], tokens: row["tokens"])
      }
    }
  }

  /// The person at this machine, by the name that the system has for them.
  func localPerson(name: String) async throws -> Person {
    try await write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO person (name, role, created) VALUES (?, 'admin', ?)",
        arguments: [name, Timestamp.now()])
      let id = try Int64.fetchOne(database, sql: "SELECT id FROM person WHERE name = ?", arguments: [name]) ?? 0
      return Person(id: id, name: name, role: .admin)
    }
  }

  /// An account and its password's hash, for signing in.
  func signInData(name: String) async throws -> (person: Person, hash: String)? {
    try await read { database in
      try Row.fetchOne(
        database, sql: "SELECT id, name, role, password FROM person WHERE name = ? AND disabled = 0", arguments: [name]
      ).flatMap { row in
        guard let hash: String = row["password"], let role = Role(rawValue: row["role"]) else { return nil }
        return (Person(id: row["id"], name: row["name"], role: role), hash)
      }
    }
  }

  /// Whether a visitor may still be here: the account is not disabled, the session not ended.
  func isActive(_ visitor: Visitor) async throws -> Bool {
    try await read { database in
      let isEnabled = try Bool.fetchOne(
        database, sql: "SELECT disabled = 0 FROM person WHERE id = ?", arguments: [visitor.person.id])
      guard case .session(let hash) = visitor.proof else { return isEnabled ?? false }
      let session = try Int.fetchOne(database, sql: "SELECT 1 FROM session WHERE hash = ?", arguments: [hash])
      return isEnabled ?? false && session != nil
    }
  }

  /// Notes what the command did with an account; it stands under the account's name.
  private static func audit(_ database: Database, _ id: Int64, _ action: String, detail: String) throws {
    let name = try String.fetchOne(database, sql: "SELECT name FROM person WHERE id = ?", arguments: [id]) ?? ""
    try audit(database, Person(id: id, name: name, role: .reader), nil, action, name, detail: detail)
  }

  private static func account(_ name: String, _ database: Database) throws -> Int64 {
    guard
      let id = try Int64.fetchOne(
        database, sql: "SELECT id FROM person WHERE name = ? AND password IS NOT NULL", arguments: [name])
    else { throw WebAppError.noSuchAccount(name: name) }
    return id
  }
}
