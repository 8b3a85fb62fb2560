import Foundation

/// A drug's name in the corner of a matrix, and which way the corner says that it goes: `bortezomib →`, `selinexor (rows)`.
struct AxisWords {
  /// A way along a matrix.
  enum Way {
    case down
    case across
  }

  /// The drug's name.
  var name: String
  /// The way; `nil` where nothing is said.
  var way: Way?

  private static let across: Set<String> = [
    "→", "⟶", "->", "⇒", "across", "columns", "column", "cols", "horizontal", "horizontally", "spalten", "colonnes",
  ]
  private static let down: Set<String> = [
    "↓", "⇓", "down", "rows", "row", "vertical", "vertically", "zeilen", "lignes",
  ]

  /// Takes the words of the way off a text.
  init(_ text: String) {
    var words: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      let bare = word.trimmingCharacters(in: CharacterSet(charactersIn: "()[],;:")).lowercased()
      if Self.across.contains(bare) {
        way = .across
      } else if Self.down.contains(bare) {
        way = .down
      } else if let arrow = word.first(where: { "→⟶⇒↓⇓".contains($0) }) {
        way = "↓⇓".contains(arrow) ? .down : .across
        words.append(word.filter { $0 != arrow })
      } else {
        words.append(word)
      }
    }
    // A corner that says nothing but the way names no drug.
    name = words.joined(separator: " ")
  }
}
