import GRDB
import HTTPTypes

extension Store {
  /// The reviews of a screen by its blocks' names.
  func reviews(of screen: Int64) async throws -> [String: Review] {
    try await read { database in
      var reviews: [String: Review] = [:]
      for row in try Row.fetchAll(
        database, sql: Self.selection + " WHERE screen = ?", arguments: [screen])
      {
        reviews[row["block"]] = Self.review(row)
      }
      for row in try Row.fetchAll(
        database, sql: "SELECT block, COUNT(*) AS comments FROM comment WHERE screen = ? GROUP BY block",
        arguments: [screen])
      {
        reviews[row["block"], default: Review()].comments = row["comments"]
      }
      return reviews
    }
  }

  /// One block's review.
  func review(of block: String, in screen: Int64) async throws -> Review {
    try await read { database in
      let row = try Row.fetchOne(
        database, sql: Self.selection + " WHERE screen = ? AND block = ?", arguments: [screen, block])
      var review = row.map(Self.review) ?? Review()
      review.comments =
        try Int.fetchOne(
          database, sql: "SELECT COUNT(*) FROM comment WHERE screen = ? AND block = ?", arguments: [screen, block]) ?? 0
      return review
    }
  }

  private static let selection = """
    SELECT block, starred, status, at, name FROM review LEFT JOIN person ON person.id = review.person
    """

  private static func review(_ row: Row) -> Review {
    Review(
      isStarred: row["starred"], status: Review.Status(rawValue: row["status"]) ?? .none, by: row["name"],
      at: (row["at"] as String?).map(Timestamp.date))
  }

  /// Changes a review; what is `nil` stays.
  ///
  /// - Parameter was: The decision that the person saw; `nil`: any.
  /// - Throws: `APIError` of status 412 when somebody has decided otherwise since then.
  func changeReview(
    of block: String, in screen: Int64, isStarred: Bool?, status: Review.Status?, was: Review.Status? = nil,
    by person: Person
  ) async throws {
    try await write { database in
      if let status, let was {
        let now =
          try Row.fetchOne(
            database, sql: Self.selection + " WHERE screen = ? AND block = ?", arguments: [screen, block]
          ).map(Self.review) ?? Review()
        guard now.status == was || now.status == status else {
          throw APIError(
            status: .preconditionFailed, code: "changed_meanwhile",
            message:
              "\(now.by ?? "Somebody") has decided “\(now.status.words)” meanwhile; you saw “\(was.words)” and chose "
              + "“\(status.words)”. Reload the page, then decide again.")
        }
      }
      try database.execute(
        sql: "INSERT OR IGNORE INTO review (screen, block) VALUES (?, ?)", arguments: [screen, block])
      if let isStarred {
        try database.execute(
          sql: "UPDATE review SET starred = ? WHERE screen = ? AND block = ? AND starred <> ?",
          arguments: [isStarred, screen, block, isStarred])
        if database.changesCount > 0 {
          try Self.audit(database, person, screen, isStarred ? "starred" : "star removed", block)
        }
      }
      if let status {
        try database.execute(
          sql: "UPDATE review SET status = ?, person = ?, at = ? WHERE screen = ? AND block = ? AND status <> ?",
          arguments: [status.rawValue, person.id, Timestamp.now(), screen, block, status.rawValue])
        if database.changesCount > 0 {
          let words =
            switch status {
            case .none: "decision withdrawn"
            case .followUp: "to follow up"
            case .drop: "to drop"
            }
          try Self.audit(database, person, screen, words, block)
        }
      }
    }
  }

  /// A block's comments, oldest first.
  func comments(on block: String, in screen: Int64) async throws -> [CommentRecord] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT comment.id, name, at, text FROM comment JOIN person ON person.id = comment.person
          WHERE screen = ? AND block = ? ORDER BY comment.id
          """, arguments: [screen, block]
      ).map { CommentRecord(id: $0["id"], by: $0["name"], at: $0["at"], text: $0["text"]) }
    }
  }

  /// A screen's comments by its blocks' names, oldest first.
  func comments(of screen: Int64) async throws -> [String: [CommentRecord]] {
    try await read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT comment.id, block, name, at, text FROM comment JOIN person ON person.id = comment.person
          WHERE screen = ? ORDER BY comment.id
          """, arguments: [screen])
      return Dictionary(grouping: rows) { $0["block"] as String }.mapValues { rows in
        rows.map { CommentRecord(id: $0["id"], by: $0["name"], at: $0["at"], text: $0["text"]) }
      }
    }
  }

  /// Adds a comment.
  func addComment(_ text: String, on block: String, in screen: Int64, by person: Person) async throws -> CommentRecord {
    try await write { database in
      let now = Timestamp.now()
      try database.execute(
        sql: "INSERT INTO comment (screen, block, person, at, text) VALUES (?, ?, ?, ?, ?)",
        arguments: [screen, block, person.id, now, text])
      let id = database.lastInsertedRowID
      try Self.audit(database, person, screen, "comment", block, detail: String(text.prefix(200)))
      return CommentRecord(id: id, by: person.name, at: now, text: text)
    }
  }
}
