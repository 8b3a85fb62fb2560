import Assay
import Foundation

extension DoseMatrix {
  /// A digest of doses, wells and responses: what tells this block's random numbers from another's.
  ///
  /// It does not depend on how the numbers are written: doses are taken relative to the drug's largest dose, so that
  /// nM and µM are the same block, and doses and responses are rounded beyond what arithmetic leaves uncertain.
  var digest: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ value: UInt64) {
      hash = (hash ^ value) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
    }
    for axis in axes {
      add(UInt64(axis.doses.count))
      let largest = axis.doses.last ?? 0
      for dose in axis.doses { add(CanonicalNumber.bits(of: largest > 0 ? dose / largest : dose, leastPlace: -18)) }
    }
    for cell in 0..<cellCount {
      add(UInt64(count[cell]))
      for value in replicates(of: cell) { add(CanonicalNumber.bits(of: value, leastPlace: -9)) }
    }
    return hash
  }
}

/// Numbers without the digits in which two ways of computing them differ.
enum CanonicalNumber {
  /// Significant decimal digits that are kept.
  static let digits = 12

  /// The bits of `value` rounded to `digits` significant digits, none of them beyond the decimal place 10^`leastPlace`.
  static func bits(of value: Double, leastPlace: Int) -> UInt64 {
    guard value.isFinite else { return value.bitPattern }
    guard value != 0 else { return 0 }
    let place = max(Int(log10(abs(value)).rounded(.down)) - digits + 1, leastPlace)
    // Powers of ten up to 10²² are exact, so that both branches end at the double nearest to the rounded decimal.
    let scale = pow(10, Double(abs(place)))
    let rounded = place < 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
    return rounded == 0 ? 0 : rounded.bitPattern
  }
}
