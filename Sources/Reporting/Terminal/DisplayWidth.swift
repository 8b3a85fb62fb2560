/// How many columns a text takes on a terminal.
enum DisplayWidth {
  /// The columns of a text: two for East Asian wide characters and emoji, none for what only joins or accents the
  /// character before it.
  static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

  /// The text, or as much of it as fits with an ellipsis at its end.
  static func cut(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    var kept = ""
    var used = 1
    for character in text {
      let next = of(character)
      guard used + next <= width else { break }
      kept.append(character)
      used += next
    }
    return kept + "…"
  }

  /// Texts joined by a separator, cut so that the whole fits and something of each is seen: the longest are cut first.
  static func cut(_ parts: [String], separator: String, to width: Int) -> String {
    var widths = parts.map(of)
    var excess = widths.reduce(0, +) + max(0, parts.count - 1) * of(separator) - width
    while excess > 0, let longest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[longest] > 1 {
      widths[longest] -= 1
      excess -= 1
    }
    return zip(parts, widths).map { cut($0, to: $1) }.joined(separator: separator)
  }

  private static func of(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if character.unicodeScalars.contains("\u{FE0F}") || scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
      0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
      return 2
    default: return 1
    }
  }
}
