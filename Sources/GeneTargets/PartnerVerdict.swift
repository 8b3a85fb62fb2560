import Foundation

/// What gene screen and matrix say of a partner together.
public enum PartnerVerdict: String, Sendable, CaseIterable {
  case bothAgree = "both agree"
  case geneOnly = "gene only"
  case matrixOnly = "matrix only"
  case contradiction
  /// Neither finds anything, or neither can tell.
  case neither

  /// A partner whose curve alone has less relative inhibition than this, %, may not have reached its target.
  static let leastInhibition = 10.0

  /// The verdict, and why.
  static func of(_ finding: PartnerEvidence.Finding, _ outcome: MatrixOutcome?) -> (PartnerVerdict, String) {
    let call = outcome?.call
    switch (finding, call) {
    case (.synergy, .synergistic): return (.bothAgree, "synergy in both")
    case (.antagonism, .antagonistic): return (.bothAgree, "antagonism in both")
    case (.none, .additive): return (.bothAgree, "no interaction in either")
    case (.synergy, .antagonistic): return (.contradiction, "genes expect synergy, the matrix is antagonistic")
    case (.antagonism, .synergistic): return (.contradiction, "genes expect antagonism, the matrix is synergistic")
    case (.synergy, _), (.antagonism, _):
      let expected = finding.rawValue
      guard let outcome else { return (.geneOnly, "\(expected); not tested in the matrix") }
      if let alone = outcome.partnerAlone, alone < leastInhibition {
        return (
          .geneOnly,
          "\(expected); the dose may not be reached: the partner alone inhibits \(String(format: "%.1f", alone)) % (RI)"
        )
      }
      return (.geneOnly, "\(expected); \(words(call)) at the tested doses")
    case (_, .synergistic), (_, .antagonistic):
      let why =
        switch finding {
        case .none: "its targets have no effect: another target, or a dose beyond it"
        case .notMeasured: "no target of it is known or in the gene screen"
        default: "its targets are inconclusive"
        }
      return (.matrixOnly, "\(call?.rawValue ?? ""); \(why)")
    default:
      return (.neither, outcome == nil ? "not tested in the matrix" : words(call))
    }
  }

  private static func words(_ call: MatrixOutcome.Call?) -> String {
    call.map { "the matrix is \($0.rawValue)" } ?? "the matrix has scores without tests (--resamples 0)"
  }
}
