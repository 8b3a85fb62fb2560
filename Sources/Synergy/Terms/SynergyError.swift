/// Why a block could not be analysed at all.
public enum SynergyError: Error, Equatable, CustomStringConvertible {
  /// A drug was never tested without the others, so that no null model has its reference.
  case monotherapyMissing(drug: String, others: [String])
  /// No measured cell holds all drugs.
  case noCombination(drugs: [String])
  /// The block has no well, or there is no such block.
  case noWells

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .monotherapyMissing(let drug, let others):
      "no well has \(drug) alone (\(others.joined(separator: ", ")) at 0): every null model needs each drug's own response; "
        + "add the monotherapy wells of \(drug)"
    case .noCombination(let drugs):
      "no well holds \(drugs.joined(separator: " and ")) together: there is no combination to score"
    case .noWells:
      "the block has no well: there is nothing to score; leave some of its wells in"
    }
  }
}
