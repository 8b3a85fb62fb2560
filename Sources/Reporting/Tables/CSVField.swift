import Assay

/// Fields of a comma-separated file (RFC 4180).
///
/// A **text** that begins with `=`, `+`, `-`, `@`, a tab or a line break is written with an apostrophe before it, so
/// that a spreadsheet shows it and does not run it (OWASP, *CSV Injection*); so is one that begins with apostrophes before
/// such a character. A reader that wants the text as it was takes one apostrophe off where such a character follows
/// (`withoutGuard`). Numbers are never touched.
extension ByteWriter {
  /// Ends a field that is followed by another.
  mutating func comma() { byte(UInt8(ascii: ",")) }

  /// Ends a row.
  mutating func endRow() { byte(UInt8(ascii: "\n")) }

  /// Appends a text field, quoted where it must be and inert in spreadsheets.
  mutating func csv(_ text: String) {
    let utf8 = text.utf8
    let isActive = Self.isActive(text)
    let isQuoted = utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
    if isQuoted { byte(UInt8(ascii: "\"")) }
    if isActive { byte(UInt8(ascii: "'")) }
    if isQuoted {
      for character in utf8 {
        byte(character)
        if character == UInt8(ascii: "\"") { byte(character) }
      }
      byte(UInt8(ascii: "\""))
    } else {
      self.text(text)
    }
  }

  /// Whether a spreadsheet would run a text, or take it for one that was guarded.
  private static func isActive(_ text: some StringProtocol) -> Bool {
    switch text.utf8.first(where: { $0 != UInt8(ascii: "'") }) {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 10, 13: true
    default: false
    }
  }

  /// A text as it was before it became a field.
  static func withoutGuard(_ field: String) -> String {
    field.first == "'" && isActive(field) ? String(field.dropFirst()) : field
  }

  /// Appends a number field: the shortest text that reads back to the same `Double`; empty for `nil` and not-a-number.
  mutating func csv(_ value: Double?) {
    guard let value, value.isFinite else { return }
    shortest(value)
  }
}

/// One value of a row that is written both as CSV and as JSON.
enum Field: Sendable {
  case text(String?)
  case number(Double?)
  case integer(Int)
}

extension ByteWriter {
  /// Appends a row of fields.
  mutating func csv(_ fields: [Field]) {
    for (position, field) in fields.enumerated() {
      if position > 0 { comma() }
      switch field {
      case .text(let text): if let text { csv(text) }
      case .number(let value): csv(value)
      case .integer(let value): integer(value)
      }
    }
    endRow()
  }
}
