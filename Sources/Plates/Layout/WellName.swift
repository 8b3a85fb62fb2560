import Assay

/// Reads the names of wells, rows and columns as readers write them.
enum WellName {
  /// Rows and columns within which a name is taken for a well. The largest plates have 32 × 48; what lies past a plate
  /// must still be seen, so that it can be told. Beyond, words like `OD600` and `ID1` would be wells.
  static let rows = 48
  static let columns = 99

  /// The well: `A1`, `a01`, `AF48`, `A:1`, `A-01`, `A 1`; `nil` when it is none.
  static func position(_ text: String) -> WellPosition? {
    guard (2...6).contains(text.utf8.count), hasWellShape(text) else { return nil }
    let letters = text.prefix { $0.isASCII && $0.isLetter }
    var digits = text[letters.endIndex...]
    if let mark = digits.first, ":- _".contains(mark) { digits.removeFirst() }
    guard let position = WellPosition(letters + digits), position.row < rows, position.column < columns else {
      return nil
    }
    return position
  }

  /// Whether a text is one or two letters, perhaps a mark, and digits: what most texts are not, told by their bytes.
  private static func hasWellShape(_ text: String) -> Bool {
    var letters = 0
    var digits = 0
    for byte in text.utf8 {
      if (0x30...0x39).contains(byte) {
        digits += 1
      } else if digits > 0 {
        return false
      } else if (0x61...0x7A).contains(byte | 0x20) {
        letters += 1
      } else if byte >= 0x80 {
        return false
      }
    }
    return (1...2).contains(letters) && (1...3).contains(digits)
  }

  /// The row: `A`, `b`, `AF`, `Row A`; `nil` when it is none.
  static func row(_ text: String) -> Int? {
    guard let row = WellPosition.row(letters: text) ?? spelledRow(text), row < rows else { return nil }
    return row
  }

  private static func spelledRow(_ text: String) -> Int? {
    guard (5...8).contains(text.utf8.count) else { return nil }
    for word in ["row", "zeile"] where text.lowercased().hasPrefix(word) {
      let rest = text.dropFirst(word.count)
      if let mark = rest.first, " _-:".contains(mark) { return WellPosition.row(letters: String(rest.dropFirst())) }
    }
    return nil
  }

  /// The number above a column and the word before it, in small letters: `1`, `C1`, `Col 1`, `Column 01`; `nil` when it is
  /// none.
  static func header(_ text: String) -> (prefix: String, number: Int)? {
    guard text.utf8.count <= 12 else { return nil }
    if let number = column(text) { return ("", number) }
    let letters = text.prefix { $0.isASCII && $0.isLetter }
    var digits = text[letters.endIndex...]
    while let mark = digits.first, " _-.".contains(mark) { digits.removeFirst() }
    let prefix = letters.lowercased()
    guard ["c", "col", "column", "spalte"].contains(prefix), let number = column(String(digits)) else { return nil }
    return (prefix, number)
  }

  /// The column's number, from 1: `1`, `01`, `1.0`; `nil` when it is none.
  static func column(_ text: String) -> Int? {
    let digits = text.hasSuffix(".0") ? text.dropLast(2) : text[...]
    guard (1...2).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let column = Int(digits), column > 0
    else { return nil }
    return column
  }

  /// Whether the letters are in small print. Some software calls the rows past Z `a`, `b`, … instead of AA, AB, ….
  static func isSmall(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return false }
    return (0x61...0x7A).contains(first)
  }

  /// Row 26 and on for rows in small print beside rows in capitals.
  static let pastZ = 26
}
