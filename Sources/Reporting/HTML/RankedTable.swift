import Compounds
import Results
import Screening
import Synergy

/// The ranked table of the report: one row a block, each a link to the block's page.
struct RankedTable {
  let page: ReportPage

  /// Writes the section.
  func write(to file: OutputFile) throws(ResultsError) {
    var out = ByteWriter()
    let source = page.source
    let models = source.options.synergy.models
    out.text("<section id=\"ranking\" aria-labelledby=\"hr\"><h2 id=\"hr\">All combinations, ranked</h2>")
    out.text(
      source.options.synergy.inference.resamples > 0
        ? "<p>Ranked by consensus: the smallest of the models’ lower confidence bounds, so that a combination ranks high only if every reference model agrees and its noise is low; ties by CSS. A score is coloured where its confidence interval excludes 0. "
        : "<p>Ranked by consensus: the smallest of the models’ means, so that a combination ranks high only if every reference model agrees; ties by CSS. "
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
    out.text("<tr id=\"\(BlockAnchor.row(summary.index))\"")
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
    out.text(">")
    RankedRow(
      summary: summary, rank: rank, models: models, knowledge: knowledge,
      link: page.sections.contains(summary.index) ? "#\(BlockAnchor.page(summary.index))" : nil
    ).write(to: &out)
    out.text("</tr>\n")
  }
}
