/// How a workbook shows its numbers, as far as that says what they are: dates, and per cents.
///
/// `1.2` that Excel took for the 1st of February is stored as 46054, and `70%` among 30 and 90 as 0.7: read as they are stored
/// they are other numbers than those that people see. A column of per cents alone, or among fractions, is read as it is stored.
struct CellFormats {
  /// What a number is shown as.
  enum Kind {
    case plain
    case date
    case percent
  }

  /// The kinds of the workbook's cell styles, by their numbers.
  private var kinds: [Kind] = []
  /// Whether days are counted from 1904.
  var isFrom1904 = false

  /// Formats of more styles are not looked at.
  private static let mostStyles = 65_536

  /// Reads the part `styles.xml`.
  init(_ bytes: [UInt8]?, part: String) throws(WorkbookError) {
    guard let bytes else { return }
    var codes: [Int: String] = [:]
    var ids: [Int] = []
    var isOfCells = false
    try WorkbookXML.walk(bytes, part: part) { name, attributes in
      switch name {
      case "numFmt":
        if let id = attributes["numFmtId"].flatMap({ Int($0) }) { codes[id] = attributes["formatCode"] ?? "" }
      case "cellXfs": isOfCells = true
      case "xf": if isOfCells { ids.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0) }
      default: break
      }
      return ids.count < Self.mostStyles && codes.count < Self.mostStyles
    } end: { name, _ in
      if name == "cellXfs" { isOfCells = false }
      return true
    }
    kinds = ids.map { id in codes[id].map(Self.kind(ofCode:)) ?? Self.kind(ofBuiltIn: id) }
  }

  /// The kind of a format that every workbook knows (ECMA-376 part 1, 18.8.30). Times of day are left as they are stored.
  private static func kind(ofBuiltIn id: Int) -> Kind {
    switch id {
    case 9, 10: .percent
    case 14...17, 22, 27...31, 36, 50...54, 57, 58: .date
    default: .plain
    }
  }

  /// The kind of a format's code: `0.0%`, `d-mmm`, `yyyy\-mm\-dd`.
  private static func kind(ofCode code: String) -> Kind {
    var letters = ""
    var rest = Substring(code.lowercased().prefix { $0 != ";" })
    while let first = rest.popFirst() {
      switch first {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "[": rest = rest.drop { $0 != "]" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      default: letters.append(first)
      }
    }
    if letters.contains("general") { return .plain }
    if letters.contains("%") { return .percent }
    return letters.contains { $0 == "d" || $0 == "y" } ? .date : .plain
  }

  /// A stored number as a cell of this style says what it is.
  func text(_ stored: String, style: Int?) -> String {
    guard let style, kinds.indices.contains(style) else { return stored }
    switch kinds[style] {
    case .plain, .percent: return stored
    case .date: return Double(stored).flatMap(date) ?? stored
    }
  }

  /// Whether some style shows numbers as per cents.
  var hasPercents: Bool { kinds.contains(.percent) }

  /// Whether a style does.
  func isPercent(_ style: Int?) -> Bool { style.map { kinds.indices.contains($0) && kinds[$0] == .percent } ?? false }

  /// Numbers of a column above this, at their middle, are per cents as they stand.
  static let largestFraction = 2.5

  /// A hundred times a number, digit by digit.
  static func timesHundred(_ text: String) -> String? {
    let isNegative = text.first == "-"
    let digits = isNegative ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !digits.isEmpty,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return Double(text).map { "\($0 * 100)" } }
    let decimals = parts.count > 1 ? String(parts[1]) : ""
    let padded = decimals + String(repeating: "0", count: max(0, 2 - decimals.count))
    let joined = (whole + padded.prefix(2)).drop { $0 == "0" }
    let left = padded.dropFirst(2)
    return (isNegative ? "-" : "") + (joined.isEmpty ? "0" : String(joined)) + (left.isEmpty ? "" : "." + left)
  }

  /// The day of a serial number, `2026-02-01`; `nil` of no day that Excel knows.
  private func date(_ serial: Double) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    // Excel has a 29th of February 1900.
    let seconds = Int(((serial - serial.rounded(.down)) * 86_400).rounded())
    let day = Int(serial) + (seconds == 86_400 ? 1 : 0) + (isFrom1904 ? 1_462 : serial < 60 ? 1 : 0)
    // Days since 1 March 0000, civil from days (Howard Hinnant, chrono-compatible low-level date algorithms).
    let shifted = day - 25_569 + 719_468
    let era = shifted / 146_097
    let ofEra = shifted - era * 146_097
    let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    let dayOfMonth = ofYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(year + era * 400 + (month <= 2 ? 1 : 0))-\(two(month))-\(two(dayOfMonth))"
    guard seconds > 0, seconds < 86_400 else { return date }
    let time = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))"
    return "\(date) \(time)" + (seconds % 60 > 0 ? ":" + two(seconds % 60) : "")
  }
}
