import Foundation
import ReferenceData
import Testing

@testable import DoseResponse

/// The functions of eight numbers at a time against the C library's.
@Suite("Vector functions")
struct VectorFunctionTests {
  /// Units in the last place of the true value between it and what was found, the true value being the C library's,
  /// itself half a unit off.
  private static let accuracy = 1.5

  private func lanes(_ make: (Int) -> Double) -> Lanes {
    var result = Lanes()
    for lane in 0..<8 { result[lane] = make(lane) }
    return result
  }

  @Test("exponential is that of the C library to the last place", arguments: [1e-10, 1, 30, 708])
  func exponentials(range: Double) {
    var random = SplitMix64(seed: 1)
    for _ in 0..<5_000 {
      let x = lanes { _ in .random(in: -range...range, using: &random) }
      let found = exponential(x)
      for lane in 0..<8 { #expect(abs(found[lane] - exp(x[lane])) <= Self.accuracy * exp(x[lane]).ulp, "\(x[lane])") }
    }
  }

  @Test("logarithm is that of the C library to the last place", arguments: [1e-10, 0.3, 1, 30, 708])
  func logarithms(range: Double) {
    var random = SplitMix64(seed: 2)
    for _ in 0..<5_000 {
      let x = lanes { _ in exp(.random(in: -range...range, using: &random)) }
      let found = logarithm(x)
      for lane in 0..<8 { #expect(abs(found[lane] - log(x[lane])) <= Self.accuracy * log(x[lane]).ulp, "\(x[lane])") }
    }
    #expect(logarithm(Lanes(repeating: 1)) == Lanes())
    #expect(logarithm(Lanes(repeating: .leastNormalMagnitude))[0] == log(Double.leastNormalMagnitude))
  }

  @Test("larger, smaller, absolute and kept take each lane by itself")
  func ordering() {
    let one = lanes { Double($0) - 3.5 }
    let two = lanes { 3.5 - Double($0) }
    for lane in 0..<8 {
      #expect(larger(one, two)[lane] == max(one[lane], two[lane]))
      #expect(smaller(one, two)[lane] == min(one[lane], two[lane]))
      #expect(absolute(one)[lane] == abs(one[lane]))
      #expect(one.kept(Lanes(repeating: -1), Lanes(repeating: 2))[lane] == min(max(one[lane], -1), 2))
      #expect(multiplyAdd(one, two, Lanes(repeating: 0.25))[lane] == one[lane] * two[lane] + 0.25)
    }
  }
}
