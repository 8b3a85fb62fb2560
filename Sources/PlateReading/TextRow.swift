/// One row of a delimited text file: the bytes of its fields, one after the other, without separators and quotes.
struct TextRow {
  /// The line on which the row begins, from 1.
  var line = 1
  /// The bytes of all fields.
  var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  var ends: [Int] = []

  /// Number of fields.
  var count: Int { ends.count }

  /// Where a field lies in `bytes`; empty for a field that the row does not have.
  func range(_ field: Int) -> Range<Int> {
    guard field < ends.count else { return 0..<0 }
    return (field == 0 ? 0 : ends[field - 1])..<ends[field]
  }

  /// Whether a field is empty or absent.
  func isEmpty(_ field: Int) -> Bool { range(field).isEmpty }

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

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
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
