import Assay
import Screening
import Synergy

/// Numbers as they stand in sentences and tables of the documents.
enum FigureText {
  /// Percentage points with their sign: `+12.3`; a dash for none.
  static func points(_ value: Double?) -> String {
    var out = ByteWriter()
    out.points(value)
    return out.string
  }

  /// `+3.1 … +7.4`; a dash for none.
  static func interval(_ interval: Interval?) -> String {
    guard let interval else { return "–" }
    return points(interval.low) + " … " + points(interval.high)
  }

  /// An interval in few characters, for a narrow column: `+3.1…+7.4`, in whole points from 100 on.
  static func narrow(_ interval: Interval) -> String {
    [interval.low, interval.high].map { end in
      var out = ByteWriter()
      out.fixed(end, decimals: end.magnitude < 100 ? 1 : 0, padded: true, plus: true, minus: "−")
      return out.string
    }.joined(separator: "…")
  }

  /// A percentage with one decimal, without its unit; a dash for none.
  static func percent(_ value: Double?) -> String {
    var out = ByteWriter()
    out.percent(value)
    return out.string
  }

  /// A share as a percentage: `95 %`.
  static func share(_ share: Double) -> String { AxisText.significant(share * 100, digits: 3) + " %" }

  /// A p or q value: two digits, `< 0.0001` below; a dash for none.
  static func probability(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "–" }
    return value < 0.0001 ? "< 0.0001" : AxisText.significant(value, digits: 2)
  }

  /// A dose with its unit; a dash where there is none.
  static func dose(_ dose: Double?, _ axis: DoseAxis) -> String {
    guard let dose, dose.isFinite else { return "–" }
    return AxisText.significant(dose, digits: 3) + (axis.unit.symbol.isEmpty ? "" : " \(axis.unit)")
  }

  /// The doses of a window: `111–1000 nM × 1.9–16.7 nM`.
  static func doses(_ peak: PeakWindow, units: [ConcentrationUnit]) -> String {
    peak.doses.indices.map { doses(peak.doses[$0], unit: units.at($0)) }.joined(separator: " × ")
  }

  private static func doses(_ range: ClosedRange<Double>, unit: ConcentrationUnit?) -> String {
    var text = AxisText.significant(range.lowerBound, digits: 3)
    if range.upperBound > range.lowerBound { text += "–" + AxisText.significant(range.upperBound, digits: 3) }
    if let unit, !unit.symbol.isEmpty { text += "\u{A0}\(unit)" }
    return text
  }

  /// `1 block`, `3 blocks`, `1,204 blocks`.
  static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? one : many ?? one + "s")"
  }

  /// A whole number with its thousands apart: `16,776`.
  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    let text = digits.enumerated().map { place, digit in
      place > 0 && (digits.count - place).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
    }.joined()
    return number < 0 ? "−" + text : text
  }

  /// A text whose first letter is a capital.
  static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
