/// An order that looks random and is the same for the same seed on any machine, today and later: Fisher and Yates by
/// the numbers of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA, 453–472). The standard library promises neither for its
/// own shuffle.
struct SeededShuffle {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// The elements in another order.
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      // The high half of a product: unbiased to one part in 2⁶⁴ / n.
      result.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
    return result
  }
}
