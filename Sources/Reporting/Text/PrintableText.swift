/// Names and messages as they can be printed: what no font has a sign for, or what would turn the text around it, is
/// replaced by a sign that shows that something stood there.
enum PrintableText {
  /// The text as it is set among others: `alone`, and what runs from right to left isolated, so that it does not turn
  /// the numbers beside it.
  static func of(_ text: String) -> String { isolated(alone(text)) }

  /// The text as it stands by itself, in a cell of a workbook: line breaks and tabs as blanks; control characters,
  /// directional controls and characters that XML forbids as `�`, as in `report.html`.
  static func alone(_ text: String) -> String {
    // Most texts are ASCII, and are told so by their bytes.
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    guard text.unicodeScalars.contains(where: { needsCare($0) }) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: out.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF:
        out.append("�")
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// Puts each stretch from a letter that runs backwards to the last one before a letter that does not between FIRST
  /// STRONG ISOLATE and POP DIRECTIONAL ISOLATE (Unicode UAX 9).
  private static func isolated(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }), text.unicodeScalars.contains(where: isRightToLeft) else { return text }
    var out = String.UnicodeScalarView()
    // What stands behind the last backward letter, until it is known on which side it belongs.
    var waiting = String.UnicodeScalarView()
    var isOpen = false
    for scalar in text.unicodeScalars {
      if isRightToLeft(scalar) {
        if !isOpen { out.append("\u{2068}") }
        isOpen = true
        out.append(contentsOf: waiting)
        waiting = String.UnicodeScalarView()
        out.append(scalar)
      } else if isOpen, scalar.value == 0x20 {
        waiting.append(scalar)
      } else {
        if isOpen { out.append("\u{2069}") }
        isOpen = false
        out.append(contentsOf: waiting)
        waiting = String.UnicodeScalarView()
        out.append(scalar)
      }
    }
    if isOpen { out.append("\u{2069}") }
    out.append(contentsOf: waiting)
    return String(out)
  }

  private static func needsCare(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    return value < 0x20 || (0x7F..<0xA0).contains(value) || (0x200E...0x2069).contains(value) || value >= 0xFFFE
      || value == 0x061C
  }

  /// Hebrew, Arabic and the scripts between and beside them (Unicode's bidirectional classes R and AL).
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
