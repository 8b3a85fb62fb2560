/// One row of a delimited text file: where its fields lie, without separators and quotes, in bytes that may hold more.
///
/// What is done for every row is inlinable, since other modules do it.
package struct TextRow {
  /// The line on which the row begins, from 1.
  package var line = 1
  /// The bytes that hold the fields.
  package var bytes: [UInt8] = []
  /// Where the fields lie, and room for more.
  @usableFromInline var fields: [Range<Int>] = []
  /// Number of fields.
  @usableFromInline package internal(set) var count = 0

  /// A row without fields.
  @inlinable package init() {}

  /// Where a field lies in `bytes`; empty for a field that the row does not have.
  @inlinable @inline(__always)
  package func range(_ field: Int) -> Range<Int> {
    field < count ? fields[field] : 0..<0
  }

  /// Whether a field is empty or absent.
  @inlinable package func isEmpty(_ field: Int) -> Bool { range(field).isEmpty }

  /// Whether a field holds exactly these bytes.
  @inlinable package func field(_ field: Int, equals expected: [UInt8]) -> Bool {
    let range = range(field)
    guard range.count == expected.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      expected.withUnsafeBufferPointer { expected in
        for place in expected.indices where bytes[range.lowerBound + place] != expected[place] { return false }
        return true
      }
    }
  }

  /// Adds the field of the last bytes.
  package mutating func append(fieldOf length: Int) {
    if count == fields.count { makeRoom() }
    fields[count] = bytes.count - length..<bytes.count
    count += 1
  }

  /// Makes room for as many fields again, at least for 32.
  @usableFromInline mutating func makeRoom() {
    fields.append(contentsOf: repeatElement(0..<0, count: max(32, fields.count)))
  }

  /// A field as text, white space at its ends trimmed.
  package func text(_ field: Int) -> String { String(trimming: bytes[range(field)]) }

  /// Number of fields without the empty ones at the end.
  @inlinable package var countWithoutTrailingEmpties: Int {
    var count = count
    while count > 0, isEmpty(count - 1) { count -= 1 }
    return count
  }

  /// Every field as text, without the empty ones at the end.
  package var texts: [String] { (0..<countWithoutTrailingEmpties).map(text) }

  /// The first fields as text, without the empty ones at the end.
  package func texts(first most: Int) -> [String] { (0..<min(most, countWithoutTrailingEmpties)).map(text) }

  /// Says where a field lies.
  package mutating func setRange(_ range: Range<Int>, of field: Int) { fields[field] = range }

  /// Takes off the fields and their bytes.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    count = 0
  }
}

extension String {
  /// UTF-8 text without white space (no-break space included) at its ends.
  package init(trimming bytes: some Collection<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    // A visible ASCII character at each end, as most texts have, is no white space.
    if let first = text.utf8.first, let last = text.utf8.last, 0x21...0x7E ~= first, 0x21...0x7E ~= last {
      self = text
      return
    }
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else {
      self = ""
      return
    }
    self = String(text[first...last])
  }
}

extension StringProtocol {
  /// Without white space at its ends.
  package var trimmingSpaces: String { String(trimming: Array(utf8)) }
}
