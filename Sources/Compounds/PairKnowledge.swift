/// What is known beforehand of the drugs of a block: put beside its synergy, never into it.
public struct PairKnowledge: Hashable, Sendable {
  /// A drug of the block.
  public struct Drug: Hashable, Sendable {
    /// Its name in the block.
    public var name: String
    /// What is known of it; `nil` when it is in no registry file, which is fine.
    public var compound: Compound?
  }

  /// A trial of the anchor with a partner of the block.
  public struct Precedent: Hashable, Sendable {
    /// The trial, with every drug that was given.
    public var trial: ClinicalTrial
    /// The block's partners that were given.
    public var partners: [String]
    /// What was given besides the block's drugs; empty when it was no more than these.
    public var others: [String]
    /// Whether the trial gave the block's drugs and nothing else.
    public var isExact: Bool
  }

  /// An adverse effect that several drugs of the block have.
  public struct Overlap: Hashable, Sendable {
    /// A drug that has it, and how that is stated.
    public struct Claim: Hashable, Sendable {
      /// The drug's name in the block.
      public var drug: String
      /// The effect, with its citation.
      public var effect: AdverseEffect
    }

    /// What it is, in the first drug's words.
    public var effect: String
    /// The drugs, in the block's order; two or more.
    public var claims: [Claim]
  }

  /// The block's drugs, in its order.
  public var drugs: [Drug]
  /// Which of them is the anchor; `nil` unless the registry knows exactly one XPO1 inhibitor among them.
  public var anchorIndex: Int?
  /// Trials of the anchor with one partner or more: the most partners first, then what was given besides, least first.
  public var precedents: [Precedent]
  /// Adverse effects that two or more of the drugs share.
  public var overlaps: [Overlap]

  /// The anchor; `nil` when there is not exactly one.
  public var anchor: Drug? { anchorIndex.map { drugs[$0] } }
  /// The other drugs: all of them when there is no anchor.
  public var partners: [Drug] {
    drugs.indices.filter { $0 != anchorIndex }.map { drugs[$0] }
  }
  /// The class of each partner, `nil` where it is not known.
  public var partnerClasses: [String?] { partners.map { $0.compound?.drugClass?.text } }
}

extension CompoundRegistry {
  /// What is known of a set of drugs, named in any spelling. A few look-ups: cheap enough for every row of a ranking.
  public func knowledge(of names: [String]) -> PairKnowledge {
    let drugs = names.map { PairKnowledge.Drug(name: $0, compound: compound(named: $0)) }
    let anchor = anchorIndex(of: names)
    return PairKnowledge(
      drugs: drugs, anchorIndex: anchor, precedents: anchor.map { precedents(of: drugs, anchor: $0) } ?? [],
      overlaps: Self.overlaps(of: drugs))
  }

  /// Which of the drugs is the only XPO1 inhibitor; `nil` when none or several are.
  public func anchorIndex(of names: [String]) -> Int? {
    let anchors = names.indices.filter { compound(named: names[$0])?.isAnchor ?? false }
    return anchors.count == 1 ? anchors.first : nil
  }

  private func precedents(of drugs: [PairKnowledge.Drug], anchor: Int) -> [PairKnowledge.Precedent] {
    guard let known = drugs[anchor].compound else { return [] }
    let names = Dictionary(drugs.compactMap { drug in drug.compound.map { ($0.name, drug.name) } }) { first, _ in first
    }
    guard names.count > 1 else { return [] }
    return trials(of: known).enumerated().compactMap { place, trial -> (Int, PairKnowledge.Precedent)? in
      let partners = trial.drugs.filter { $0 != known.name }.compactMap { names[$0] }
      guard !partners.isEmpty else { return nil }
      let others = trial.drugs.filter { names[$0] == nil }
      return (
        place,
        PairKnowledge.Precedent(
          trial: trial, partners: partners, others: others,
          isExact: others.isEmpty && partners.count == drugs.count - 1 && trial.regimen == nil)
      )
    }.sorted { one, other in
      if one.1.partners.count != other.1.partners.count { return one.1.partners.count > other.1.partners.count }
      if one.1.others.count != other.1.others.count { return one.1.others.count < other.1.others.count }
      return one.0 < other.0
    }.map(\.1)
  }

  private static func overlaps(of drugs: [PairKnowledge.Drug]) -> [PairKnowledge.Overlap] {
    // Most rows of a ranking have a drug of which nothing is known: they cost nothing.
    guard Set(drugs.compactMap(\.compound?.name)).count > 1 else { return [] }
    var order: [String] = []
    var claims: [String: [PairKnowledge.Overlap.Claim]] = [:]
    var met: Set<String> = []
    for drug in drugs {
      guard let compound = drug.compound, met.insert(compound.name).inserted else { continue }
      for effect in compound.adverseEffects {
        if claims[effect.key] == nil { order.append(effect.key) }
        claims[effect.key, default: []].append(.init(drug: drug.name, effect: effect))
      }
    }
    return order.compactMap { key in
      guard let own = claims[key], Set(own.map(\.drug)).count > 1 else { return nil }
      return PairKnowledge.Overlap(effect: own[0].effect.effect, claims: own)
    }
  }
}

extension AdverseEffect {
  /// What makes two statements the same effect: the words without case and hyphens, in British or American spelling
  /// (anaemia, anemia).
  var key: String {
    let letters = Array(CompoundName(effect).key.utf8)
    var kept: [UInt8] = []
    kept.reserveCapacity(letters.count)
    for (place, letter) in letters.enumerated() {
      let isBritish =
        (letter == UInt8(ascii: "a") || letter == UInt8(ascii: "o")) && place + 1 < letters.count
        && letters[place + 1] == UInt8(ascii: "e")
      if !isBritish { kept.append(letter) }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
