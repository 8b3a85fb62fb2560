import Assay
import Spreadsheets

/// What stands in a well's cell.
enum CellContent: Equatable {
  case empty
  case number(Double)
  /// No plain number, but something that readers write in a well; a masked well may have a value.
  case noted(PlateRead.Note, Double?)
  /// Anything else.
  case text

  /// Whether a reader would write it in a well.
  var isReading: Bool {
    switch self {
    case .number, .noted: true
    case .empty, .text: false
    }
  }
}

/// Reads the cells of wells.
struct CellReading {
  /// The decimal mark of the file.
  var numbers = NumberReading()
  /// Whether marks that group thousands are taken off.
  var grouped = false
  /// Whether numbers with the other decimal mark are taken too.
  var takesEither = false

  /// Takes whatever may be a number, to find the wells before it is known how the file writes numbers.
  static let either = CellReading(grouped: true, takesEither: true)

  /// What the cell holds.
  func content(_ cell: String) -> CellContent {
    if cell.isEmpty { return .empty }
    if let value = number(cell) { return .number(value) }
    if cell.utf8.count <= Self.longestWord, let note = Self.words[Self.folded(cell)] {
      return note == .empty ? .empty : .noted(note, nil)
    }
    let bytes = Array(cell.utf8)
    switch bytes[0] {
    case UInt8(ascii: ">") where bytes.count > 1:
      return number(cell.dropFirst()) == nil ? .text : .noted(.overflow, nil)
    case UInt8(ascii: "<") where bytes.count > 1:
      return number(cell.dropFirst()) == nil ? .text : .noted(.underflow, nil)
    case UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: "["):
      if bytes.allSatisfy({ $0 == UInt8(ascii: "*") }) { return .noted(.overflow, nil) }
      // Gen5 writes a masked well's value between asterisks; others put it in brackets.
      let inner = cell.drop { "*([".contains($0) }.prefix { !"*)]".contains($0) }
      guard let last = cell.last, "*)]".contains(last), let value = number(inner) else { return .text }
      return .noted(.masked, value)
    case UInt8(ascii: "#") where bytes.count > 2 && bytes.allSatisfy({ $0 == UInt8(ascii: "#") }):
      return .noted(.overflow, nil)
    case UInt8(ascii: "?") where bytes.allSatisfy({ $0 == UInt8(ascii: "?") }): return .noted(.unreadable, nil)
    default: return .text
    }
  }

  /// Whether a text is a point in time: `1/11/2026 09:00:00`, `2026-11-01`.
  func isDate(_ text: String) -> Bool {
    number(text) == nil
      && text.allSatisfy { $0.isNumber || $0.isLetter || " /.:,-+".contains($0) }
      && text.split { !$0.isNumber }.count >= 3
      && (text.contains("/") || text.split { !$0.isNumber }.contains { $0.count == 4 })
  }

  /// The number that the text is.
  func number(_ text: some StringProtocol) -> Double? {
    // No number begins with a letter.
    if let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20) { return nil }
    let bytes = Array(text.utf8)
    if let value = numbers.number(in: bytes, 0..<bytes.count) { return value }
    if takesEither, let value = NumberReading(decimal: UInt8(ascii: ",")).number(in: bytes, 0..<bytes.count) {
      return value
    }
    guard grouped else { return nil }
    for decimal in takesEither ? [UInt8(ascii: "."), UInt8(ascii: ",")] : [numbers.decimal] {
      guard let plain = Self.ungrouped(text, decimal: decimal) else { continue }
      if let value = NumberReading(decimal: decimal).number(in: plain, 0..<plain.count) { return value }
    }
    return nil
  }

  /// The number without the marks between its groups of three digits; `nil` when it has none or other groups.
  static func ungrouped(_ text: some StringProtocol, decimal: UInt8) -> [UInt8]? {
    // Most texts have no mark at all; all marks beyond ASCII have a byte of 0x80 or more.
    guard text.utf8.contains(where: { $0 >= 0x80 || ",.' ".utf8.contains($0) }) else { return nil }
    var plain: [UInt8] = []
    var sinceMark: Int?
    var digits = 0
    var isWhole = true
    for scalar in text.unicodeScalars {
      if isWhole, (0x30...0x39).contains(scalar.value) {
        digits += 1
        if let since = sinceMark { sinceMark = since + 1 }
      } else if isWhole, Self.groupMarks.contains(scalar), scalar.value != UInt32(decimal) {
        guard digits > 0, sinceMark ?? 3 == 3, sinceMark != nil || digits <= 3 else { return nil }
        sinceMark = 0
        continue
      } else if digits > 0 {
        isWhole = false
      }
      guard scalar.isASCII else { return nil }
      plain.append(UInt8(scalar.value))
    }
    return sinceMark == 3 ? plain : nil
  }

  private static let groupMarks: Set<Unicode.Scalar> = [",", ".", "'", " ", "\u{A0}", "\u{202F}", "\u{2019}"]

  /// A text of more bytes holds none of the words, whatever stands between their letters.
  private static let longestWord = 1_000

  private static func folded(_ cell: String) -> String {
    if cell.utf8.allSatisfy({ $0 < 0x80 }) {
      return String(
        decoding: cell.utf8.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }.filter {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "-+.#/".utf8.contains($0)
        }, as: UTF8.self)
    }
    return String(cell.lowercased().filter { $0.isLetter || $0.isNumber || "-+.#/".contains($0) })
  }

  /// What readers write instead of a number.
  private static let words: [String: PlateRead.Note] = {
    var words: [String: PlateRead.Note] = [:]
    for (note, spellings) in [
      (
        PlateRead.Note.overflow,
        "ovrflw overflow overflw ovflw ovfl ovf over overrange over-range saturated saturation sat #sat #sat# #high #high# "
          + "inf +inf infinity +infinity oor+ satd"
      ),
      (.underflow, "undrflw underflow undflw under underrange under-range #low #low# -inf -infinity low oor-"),
      (.masked, "masked mask #masked #mask# excluded excl x flagged outlier"),
      (.empty, "- -- --- n/a na n.a. null none blank . /"),
      (.unreadable, "nan #nan invalid error err #error# #value! #n/a #div/0! #num! #ref! #name? noread fail failed"),
    ] {
      for word in spellings.split(separator: " ") { words[String(word)] = note }
    }
    return words
  }()
}
