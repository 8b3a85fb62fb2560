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

  /// Everything that is known of a drug, with the citations numbered below.
  public static func compound(_ compound: Compound, trials: [ClinicalTrial], width: Int) -> String {
    var page = Page(title: compound.name + (compound.isAnchor ? " (XPO1 inhibitor)" : ""), width: width)
    for synonym in compound.synonyms { page.add("also", synonym.text, synonym.citation) }
    let facts = [
      ("class", compound.drugClass), ("target", compound.target), ("binding", compound.binding),
      ("stage", compound.stage), ("note", compound.note),
    ]
    for (label, fact) in facts { if let fact { page.add(label, fact.text, fact.citation) } }
    if let cmax = compound.cmax { page.add("Cmax", cmax.words, cmax.citation) }
    for effect in compound.adverseEffects { page.add("adverse effect", effect.words, effect.citation) }
    for trial in trials { page.add("trial", trial.words, trial.citation) }
    return page.text
  }

  /// What is known of drugs together, with the citations numbered below.
  public static func together(_ knowledge: PairKnowledge, width: Int) -> String {
    let title = knowledge.drugs.map { $0.compound?.name ?? $0.name }.joined(separator: " × ")
    var page = Page(title: title, width: width)
    if let anchor = knowledge.anchor { page.add("anchor", anchor.compound?.name ?? anchor.name, nil) }
    for drug in knowledge.partners {
      let own = drug.compound?.drugClass
      page.add("partner", "\(drug.compound?.name ?? drug.name): \(own?.text ?? "class not known")", own?.citation)
    }
    for precedent in knowledge.precedents { page.add("trial", precedent.trial.words, precedent.trial.citation) }
    if knowledge.precedents.isEmpty { page.add("trial", "none in the registry", nil) }
    for overlap in knowledge.overlaps {
      let claims = overlap.claims.map { claim in
        page.marked(claim.drug + (claim.effect.detail.map { ", \($0)" } ?? ""), claim.effect.citation)
      }
      page.add("shared effect", "\(overlap.effect): " + claims.joined(separator: "; "), nil)
    }
    for drug in knowledge.drugs {
      if let cmax = drug.compound?.cmax { page.add("Cmax", "\(drug.name) \(cmax.words)", cmax.citation) }
    }
    return page.text
  }

  /// A title, labelled paragraphs and the citations that they refer to by number.
  private struct Page {
    private var lines: [String]
    private var citations: [String] = []
    private let width: Int

    init(title: String, width: Int) {
      lines = [title + "\n"]
      self.width = width
    }

    /// A text with the number of its citation.
    mutating func marked(_ text: String, _ citation: String?) -> String {
      guard let citation else { return text }
      if !citations.contains(citation) { citations.append(citation) }
      return "\(text) (\((citations.firstIndex(of: citation) ?? 0) + 1))"
    }

    mutating func add(_ label: String, _ text: String, _ citation: String?) {
      lines.append(paragraph(label, marked(text, citation), label: 14, width))
    }

    var text: String {
      let sources = citations.enumerated().map { paragraph("(\($0.offset + 1))", $0.element, label: 4, width) }
      return (lines + (sources.isEmpty ? [] : ["\n"]) + sources).joined()
    }
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

extension ClinicalTrial {
  /// Number, drugs, disease and what was seen.
  fileprivate var words: String {
    let parts = [
      "\(id): \(drugs.joined(separator: " + "))\(regimen.map { " (\($0))" } ?? "")", indication, design,
      seen ?? status.rawValue,
    ]
    return parts.compactMap(\.self).joined(separator: "; ")
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
