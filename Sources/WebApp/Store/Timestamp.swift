import Foundation

/// Times as the store and the API have them: ISO 8601, UTC, whole seconds (`2026-11-26T03:12:09Z`), which sort as text.
enum Timestamp {
  /// The present.
  static func now() -> String { Date().formatted(.iso8601) }
}
