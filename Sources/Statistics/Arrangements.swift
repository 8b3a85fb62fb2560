/// The ways of handing a row of labels out to samples: all of them where there are few, else random ones.
///
/// A permutation test asks how often chance alone associates as strongly as what was seen. Random permutations are a
/// function of seed, number of samples and their own number, so that neither threads nor the order of tests change them;
/// tests on as many samples share them.
package struct Arrangements: Sendable {
  /// Random permutations of 0 ..< n, one after the other.
  package struct Random: Sendable {
    package let size: Int
    package let places: [Int32]

    /// Fisher–Yates, the words of a counter-based generator as its random numbers.
    package init(size: Int, count: Int, seed: UInt64) {
      self.size = size
      let random = CounterRandom(seed: seed, block: UInt64(size))
      var places = [Int32](repeating: 0, count: size * count)
      for number in 0..<count {
        let start = number * size
        for place in 0..<size { places[start + place] = Int32(place) }
        for place in stride(from: size - 1, to: 0, by: -1) {
          let word = random.word(stream: UInt64(number), index: UInt64(place)).0
          let other = Int(word.multipliedFullWidth(by: UInt64(place + 1)).high)
          places.swapAt(start + place, start + other)
        }
      }
      self.places = places
    }
  }

  /// How many different arrangements labels have, n! / Π nₗ!; `nil` when more than `most`.
  package static func count(of labels: [Int], most: Int) -> Int? {
    var counts: [Int: Int] = [:]
    var total = 1
    // Multiplied up label by label: after each the product is a whole multinomial coefficient.
    for (place, label) in labels.enumerated() {
      counts[label, default: 0] += 1
      let (product, overflow) = total.multipliedReportingOverflow(by: place + 1)
      guard !overflow else { return nil }
      total = product / counts[label, default: 1]
    }
    return total <= most ? total : nil
  }

  /// Makes the next arrangement in lexicographic order; false after the last.
  package static func advance(_ labels: inout [Int]) -> Bool {
    guard let pivot = labels.indices.dropLast().last(where: { labels[$0] < labels[$0 + 1] }),
      let successor = labels.indices.last(where: { labels[$0] > labels[pivot] })
    else { return false }
    labels.swapAt(pivot, successor)
    labels[(pivot + 1)...].reverse()
    return true
  }
}
