import Compounds
import Results
import Screening
import Synergy

/// The ranked table of the report: one row per combination, each a link to its page.
struct RankedTable {
  let page: ReportPage
  /// The blocks whose page is made of the data in the page when it is opened.
  let opened: Set<Int>

  /// Writes the section.
  func write(to file: OutputFile) throws(ResultsError) {
    var out = ByteWriter()
    let source = page.source
    let models = source.options.synergy.models
    out.text("<section id=\"ranking\" aria-labelledby=\"hr\"><h2 id=\"hr\">All combinations, ranked</h2>")
    out.text("<p>")
    out.sentence(page.digest.rankRule + " " + page.digest.scoreRule)
    out.text("</p>")
    if source.ranked.count > ReportPage.mostRows {
      out.text(
        "<p class=\"cut\">The first \(ReportPage.mostRows) of \(source.ranked.count) blocks; all are in <code>ranking.csv</code>.</p>"
      )
    }
    whereOthersAre(to: &out)
    out.text("<div id=\"filter\"></div><div class=\"t\" role=\"region\" aria-label=\"Ranked blocks\" tabindex=\"0\">")
    out.text("<table class=\"m rank\"><thead><tr><th scope=\"col\">Rank</th><th scope=\"col\">Combination</th>")
    out.text("<th scope=\"col\">Sample</th><th scope=\"col\">Call</th><th scope=\"col\">Consensus</th>")
    for model in models { out.text("<th scope=\"col\">\(model.name)</th>") }
    if let model = models.first { out.text("<th scope=\"col\">\(model.name) peak</th>") }
    out.text("<th scope=\"col\">CSS, %</th><th scope=\"col\">Flags</th></tr></thead><tbody>")
    try file.append(&out)
    var pairs = KnownPairs(source.compounds)
    for (position, summary) in source.ranked.prefix(ReportPage.mostRows).enumerated() {
      row(summary, pairs.of(summary.drugs), at: position, models: models, to: &out)
      try file.append(&out)
    }
    try file.append("</tbody></table></div></section>")
  }

  /// Which combinations have a page, which are drawn of data, and the command that makes pages of the rest.
  private func whereOthersAre(to out: inout ByteWriter) {
    let (all, whole) = (page.source.ranked.count, page.sections.count)
    guard whole < all else { return }
    out.text("<p class=\"cut\">")
    if whole > 0 {
      out.text(
        "The best \(FigureText.grouped(whole)) of \(FigureText.grouped(all)) combinations have a full page here. ")
    }
    if !opened.isEmpty {
      out.text(
        "\(FigureText.grouped(opened.count)) \(whole > 0 ? "others" : "combinations") open from the table as maps ")
      out.text("of response and synergy<noscript> (this needs JavaScript)</noscript>. ")
    }
    let rest = all - whole - opened.count
    if rest > 0 {
      out.text("\(FigureText.grouped(rest)) \(rest == 1 ? "has" : "have") no page here: the file would be too large. ")
    }
    out.text("For full pages of other combinations: <code>isobole report DIRECTORY --partner DRUG</code> ")
    out.text("(or <code>--anchor</code>, <code>--sample</code>, <code>--call</code>, <code>--top</code>); ")
    out.text("all numbers are in <code>cells.csv</code> and <code>fits.csv</code>.</p>")
  }

  /// Rows that are shown at first where the page's script runs.
  private static let firstRows = 500

  private func row(
    _ summary: BlockSummary, _ knowledge: PairKnowledge, at position: Int, models: [NullModel],
    to out: inout ByteWriter
  ) {
    out.text("<tr id=\"\(BlockAnchor.row(summary.index))\"")
    if position >= Self.firstRows { out.text(" class=\"later\"") }
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
    out.text(opened.contains(summary.index) ? " data-o>" : ">")
    RankedRow(
      summary: summary, rank: page.rank(of: position), models: models, knowledge: knowledge,
      link: page.sections.contains(summary.index) ? "#\(BlockAnchor.page(summary.index))" : nil
    ).write(to: &out)
    out.text("</tr>\n")
  }
}
