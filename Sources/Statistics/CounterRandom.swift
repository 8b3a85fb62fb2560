/// Random numbers that are a function of where they are used, not of what was drawn before: any order of blocks, cells
/// and threads gives the same bits.
///
/// Threefry-2x64 with 20 rounds (Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3, SC'11):
/// the key is (seed, block), the counter (stream, index). Eight counters a SIMD vector.
public struct CounterRandom: Sendable {
  private let key: (UInt64, UInt64, UInt64)

  /// - Parameters:
  ///   - seed: The user's.
  ///   - block: What tells this block from others: a digest of its content.
  public init(seed: UInt64, block: UInt64) {
    key = (seed, block, 0x1BD1_1BDA_A9FC_1A22 ^ seed ^ block)
  }

  private typealias Words = SIMD8<UInt64>
  private typealias Lanes = SIMD8<Double>
  private static let offsets = Words(0, 1, 2, 3, 4, 5, 6, 7)

  /// Two words for each of eight counters (stream, index), (stream, index + 1), ….
  @inline(__always)
  private func words(stream: UInt64, index: UInt64) -> (Words, Words) {
    var x0 = Words(repeating: stream) &+ key.0
    var x1 = (Words(repeating: index) &+ Self.offsets) &+ key.1
    @inline(__always) func mix(_ bits: UInt64) {
      x0 = x0 &+ x1
      x1 = (x1 &<< bits | x1 &>> (64 - bits)) ^ x0
    }
    @inline(__always) func early() {
      mix(16)
      mix(42)
      mix(12)
      mix(31)
    }
    @inline(__always) func late() {
      mix(16)
      mix(32)
      mix(24)
      mix(21)
    }
    @inline(__always) func inject(_ a: UInt64, _ b: UInt64, _ round: UInt64) {
      x0 = x0 &+ a
      x1 = x1 &+ (b &+ round)
    }
    early()
    inject(key.1, key.2, 1)
    late()
    inject(key.2, key.0, 2)
    early()
    inject(key.0, key.1, 3)
    late()
    inject(key.1, key.2, 4)
    early()
    inject(key.2, key.0, 5)
    return (x0, x1)
  }

  /// The two words of one counter.
  public func word(stream: UInt64, index: UInt64) -> (UInt64, UInt64) {
    let (x0, x1) = words(stream: stream, index: index)
    return (x0[0], x1[0])
  }

  /// Fills `target` with standard normal deviates; `count` is a multiple of eight.
  ///
  /// Box & Muller (1958) Ann. Math. Stat. 29, 610–611: √(−2 ln u₁) times the cosine and the sine of 2π u₂.
  package func fillNormals(_ target: UnsafeMutablePointer<Double>, count: Int, stream: UInt64) {
    var place = 0
    var index: UInt64 = 0
    while place < count {
      let (x0, x1) = words(stream: stream, index: index)
      let radius = (-2 * Self.logarithm(Lanes(repeating: 2) - Self.oneToTwo(x0))).squareRoot()
      let (sine, cosine) = Self.sineCosine(Self.oneToTwo(x1) - 1)
      UnsafeMutableRawPointer(target + place).storeBytes(of: radius * cosine, as: Lanes.self)
      if place + 8 < count {
        UnsafeMutableRawPointer(target + place + 8).storeBytes(of: radius * sine, as: Lanes.self)
      }
      place += 16
      index += 8
    }
  }

  /// The upper 52 bits as a number in [1, 2).
  @inline(__always)
  private static func oneToTwo(_ words: Words) -> Lanes {
    unsafeBitCast((words &>> 12) | Words(repeating: 0x3FF0_0000_0000_0000), to: Lanes.self)
  }

  /// ln x for 2⁻⁵² ≤ x ≤ 1: x = 2ᵉ m with m in [√½, √2), ln m = 2 artanh((m − 1)/(m + 1)) by its series.
  @inline(__always)
  private static func logarithm(_ x: Lanes) -> Lanes {
    let bits = unsafeBitCast(x, to: Words.self) &+ (0x3FF0_0000_0000_0000 - 0x3FE6_A09E_667F_3BCD)
    let exponent = (bits &>> 52)
    let mantissa = unsafeBitCast(
      (bits & Words(repeating: 0x000F_FFFF_FFFF_FFFF)) &+ 0x3FE6_A09E_667F_3BCD, to: Lanes.self)
    // The exponent as a Double without a conversion: 2⁵² + e, less 2⁵² and the bias.
    let e =
      unsafeBitCast(exponent | Words(repeating: 0x4330_0000_0000_0000), to: Lanes.self) - (4_503_599_627_370_496 + 1023)
    let s = (mantissa - 1) / (mantissa + 1)
    let z = s * s
    var p = Lanes(repeating: 1.0 / 17)
    p = p * z + 1.0 / 15
    p = p * z + 1.0 / 13
    p = p * z + 1.0 / 11
    p = p * z + 1.0 / 9
    p = p * z + 1.0 / 7
    p = p * z + 1.0 / 5
    p = p * z + 1.0 / 3
    p = p * z + 1
    return e * 0.693_147_180_559_945_3 + 2 * s * p
  }

  /// sin 2πu and cos 2πu for 0 ≤ u < 1: the angle from the nearest quarter turn by Taylor, then turned.
  @inline(__always)
  private static func sineCosine(_ u: Lanes) -> (Lanes, Lanes) {
    let shifter = Lanes(repeating: 0x1.8p52)
    let shifted = u * 4 + shifter
    let quarter = unsafeBitCast(shifted, to: Words.self) & Words(repeating: 3)
    let x = (u * 4 - (shifted - shifter)) * 1.570_796_326_794_896_6
    let z = x * x
    var s = Lanes(repeating: 1.0 / 6_227_020_800)
    s = s * z - 1.0 / 39_916_800
    s = s * z + 1.0 / 362_880
    s = s * z - 1.0 / 5_040
    s = s * z + 1.0 / 120
    s = s * z - 1.0 / 6
    s = (s * z + 1) * x
    var c = Lanes(repeating: 1.0 / 479_001_600)
    c = c * z - 1.0 / 3_628_800
    c = c * z + 1.0 / 40_320
    c = c * z - 1.0 / 720
    c = c * z + 1.0 / 24
    c = c * z - 0.5
    c = c * z + 1
    let odd = (quarter & Words(repeating: 1)) .== Words(repeating: 1)
    let sineNegative = quarter .>= Words(repeating: 2)
    let cosineNegative = (quarter .== Words(repeating: 1)) .| (quarter .== Words(repeating: 2))
    let sine = s.replacing(with: c, where: odd)
    let cosine = c.replacing(with: s, where: odd)
    return (
      sine.replacing(with: Lanes() - sine, where: sineNegative),
      cosine.replacing(with: Lanes() - cosine, where: cosineNegative)
    )
  }
}
