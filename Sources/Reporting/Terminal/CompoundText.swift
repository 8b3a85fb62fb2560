import Compounds

/// What is known of drugs, for the terminal: labels on the left, text wrapped beside them.
public enum CompoundText {
  /// Drugs by class, a line each: name, other names, stage.
  public static func list(_ compounds: [Compound], width: Int) -> String {
    var order: [String] = []
    var groups: [String: [Compound]] = [:]
    for compound in compounds {
      let name = (compound.drugClass?.text ?? "no class stated") + (compound.isAnchor ? " (XPO1 inhibitor)" : "")
      if groups[name] == nil { order.append(name) }
      groups[name, default: []].append(compound)
    }
    let label = min(24, compounds.map { DisplayWidth.of($0.name) }.max() ?? 0)
    return order.map { name in
      name + "\n"
        + (groups[name] ?? []).map { compound in
          let names = compound.synonyms.map(\.text).joined(separator: ", ")
          let facts = [names, compound.stage?.text ?? "", compound.cmax.map { "Cmax \($0.words)" } ?? ""]
          return paragraph(compound.name, facts.filter { !$0.isEmpty }.joined(separator: " · "), label: label, width)
        }.joined()
    }.joined(separator: "\n")
  }

  /// Everything that is known of a drug, with the citations.
  public static func compound(_ compound: Compound, trials: [ClinicalTrial], width: Int) -> String {
    var lines = [compound.name + (compound.isAnchor ? " (XPO1 inhibitor)" : "") + "\n"]
    func add(_ label: String, _ text: String) { lines.append(paragraph(label, text, label: 14, width)) }
    for synonym in compound.synonyms { add("also", cited(synonym.text, synonym.citation)) }
    let facts = [
      ("class", compound.drugClass), ("target", compound.target), ("binding", compound.binding),
      ("stage", compound.stage), ("note", compound.note),
    ]
    for (label, fact) in facts { if let fact { add(label, cited(fact.text, fact.citation)) } }
    if let cmax = compound.cmax { add("Cmax", cited(cmax.words, cmax.citation)) }
    for effect in compound.adverseEffects { add("adverse effect", cited(effect.words, effect.citation)) }
    for trial in trials { add("trial", words(of: trial)) }
    return lines.joined()
  }

  /// What is known of drugs together.
  public static func together(_ knowledge: PairKnowledge, width: Int) -> String {
    var lines = [knowledge.drugs.map { $0.compound?.name ?? $0.name }.joined(separator: " × ") + "\n"]
    func add(_ label: String, _ text: String) { lines.append(paragraph(label, text, label: 14, width)) }
    if let anchor = knowledge.anchor { add("anchor", anchor.compound?.name ?? anchor.name) }
    for drug in knowledge.partners {
      add("partner", "\(drug.compound?.name ?? drug.name): \(drug.compound?.drugClass?.text ?? "class not known")")
    }
    for precedent in knowledge.precedents { add("trial", words(of: precedent.trial)) }
    if knowledge.precedents.isEmpty { add("trial", "none in the registry") }
    for overlap in knowledge.overlaps {
      let claims = overlap.claims.map { claim in
        let detail = claim.effect.detail.map { ", \($0)" } ?? ""
        return "\(claim.drug)\(detail) [\(claim.effect.citation)]"
      }
      add("shared effect", "\(overlap.effect): " + claims.joined(separator: "; "))
    }
    for drug in knowledge.drugs {
      if let cmax = drug.compound?.cmax { add("Cmax", "\(drug.name) " + cited(cmax.words, cmax.citation)) }
    }
    return lines.joined()
  }

  private static func words(of trial: ClinicalTrial) -> String {
    let regimen = trial.regimen.map { " (\($0))" } ?? ""
    let parts = [
      "\(trial.id): \(trial.drugs.joined(separator: " + "))\(regimen)", trial.indication, trial.design,
      trial.seen ?? trial.status.rawValue,
    ]
    return cited(parts.compactMap(\.self).joined(separator: "; "), trial.citation)
  }

  private static func cited(_ text: String, _ citation: String?) -> String {
    citation.map { "\(text) [\($0)]" } ?? text
  }

  /// A label and a text that is wrapped beside it.
  private static func paragraph(_ name: String, _ text: String, label: Int, _ width: Int) -> String {
    let room = max(24, width - label - 4)
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if DisplayWidth.of(line) + 1 + DisplayWidth.of(String(word)) <= room {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.enumerated().map { number, line in
      let head = number == 0 ? DisplayWidth.cut(name, to: label) : ""
      let gap = String(repeating: " ", count: max(0, label - DisplayWidth.of(head)))
      return line.isEmpty ? "  \(head)\n" : "  \(head)\(gap)  \(line)\n"
    }.joined()
  }
}

extension ClinicalConcentration {
  /// Value and unit: `0.5 µM`.
  fileprivate var words: String {
    var text = ByteWriter()
    text.shortest(value)
    return "\(text.string) \(unit)"
  }
}

extension AdverseEffect {
  /// The effect and its detail.
  fileprivate var words: String {
    effect + (detail.map { ", \($0)" } ?? "") + (drugClass.map { " (of the class \($0))" } ?? "")
  }
}
