import GRDB

extension Store {
  private static let selection = """
    SELECT screen.id, screen.name, owner, private, archived, screen.created, person.name AS owner_name, person.role,
      (SELECT COUNT(*) FROM file WHERE screen = screen.id) AS files,
      (SELECT COUNT(*) FROM run WHERE screen = screen.id) AS runs,
      (SELECT state FROM run WHERE screen = screen.id ORDER BY number DESC LIMIT 1) AS last_run
    FROM screen JOIN person ON person.id = owner
    """

  private static func screen(_ row: Row) -> Screen {
    Screen(
      id: row["id"], name: row["name"],
      owner: Person(id: row["owner"], name: row["owner_name"], role: Role(rawValue: row["role"]) ?? .reader),
      isPrivate: row["private"], isArchived: row["archived"], created: row["created"], files: row["files"],
      runs: row["runs"], lastRun: (row["last_run"] as String?).flatMap(RunState.init))
  }

  /// The screens that a person may see, newest first.
  func screens(for person: Person, archived: Bool) async throws -> [Screen] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: Self.selection + " WHERE archived = ? AND (private = 0 OR owner = ?) ORDER BY screen.id DESC",
        arguments: [archived, person.id]
      ).map(Self.screen)
    }
  }

  /// A screen, when the person may see it.
  func screen(_ id: Int64, for person: Person) async throws -> Screen? {
    try await read { database in
      try Row.fetchOne(
        database, sql: Self.selection + " WHERE screen.id = ? AND (private = 0 OR owner = ?)",
        arguments: [id, person.id]
      ).map(Self.screen)
    }
  }

  /// Makes a screen; answers its number.
  func addScreen(name: String, isPrivate: Bool, by person: Person) async throws -> Int64 {
    try await write { database in
      try database.execute(
        sql: "INSERT INTO screen (name, owner, private, created) VALUES (?, ?, ?, ?)",
        arguments: [name, person.id, isPrivate, Timestamp.now()])
      let id = database.lastInsertedRowID
      try Self.audit(database, person, id, "screen created", name)
      return id
    }
  }

  /// Changes a screen; what is `nil` stays.
  func changeScreen(_ screen: Screen, name: String?, isPrivate: Bool?, isArchived: Bool?, by person: Person)
    async throws
  {
    try await write { database in
      if let name, name != screen.name {
        try database.execute(sql: "UPDATE screen SET name = ? WHERE id = ?", arguments: [name, screen.id])
        try Self.audit(database, person, screen.id, "screen renamed", name, detail: "was “\(screen.name)”")
      }
      if let isPrivate, isPrivate != screen.isPrivate {
        try database.execute(sql: "UPDATE screen SET private = ? WHERE id = ?", arguments: [isPrivate, screen.id])
        try Self.audit(database, person, screen.id, isPrivate ? "screen made private" : "screen shared", screen.name)
      }
      if let isArchived, isArchived != screen.isArchived {
        try database.execute(sql: "UPDATE screen SET archived = ? WHERE id = ?", arguments: [isArchived, screen.id])
        try Self.audit(
          database, person, screen.id, isArchived ? "screen archived" : "screen taken from the archive", screen.name)
      }
    }
  }
}
