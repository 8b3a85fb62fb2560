/// The unit of a concentration, as it stands in a plate file.
///
/// Molar units are understood (`M`, `mM`, `µM` with either code point for µ, `uM`, `nM`, `pM`, `fM`), so that doses
/// stated in different molar units can be told apart and compared. Anything else (`mg/mL`, `%`, `U/mL`) is kept as it
/// is written and never converted.
public struct ConcentrationUnit: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The unit in ASCII as written to result files: `uM`, `nM`, `mg/mL`; empty when the file states none.
  public let symbol: String
  /// Moles per litre in one unit; `nil` when the unit is not molar.
  public let molar: Double?

  /// Reads a unit. White space around it is ignored; molar units are recognised in any spelling, others are kept.
  public init(_ text: String) {
    let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let plain = trimmed.replacingMicroSigns()
    if let known = Self.molarUnits[plain] ?? Self.molarWords[plain.lowercased()].flatMap({ Self.molarUnits[$0] }) {
      symbol = known.symbol
      molar = known.molar
    } else {
      symbol = plain
      molar = nil
    }
  }

  /// No unit stated.
  public static let unstated = ConcentrationUnit("")

  /// The unit as a person writes it: `µM` for `uM`.
  public var description: String { symbol == "uM" ? "µM" : symbol }

  /// The factor that turns a dose in this unit into one in `other`; `nil` unless both are molar or both are the same.
  public func factor(to other: ConcentrationUnit) -> Double? {
    if self == other { return 1 }
    guard let molar, let theirs = other.molar else { return nil }
    // 1e-6 / 1e-9 is not 1000 to the last bit.
    let ratio = molar / theirs
    return ratio >= 1 ? ratio.rounded() : 1 / (theirs / molar).rounded()
  }

  private static let molarUnits: [String: (symbol: String, molar: Double)] = [
    "M": ("M", 1), "mM": ("mM", 1e-3), "uM": ("uM", 1e-6), "nM": ("nM", 1e-9), "pM": ("pM", 1e-12), "fM": ("fM", 1e-15),
  ]

  /// Spellings met in plate files, lower case. `mm` is millimolar only in its exact spelling, so that it is not here.
  private static let molarWords: [String: String] = [
    "um": "uM", "nm": "nM", "pm": "pM", "fm": "fM", "molar": "M", "mol/l": "M", "mmol/l": "mM", "umol/l": "uM",
    "nmol/l": "nM", "pmol/l": "pM", "millimolar": "mM", "micromolar": "uM", "nanomolar": "nM", "picomolar": "pM",
  ]
}

extension String {
  /// U+00B5 MICRO SIGN and U+03BC GREEK SMALL LETTER MU as the letter u.
  fileprivate func replacingMicroSigns() -> String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\u{B5}" || $0 == "\u{3BC}" ? "u" : $0 }))
  }
}
