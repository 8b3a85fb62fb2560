import Synergy

extension ByteWriter {
  /// Appends text for HTML content or a quoted attribute: `&`, `<`, `>`, `"` and `'` are escaped, control characters
  /// are shown as `�`.
  mutating func html(_ text: String) {
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 32 && byte != 127 && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
        && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
    }
    if isPlain { return self.text(text) }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): self.text("&amp;")
      case UInt8(ascii: "<"): self.text("&lt;")
      case UInt8(ascii: ">"): self.text("&gt;")
      case UInt8(ascii: "\""): self.text("&quot;")
      case UInt8(ascii: "'"): self.text("&#39;")
      case 9, 10, 32...126, 128...: self.byte(byte)
      default: self.text("\u{FFFD}")
      }
    }
  }

  /// Appends a sentence as HTML content; options (`--baseline`) are not broken over lines.
  mutating func sentence(_ sentence: String) {
    for (place, word) in sentence.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if place > 0 { text(" ") }
      if word.contains("--") {
        text("<span class=\"nb\">")
        html(String(word))
        text("</span>")
      } else {
        html(String(word))
      }
    }
  }

  /// Appends an element that holds only text.
  mutating func element(_ name: String, _ content: String) {
    text("<\(name)>")
    html(content)
    text("</\(name)>")
  }

  /// Appends percentage points with their sign, one decimal: `+12.3`, `−4.0`; a dash for none.
  mutating func points(_ value: Double?) {
    guard let value, value.isFinite else { return text("–") }
    fixed(value, decimals: 1, padded: true, plus: true, minus: "−")
  }

  /// Appends an interval of percentage points, `+3.1 … +7.4`; nothing for none.
  mutating func interval(_ interval: Interval?) {
    guard let interval else { return }
    points(interval.low)
    text(" … ")
    points(interval.high)
  }

  /// Appends a percentage without a unit, one decimal; a dash for none.
  mutating func percent(_ value: Double?) {
    guard let value, value.isFinite else { return text("–") }
    fixed(value, decimals: 1, padded: true, minus: "−")
  }

  /// Appends a block's name, with the word before it unless the name has it.
  mutating func blockName(_ id: String) {
    if !id.lowercased().hasPrefix("block") { text("block ") }
    html(id)
  }

  /// Appends the class of a synergy's colour.
  mutating func synergyClass(_ value: Double) {
    byte(UInt8(ascii: "s"))
    integer(DivergingPalette.level(of: value) + DivergingPalette.steps)
  }
}
