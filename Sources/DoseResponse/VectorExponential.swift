import CLanes

/// Eight doubles at a time: one curve in each.
@usableFromInline package typealias Lanes = SIMD8<Double>
/// A yes or no for each lane.
@usableFromInline package typealias LaneMask = SIMDMask<SIMD8<Int64>>

/// One bit for each lane, lane 0 the lowest.
@inlinable @inline(__always)
package func bits(_ mask: LaneMask) -> UInt8 { isobole_bits(unsafeBitCast(mask, to: SIMD8<Int64>.self)) }

/// a b + c in each lane: in one rounding where the build's processor has a fused multiply-add, in two elsewhere.
@inlinable @inline(__always)
package func multiplyAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes { isobole_multiply_add(a, b, c) }

/// a b + c with one b for all lanes.
@inlinable @inline(__always)
package func multiplyAdd(_ a: Lanes, _ b: Double, _ c: Lanes) -> Lanes {
  isobole_multiply_add(a, Lanes(repeating: b), c)
}

/// a b + c with one b and one c for all lanes.
@inlinable @inline(__always)
package func multiplyAdd(_ a: Lanes, _ b: Double, _ c: Double) -> Lanes {
  isobole_multiply_add(a, Lanes(repeating: b), Lanes(repeating: c))
}

/// eˣ in each lane, for |x| ≤ 708; within 1 unit in the last place of the true value.
///
/// x = n ln 2 + r with |r| ≤ ½ ln 2 (Cody & Waite 1980, Software Manual for the Elementary Functions, ch. 6), eʳ by its
/// Taylor polynomial of degree 13 (remainder < 2⁻⁵⁶), 2ⁿ by adding n to the exponent field.
@inlinable @inline(__always)
package func exponential(_ x: Lanes) -> Lanes {
  let shifter = Lanes(repeating: 0x1.8p52)
  let shifted = multiplyAdd(x, 1.4426950408889634, shifter)
  let n = shifted - shifter
  let r = multiplyAdd(n, -0x1.a39ef35793c76p-33, multiplyAdd(n, -0x1.62e42fee00000p-1, x))
  // Estrin's order, so that most of the multiplications do not wait for each other.
  let r2 = r * r
  let r4 = r2 * r2
  let low = multiplyAdd(multiplyAdd(r, 1.0 / 120, 1.0 / 24), r2, multiplyAdd(r, 1.0 / 6, 0.5))
  let middle = multiplyAdd(
    multiplyAdd(r, 1.0 / 362_880, 1.0 / 40_320), r2, multiplyAdd(r, 1.0 / 5_040, 1.0 / 720))
  let high = multiplyAdd(
    multiplyAdd(r, 1.0 / 6_227_020_800, 1.0 / 479_001_600), r2, multiplyAdd(r, 1.0 / 39_916_800, 1.0 / 3_628_800))
  let p = multiplyAdd(multiplyAdd(multiplyAdd(high, r4, middle), r4, low), r2, r) + 1
  let exponent = unsafeBitCast(shifted, to: SIMD8<Int64>.self) &<< 52
  return unsafeBitCast(unsafeBitCast(p, to: SIMD8<Int64>.self) &+ exponent, to: Lanes.self)
}

/// The larger of each pair; the standard library's `pointwiseMax` is a loop over the lanes.
@inlinable @inline(__always)
package func larger(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: a .< b) }

/// The smaller of each pair.
@inlinable @inline(__always)
package func smaller(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .< a) }

/// |x| in each lane.
@inlinable @inline(__always)
package func absolute(_ x: Lanes) -> Lanes { larger(x, Lanes() - x) }

extension Lanes {
  /// Each lane kept between its bounds.
  @inlinable @inline(__always)
  package func kept(_ low: Lanes, _ high: Lanes) -> Lanes { smaller(larger(self, low), high) }

  /// `other` in the lanes of the mask. Stands before the standard library's, which becomes a branch for each lane where
  /// the compiler does not see through it.
  @inlinable @inline(__always)
  package func replacing(with other: Lanes, where mask: LaneMask) -> Lanes {
    isobole_select(unsafeBitCast(mask, to: SIMD8<Int64>.self), other, self)
  }

  /// Puts `other` into the lanes of the mask.
  @inlinable @inline(__always)
  package mutating func replace(with other: Lanes, where mask: LaneMask) { self = replacing(with: other, where: mask) }
}
