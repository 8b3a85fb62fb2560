import Assay
import Foundation
import GRDB

extension Store {
  private static let selection = """
    SELECT file.id, screen, file.name, file.sha256, bytes, uploaded, person.name AS by_name, file.role, role_set,
      corrections, summary, refused, doubted, noted
    FROM file JOIN content USING (sha256) JOIN person ON person.id = file.person
    """

  private static func upload(_ row: Row) throws -> ScreenUpload {
    let decoder = JSONDecoder()
    return ScreenUpload(
      id: row["id"], screen: row["screen"], name: row["name"], sha256: row["sha256"], bytes: row["bytes"],
      uploaded: row["uploaded"], by: row["by_name"], role: FileRole(rawValue: row["role"]) ?? .unknown,
      isRoleSet: row["role_set"], corrections: try decoder.decode([Correction].self, from: row["corrections"] as Data),
      summary: row["summary"], errors: row["refused"], warnings: row["doubted"], infos: row["noted"])
  }

  /// A screen's files, by name.
  func files(of screen: Int64) async throws -> [ScreenUpload] {
    try await read { database in
      try Row.fetchAll(database, sql: Self.selection + " WHERE screen = ? ORDER BY file.name", arguments: [screen])
        .map(Self.upload)
    }
  }

  /// A file.
  func file(named name: String, of screen: Int64) async throws -> ScreenUpload? {
    try await read { database in
      try Row.fetchOne(
        database, sql: Self.selection + " WHERE screen = ? AND file.name = ?", arguments: [screen, name]
      ).map(Self.upload)
    }
  }

  /// What a file was understood as, at length, as JSON.
  func readingJSON(of file: ScreenUpload) async throws -> Data {
    try await read { database in
      try Data.fetchOne(database, sql: "SELECT reading FROM file WHERE id = ?", arguments: [file.id]) ?? Data("{}".utf8)
    }
  }

  /// The same, decoded.
  func reading(of file: ScreenUpload) async throws -> FileUnderstanding {
    try JSONDecoder().decode(FileUnderstanding.self, from: try await readingJSON(of: file))
  }

  /// Bytes and number of a screen's files, and bytes of all uploads.
  func usage(of screen: Int64) async throws -> Usage { try await read { try Self.usage(of: screen, $0) } }

  /// What uploads take.
  typealias Usage = (screenBytes: Int, files: Int, storeBytes: Int)

  private static func usage(of screen: Int64, _ database: Database) throws -> Usage {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT COALESCE(SUM(bytes), 0) AS bytes, COUNT(*) AS files FROM file JOIN content USING (sha256)
        WHERE screen = ?
        """, arguments: [screen])
    let all = try Int.fetchOne(database, sql: "SELECT COALESCE(SUM(bytes), 0) FROM content") ?? 0
    return (row?["bytes"] ?? 0, row?["files"] ?? 0, all)
  }

  /// Where else the same bytes are, in screens that the person may see.
  func places(of sha256: String, except: (screen: Int64, name: String), for person: Person) async throws -> [String] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT file.name, screen.id, screen.name AS screen_name FROM file JOIN screen ON screen.id = file.screen
          WHERE sha256 = ? AND (private = 0 OR owner = ?) AND NOT (file.screen = ? AND file.name = ?)
          ORDER BY screen.id DESC, file.name LIMIT 20
          """, arguments: [sha256, person.id, except.screen, except.name]
      ).map { row in
        let name: String = row["name"]
        return row["id"] == except.screen ? name : "\(name) (screen “\(row["screen_name"] as String)”)"
      }
    }
  }

  /// Where else the bytes of a screen's files are, by the files' names.
  func twins(of screen: Int64, for person: Person) async throws -> [String: [String]] {
    try await read { database in
      // A few places for each content, however many there are.
      let places = try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM (
            SELECT sha256, file.name, screen, screen.name AS screen_name,
              ROW_NUMBER() OVER (PARTITION BY sha256 ORDER BY screen = ?1 DESC, screen DESC, file.name) AS place
            FROM file JOIN screen ON screen.id = file.screen
            WHERE sha256 IN (SELECT sha256 FROM file WHERE screen = ?1) AND (private = 0 OR owner = ?2)
          ) WHERE place <= 6
          """, arguments: [screen, person.id])
      let byContent = Dictionary(grouping: places) { $0["sha256"] as String }
      var twins: [String: [String]] = [:]
      for own in try Row.fetchAll(database, sql: "SELECT name, sha256 FROM file WHERE screen = ?", arguments: [screen])
      {
        let name: String = own["name"]
        let others = (byContent[own["sha256"]] ?? []).filter { $0["screen"] != screen || $0["name"] != name }
        guard !others.isEmpty else { continue }
        twins[name] = others.prefix(5).map { row -> String in
          let name: String = row["name"]
          return row["screen"] == screen ? name : "\(name) (screen “\(row["screen_name"] as String)”)"
        }
      }
      return twins
    }
  }

  /// What uploads may take.
  struct Bounds: Sendable {
    /// Bytes of a screen's files.
    var screen = Int.max
    /// Bytes of all uploads.
    var store = Int.max
    /// Files of a screen.
    var files = Int.max
  }

  /// The version of a file that a new one takes the place of; without `etag` there was none.
  struct Replaced: Sendable {
    var etag: String?
  }

  /// Puts a file into a screen, in the place of one of the same name.
  ///
  /// - Parameter replacing: What the role and the corrections were taken from; `nil`: anything may be there.
  /// - Throws: `FileVersion.Superseded` when something else is there by now; `APIError.noRoom` or `.tooManyFiles` when it does not fit any more; uploads at the same time may have
  ///   taken the room since this one began.
  func putFile(
    _ name: String, in screen: Int64, sha256: String, bytes: Int, role: FileRole, isRoleSet: Bool,
    corrections: [Correction], reading: FileUnderstanding, bounds: Bounds = .init(), replacing: Replaced? = nil,
    by person: Person
  ) async throws {
    let encoder = JSONEncoder()
    let (corrected, read) = (try encoder.encode(corrections), try encoder.encode(reading))
    try await write { database in
      if let replacing {
        let now = try Row.fetchOne(
          database, sql: Self.selection + " WHERE screen = ? AND file.name = ?", arguments: [screen, name]
        ).map(Self.upload)
        guard now?.etag == replacing.etag else { throw FileVersion.Superseded() }
      }
      try database.execute(
        sql: "INSERT OR IGNORE INTO content (sha256, bytes) VALUES (?, ?)", arguments: [sha256, bytes])
      let old = try String.fetchOne(
        database, sql: "SELECT sha256 FROM file WHERE screen = ? AND name = ?", arguments: [screen, name])
      try database.execute(
        sql: """
          INSERT INTO file (screen, name, sha256, uploaded, person, role, role_set, corrections, summary, refused,
            doubted, noted, reading)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (screen, name) DO UPDATE SET sha256 = excluded.sha256, uploaded = excluded.uploaded,
            person = excluded.person, role = excluded.role, role_set = excluded.role_set,
            corrections = excluded.corrections, summary = excluded.summary, refused = excluded.refused,
            doubted = excluded.doubted, noted = excluded.noted, reading = excluded.reading
          """,
        arguments: [
          screen, name, sha256, Timestamp.now(), person.id, role.rawValue, isRoleSet,
          String(decoding: corrected, as: UTF8.self), reading.summary, reading.count(.error), reading.count(.warning),
          reading.count(.info), String(decoding: read, as: UTF8.self),
        ])
      let usage = try Self.usage(of: screen, database)
      guard usage.files <= bounds.files else { throw APIError.tooManyFiles(bounds.files) }
      guard usage.screenBytes <= bounds.screen, usage.storeBytes <= bounds.store else { throw APIError.noRoom }
      try Self.audit(
        database, person, screen, old == nil ? "file uploaded" : "file replaced", name,
        detail: "SHA-256 \(sha256.prefix(12))…" + (old.map { ", was \($0.prefix(12))…" } ?? ""))
    }
  }

  /// Changes what a file is for or how it is read.
  ///
  /// - Throws: `FileVersion.Superseded` when it is not what `file` says any more.
  func changeFile(
    _ file: ScreenUpload, role: FileRole, isRoleSet: Bool, corrections: [Correction], reading: FileUnderstanding,
    by person: Person
  ) async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let (corrected, read) = (try encoder.encode(corrections), try encoder.encode(reading))
    try await write { database in
      // Read and written in one transaction: what somebody else said meanwhile is not overwritten.
      let row = try Row.fetchOne(database, sql: Self.selection + " WHERE file.id = ?", arguments: [file.id])
      guard let now = try row.map(Self.upload) else {
        throw APIError.conflict("“\(file.name)” was removed meanwhile; look at the screen again.")
      }
      guard now.etag == file.etag else { throw FileVersion.Superseded() }
      try database.execute(
        sql: """
          UPDATE file SET role = ?, role_set = ?, corrections = ?, summary = ?, refused = ?, doubted = ?, noted = ?,
            reading = ? WHERE id = ?
          """,
        arguments: [
          role.rawValue, isRoleSet, String(decoding: corrected, as: UTF8.self), reading.summary,
          reading.count(.error), reading.count(.warning), reading.count(.info),
          String(decoding: read, as: UTF8.self), file.id,
        ])
      if role != file.role {
        try Self.audit(
          database, person, file.screen, "file's role set", file.name,
          detail: "\(FileUnderstanding.words(role)), was \(FileUnderstanding.words(file.role))")
      }
      if corrections != file.corrections {
        try Self.audit(
          database, person, file.screen, "file corrected", file.name, detail: String(decoding: corrected, as: UTF8.self)
        )
      }
    }
  }

  /// Who changed a file last.
  func lastChange(of file: ScreenUpload) async throws -> String? {
    try await read { database in
      try String.fetchOne(
        database,
        sql: """
          SELECT name FROM audit JOIN person ON person.id = audit.person
          WHERE screen = ? AND subject = ? AND action LIKE 'file%' ORDER BY audit.id DESC LIMIT 1
          """, arguments: [file.screen, file.name])
    }
  }

  /// Takes a file out of a screen. Its bytes stay: runs refer to them.
  ///
  /// - Throws: `FileVersion.Superseded` when it is not what `file` says any more.
  func removeFile(_ file: ScreenUpload, by person: Person) async throws {
    try await write { database in
      let row = try Row.fetchOne(database, sql: Self.selection + " WHERE file.id = ?", arguments: [file.id])
      guard try row.map(Self.upload)?.etag == file.etag else { throw FileVersion.Superseded() }
      try database.execute(sql: "DELETE FROM file WHERE id = ?", arguments: [file.id])
      try Self.audit(
        database, person, file.screen, "file removed", file.name, detail: "SHA-256 \(file.sha256.prefix(12))…")
    }
  }
}
