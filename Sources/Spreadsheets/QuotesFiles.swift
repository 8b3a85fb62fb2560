import Foundation

/// Messages that quote what a file holds, all in one way.
package protocol QuotesFiles {}

extension QuotesFiles {
  /// Text that came from a file, at most 60 characters of it, on one line.
  package static func short(_ text: String) -> String {
    let line = String(text.prefix(61).map { $0.isNewline ? " " : $0 })
    return line.count > 60 ? line.prefix(57) + "…" : line
  }

  /// Text in quotation marks.
  package static func quoted(_ text: String) -> String { text.isEmpty ? "(empty)" : "\"\(short(text))\"" }

  /// Names in quotation marks, at most twelve of them.
  package static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).map { "\"\(short($0))\"" }.joined(separator: ", ")
    return names.count > 12 ? shown + " and \(names.count - 12) more" : shown
  }

  /// `line 3` or `lines 3, 4`, at most six of them.
  package static func lines(_ lines: [Int]) -> String {
    let shown = lines.prefix(6).map(String.init).joined(separator: ", ")
    return (lines.count == 1 ? "line " : "lines ") + shown + (lines.count > 6 ? ", …" : "")
  }

  /// A response with at most one decimal: more means nothing.
  package static func tenths(_ value: Double) -> String { number((value * 10).rounded() / 10) }

  /// A number with at most six significant digits, as a person writes it.
  package static func number(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return String(format: "%.6g", value)
  }
}
