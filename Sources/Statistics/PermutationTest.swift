/// The p value of an association by permutation: how often labels handed out by chance explain as much of the scores.
///
/// What is compared is the explained sum of squares of the linear model, which F, R² and |t| follow. All arrangements
/// are gone through where they are no more than the permutations asked for: then p = b / m, and the arrangement that was
/// seen is one of them. Else m are drawn and p = (b + 1) / (m + 1) (Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol.
/// 9, 39): never 0.
package struct PermutationTest {
  /// Each sample's label, 0 ….
  package let labels: [Int]
  /// The number that each label stands for; `nil` when labels are levels.
  package let numbers: [Double]?

  /// A test of these labels.
  package init(labels: [Int], numbers: [Double]?) {
    self.labels = labels
    self.numbers = numbers
  }

  /// What came of it.
  package struct Outcome: Sendable, Hashable {
    package var p: Double
    /// Arrangements that were compared.
    package var arrangements: Int
    /// Whether these are all there are.
    package var isExact: Bool

    /// Makes an outcome.
    package init(p: Double, arrangements: Int, isExact: Bool) {
      self.p = p
      self.arrangements = arrangements
      self.isExact = isExact
    }
  }

  /// A sum of squares that comes out of the same numbers in another order counts as the same.
  private static let tolerance = 1e-9

  /// Tests scores, one for each label.
  ///
  /// - Parameters:
  ///   - most: Permutations asked for.
  ///   - random: Random permutations of as many samples, `most` of them; asked for only where they are needed.
  package func p(of scores: [Double], most: Int, random: () -> Arrangements.Random) -> Outcome {
    let mean = scores.reduce(0, +) / Double(scores.count)
    let centred = scores.map { $0 - mean }
    let measure = Measure(labels: labels, numbers: numbers)
    var sums = [Double](repeating: 0, count: measure.shares.count)
    let least = measure.explained(centred, &sums) { labels[$0] } * (1 - Self.tolerance)
    var reached = 0
    if let all = Arrangements.count(of: labels, most: most) {
      var arrangement = labels.sorted()
      repeat {
        if measure.explained(centred, &sums, label: { arrangement[$0] }) >= least { reached += 1 }
      } while Arrangements.advance(&arrangement)
      return Outcome(p: Double(reached) / Double(all), arrangements: all, isExact: true)
    }
    let drawn = random()
    drawn.places.withUnsafeBufferPointer { places in
      for number in 0..<most {
        let start = number * drawn.size
        if measure.explained(centred, &sums, label: { labels[Int(places[start + $0])] }) >= least { reached += 1 }
      }
    }
    return Outcome(p: Double(reached + 1) / Double(most + 1), arrangements: most, isExact: false)
  }

  /// The explained sum of squares of centred scores, up to a factor that no permutation changes.
  private struct Measure {
    /// 1/n of each level; 1 for a covariate's values.
    let shares: [Double]
    /// The covariate's values, centred; `nil` for levels.
    let numbers: [Double]?

    init(labels: [Int], numbers: [Double]?) {
      var counts = [Double](repeating: 0, count: (labels.max() ?? -1) + 1)
      for label in labels { counts[label] += 1 }
      shares = counts.map { $0 > 0 ? 1 / $0 : 0 }
      self.numbers = numbers.map { numbers in
        let mean = labels.reduce(0) { $0 + numbers[$1] } / Double(labels.count)
        return numbers.map { $0 - mean }
      }
    }

    @inline(__always)
    func explained(_ scores: [Double], _ sums: inout [Double], label: (Int) -> Int) -> Double {
      if let numbers {
        var product = 0.0
        for place in scores.indices { product += scores[place] * numbers[label(place)] }
        return product * product
      }
      for level in sums.indices { sums[level] = 0 }
      for place in scores.indices { sums[label(place)] += scores[place] }
      var explained = 0.0
      for level in sums.indices { explained += sums[level] * sums[level] * shares[level] }
      return explained
    }
  }
}
