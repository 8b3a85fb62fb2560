import Foundation
import Statistics

/// One-sided p values of a drug's targets as one.
public enum CombinedP {
  /// Stouffer's: Σ Φ⁻¹(1 − p)/√n as a normal value, above 0 where the p are small (Stouffer et al. 1949; p independent). Strong where most targets act
  /// a little. NaN without p.
  public static func stouffer(_ p: [Double]) -> Double {
    guard !p.isEmpty else { return .nan }
    // A p of 0 or 1 is one that cannot be told from it.
    let values = p.map { -Normal.quantile(min(max($0, 1e-300), 1 - 1e-16)) }
    return values.reduce(0, +) / Double(p.count).squareRoot()
  }

  /// Simes': min over i of n p₍ᵢ₎/i (Simes 1986, Biometrika 73, 751–754; valid for independent and for positively dependent p). Strong where one target acts
  /// much. NaN without p.
  public static func simes(_ p: [Double]) -> Double {
    guard !p.isEmpty else { return .nan }
    let n = Double(p.count)
    return min(1, p.sorted().enumerated().map { n * $1 / Double($0 + 1) }.reduce(1, min))
  }
}
