/// Eight doubles at a time: one curve in each.
package typealias Lanes = SIMD8<Double>

/// eˣ in each lane, for |x| ≤ 708; within 1 unit in the last place of the true value on the range used here.
///
/// x = n ln 2 + r with |r| ≤ ½ ln 2 (Cody & Waite 1980, Software Manual for the Elementary Functions, ch. 6), eʳ by its
/// Taylor polynomial of degree 13 (remainder < 2⁻⁵⁶), 2ⁿ by adding n to the exponent field.
@inline(__always)
package func exponential(_ x: Lanes) -> Lanes {
  let shifter = Lanes(repeating: 0x1.8p52)
  let shifted = x * 1.4426950408889634 + shifter
  let n = shifted - shifter
  let r = (x - n * 0x1.62e42fee00000p-1) - n * 0x1.a39ef35793c76p-33
  var p = Lanes(repeating: 1.0 / 6_227_020_800)
  p = p * r + 1.0 / 479_001_600
  p = p * r + 1.0 / 39_916_800
  p = p * r + 1.0 / 3_628_800
  p = p * r + 1.0 / 362_880
  p = p * r + 1.0 / 40_320
  p = p * r + 1.0 / 5_040
  p = p * r + 1.0 / 720
  p = p * r + 1.0 / 120
  p = p * r + 1.0 / 24
  p = p * r + 1.0 / 6
  p = p * r + 0.5
  p = p * r + 1
  p = p * r + 1
  let exponent = unsafeBitCast(shifted, to: SIMD8<Int64>.self) &<< 52
  return unsafeBitCast(unsafeBitCast(p, to: SIMD8<Int64>.self) &+ exponent, to: Lanes.self)
}

/// The larger of each pair; the standard library's `pointwiseMax` is a loop over the lanes.
@inline(__always)
package func larger(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: a .< b) }

/// The smaller of each pair.
@inline(__always)
package func smaller(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .< a) }

extension Lanes {
  /// Each lane kept between its bounds.
  @inline(__always)
  package func kept(_ low: Lanes, _ high: Lanes) -> Lanes { smaller(larger(self, low), high) }
}
