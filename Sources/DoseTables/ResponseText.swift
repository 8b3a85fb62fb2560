import Spreadsheets

/// A response that is written with more than its number.
struct ResponseText: Hashable {
  var value: Double
  /// Whether it says that it is in percent: `91 %`.
  var isPercent = false
  /// Whether an error stands behind it: `91 ± 2`, `91 (2)`.
  var hasError = false
}

extension NumberReading {
  /// A response: a number, or one with a percent sign or an error behind it; `nil` for anything else.
  func response(in bytes: [UInt8], _ field: Range<Int>) -> ResponseText? {
    if let value = number(in: bytes, field) { return ResponseText(value: value) }
    guard let first = bytes[field].first, first != UInt8(ascii: "("), field.count <= 64 else { return nil }
    var text = String(trimming: bytes[field])
    var found = ResponseText(value: .nan)
    func takePercent() {
      guard text.last == "%" else { return }
      text = String(trimming: text.dropLast().utf8)
      found.isPercent = true
    }
    takePercent()
    for mark in ["±", "+/-", "+-"] where text.last != ")" {
      guard let range = text.firstRange(of: mark) else { continue }
      guard plain(String(text[range.upperBound...])) != nil else { return nil }
      text = String(trimming: text[..<range.lowerBound].utf8)
      found.hasError = true
      break
    }
    if !found.hasError, text.last == ")", let open = text.lastIndex(of: "("), open > text.startIndex {
      var inner = text[text.index(after: open)...].dropLast()
      if inner.first == "±" { inner = inner.dropFirst() }
      if inner.last == "%" { inner = inner.dropLast() }
      guard plain(String(inner)) != nil else { return nil }
      text = String(trimming: text[..<open].utf8)
      found.hasError = true
    }
    takePercent()
    guard found.isPercent || found.hasError, let value = plain(text) else { return nil }
    found.value = value
    return found
  }

  private func plain(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return number(in: bytes, 0..<bytes.count)
  }
}

/// What was written beside the responses of a file.
struct ResponseMarks {
  private(set) var errors = 0
  private(set) var firstErrors: [Int] = []
  private(set) var percents = 0
  private(set) var firstPercent: Int?
  private(set) var plain = 0

  /// Notes a response and its line.
  mutating func note(_ response: ResponseText, line: Int) {
    if response.hasError {
      errors += 1
      if firstErrors.count < 3, firstErrors.last != line { firstErrors.append(line) }
    }
    if response.isPercent {
      percents += 1
      firstPercent = firstPercent ?? line
    } else {
      plain += 1
    }
  }

  /// Notes a number alone.
  mutating func notePlain() { plain += 1 }

  /// What is to be said.
  var findings: [Finding] {
    var findings: [Finding] = []
    if errors > 0 { findings.append(.info(.errorsNotUsed(count: errors, lines: firstErrors))) }
    if let percentsAmongOthers { findings.append(.warning(percentsAmongOthers)) }
    return findings
  }

  /// What is wrong where some responses say that they are in percent, and the others turn out to be fractions.
  var percentsAmongOthers: PlateReadingError? {
    guard percents > 0, plain > 0, let firstPercent else { return nil }
    return .percentPartly(line: firstPercent, percents: percents, others: plain)
  }

  /// Whether every response says that it is in percent.
  var isPercent: Bool { percents > 0 && plain == 0 }
}
