import ReferenceData
import Testing

@testable import Synergy

@Suite("Quantiles without sorting")
struct SelectionTests {
  @Test("are those of sorted numbers", arguments: [2, 3, 5, 40, 999, 1000])
  func quantiles(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    for ties in [false, true] {
      let numbers = (0..<count).map { _ in ties ? (random.uniform() * 4).rounded() : random.uniform() }
      let sorted = numbers.sorted()
      var own = numbers
      own.withUnsafeMutableBufferPointer { buffer in
        let selection = Selection(buffer)
        for share in [0.5, 0.025, 0.31, 0.975, 1, 0] {
          let place = min(max(share * Double(count + 1) - 1, 0), Double(count - 1))
          let low = Int(place)
          let high = min(low + 1, count - 1)
          let expected = sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
          #expect(selection.quantile(share, within: 0..<count) == expected)
        }
      }
    }
  }
}
