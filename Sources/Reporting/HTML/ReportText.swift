/// Numbers and names as the report writes them, for pages that hold parts of it.
package enum ReportText {
  /// A number with so many significant digits: `0.0457`, `12.3`, `4.57e-5`.
  package static func significant(_ value: Double, digits: Int) -> String {
    AxisText.significant(value, digits: digits)
  }

  /// Percentage points with their sign, one decimal: `+12.3`, `−4.0`; a dash for none.
  package static func points(_ value: Double?) -> String {
    var out = ByteWriter()
    out.points(value)
    return out.string
  }

  /// A p value: `0.003`, `< 0.001`; a dash for none.
  package static func p(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "–" }
    return value < 0.001 ? "< 0.001" : AxisText.significant(value, digits: 2)
  }

  /// The class of a synergy's colour, `s14`: `report.css` knows it.
  package static func synergyClass(_ value: Double) -> String {
    var out = ByteWriter()
    out.synergyClass(value)
    return out.string
  }

  /// Text for HTML content or a quoted attribute.
  package static func escaped(_ text: String) -> String {
    var out = ByteWriter()
    out.html(text)
    return out.string
  }
}
