/// What two drugs that do not interact would do together.
public enum NullModel: String, Sendable, CaseIterable, Codable {
  /// Zero interaction potency: Yadav et al. (2015) Comput. Struct. Biotechnol. J. 13, 504–513.
  case zip
  /// Independence: Bliss (1939) Ann. Appl. Biol. 26, 585–615.
  case bliss
  /// Dose additivity: Loewe (1953) Arzneimittelforschung 3, 285–290.
  case loewe
  /// Highest single agent: Berenbaum (1989) Pharmacol. Rev. 41, 93–141.
  case hsa

  /// The name as it is written in text.
  public var name: String { self == .loewe || self == .bliss ? rawValue.capitalized : rawValue.uppercased() }
}
