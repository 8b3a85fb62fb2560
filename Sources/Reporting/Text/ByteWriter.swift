/// Text that is being put together, as UTF-8 bytes.
///
/// A screen writes millions of numbers; appending bytes is an order of magnitude cheaper than joining strings. What
/// belongs to one file format (the quoting of CSV, the escapes of JSON and HTML) is an extension beside that format.
struct ByteWriter: Sendable {
  /// What was written so far.
  private(set) var bytes: [UInt8] = []

  /// An empty text with room for `capacity` bytes.
  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// The text as a string.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends text as it is.
  mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  /// Appends bytes as they are.
  mutating func raw(_ other: [UInt8]) { bytes.append(contentsOf: other) }
  mutating func raw(_ other: ArraySlice<UInt8>) { bytes.append(contentsOf: other) }

  /// Appends one byte.
  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  /// Empties the text and keeps its room.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Appends a whole number.
  mutating func integer(_ value: Int) {
    if value < 0 { byte(UInt8(ascii: "-")) }
    digits(value.magnitude)
  }

  /// Appends the shortest decimal text that reads back to the same `Double`: `0.1`, `42`, `1e-12`; a whole number has
  /// no `.0`. Not-a-number is `nan`, which callers replace by what their format has for it.
  mutating func shortest(_ value: Double) {
    let size = value.magnitude
    // Of decimals with so few digits no two are the same `Double`: one that reads back is the shortest.
    let scaled = (size * 10_000).rounded()
    if size < 1e10, scaled / 10_000 == size {
      if value.sign == .minus { byte(UInt8(ascii: "-")) }
      decimal(UInt(scaled), scale: 10_000, padded: false)
    } else if size < 1e15, size == size.rounded(.towardZero) {
      if value.sign == .minus { byte(UInt8(ascii: "-")) }
      digits(UInt(size))
    } else if value.isNaN {
      text("nan")
    } else {
      value.write(to: &self)
    }
  }

  /// Appends a number rounded to at most `decimals` decimals (0 … 9), halves away from zero; zeros at the end are left
  /// out unless `padded`.
  ///
  /// What rounds to zero has no sign. `plus` writes the sign of positive numbers too, and `minus` is what stands for
  /// the minus sign.
  mutating func fixed(_ value: Double, decimals: Int, padded: Bool = false, plus: Bool = false, minus: String = "-") {
    guard value.magnitude < 1e9 else { return text(value.description) }
    let scale = Self.powersOfTen[decimals]
    let scaled = UInt((value.magnitude * Double(scale)).rounded())
    if scaled > 0 {
      if value < 0 { text(minus) } else if plus { byte(UInt8(ascii: "+")) }
    }
    decimal(scaled, scale: scale, padded: padded)
  }

  /// Appends `scaled / scale`; `scale` is a power of ten.
  private mutating func decimal(_ scaled: UInt, scale: UInt, padded: Bool) {
    digits(scaled / scale)
    var fraction = scaled % scale
    guard scale > 1, padded || fraction > 0 else { return }
    byte(UInt8(ascii: "."))
    var place = scale / 10
    while place > 0, padded || fraction > 0 {
      byte(UInt8(ascii: "0") + UInt8(fraction / place))
      fraction %= place
      place /= 10
    }
  }

  private mutating func digits(_ value: UInt) {
    if value < 10 { return byte(UInt8(ascii: "0") + UInt8(value)) }
    if value < 100 {
      byte(UInt8(ascii: "0") + UInt8(value / 10))
      return byte(UInt8(ascii: "0") + UInt8(value % 10))
    }
    digits(value / 100)
    byte(UInt8(ascii: "0") + UInt8(value / 10 % 10))
    byte(UInt8(ascii: "0") + UInt8(value % 10))
  }

  private static let powersOfTen: [UInt] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  ]
}

/// What Swift prints a `Double` into: the bytes of its shortest text, without a `String` of them.
extension ByteWriter: TextOutputStream {
  mutating func write(_ string: String) { text(string) }
  mutating func _writeASCII(_ text: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: text) }
}
