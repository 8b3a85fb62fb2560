import Foundation
import Reporting

/// Numbers and moments as the pages write them.
enum Words {
  /// `1 block`, `12 blocks`, `1,204 wells`.
  static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number(count)) \(count == 1 ? one : many ?? one + "s")"
  }

  /// A whole number with commas between thousands.
  static func number(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "−" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `820 bytes`, `14 kB`, `3.2 MB`.
  static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1000: "\(count) byte\(count == 1 ? "" : "s")"
    case ..<1_000_000: "\(ReportText.significant(Double(count) / 1e3, digits: 3)) kB"
    case ..<1_000_000_000: "\(ReportText.significant(Double(count) / 1e6, digits: 3)) MB"
    default: "\(ReportText.significant(Double(count) / 1e9, digits: 3)) GB"
    }
  }

  /// A moment for `<time datetime>`: `2026-11-26T03:18:00Z`.
  static func iso(_ date: Date) -> String { date.formatted(.iso8601) }

  /// A moment to read, to the minute, UTC; the pages' script shows it in the reader's own time.
  static func moment(_ date: Date) -> String {
    iso(date).prefix(16).replacing("T", with: " ") + " UTC"
  }

  /// How long something took: `48 s`, `3 min 20 s`.
  static func duration(_ seconds: Double) -> String {
    let whole = max(0, Int(seconds.rounded()))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}
