import Compounds

/// What is known of a block's drugs from patients, in sentences: put beside its synergy, never into it.
struct ClinicalText {
  let knowledge: PairKnowledge

  /// The most trials that are told.
  static let mostTrials = 4

  init(_ knowledge: PairKnowledge) { self.knowledge = knowledge }

  /// Whether there is nothing to tell.
  var isEmpty: Bool { knowledge.precedents.isEmpty && knowledge.overlaps.isEmpty }

  /// The trials of the anchor with the block's partners: a heading (`NCT02343042`) and what is known of it.
  var trials: [(id: String, text: String)] {
    knowledge.precedents.prefix(Self.mostTrials).map { precedent in
      let trial = precedent.trial
      var drugs = trial.drugs.joined(separator: " + ")
      if let regimen = trial.regimen { drugs += " (\(regimen))" }
      var parts = ["\(drugs) in \(trial.indication)", trial.design, trial.status.rawValue].compactMap { $0 }
        .joined(separator: ", ")
      if let seen = trial.seen { parts += ": \(seen)" }
      if !precedent.isExact, !precedent.others.isEmpty {
        parts += "; given besides: \(precedent.others.joined(separator: ", "))"
      }
      return (trial.id, parts + " [\(trial.citation)].")
    }
  }

  /// How many trials are not told.
  var furtherTrials: Int { max(0, knowledge.precedents.count - Self.mostTrials) }

  /// Adverse effects that the drugs share: `thrombocytopenia`, and how it is stated of each.
  var overlaps: [(effect: String, text: String)] {
    knowledge.overlaps.map { overlap in
      let claims = overlap.claims.map { claim in
        let detail = [claim.effect.detail, claim.effect.drugClass.map { "of the class \($0)" }].compactMap { $0 }
        return claim.drug + (detail.isEmpty ? "" : " (\(detail.joined(separator: ", ")))")
          + " [\(claim.effect.citation)]"
      }
      return (overlap.effect, claims.joined(separator: "; "))
    }
  }

  /// The classes of the partners that are known: `proteasome inhibitor`.
  var partnerClasses: String { knowledge.partnerClasses.compactMap { $0 }.joined(separator: ", ") }
}
