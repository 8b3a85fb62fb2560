import Assay

/// A pattern of wells or plates, as cellHTS2's plate configuration may write them: `[A-H]11`, `A0[1-4]`, `.*24`, `B02|C02`.
///
/// Characters, classes of them, `.` for any, each with `*`, `+` or `?`, and alternatives; no groups.
struct WellPattern {
  private struct Piece {
    /// The characters; `nil` for any.
    var characters: Set<Character>?
    var least = 1
    var most = 1
  }

  private var alternatives: [[Piece]] = []
  /// More pieces than a well's name can have.
  private static let mostPieces = 12

  /// Reads a pattern; `nil` for a plain name, and for what is no such pattern.
  init?(_ text: String) {
    guard text.utf8.count <= 60, text.contains(where: { "[.*+?|".contains($0) }) else { return nil }
    for part in text.uppercased().split(separator: "|", omittingEmptySubsequences: false) {
      guard let pieces = Self.pieces(part) else { return nil }
      alternatives.append(pieces)
    }
  }

  private static func pieces(_ text: Substring) -> [Piece]? {
    var pieces: [Piece] = []
    var rest = text[...]
    if rest.first == "^" { rest.removeFirst() }
    if rest.last == "$" { rest.removeLast() }
    while let character = rest.popFirst() {
      switch character {
      case "[":
        guard let end = rest.firstIndex(of: "]"), let characters = characters(rest[..<end]) else { return nil }
        pieces.append(Piece(characters: characters))
        rest = rest[rest.index(after: end)...]
      case ".": pieces.append(Piece(characters: nil))
      case "*", "+", "?":
        guard let last = pieces.indices.last, pieces[last].most == 1 else { return nil }
        pieces[last].least = character == "+" ? 1 : 0
        pieces[last].most = character == "?" ? 1 : 8
      default:
        guard character.isLetter || character.isNumber || "-_ ".contains(character) else { return nil }
        pieces.append(Piece(characters: [character]))
      }
    }
    return pieces.isEmpty || pieces.count > mostPieces ? nil : pieces
  }

  /// The characters of a class: `A-H`, `1,3`, `135`.
  private static func characters(_ text: Substring) -> Set<Character>? {
    var found: Set<Character> = []
    var rest = text
    while let first = rest.popFirst() {
      guard let low = first.asciiValue else { return nil }
      guard rest.first == "-", let last = rest.dropFirst().first else {
        if first != "," { found.insert(first) }
        continue
      }
      guard let high = last.asciiValue, low <= high else { return nil }
      for value in low...high { found.insert(Character(UnicodeScalar(value))) }
      rest = rest.dropFirst(2)
    }
    return found.isEmpty ? nil : found
  }

  /// Whether a name is one of the pattern's; case does not matter.
  func matches(_ name: String) -> Bool {
    let name = Array(name.uppercased())
    guard name.count <= 40 else { return false }
    return alternatives.contains { Self.matches(name[...], $0[...]) }
  }

  private static func matches(_ name: ArraySlice<Character>, _ pieces: ArraySlice<Piece>) -> Bool {
    guard let piece = pieces.first else { return name.isEmpty }
    var rest = name
    for count in 0...piece.most {
      if count >= piece.least, matches(rest, pieces.dropFirst()) { return true }
      guard let next = rest.popFirst(), piece.characters?.contains(next) ?? true else { return false }
    }
    return false
  }

  /// The wells of a plate that it names, with or without a nought before the column.
  func wells(of format: PlateFormat) -> [WellPosition] {
    (0..<format.rows).flatMap { row in (0..<format.columns).map { WellPosition(row: row, column: $0) } }.filter {
      well in
      matches("\(well)") || (well.column < 9 && matches("\(well.rowName)0\(well.column + 1)"))
    }
  }
}
