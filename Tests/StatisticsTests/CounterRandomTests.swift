import Statistics
import Testing

@Suite("Counter-based random numbers")
struct CounterRandomTests {
  /// The known answers for Threefry-2x64-20 that come with Random123 (Salmon et al. 2011): key, counter, result.
  @Test("Threefry gives its authors' numbers")
  func knownAnswers() {
    let zero = CounterRandom(seed: 0, block: 0).word(stream: 0, index: 0)
    #expect(zero.0 == 0xC2B6_E3A8_C2C6_9865 && zero.1 == 0x6F81_ED42_F350_084D)
    let ones = CounterRandom(seed: .max, block: .max).word(stream: .max, index: .max)
    #expect(ones.0 == 0xE02C_B7C4_D95D_277A && ones.1 == 0xD066_33D0_893B_8B68)
    let pi = CounterRandom(seed: 0xA409_3822_299F_31D0, block: 0x082E_FA98_EC4E_6C89)
      .word(stream: 0x243F_6A88_85A3_08D3, index: 0x1319_8A2E_0370_7344)
    #expect(pi.0 == 0x263C_7D30_BB0F_0AF1 && pi.1 == 0x56BE_8361_D331_1526)
  }

  private func normals(_ count: Int, stream: UInt64 = 3, seed: UInt64 = 7) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress {
        CounterRandom(seed: seed, block: 11).fillNormals(base, count: count, stream: stream)
      }
    }
    return values
  }

  @Test("normal deviates have the moments and tails of a normal distribution")
  func moments() {
    let values = normals(1 << 18)
    let number = Double(values.count)
    let mean = values.reduce(0, +) / number
    let variance = values.reduce(0) { $0 + $1 * $1 } / number
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / number
    #expect(abs(mean) < 4 / number.squareRoot())
    #expect(abs(variance - 1) < 4 * (2 / number).squareRoot())
    #expect(abs(fourth - 3) < 4 * (96 / number).squareRoot())
    for (limit, share) in [(1.0, 0.317311), (1.959964, 0.05), (3.290527, 0.001)] {
      let seen = Double(values.count { abs($0) > limit }) / number
      #expect(abs(seen - share) < 4 * (share / number).squareRoot())
    }
  }

  @Test("a value depends on its place and not on how many are drawn; streams and seeds differ")
  func places() {
    #expect(normals(64)[..<32] == normals(32)[...])
    #expect(normals(32) != normals(32, stream: 4))
    #expect(normals(32) != normals(32, seed: 8))
    let one = normals(1 << 14)
    let other = normals(1 << 14, stream: 4)
    let correlation = zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } / Double(one.count)
    #expect(abs(correlation) < 4 / Double(one.count).squareRoot())
  }
}
