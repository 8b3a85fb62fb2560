/// Reads numbers from bytes, exactly: the nearest Double to what is written, as C's `strtod` in the C locale gives.
package struct NumberReading: Hashable {
  /// The decimal mark of the file: point or comma.
  package var decimal: UInt8
  /// Whether the other mark may stand between thousands, as in `1,000` beside decimal points.
  package var readsThousands = false

  /// The magnitudes that numbers of plates have, 0 aside; others are taken for no numbers. A dose matrix asks the same
  /// of its numbers (`DoseMatrix.plausible`).
  package static let plausible = 1e-100...1e100

  /// Makes a reading with a decimal mark.
  package init(decimal: UInt8 = UInt8(ascii: "."), readsThousands: Bool = false) {
    (self.decimal, self.readsThousands) = (decimal, readsThousands)
  }

  /// The number that is written in the field; `nil` when it is not one, or not one of a plausible size. Spaces and
  /// no-break spaces at the ends are taken off.
  ///
  /// Up to 19 digits that fit 2⁵³ with a power of ten up to 10²² are exact by one multiplication or division of exact
  /// Doubles (Clinger 1990); up to 19 digits with up to 19 of them behind the point by one division of integers, rounded
  /// once; everything else goes through the standard library.
  @inlinable package func number(in bytes: [UInt8], _ field: Range<Int>) -> Double? {
    bytes.withUnsafeBufferPointer { number(in: $0, field) }
  }

  /// The same in bytes that are held already.
  package func number(in bytes: UnsafeBufferPointer<UInt8>, _ field: Range<Int>) -> Double? {
    plainNumber(in: bytes, field) ?? (readsThousands ? grouped(in: bytes, field) : nil)
  }

  /// Whether a field holds groups of thousands: `1,000`, `12,345.6`.
  package func hasThousands(_ bytes: UnsafeBufferPointer<UInt8>, _ field: Range<Int>) -> Bool {
    let mark = decimal == UInt8(ascii: ".") ? UInt8(ascii: ",") : UInt8(ascii: ".")
    var position = field.lowerBound
    if position < field.upperBound, bytes[position] == UInt8(ascii: "-") { position += 1 }
    guard position < field.upperBound, bytes[position] != UInt8(ascii: "0") else { return false }
    var (digits, groups) = (0, 0)
    while position < field.upperBound {
      if Self.digit(bytes[position]) != nil {
        digits += 1
      } else if bytes[position] == mark {
        guard groups == 0 ? (1...3).contains(digits) : digits == 3 else { return false }
        (digits, groups) = (0, groups + 1)
      } else if bytes[position] == decimal {
        // Behind the decimal mark there are digits alone.
        return groups > 0 && digits == 3 && bytes[position + 1..<field.upperBound].allSatisfy { Self.digit($0) != nil }
      } else {
        return false
      }
      position += 1
    }
    return groups > 0 && digits == 3
  }

  private func grouped(in bytes: UnsafeBufferPointer<UInt8>, _ field: Range<Int>) -> Double? {
    let range = Self.trimmed(bytes, field)
    guard hasThousands(bytes, range) else { return nil }
    let mark = decimal == UInt8(ascii: ".") ? UInt8(ascii: ",") : UInt8(ascii: ".")
    let plain = bytes[range].filter { $0 != mark }
    return plain.withUnsafeBufferPointer { plainNumber(in: $0, 0..<$0.count) }
  }

  private func plainNumber(in bytes: UnsafeBufferPointer<UInt8>, _ field: Range<Int>) -> Double? {
    let range = Self.trimmed(bytes, field)
    var position = range.lowerBound
    let end = range.upperBound
    guard position < end else { return nil }
    // The minus of typesetting and the dash that editors make of it.
    if bytes[position] == 0xE2, end - position > 3, Self.isMinus(bytes, position),
      bytes[position + 3] != UInt8(ascii: "-")
    {
      return plainNumber(in: bytes, position + 3..<end).map { -$0 }
    }
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
    if end - position <= Self.shortest, let magnitude = short(bytes, position..<end) {
      return isNegative ? -magnitude : magnitude
    }
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
    if significant <= 19, -19...0 ~= exponent {
      let magnitude = Self.quotient(mantissa, byPowerOfTen: -exponent)
      return isNegative ? -magnitude : magnitude
    }
    return slowly(bytes[range])
  }

  /// Whether U+2212 MINUS SIGN or U+2013 EN DASH stands at a place.
  private static func isMinus(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    (bytes[place + 1] == 0x88 && bytes[place + 2] == 0x92) || (bytes[place + 1] == 0x80 && bytes[place + 2] == 0x93)
  }

  /// A number of so few digits that none is lost in 64 bits.
  private static let shortest = 18

  /// Digits with or without a mark among them, as most numbers are; `nil` for anything else.
  @inline(__always)
  private func short(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Double? {
    var mantissa: UInt64 = 0
    var fraction = 0
    var hasMark = false
    for position in range {
      let byte = bytes[position]
      if let digit = Self.digit(byte) {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        if hasMark { fraction += 1 }
      } else {
        guard byte == decimal, !hasMark else { return nil }
        hasMark = true
      }
    }
    guard mantissa <= 1 << 53, range.count > (hasMark ? 1 : 0) else { return nil }
    return fraction == 0 ? Double(mantissa) : Double(mantissa) / Self.powers[fraction]
  }

  /// The Double nearest to `number` over a power of ten up to 10¹⁹, of two equally near ones the even one.
  ///
  /// Both are shifted to the left until their highest bit is set, so that the quotient of integers has 63 or 64 bits and is
  /// below the true one by less than 1 in its last bit. Whether anything is below it is kept in that bit, which is beyond
  /// those that a Double holds, and the one rounding is that of the conversion. No such quotient is subnormal.
  package static func quotient(_ number: UInt64, byPowerOfTen power: Int) -> Double {
    guard number > 0 else { return 0 }
    let divisor = wholePowers[power]
    let (up, down) = (number.leadingZeroBitCount, divisor.leadingZeroBitCount)
    let shifted = number << UInt64(up)
    let (quotient, rest) = (divisor << UInt64(down)).dividingFullWidth((shifted >> 1, shifted << 63))
    let sticky = rest > 0 ? quotient | 1 : quotient
    // A power of two between 2⁻¹²⁶ and 2⁰, which changes nothing but the exponent.
    return Double(sticky) * Double(bitPattern: UInt64(1023 + down - up - 63) << 52)
  }

  /// 10⁰ … 10¹⁹.
  private static let wholePowers: [UInt64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
  ]

  /// The field without spaces and no-break spaces (U+00A0, which spreadsheets leave) at its ends.
  @inline(__always)
  package static func trimmed(_ bytes: [UInt8], _ field: Range<Int>) -> Range<Int> {
    bytes.withUnsafeBufferPointer { trimmed($0, field) }
  }

  @inline(__always)
  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>, _ field: Range<Int>) -> Range<Int> {
    var (start, end) = (field.lowerBound, field.upperBound)
    while start < end, bytes[start] == 0x20 || (start + 1 < end && bytes[start] == 0xC2 && bytes[start + 1] == 0xA0) {
      start += bytes[start] == 0x20 ? 1 : 2
    }
    while start < end, bytes[end - 1] == 0x20 || (end - start > 1 && bytes[end - 2] == 0xC2 && bytes[end - 1] == 0xA0) {
      end -= bytes[end - 1] == 0x20 ? 1 : 2
    }
    return start..<end
  }

  private func slowly(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    let plain = String(decoding: field.map { $0 == decimal ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
    guard let value = Double(plain), value == 0 || Self.plausible.contains(abs(value)) else { return nil }
    return value
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  @inline(__always)
  package static func digit(_ byte: UInt8) -> Int? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }
}
