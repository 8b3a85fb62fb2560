import Assay

/// Names of a screen's samples that may be one: `MM.1S`, `MM1S`, `mm1.s`.
struct SampleNaming: Sendable {
  /// The blocks of each name, and the file of the first.
  private var met: [String: (blocks: Int, file: String)] = [:]

  /// Beyond so many names only case and marks are compared.
  private static let mostCompared = 1_000
  /// Shorter names with another letter are seldom one: MM1S and MM1R are two.
  private static let fewestLetters = 6

  /// Takes note of a block's sample.
  mutating func meet(_ sample: String?, file: String) {
    guard let sample else { return }
    met[sample, default: (0, file)].blocks += 1
  }

  /// A name, and the one that it may stand for.
  struct Pair: Hashable {
    var name: String
    var suggestion: String
    var reason: String
  }

  /// The pairs, at most one for each name, in the order of names.
  static func pairs(_ names: [String: Int]) -> [Pair] {
    let sorted = names.keys.sorted()
    let folded = sorted.map { Array($0.lowercased().filter { $0.isLetter || $0.isNumber }) }
    // Of two names the rarer looks wrong, or else the later.
    func isBetter(_ one: Int, than other: Int) -> Bool {
      let (first, second) = (names[sorted[one], default: 0], names[sorted[other], default: 0])
      return first == second ? one < other : first > second
    }
    var best: [[Character]: Int] = [:]
    for place in sorted.indices where !folded[place].isEmpty {
      if let known = best[folded[place]], !isBetter(place, than: known) { continue }
      best[folded[place]] = place
    }
    return sorted.indices.compactMap { place in
      if let known = best[folded[place]], known != place {
        return Pair(
          name: sorted[place], suggestion: sorted[known], reason: "the names differ in case, spaces or marks alone")
      }
      guard sorted.count <= mostCompared, folded[place].count >= fewestLetters else { return nil }
      let other = sorted.indices.first { other in
        other != place && isBetter(other, than: place) && differInOne(folded[place], folded[other])
      }
      return other.map { Pair(name: sorted[place], suggestion: sorted[$0], reason: "one letter differs") }
    }
  }

  /// Whether a letter within names was changed, added or left out, or two were exchanged. Digits, and what stands at the end,
  /// tell cell lines and patients apart.
  private static func differInOne(_ one: [Character], _ other: [Character]) -> Bool {
    guard one.first == other.first, one.last == other.last, one.filter(\.isNumber) == other.filter(\.isNumber),
      abs(one.count - other.count) <= 1, min(one.count, other.count) >= fewestLetters
    else { return false }
    let same = zip(one, other).prefix { $0 == $1 }.count
    let end = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
    let (left, right) = (one.count - same - end, other.count - same - end)
    if max(left, right) <= 1 { return true }
    return left == 2 && right == 2 && one[same] == other[same + 1] && one[same + 1] == other[same]
  }

  /// What is to be said of them.
  func problems() -> [InputProblem] {
    Self.pairs(met.mapValues(\.blocks)).map { pair in
      let count = met[pair.name]?.blocks ?? 0
      return InputProblem(
        file: met[pair.name]?.file ?? "", severity: .warning,
        message:
          "the sample “\(pair.name)” (\(count == 1 ? "1 block" : "\(count) blocks")) may be \(pair.suggestion): \(pair.reason). If it is, join them "
          + "with --rename-sample '\(pair.name)=\(pair.suggestion)'")
    }
  }
}
