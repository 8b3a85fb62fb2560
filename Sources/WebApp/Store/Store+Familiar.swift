import Foundation
import GRDB

/// Addresses from which people have signed in: strangers' failures elsewhere do not count against them.
extension Store {
  /// How long an address is remembered, in seconds.
  private static let familiarLife: TimeInterval = 90 * 24 * 3600
  /// Addresses that are remembered for one person; the newest stay.
  private static let maxFamiliar = 50

  /// Whether a name has signed in from an address.
  func isFamiliar(_ name: String, from address: String) async throws -> Bool {
    try await read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT 1 FROM familiar JOIN person ON person.id = familiar.person WHERE name = ? AND address = ? AND used > ?
          """, arguments: [name, address, Date().timeIntervalSince1970 - Self.familiarLife]) != nil
    }
  }

  /// Notes that a person has signed in from an address.
  func noteFamiliar(_ person: Person, from address: String) async throws {
    let now = Date().timeIntervalSince1970
    try await write { database in
      try database.execute(
        sql: """
          INSERT INTO familiar (person, address, used) VALUES (?1, ?2, ?3)
          ON CONFLICT (person, address) DO UPDATE SET used = excluded.used
          """, arguments: [person.id, address, now])
      try database.execute(
        sql: """
          DELETE FROM familiar WHERE person = ?1 AND (used < ?2 OR address NOT IN
            (SELECT address FROM familiar WHERE person = ?1 ORDER BY used DESC LIMIT ?3))
          """, arguments: [person.id, now - Self.familiarLife, Self.maxFamiliar])
    }
  }
}
