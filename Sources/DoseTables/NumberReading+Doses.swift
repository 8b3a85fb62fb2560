import Assay
import Spreadsheets

extension NumberReading {
  /// A number with a molar unit behind it: `0.5 uM`, `500nM`; `nil` for anything else.
  package func dose(in bytes: [UInt8], _ field: Range<Int>) -> (dose: Double, unit: ConcentrationUnit)? {
    let range = Self.trimmed(bytes, field)
    // A unit begins with a letter, or with the first byte of µ; the e of an exponent is none.
    guard let last = bytes[range].lastIndex(where: { Self.digit($0) != nil || $0 == decimal }) else { return nil }
    let unit = ConcentrationUnit(String(trimming: bytes[last + 1..<range.upperBound]))
    guard unit.molar != nil, let dose = number(in: bytes, range.lowerBound..<last + 1) else { return nil }
    return (dose, unit)
  }
}
