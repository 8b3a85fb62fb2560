import Screening

/// How many blocks have each call, as one bar: `<rect>`s, since a strict content security policy forbids `style=`.
enum CallBar {
  private static let width = 1000.0
  /// Between parts, and what the smallest is drawn with.
  private static let gap = 2.0
  private static let least = 4.0

  /// Writes the bar; calls without a block have no part.
  static func write(_ counts: [(call: Call?, count: Int)], to out: inout ByteWriter) {
    let shown = counts.filter { $0.count > 0 }
    let total = shown.reduce(0) { $0 + $1.count }
    guard total > 0 else { return }
    let room = width - gap * Double(shown.count - 1) - least * Double(shown.count)
    out.text("<svg class=\"callbar\" aria-hidden=\"true\" viewBox=\"0 0 1000 12\" preserveAspectRatio=\"none\">")
    var x = 0.0
    for (call, count) in shown {
      let part = least + room * Double(count) / Double(total)
      out.text("<rect class=\"c-\(call?.rawValue ?? "none")\" x=\"")
      out.fixed(x, decimals: 1)
      out.text("\" width=\"")
      out.fixed(part, decimals: 1)
      out.text("\" height=\"12\" rx=\"2\"/>")
      x += part + gap
    }
    out.text("</svg>")
  }
}
