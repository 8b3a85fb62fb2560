/// One row of a delimited text file: where its fields lie, without separators and quotes, in bytes that may hold more.
struct TextRow {
  /// The line on which the row begins, from 1.
  var line = 1
  /// The bytes that hold the fields.
  var bytes: [UInt8] = []
  private var starts: [Int] = []
  private var ends: [Int] = []

  /// Number of fields.
  var count: Int { ends.count }

  /// Where a field lies in `bytes`; empty for a field that the row does not have.
  func range(_ field: Int) -> Range<Int> {
    guard field < ends.count else { return 0..<0 }
    return Range(uncheckedBounds: (starts[field], ends[field]))
  }

  /// Whether a field is empty or absent.
  func isEmpty(_ field: Int) -> Bool { range(field).isEmpty }

  /// Adds the field of the last bytes.
  mutating func append(fieldOf length: Int) {
    starts.append(bytes.count - length)
    ends.append(bytes.count)
  }

  /// Adds a field that lies in `bytes`, without white space at its ends.
  @inline(__always)
  mutating func append(trimming field: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) {
    var (start, end) = (field.lowerBound, field.upperBound)
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while start < end, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    starts.append(start)
    ends.append(end)
  }

  /// A field as text, white space at its ends trimmed.
  func text(_ field: Int) -> String { String(trimming: bytes[range(field)]) }

  /// Number of fields without the empty ones at the end.
  var countWithoutTrailingEmpties: Int {
    var count = ends.count
    while count > 0, isEmpty(count - 1) { count -= 1 }
    return count
  }

  /// Every field as text, without the empty ones at the end.
  var texts: [String] { (0..<countWithoutTrailingEmpties).map(text) }

  /// The first fields as text, without the empty ones at the end.
  func texts(first most: Int) -> [String] { (0..<min(most, countWithoutTrailingEmpties)).map(text) }

  /// Says where a field lies.
  mutating func setRange(_ range: Range<Int>, of field: Int) {
    (starts[field], ends[field]) = (range.lowerBound, range.upperBound)
  }

  /// Takes off the fields and their bytes.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    removeFields()
  }

  /// Takes off the fields.
  mutating func removeFields() {
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}

extension String {
  /// UTF-8 text without white space (no-break space included) at its ends.
  init(trimming bytes: some Collection<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else {
      self = ""
      return
    }
    self = String(text[first...last])
  }
}
