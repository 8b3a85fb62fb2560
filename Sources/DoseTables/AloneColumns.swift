/// The columns of a table that states on each row what the drugs do together and what each does alone at its dose:
/// `ANCHOR_VIABILITY, LIBRARY_VIABILITY, COMBO_VIABILITY`.
struct AloneColumns: Hashable {
  /// The response of the drugs together.
  var together: Int
  /// That of the first and the second drug alone.
  var alone: [Int]
  var word: ColumnRole.ResponseWord

  private static let drugs: [String: Int] = [
    "anchor": 0, "drug1": 0, "druga": 0, "compound1": 0, "compounda": 0, "agent1": 0, "library": 1, "drug2": 1,
    "drugb": 1,
    "compound2": 1, "compoundb": 1, "agent2": 1,
  ]
  private static let both: Set<String> = ["combo", "combination", "comb", "both", "combined"]

  /// Finds them; `nil` unless all three are there, once, and of one kind of response.
  init?(_ names: [String]) {
    var together: [(column: Int, word: ColumnRole.ResponseWord)] = []
    var alone: [[(column: Int, word: ColumnRole.ResponseWord)]] = [[], []]
    for (column, name) in names.enumerated() where ColumnRole(columnName: name) == nil {
      let words = name.split(whereSeparator: { "_ .-".contains($0) }).map(String.init)
      guard words.count > 1, case .response(let word)? = ColumnRole(columnName: words.dropFirst().joined()) else {
        continue
      }
      let first = ColumnRole.fold(words[0])
      if Self.both.contains(first) { together.append((column, word)) }
      if let drug = Self.drugs[first] { alone[drug].append((column, word)) }
    }
    guard together.count == 1, alone.allSatisfy({ $0.count == 1 && $0[0].word == together[0].word }) else { return nil }
    (self.together, word) = (together[0].column, together[0].word)
    self.alone = alone.map { $0[0].column }
  }
}
