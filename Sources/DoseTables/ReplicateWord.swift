/// A word that says of which replicate something is: `Rep 1`, `biological replicate 2`, `Run 3`, `R1`, `#1`, `n=1`.
public struct ReplicateWord: Sendable, Hashable {
  /// The word as it is written.
  public var text: String
  /// Which replicate it is, in small letters: `1`, `a`; empty where that is not said.
  public var number: String
  /// The text without the word.
  public var rest: String
  /// Whether it can hardly mean anything else. `R1` and `#1` beside a name may be a clone.
  public var isCertain: Bool

  /// Texts of more bytes are not looked at.
  private static let longest = 200

  /// Finds the word in a text; `nil` where there is none.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.longest, Self.mayHave(text) else { return nil }
    let long =
      /(?:^|[^\p{L}\p{N}])((?:(?:biological|technical|independent|biol|tech|bio)[.\s_\-]*)?(?:replicate|replikat|réplicat|replica|wiederholung|repeat|repl|rep)[.\s_:#=\-]*(?:no\.?\s*|nr\.?\s*)?(\d{1,2}|[a-h]|i{1,3}|iv))(?:$|[^\p{L}\p{N}])/
      .ignoresCase()
    let ordinal =
      /(?:^|[^\p{L}\p{N}])((\d{1,2}|first|second|third)(?:st|nd|rd|th|\.)?[\s_\-]+(?:(?:biological|technical|independent|biol|tech|bio)[.\s_\-]*)?(?:replicate|replikat|wiederholung|repeat|rep))(?:$|[^\p{L}\p{N}])/
      .ignoresCase()
    let count = /(?:^|[^\p{L}\p{N}])(n\s*=\s*(\d{1,2}))(?:$|[^\p{L}\p{N}.])/.ignoresCase()
    // `run a` and `run in` are words of a sentence.
    let run = /(?:^|[^\p{L}\p{N}])(run[.\s_:#=\-]*(?:no\.?\s*|nr\.?\s*)?(\d{1,2}))(?:$|[^\p{L}\p{N}])/.ignoresCase()
    let short = /(?:^|[\s_,;:(])((?:R|#\s?)(\d{1,2}))(?:$|[\s_,;:)])/.ignoresCase()
    let bare =
      /(?:^|[^\p{L}\p{N}])((?:(?:biological|technical|independent)\s+)?(?:replicate|replikat))()(?:$|[^\p{L}\p{N}])/
      .ignoresCase()
    guard
      let match = text.firstMatch(of: long) ?? text.firstMatch(of: ordinal) ?? text.firstMatch(of: count)
        ?? text.firstMatch(of: run) ?? text.firstMatch(of: short) ?? text.firstMatch(of: bare)
    else { return nil }
    let (word, number) = (match.output.1, match.output.2)
    self.text = String(word)
    let names = ["first": "1", "second": "2", "third": "3", "i": "1", "ii": "2", "iii": "3", "iv": "4"]
    let folded = number.lowercased()
    self.number = names[folded] ?? Int(folded).map(String.init) ?? folded
    rest = Self.tidied(String(text[..<word.startIndex]), String(text[word.endIndex...]))
    let isShort = word.first == "#" || (word.dropFirst().allSatisfy(\.isNumber))
    isCertain = !isShort || !rest.contains { $0.isLetter || $0.isNumber }
  }

  /// Whether a text is such a word and nothing else: `Rep 1`, `(Run 2)`.
  static func isAll(of text: String) -> Bool {
    ReplicateWord(text).map { !$0.rest.contains { $0.isLetter || $0.isNumber } } ?? false
  }

  /// Whether a text may hold such a word, soon told.
  private static func mayHave(_ text: String) -> Bool {
    let folded = text.lowercased()
    return folded.contains("rep") || folded.contains("run") || folded.contains("répl") || folded.contains("wiederh")
      || folded.contains("=")
      || folded.contains("#")
      || zip(folded.utf8, folded.utf8.dropFirst()).contains {
        $0 == UInt8(ascii: "r") && (0x30...0x39).contains($1)
      }
  }

  /// What is left of a text, without the marks that stood around the word.
  private static func tidied(_ before: String, _ after: String) -> String {
    let marks = " _-–:;,.()[]/\t"
    let one = before.reversed().drop { marks.contains($0) }.reversed()
    let two = after.drop { marks.contains($0) }
    let joined = String(one) + (one.isEmpty || two.isEmpty ? "" : " ") + String(two)
    return String(joined.drop { marks.dropLast(5).contains($0) }.reversed().drop { " _-–:;,.".contains($0) }.reversed())
  }
}
