import Foundation

/// A number in few characters, for tables on a terminal: `5.23M`, `94395`, `0.086`.
enum CompactNumber {
  /// The number in at most `width` characters where that is possible with a digit; at least 5.
  static func text(_ value: Double, width: Int) -> String {
    guard value.isFinite else { return "-" }
    for digits in stride(from: width, through: 0, by: -1) {
      let text = String(format: "%.\(digits)f", value)
      if text.count <= width { return trimmed(text, of: value) }
    }
    for (suffix, factor) in [("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12)] where abs(value) < factor * 1e3 {
      for digits in stride(from: 3, through: 0, by: -1) {
        let text = String(format: "%.\(digits)f", value / factor) + suffix
        if text.count <= width { return text }
      }
    }
    return String(format: "%.0e", value)
  }

  /// Without the zeros that say nothing.
  private static func trimmed(_ text: String, of value: Double) -> String {
    guard text.contains(".") else { return text }
    if value != 0, (Double(text) ?? 0) == 0 { return String(format: "%.0e", value) }
    var text = text[...]
    while text.hasSuffix("0") { text = text.dropLast() }
    if text.hasSuffix(".") { text = text.dropLast() }
    return String(text)
  }
}
