/// Puts empty fields into the rows of a comma-separated text, as its bytes stream by.
struct ColumnWidener {
  /// After how many fields of a row the new ones come.
  let after: Int
  /// How many are new.
  let added: Int
  private var fields = 0
  private var isQuoted = false

  /// Widens rows by `added` empty fields after the first `after`.
  init(after: Int, added: Int) {
    self.after = after
    self.added = added
  }

  /// The next bytes of the text, widened.
  mutating func widen(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 16)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        fields += 1
        if fields == after { out.append(contentsOf: repeatElement(byte, count: added)) }
      case UInt8(ascii: "\n") where !isQuoted: fields = 0
      default: break
      }
      out.append(byte)
    }
    return out
  }
}
