import CLanes

/// ln x in each lane, for normal x > 0; within 1 unit in the last place of the true value. What it gives for other x
/// means nothing.
///
/// x = 2ᵏ m with m in [√½, √2), ln x = k ln 2 + ln m (Cody & Waite 1980, Software Manual for the Elementary Functions,
/// ch. 5). With f = m − 1, which is exact, and s = f/(2 + f), ln m = 2 artanh s = 2s + 2s P, P = s²/3 + s⁴/5 + …, up to
/// s²⁰/21 (remainder < 2⁻⁶⁰). As 2s = f − s f, ln m = f − s (f − 2P): only the small second part is rounded.
@inlinable @inline(__always)
package func logarithm(_ x: Lanes) -> Lanes {
  let bits = unsafeBitCast(x, to: SIMD8<Int64>.self)
  // The bits of √½, so that the exponent field counts from there.
  let fromRoot = bits &- 0x3fe6_a09e_667f_3bcd
  let exponent = fromRoot &>> 52
  let f = unsafeBitCast(bits &- (exponent &<< 52), to: Lanes.self) - 1
  // k as a double without a conversion, which not every vector unit has: k in the low bits of 1.5 · 2⁵².
  let shifter = Lanes(repeating: 0x1.8p52)
  let k = unsafeBitCast(unsafeBitCast(shifter, to: SIMD8<Int64>.self) &+ exponent, to: Lanes.self) - shifter
  let s = f / (f + 2)
  let z = s * s
  var p = multiplyAdd(z, 2.0 / 21, 2.0 / 19)
  p = multiplyAdd(p, z, Lanes(repeating: 2.0 / 17))
  p = multiplyAdd(p, z, Lanes(repeating: 2.0 / 15))
  p = multiplyAdd(p, z, Lanes(repeating: 2.0 / 13))
  p = multiplyAdd(p, z, Lanes(repeating: 2.0 / 11))
  p = multiplyAdd(p, z, Lanes(repeating: 2.0 / 9))
  p = multiplyAdd(p, z, Lanes(repeating: 2.0 / 7))
  p = multiplyAdd(p, z, Lanes(repeating: 2.0 / 5))
  p = multiplyAdd(p, z, Lanes(repeating: 2.0 / 3))
  p *= z
  let small = multiplyAdd(k, 0x1.a39ef35793c76p-33, f - s * (f - p))
  return multiplyAdd(k, 0x1.62e42fee00000p-1, small)
}
