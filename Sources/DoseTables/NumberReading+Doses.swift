import Assay
import Spreadsheets

extension NumberReading {
  /// Units of doses that are not molar, folded.
  private static let others: Set<String> = [
    "gy", "ug/ml", "mg/ml", "ng/ml", "pg/ml", "mg/l", "ug/l", "g/l", "u/ml", "iu/ml", "ng/ul", "mg/kg",
  ]

  /// A number with a unit behind it, molar or one of a few others: `0.5 uM`, `500nM`, `2 Gy`; `nil` for anything else.
  package func dose(in bytes: [UInt8], _ field: Range<Int>) -> (dose: Double, unit: ConcentrationUnit)? {
    let range = Self.trimmed(bytes, field)
    // A unit begins with a letter, or with the first byte of µ; the e of an exponent is none.
    guard let last = bytes[range].lastIndex(where: { Self.digit($0) != nil || $0 == decimal }) else { return nil }
    let unit = ConcentrationUnit(String(trimming: bytes[last + 1..<range.upperBound]))
    guard unit.molar != nil || Self.others.contains(unit.symbol.lowercased()),
      let dose = number(in: bytes, range.lowerBound..<last + 1)
    else { return nil }
    return (dose, unit)
  }
}
