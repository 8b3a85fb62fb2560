import Compounds

/// What was known of a pair before it was screened: the drugs' classes, trials that gave them together, adverse effects
/// that they share. It stands beside the scores and never enters them.
struct KnownBefore {
  let knowledge: PairKnowledge

  /// Writes the box; nothing where no drug is known.
  func write(to out: inout ByteWriter) {
    let known = knowledge.drugs.compactMap(\.compound)
    guard !known.isEmpty else { return }
    out.text("<h3>What is known of the pair</h3><div class=\"two kb\"><div>")
    drugs(to: &out)
    out.text("</div><div>")
    precedents(to: &out)
    overlaps(to: &out)
    out.text("</div></div>")
  }

  private func drugs(to out: inout ByteWriter) {
    out.text("<ul class=\"l\">")
    for drug in knowledge.drugs {
      out.text("<li><b>")
      out.html(drug.name)
      out.text("</b>")
      guard let compound = drug.compound else {
        out.text(" <span class=\"k\">not in the registry</span></li>")
        continue
      }
      let facts = [compound.drugClass, compound.target, compound.binding, compound.stage].compactMap { $0?.text }
      if !facts.isEmpty {
        out.text(": ")
        out.html(facts.joined(separator: "; "))
      }
      if let cmax = compound.cmax {
        out.text("; Cmax \(AxisText.significant(cmax.value, digits: 3)) ")
        out.html(cmax.unit.description)
        out.text(" <span class=\"k\">(")
        out.html(cmax.citation)
        out.text(")</span>")
      }
      if !compound.adverseEffects.isEmpty {
        out.text("<br><span class=\"k\">Adverse effects: ")
        out.html(
          compound.adverseEffects.map { $0.effect + ($0.detail.map { " (\($0))" } ?? "") }.joined(separator: "; "))
        out.text("</span>")
      }
      out.text("</li>")
    }
    out.text("</ul>")
  }

  private func precedents(to out: inout ByteWriter) {
    guard knowledge.anchorIndex != nil else { return }
    guard !knowledge.precedents.isEmpty else {
      out.text("<p>No trial of the pair is in the registry.</p>")
      return
    }
    out.text("<ul class=\"l\">")
    for precedent in knowledge.precedents {
      let trial = precedent.trial
      out.text("<li><b>")
      out.html(trial.id)
      out.text("</b> ")
      out.html(trial.indication)
      out.text(": ")
      out.html(trial.seen ?? trial.status.rawValue)
      if !precedent.isExact {
        out.text(" <span class=\"k\">given with ")
        out.html((precedent.others + (trial.regimen.map { [$0] } ?? [])).joined(separator: ", "))
        out.text("</span>")
      }
      out.text(" <span class=\"k\">(")
      out.html(trial.citation)
      out.text(")</span></li>")
    }
    out.text("</ul>")
  }

  private func overlaps(to out: inout ByteWriter) {
    guard !knowledge.overlaps.isEmpty else { return }
    out.text("<p><b>Both cause</b> ")
    out.html(knowledge.overlaps.map(\.effect).joined(separator: ", "))
    out.text(".</p>")
  }
}
