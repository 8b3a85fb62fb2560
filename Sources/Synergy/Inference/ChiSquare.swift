import Foundation

/// The χ² distribution.
enum ChiSquare {
  /// P(χ² ≥ q) by Wilson & Hilferty (1931) PNAS 17, 684–688: the cube root of χ²/ν is nearly normal.
  static func upper(_ q: Double, degrees: Double) -> Double {
    let part = 2 / (9 * degrees)
    return erfc((cbrt(q / degrees) - (1 - part)) / part.squareRoot() / 2.0.squareRoot()) / 2
  }
}
