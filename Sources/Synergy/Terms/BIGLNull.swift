/// What BIGL takes two drugs that do not interact to do, from their fitted marginals.
///
/// Van der Borght et al. (2017) BIGL: Biochemically Intuitive Generalized Loewe null model, Sci. Rep. 7, 17935; Thas et
/// al. (2022) Statistical detection of synergy: new methods and a comparative study, Pharm. Stat. 21, 345–360.
///
/// The marginals share the baseline b; drug j has its asymptote mⱼ, EC50ⱼ and slope hⱼ.
public enum BIGLNull: String, Sendable, CaseIterable, Codable {
  /// Generalised Loewe: the drugs share one occupancy and each contributes in proportion to its own asymptote, so that
  /// it is defined whatever the asymptotes.
  case loewe
  /// Loewe as Harbron (2010) Stat. Med. 29, 1746–1756 has it: Σ dⱼ/Dⱼ(y) = 1; a drug whose asymptote y exceeds adds 0.
  case loewe2
  /// Highest single agent: the fitted marginal that is further from the baseline.
  case hsa
  /// Independence, effects as shares of the larger asymptote: p₁ + p₂ − p₁ p₂.
  case bliss

  /// The name as it is written in text.
  public var name: String {
    switch self {
    case .loewe: "generalised Loewe"
    case .loewe2: "Harbron–Loewe"
    case .hsa: "HSA"
    case .bliss: "Bliss"
    }
  }
}
