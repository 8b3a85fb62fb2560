import Compounds

/// What is known of drugs together, looked up once for all blocks that have them.
struct KnownPairs {
  private let registry: CompoundRegistry
  private var known: [[String]: PairKnowledge] = [:]

  init(_ registry: CompoundRegistry) { self.registry = registry }

  /// What is known of a block's drugs.
  mutating func of(_ drugs: [String]) -> PairKnowledge {
    if let known = known[drugs] { return known }
    let found = registry.knowledge(of: drugs)
    known[drugs] = found
    return found
  }
}
