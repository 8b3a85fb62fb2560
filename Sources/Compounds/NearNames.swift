/// Names of drugs that may be one: a letter off, with and without a salt, or with a synonym in a parenthesis.
public enum NearNames {
  /// Two names that may be one.
  public struct Pair: Sendable, Hashable {
    /// The name that looks wrong.
    public var name: String
    /// The name that it may stand for.
    public var suggestion: String
    /// Why, in words: "one letter differs".
    public var reason: String
    /// Whether the names are alike but for a salt or a parenthesis.
    public var isVariant: Bool
  }

  /// Finds them.
  ///
  /// Digits must agree, since KPT-330 and KPT-335 are two compounds, and two names of the registry are never one.
  ///
  /// - Parameters:
  ///   - names: Each name of a screen, with the number of blocks that have it.
  ///   - registry: Whose names are right.
  /// - Returns: At most one pair for each name, in the order of names.
  public static func pairs(_ names: [String: Int], registry: CompoundRegistry) -> [Pair] {
    let spellings = names.keys.sorted().map { Spelling($0, isKnown: registry.compound(named: $0) != nil) }
    let known = registry.compounds.flatMap { [$0.name] + $0.synonyms.map(\.text) }.map { Spelling($0, isKnown: true) }
    // Beyond so many names only the registry's are compared.
    let isMany = spellings.count > 2_000
    return spellings.filter { !$0.isKnown }.compactMap { spelling in
      // Of two unknown names the rarer looks wrong, or else the later.
      let others =
        isMany
        ? []
        : spellings.filter { other in
          other.name != spelling.name
            && (other.isKnown
              || (names[other.name, default: 0], spelling.name) > (names[spelling.name, default: 0], other.name))
        }
      for other in known + others {
        if let reason = spelling.reason(other) {
          let preferred = registry.compound(named: other.name)?.name ?? other.name
          return Pair(
            name: spelling.name, suggestion: preferred, reason: reason, isVariant: spelling.plain == other.plain)
        }
      }
      return nil
    }
  }

  /// A name in the forms that are compared.
  private struct Spelling {
    var name: String
    var isKnown: Bool
    /// Without case, spaces and dashes.
    var letters: [Character]
    /// Without a salt and a parenthesis too.
    var plain: String
    var digits: String

    init(_ name: String, isKnown: Bool) {
      self.name = name
      self.isKnown = isKnown
      letters = Array(CompoundName(name).key)
      plain = CompoundName(Self.withoutSalt(name)).key
      digits = name.filter(\.isNumber)
    }

    private static let salts: Set<String> = [
      "hydrochloride", "hcl", "dihydrochloride", "2hcl", "mesylate", "mesilate", "sodium", "disodium", "potassium",
      "calcium", "acetate", "citrate", "maleate", "fumarate", "tosylate", "ditosylate", "sulfate", "sulphate",
      "phosphate", "hydrate", "monohydrate", "besylate", "tartrate", "succinate", "malate", "salt", "hydrobromide",
      "hemisulfate", "hemihydrate",
    ]

    private static func withoutSalt(_ name: String) -> String {
      var text = Substring(name)
      if text.last == ")", let open = text.lastIndex(of: "("), open > text.startIndex { text = text[..<open] }
      var words = text.split(separator: " ")
      while words.count > 1, let last = words.last, salts.contains(last.lowercased()) { words.removeLast() }
      return words.joined(separator: " ")
    }

    /// Why this name and another may be one; `nil` when nothing says so.
    func reason(_ other: Spelling) -> String? {
      if plain == other.plain, plain.count >= 4 || (letters == other.letters && letters.count > 2) {
        return "the names differ in a salt, a parenthesis, or spelling alone"
      }
      // Prednisone and prednisolone are two drugs.
      let endings = [letters, other.letters].map { String($0.suffix(5)) == "olone" }
      if endings[0] != endings[1], String(letters.suffix(3)) == "one", String(other.letters.suffix(3)) == "one" {
        return nil
      }
      guard digits == other.digits else { return nil }
      let shorter = min(letters.count, other.letters.count)
      let most = shorter >= 9 ? 2 : shorter >= 6 ? 1 : 0
      guard most > 0, abs(letters.count - other.letters.count) <= most else { return nil }
      switch Self.distance(letters, other.letters, most: most) {
      case 1?: return "one letter differs"
      // Lapatinib and Dasatinib are two drugs; a first letter is seldom wrong.
      case 2? where letters.first == other.letters.first: return "two letters differ"
      default: return nil
      }
    }

    /// Letters that were changed, added, left out, or exchanged with their neighbour (optimal string alignment); `nil` beyond
    /// `most`.
    private static func distance(_ one: [Character], _ two: [Character], most: Int) -> Int? {
      var before: [Int] = []
      var last = Array(0...two.count)
      for i in 1...one.count {
        var row = [i]
        row.reserveCapacity(two.count + 1)
        for j in 1...two.count {
          var least = min(row[j - 1], last[j]) + 1
          least = min(least, last[j - 1] + (one[i - 1] == two[j - 1] ? 0 : 1))
          if i > 1, j > 1, one[i - 1] == two[j - 2], one[i - 2] == two[j - 1] { least = min(least, before[j - 2] + 1) }
          row.append(least)
        }
        if row.min() ?? 0 > most { return nil }
        (before, last) = (last, row)
      }
      guard let distance = last.last, distance <= most else { return nil }
      return distance
    }
  }
}
