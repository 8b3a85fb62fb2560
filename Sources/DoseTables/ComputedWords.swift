/// Words by which a title says that what stands below it was computed of responses: a reference or a score, and no response.
enum ComputedWords {
  private static let scores: Set<String> = ["bliss", "loewe", "hsa", "zip"]
  private static let kinds: Set<String> = [
    "expected", "predicted", "excess", "delta", "reference", "score", "scores", "synergy", "additivity", "ci",
  ]

  /// Words that may name a response where nothing was read before: cells are counted.
  private static let others: Set<Set<String>> = [
    ["count"], ["counts"], ["rank"], ["ranks"], ["range"], ["weight"], ["weights"], ["plate", "map"], ["platemap"],
    ["layout"], ["wells"],
  ]

  /// Whether a title has such a word: enough where responses were read before it.
  static func are(_ title: String) -> Bool {
    let words = words(title)
    return !words.isDisjoint(with: scores) || !words.isDisjoint(with: ["expected", "predicted", "excess"])
      || areSurely(title) || others.contains(words)
  }

  /// Whether a title says nothing else: `Bliss excess`, `expected`, `combination index`.
  static func areSurely(_ title: String) -> Bool {
    let words = words(title)
    if words == ["combination", "index"] { return true }
    return !words.isEmpty && words.isSubset(of: scores.union(kinds)) && words != ["reference"]
  }

  private static func words(_ title: String) -> Set<String> {
    Set(title.lowercased().split { !$0.isLetter }.map(String.init))
  }
}
