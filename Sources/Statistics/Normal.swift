import Foundation

/// The standard normal distribution.
public enum Normal {
  /// Φ(z) = P(Z ≤ z): DLMF 7.2.2.
  public static func lower(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// 1 − Φ(z) = P(Z > z), exact far out too.
  public static func upper(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// The density at z.
  public static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

  /// Φ⁻¹(p) for 0 < p < 1, about 1 part in 10¹⁶; infinite at 0 and 1, NaN outside.
  ///
  /// Wichura (1988) Algorithm AS 241 (PPND16), Appl. Stat. 37, 477–484.
  public static func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let q = p - 0.5
    if abs(q) <= 0.425 { return q * ratio(0.180625 - q * q, centre) }
    let r = (-log(q < 0 ? p : 1 - p)).squareRoot()
    let z = r <= 5 ? ratio(r - 1.6, middle) : ratio(r - 5, tail)
    return q < 0 ? -z : z
  }

  /// A quotient of two polynomials of degree 7.
  @inline(__always)
  private static func ratio(_ x: Double, _ terms: (above: SIMD8<Double>, below: SIMD8<Double>)) -> Double {
    var (above, below) = (terms.above[0], terms.below[0])
    for place in 1..<8 {
      above = above * x + terms.above[place]
      below = below * x + terms.below[place]
    }
    return above / below
  }

  private static let centre = (
    above: SIMD8<Double>(
      2.509_080_928_730_122_6727e3, 3.343_057_558_358_812_8105e4, 6.726_577_092_700_870_0853e4,
      4.592_195_393_154_987_1457e4, 1.373_169_376_550_946_1125e4, 1.971_590_950_306_551_4427e3,
      1.331_416_678_917_843_7745e2, 3.387_132_872_796_366_6080e0),
    below: SIMD8<Double>(
      5.226_495_278_852_854_561e3, 2.872_908_573_572_194_2674e4, 3.930_789_580_009_271_0610e4,
      2.121_379_430_158_659_5867e4, 5.394_196_021_424_751_1077e3, 6.871_870_074_920_579_0830e2,
      4.231_333_070_160_091_1252e1, 1)
  )
  private static let middle = (
    above: SIMD8<Double>(
      7.745_450_142_783_414_07640e-4, 2.272_384_498_926_918_45833e-2, 2.417_807_251_774_506_11770e-1,
      1.270_458_252_452_368_38258e0, 3.647_848_324_763_204_60504e0, 5.769_497_221_460_691_40550e0,
      4.630_337_846_156_545_29590e0, 1.423_437_110_749_683_57734e0),
    below: SIMD8<Double>(
      1.050_750_071_644_416_84324e-9, 5.475_938_084_995_344_94600e-4, 1.519_866_656_361_645_71966e-2,
      1.481_039_764_274_800_74590e-1, 6.897_673_349_851_000_04550e-1, 1.676_384_830_183_803_84940e0,
      2.053_191_626_637_758_82187e0, 1)
  )
  private static let tail = (
    above: SIMD8<Double>(
      2.010_334_399_292_288_13265e-7, 2.711_555_568_743_487_57815e-5, 1.242_660_947_388_078_43860e-3,
      2.653_218_952_657_612_30930e-2, 2.965_605_718_285_048_91230e-1, 1.784_826_539_917_291_33580e0,
      5.463_784_911_164_114_36990e0, 6.657_904_643_501_103_77720e0),
    below: SIMD8<Double>(
      2.044_263_103_389_939_78564e-15, 1.421_511_758_316_445_88870e-7, 1.846_318_317_510_054_68180e-5,
      7.868_691_311_456_132_59100e-4, 1.487_536_129_085_061_48525e-2, 1.369_298_809_227_358_05310e-1,
      5.998_322_065_558_879_37690e-1, 1)
  )
}
