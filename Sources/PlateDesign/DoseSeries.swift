import Assay
import Foundation

/// A drug and its doses as they are typed: `selinexor:10uM:1/3:8` is eight doses from 10 µM down, each a third of the
/// one before.
public struct DoseSeries: Sendable, Hashable, CustomStringConvertible {
  /// The drug's name.
  public var drug: String
  /// The doses, the highest first, to six significant digits.
  public var doses: [Double]
  /// Their unit.
  public var unit: ConcentrationUnit
  /// As it was typed.
  public var description: String

  /// The most doses of a series.
  public static let mostDoses = 48

  /// Reads `drug:top:factor:count`, or `drug:dose` for one dose; `nil` when it is neither. The factor is a number below
  /// 1 or a fraction.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { String(trimming: Array($0.utf8)) }
    guard parts.count == 2 || parts.count == 4, !parts[0].isEmpty,
      let letter = parts[1].firstIndex(where: { $0.isLetter && $0 != "e" && $0 != "E" }),
      let top = Double(parts[1][..<letter].filter { $0 != " " }), top > 0, DoseMatrix.plausible.contains(top)
    else { return nil }
    unit = ConcentrationUnit(String(parts[1][letter...]))
    guard unit.molar != nil else { return nil }
    drug = parts[0]
    description = text
    guard parts.count == 4 else {
      doses = [Self.rounded(top)]
      return
    }
    guard let factor = Self.fraction(parts[2]), factor > 0, factor < 1, let count = Int(parts[3]),
      (1...Self.mostDoses).contains(count)
    else { return nil }
    doses = (0..<count).map { Self.rounded(top * pow(factor, Double($0))) }
    guard doses.allSatisfy(DoseMatrix.plausible.contains) else { return nil }
  }

  private static func fraction(_ text: String) -> Double? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    switch parts.count {
    case 1: return parts[0]
    case 2:
      guard let top = parts[0], let bottom = parts[1], bottom != 0 else { return nil }
      return top / bottom
    default: return nil
    }
  }

  private static func rounded(_ dose: Double) -> Double { Double(String(format: "%.6g", dose)) ?? dose }
}
