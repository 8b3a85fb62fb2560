import CLanes

/// Sixteen doubles at a time, two vectors or more: while one waits for its result the processor works on the other.
typealias WideLanes = SIMD16<Double>
/// A yes or no for each lane.
typealias WideMask = SIMDMask<SIMD16<Int64>>

/// One bit for each lane, lane 0 the lowest.
@inline(__always)
func bits(_ mask: WideMask) -> UInt16 { isobole_wide_bits(unsafeBitCast(mask, to: SIMD16<Int64>.self)) }

/// a b + c in each lane, as for `Lanes`.
@inline(__always)
func multiplyAdd(_ a: WideLanes, _ b: WideLanes, _ c: WideLanes) -> WideLanes { isobole_wide_multiply_add(a, b, c) }

/// eˣ in each lane, as for `Lanes`.
@inline(__always)
func exponential(_ x: WideLanes) -> WideLanes {
  WideLanes(lowHalf: exponential(x.lowHalf), highHalf: exponential(x.highHalf))
}

/// The larger of each pair.
@inline(__always)
func larger(_ a: WideLanes, _ b: WideLanes) -> WideLanes { a.replacing(with: b, where: a .< b) }

/// The smaller of each pair.
@inline(__always)
func smaller(_ a: WideLanes, _ b: WideLanes) -> WideLanes { a.replacing(with: b, where: b .< a) }

/// |x| in each lane.
@inline(__always)
func absolute(_ x: WideLanes) -> WideLanes { larger(x, WideLanes() - x) }

extension WideLanes {
  /// Each lane kept between its bounds.
  @inline(__always)
  func kept(_ low: WideLanes, _ high: WideLanes) -> WideLanes { smaller(larger(self, low), high) }

  /// `other` in the lanes of the mask; stands before the standard library's, as for `Lanes`.
  @inline(__always)
  func replacing(with other: WideLanes, where mask: WideMask) -> WideLanes {
    isobole_wide_select(unsafeBitCast(mask, to: SIMD16<Int64>.self), other, self)
  }

  /// Puts `other` into the lanes of the mask.
  @inline(__always)
  mutating func replace(with other: WideLanes, where mask: WideMask) { self = replacing(with: other, where: mask) }
}
