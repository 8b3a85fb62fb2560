import Assay
import Foundation

/// Numbers and names as they stand on axes and in tables, made to fit.
enum AxisText {
  /// A number with so many significant digits: `0.0457`, `12.3`, `15600` (whole numbers are not rounded), `4.57e-5`.
  static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return "–" }
    guard value != 0 else { return "0" }
    var exponent = Int(floor(log10(value.magnitude)))
    if (value.magnitude / pow(10, Double(exponent - digits + 1))).rounded() >= pow(10, Double(digits)) { exponent += 1 }
    var out = ByteWriter()
    if exponent < -3 || exponent > 5 {
      out.fixed(value / pow(10, Double(exponent)), decimals: digits - 1, minus: "−")
      out.byte(UInt8(ascii: "e"))
      out.fixed(Double(exponent), decimals: 0, minus: "−")
    } else {
      out.fixed(value, decimals: min(9, max(0, digits - 1 - exponent)), minus: "−")
    }
    return out.string
  }

  /// A dose on an axis, in at most six characters: three significant digits where they fit, else two.
  static func dose(_ dose: Double) -> String {
    let text = significant(dose, digits: 3)
    return text.count <= 5 ? text : significant(dose, digits: 2)
  }

  /// A drug and its unit as an axis title: `selinexor, µM`; the name is cut where both do not fit in so many
  /// characters.
  static func title(_ axis: DoseAxis, limit: Int) -> String {
    let unit = axis.unit.symbol.isEmpty ? "" : ", \(cut(axis.unit.description, to: 12))"
    return cut(axis.drug, to: max(6, limit - unit.count)) + unit
  }

  /// A text of at most so many characters, the last an ellipsis where it was cut.
  static func cut(_ text: String, to limit: Int) -> String {
    text.utf8.count <= limit || text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }
}
