import Foundation

/// Times as the store and the API have them: ISO 8601, UTC, whole seconds (`2026-11-26T03:12:09Z`), which sort as text.
enum Timestamp {
  /// The present.
  static func now() -> String { Date().formatted(.iso8601) }

  /// A time of the store.
  static func date(_ text: String) -> Date { (try? Date(text, strategy: .iso8601)) ?? .distantPast }
}
