import Foundation

/// Writes JSON (RFC 8259) value by value; the commas are its concern.
///
/// What is not a number, or infinite, is `null`. Whoever calls opens and closes objects and arrays in pairs and writes
/// a key before each value of an object.
struct JSONWriter: Sendable {
  private var out: ByteWriter
  private var isFirst = true

  /// An empty text with room for `capacity` bytes.
  init(capacity: Int = 0) { out = ByteWriter(capacity: capacity) }

  /// What was written so far.
  var bytes: [UInt8] { out.bytes }

  /// An object; `members` writes keys and values.
  mutating func object(_ members: (inout JSONWriter) -> Void) {
    nest(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), members)
  }

  /// An array; `elements` writes values.
  mutating func array(_ elements: (inout JSONWriter) -> Void) {
    nest(open: UInt8(ascii: "["), close: UInt8(ascii: "]"), elements)
  }

  /// The key of the next value.
  mutating func key(_ key: String) {
    separate()
    quote(key)
    out.byte(UInt8(ascii: ":"))
    isFirst = true
  }

  /// A text, or `null`.
  mutating func value(_ text: String?) {
    separate()
    if let text { quote(text) } else { out.text("null") }
  }

  /// A value that is JSON already.
  mutating func raw(_ text: String) {
    separate()
    out.text(text)
  }

  /// A number, or `null`.
  mutating func value(_ number: Double?) {
    separate()
    if let number, number.isFinite { out.shortest(number) } else { out.text("null") }
  }

  /// A whole number, or `null`.
  mutating func value(_ number: Int?) {
    separate()
    if let number { out.integer(number) } else { out.text("null") }
  }

  /// True or false.
  mutating func value(_ flag: Bool) {
    separate()
    out.text(flag ? "true" : "false")
  }

  /// An array of numbers.
  mutating func values(_ numbers: some Sequence<Double>) {
    array { for number in numbers { $0.value(number) } }
  }

  /// A field of a table's row.
  mutating func value(_ field: Field) {
    switch field {
    case .text(let text): value(text)
    case .number(let number): value(number)
    case .integer(let number): value(number)
    }
  }

  private mutating func nest(open: UInt8, close: UInt8, _ body: (inout JSONWriter) -> Void) {
    separate()
    out.byte(open)
    isFirst = true
    body(&self)
    out.byte(close)
    isFirst = false
  }

  private mutating func separate() {
    if !isFirst { out.byte(UInt8(ascii: ",")) }
    isFirst = false
  }

  private mutating func quote(_ text: String) {
    out.byte(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        out.byte(UInt8(ascii: "\\"))
        out.byte(byte)
      case 0..<32:
        out.text("\\u00")
        out.byte(Self.hexadecimal[Int(byte >> 4)])
        out.byte(Self.hexadecimal[Int(byte & 15)])
      default: out.byte(byte)
      }
    }
    out.byte(UInt8(ascii: "\""))
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}
