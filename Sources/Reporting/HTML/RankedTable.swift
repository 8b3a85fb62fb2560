import Compounds
import Screening
import Synergy

/// The ranked table of the report: one row a block, each a link to the block's page.
struct RankedTable {
  let page: ReportPage

  /// Writes the section.
  func write(to file: OutputFile) throws(ReportingError) {
    var out = ByteWriter()
    let source = page.source
    let models = source.options.synergy.models
    out.text("<section id=\"ranking\" aria-labelledby=\"hr\"><h2 id=\"hr\">All combinations, ranked</h2>")
    out.text(
      source.options.synergy.inference.resamples > 0
        ? "<p>By consensus: the smallest of the models’ lower bounds, so that a block ranks high only if every null model agrees and its noise is low; what is antagonistic under all of them comes last; ties by CSS. "
        : "<p>By consensus: the smallest of the models’ block means, so that a block ranks high only if every null model agrees; ties by CSS. "
    )
    out.text(
      "Synergy is in percentage points (+ synergy, − antagonism), averaged over the cells that hold all drugs.</p>")
    if source.ranked.count > ReportPage.mostRows {
      out.text(
        "<p class=\"cut\">The first \(ReportPage.mostRows) of \(source.ranked.count) blocks; all are in <code>ranking.csv</code>.</p>"
      )
    }
    out.text("<div id=\"filter\"></div><div class=\"t\" role=\"region\" aria-label=\"Ranked blocks\" tabindex=\"0\">")
    out.text("<table class=\"m rank\"><thead><tr><th scope=\"col\">Rank</th><th scope=\"col\">Combination</th>")
    out.text("<th scope=\"col\">Sample</th><th scope=\"col\">Call</th><th scope=\"col\">Consensus</th>")
    for model in models { out.text("<th scope=\"col\">\(model.name)</th>") }
    if let model = models.first { out.text("<th scope=\"col\">\(model.name) peak</th>") }
    out.text("<th scope=\"col\">CSS, %</th><th scope=\"col\">Flags</th></tr></thead><tbody>")
    try file.append(&out)
    for (position, summary) in source.ranked.prefix(ReportPage.mostRows).enumerated() {
      row(summary, rank: page.rank(of: position), models: models, to: &out)
      try file.append(&out)
    }
    try file.append("</tbody></table></div></section>")
  }

  private func row(_ summary: BlockSummary, rank: Int, models: [NullModel], to out: inout ByteWriter) {
    let knowledge = page.source.compounds.knowledge(of: summary.drugs)
    out.text("<tr id=\"r")
    out.integer(summary.index)
    out.byte(UInt8(ascii: "\""))
    for (name, value) in [
      ("a", knowledge.anchor?.name), ("p", knowledge.anchor == nil ? nil : knowledge.partners.first?.name),
      ("k", knowledge.partnerClasses.compactMap { $0 }.first), ("s", summary.sample),
      ("c", summary.verdict?.call.rawValue),
    ] {
      guard let value else { continue }
      out.text(" data-\(name)=\"")
      out.html(value)
      out.byte(UInt8(ascii: "\""))
    }
    out.text("><td>")
    out.integer(rank)
    out.text("</td><th scope=\"row\">")
    name(summary, knowledge, to: &out)
    out.text("</th>")
    out.element("td", summary.sample ?? "–")
    out.text("<td class=\"call\">")
    if let verdict = summary.verdict {
      out.call(verdict.call)
      out.text("<small>")
      // Where all nulls agree the bold word says which way.
      let agreed = verdict.call.rawValue + " under all "
      out.html(
        verdict.words.hasPrefix(agreed)
          ? String(verdict.words.dropFirst(verdict.call.rawValue.count + 1)) : verdict.words)
      out.text("</small>")
    } else {
      out.text("–")
    }
    out.text("</td>")
    value(summary.consensus, to: &out) { _ in }
    for model in models {
      let score = summary.score(of: model)
      value(score?.mean, to: &out) { $0.interval(score?.interval) }
    }
    if let model = models.first {
      let peak = summary.score(of: model)?.peak
      value(peak?.mean, to: &out) { out in if let peak { doses(peak, of: summary, to: &out) } }
    }
    out.text("<td>")
    out.percent(summary.css)
    out.text("</td><td class=\"fl\">")
    for (position, flag) in summary.flags.enumerated() {
      if position > 0 { out.text(" ") }
      out.element("code", flag)
    }
    out.text("</td></tr>\n")
  }

  /// The drugs as a link to the page, the partner's class and the block's name below.
  private func name(_ summary: BlockSummary, _ knowledge: PairKnowledge, to out: inout ByteWriter) {
    let hasPage = page.sections.contains(summary.index)
    if hasPage {
      out.text("<a href=\"#b")
      out.integer(summary.index)
      out.text("\">")
    }
    out.html(summary.drugs.joined(separator: " × "))
    if hasPage { out.text("</a>") }
    out.text("<small>")
    let classes = knowledge.partnerClasses.compactMap { $0 }
    if knowledge.anchor != nil, !classes.isEmpty {
      out.html(classes.joined(separator: ", "))
      out.text(" · ")
    }
    if !knowledge.precedents.isEmpty {
      out.text("\(knowledge.precedents.count) \(knowledge.precedents.count == 1 ? "trial" : "trials") · ")
    }
    out.blockName(summary.id)
    out.text("</small>")
  }

  private func value(_ value: Double?, to out: inout ByteWriter, below: (inout ByteWriter) -> Void) {
    out.text("<td")
    if let value, value.isFinite {
      out.text(" class=\"")
      out.synergyClass(value)
      out.byte(UInt8(ascii: "\""))
    }
    out.byte(UInt8(ascii: ">"))
    out.points(value)
    var small = ByteWriter()
    below(&small)
    if !small.bytes.isEmpty {
      out.text("<small>")
      out.raw(small.bytes)
      out.text("</small>")
    }
    out.text("</td>")
  }

  /// `0.1–1 µM × 5–20 nM`.
  private func doses(_ peak: PeakWindow, of summary: BlockSummary, to out: inout ByteWriter) {
    for (drug, range) in peak.doses.enumerated() {
      out.text(drug > 0 ? " <span>× " : "<span>")
      out.text(AxisText.significant(range.lowerBound, digits: 3))
      if range.upperBound > range.lowerBound {
        out.text("–")
        out.text(AxisText.significant(range.upperBound, digits: 3))
      }
      if let unit = summary.units.at(drug), !unit.symbol.isEmpty {
        out.text(" ")
        out.html(unit.description)
      }
      out.text("</span>")
    }
  }
}
