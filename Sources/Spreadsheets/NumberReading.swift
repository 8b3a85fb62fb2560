/// Reads numbers from bytes, exactly: the nearest Double to what is written, as C's `strtod` in the C locale gives.
package struct NumberReading: Hashable {
  /// The decimal mark of the file: point or comma.
  package var decimal: UInt8

  /// The magnitudes that numbers of plates have, 0 aside; others are taken for no numbers. A dose matrix asks the same
  /// of its numbers (`DoseMatrix.plausible`).
  package static let plausible = 1e-100...1e100

  /// Makes a reading with a decimal mark.
  package init(decimal: UInt8 = UInt8(ascii: ".")) { self.decimal = decimal }

  /// The number that is written in the field; `nil` when it is not one, or not one of a plausible size. Spaces and
  /// no-break spaces at the ends are taken off.
  ///
  /// Up to 19 digits that fit 2⁵³ with a power of ten up to 10²² are exact by one multiplication or division of exact
  /// Doubles (Clinger 1990); everything else goes through the standard library.
  package func number(in bytes: [UInt8], _ field: Range<Int>) -> Double? {
    let range = Self.trimmed(bytes, field)
    var position = range.lowerBound
    let end = range.upperBound
    guard position < end else { return nil }
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var significant = 0
    var exponent = 0
    while position < end, let digit = Self.digit(bytes[position]) {
      digits += 1
      if significant > 0 || digit > 0 { significant += 1 }
      if significant <= 19 { mantissa = mantissa * 10 + UInt64(digit) }
      position += 1
    }
    if position < end, bytes[position] == decimal {
      position += 1
      while position < end, let digit = Self.digit(bytes[position]) {
        digits += 1
        exponent -= 1
        if significant > 0 || digit > 0 { significant += 1 }
        if significant <= 19 { mantissa = mantissa * 10 + UInt64(digit) }
        position += 1
      }
    }
    guard digits > 0 else { return nil }
    if position < end {
      guard bytes[position] | 0x20 == UInt8(ascii: "e") else { return nil }
      position += 1
      guard position < end else { return nil }
      let isNegativePower = bytes[position] == UInt8(ascii: "-")
      if isNegativePower || bytes[position] == UInt8(ascii: "+") { position += 1 }
      guard position < end else { return nil }
      var power = 0
      while position < end, let digit = Self.digit(bytes[position]) {
        power = min(power * 10 + digit, 100_000)
        position += 1
      }
      guard position == end else { return nil }
      exponent += isNegativePower ? -power : power
    }
    if significant <= 19, mantissa <= 1 << 53, abs(exponent) <= 22 {
      let magnitude = Double(mantissa)
      let value = exponent < 0 ? magnitude / Self.powers[-exponent] : magnitude * Self.powers[exponent]
      return isNegative ? -value : value
    }
    return slowly(bytes[range])
  }

  /// The field without spaces and no-break spaces (U+00A0, which spreadsheets leave) at its ends.
  @inline(__always)
  package static func trimmed(_ bytes: [UInt8], _ field: Range<Int>) -> Range<Int> {
    var (start, end) = (field.lowerBound, field.upperBound)
    while start < end, bytes[start] == 0x20 || (start + 1 < end && bytes[start] == 0xC2 && bytes[start + 1] == 0xA0) {
      start += bytes[start] == 0x20 ? 1 : 2
    }
    while start < end, bytes[end - 1] == 0x20 || (end - start > 1 && bytes[end - 2] == 0xC2 && bytes[end - 1] == 0xA0) {
      end -= bytes[end - 1] == 0x20 ? 1 : 2
    }
    return start..<end
  }

  private func slowly(_ field: ArraySlice<UInt8>) -> Double? {
    let plain = String(decoding: field.map { $0 == decimal ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
    guard let value = Double(plain), value == 0 || Self.plausible.contains(abs(value)) else { return nil }
    return value
  }

  private static let powers: [Double] = (0...22).map { Double("1e\($0)") ?? .nan }

  @inline(__always)
  package static func digit(_ byte: UInt8) -> Int? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }
}
