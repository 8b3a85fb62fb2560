import Screening
import Synergy

/// The ranked table of the report: one row a block, each a link to the block's section.
struct RankedTable {
  let page: ReportPage

  /// Writes the section.
  func write(to file: OutputFile) throws(ReportingError) {
    var out = ByteWriter()
    let models = page.source.options.synergy.models
    out.text("<section id=\"ranking\" aria-labelledby=\"hr\"><h2 id=\"hr\">Ranking</h2>")
    out.text(
      page.source.options.synergy.inference.resamples > 0
        ? "<p>By consensus: the smallest of the models’ lower bounds, so that a block ranks high only if every null model agrees and its noise is low; what is antagonistic under all of them comes last; ties by CSS. "
        : "<p>By consensus: the smallest of the models’ block means, so that a block ranks high only if every null model agrees; ties by CSS. "
    )
    out.text(
      "Synergy is in percentage points (+ synergy, − antagonism), averaged over the cells that hold all drugs.</p>")
    if page.source.ranked.count > ReportPage.mostRows {
      out.text(
        "<p class=\"cut\">The first \(ReportPage.mostRows) of \(page.source.ranked.count) blocks; all are in <code>ranking.csv</code>.</p>"
      )
    }
    out.text("<div id=\"filter\"></div><div class=\"t\" role=\"region\" aria-label=\"Ranked blocks\" tabindex=\"0\">")
    out.text("<table class=\"m rank\"><thead><tr><th scope=\"col\">Rank</th><th scope=\"col\">Combination</th>")
    out.text("<th scope=\"col\">Sample</th><th scope=\"col\">Call</th><th scope=\"col\">Consensus</th>")
    for model in models { out.text("<th scope=\"col\">\(model.name)</th>") }
    if let model = models.first {
      out.text("<th scope=\"col\">\(model.name) peak</th><th scope=\"col\">Peak doses</th>")
    }
    out.text(
      "<th scope=\"col\">CSS, %</th><th scope=\"col\">Flags</th><th scope=\"col\">Block</th></tr></thead><tbody>")
    try file.append(&out)
    for (position, summary) in page.source.ranked.prefix(ReportPage.mostRows).enumerated() {
      row(summary, rank: position + 1, models: models, to: &out)
      try file.append(&out)
    }
    try file.append("</tbody></table></div></section>")
  }

  private func row(_ summary: BlockSummary, rank: Int, models: [NullModel], to out: inout ByteWriter) {
    let hasSection = page.sections.contains(summary.index)
    out.text("<tr id=\"r")
    out.integer(summary.index)
    out.text("\"><td>")
    out.integer(rank)
    out.text("</td><th scope=\"row\">")
    if hasSection {
      out.text("<a href=\"#b")
      out.integer(summary.index)
      out.text("\">")
    }
    out.html(summary.drugs.joined(separator: " × "))
    if hasSection { out.text("</a>") }
    out.text("</th>")
    out.element("td", summary.sample ?? "–")
    out.text("<td class=\"call\">")
    if let verdict = summary.verdict {
      out.text("<b class=\"c-\(verdict.call.rawValue)\">\(verdict.call.rawValue)</b> <span class=\"k\">")
      // Where all nulls agree the bold word says which way.
      let agreed = verdict.call.rawValue + " under all "
      out.html(
        verdict.words.hasPrefix(agreed)
          ? String(verdict.words.dropFirst(verdict.call.rawValue.count + 1)) : verdict.words)
      out.text("</span>")
    } else {
      out.text("–")
    }
    out.text("</td>")
    value(summary.consensus, to: &out)
    for model in models {
      let score = summary.score(of: model)
      value(score?.mean, score?.interval, to: &out)
    }
    if let model = models.first {
      let peak = summary.score(of: model)?.peak
      value(peak?.mean, to: &out)
      out.text("<td class=\"d\">")
      if let peak { doses(peak, of: summary, to: &out) } else { out.text("–") }
      out.text("</td>")
    }
    out.text("<td>")
    out.percent(summary.css)
    out.text("</td><td class=\"fl\">")
    for (position, flag) in summary.flags.enumerated() {
      if position > 0 { out.text(" ") }
      out.element("code", flag)
    }
    out.text("</td><td class=\"id\">")
    out.html(summary.id)
    out.text("</td></tr>\n")
  }

  private func value(_ value: Double?, _ interval: Interval? = nil, to out: inout ByteWriter) {
    out.text("<td")
    if let value, value.isFinite {
      out.text(" class=\"")
      out.synergyClass(value)
      out.byte(UInt8(ascii: "\""))
    }
    out.byte(UInt8(ascii: ">"))
    out.points(value)
    if let interval {
      out.text("<small>")
      out.interval(interval)
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
