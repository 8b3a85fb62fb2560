import Assay
import Compounds
import Screening
import Synergy

/// The report's first screen: what was screened, what came out, the best combinations with their reason, and the
/// warnings.
struct ReportOverview {
  let page: ReportPage

  private var source: ReportSource { page.source }
  private var inference: InferenceOptions { source.options.synergy.inference }
  private var digest: ReportDigest { page.digest }

  /// Writes the section.
  func write(to out: inout ByteWriter) {
    out.text("<section id=\"overview\" aria-labelledby=\"ho\"><h2 id=\"ho\">Overview</h2><p class=\"say\">")
    out.html(digest.headline)
    out.text("</p>")
    counts(to: &out)
    out.text("<div class=\"two\"><div>")
    calls(to: &out)
    top(to: &out)
    out.text("</div><div>")
    out.element("h3", "Quality")
    out.list(digest.quality)
    out.warnings(of: digest)
    legend(to: &out)
    out.text("</div></div></section>")
  }

  private func counts(to out: inout ByteWriter) {
    out.text("<dl class=\"n\">")
    for (count, name) in digest.counts {
      out.text("<div><dt>\(name)</dt><dd>\(FigureText.grouped(count))</dd></div>")
    }
    out.text("</dl><p class=\"k\">")
    out.html(digest.scope)
    out.text("</p>")
  }

  /// How many blocks have each call, as one bar.
  private func calls(to out: inout ByteWriter) {
    let counts = digest.calls
    guard !counts.isEmpty else { return }
    out.text("<h3>Calls</h3>")
    CallBar.write(counts, to: &out)
    out.text("<dl class=\"n calls\">")
    for (call, count) in counts {
      out.text(
        "<div><dt class=\"c-\(call?.rawValue ?? "none")\">\(call?.rawValue ?? "not tested")</dt><dd>\(count)</dd></div>"
      )
    }
    out.text("</dl><p class=\"k\">")
    out.sentence(digest.callRule)
    out.text("</p>")
  }

  private func top(to out: inout ByteWriter) {
    out.text("<h3>Top combinations</h3><p class=\"k\">")
    out.html(digest.rankRule)
    out.text("</p>")
    let best = digest.top
    if best.isEmpty {
      out.text("<p>")
      out.html(digest.noTop)
      return out.text("</p>")
    }
    out.text("<ol class=\"top\">")
    for (position, summary) in best.enumerated() { item(summary, rank: page.rank(of: position), to: &out) }
    out.text("</ol>")
  }

  private func item(_ summary: BlockSummary, rank: Int, to out: inout ByteWriter) {
    let hasPage = page.sections.contains(summary.index)
    out.text("<li value=\"\(rank)\"><a href=\"#")
    out.text(hasPage ? BlockAnchor.page(summary.index) : BlockAnchor.row(summary.index))
    out.text("\">")
    out.html(summary.drugs.joined(separator: " × "))
    out.text("</a>")
    if let sample = summary.sample {
      out.text(" <span class=\"k\">in ")
      out.html(sample)
      out.text("</span>")
    }
    out.text(" <b class=\"chip ")
    out.synergyClass(summary.colouredConsensus ?? 0)
    out.text("\">")
    out.points(summary.consensus)
    out.text("</b>")
    let words = CombinationWords(summary, inference: inference)
    out.text("<br>")
    if let verdict = summary.verdict {
      out.called(verdict.words + ". ", verdict.call)
    }
    if let peak = words.peak { out.html(peak + ".") }
    out.text("<br><span class=\"k\">")
    out.html(words.reason)
    if let css = summary.css { out.text("; CSS \(AxisText.significant(css, digits: 3)) %") }
    out.text("</span>")
    let knowledge = source.compounds.knowledge(of: summary.drugs)
    if let first = knowledge.precedents.first {
      out.text("<br><span class=\"k\">In the clinic: ")
      out.html(first.trial.id + ", " + first.trial.indication)
      if knowledge.precedents.count > 1 { out.text(" and \(knowledge.precedents.count - 1) more") }
      out.text(".</span>")
    }
    if !knowledge.overlaps.isEmpty {
      out.text("<br><span class=\"k\">Both cause ")
      out.html(knowledge.overlaps.map(\.effect).joined(separator: ", "))
      out.text(".</span>")
    }
    let lookedAt = summary.flagsToLookAt
    if !lookedAt.isEmpty {
      out.text("<br><span class=\"k\">Warnings:</span> ")
      for flag in lookedAt {
        out.element("code", flag)
        out.text(" ")
      }
    }
    out.text("</li>")
  }

  private func legend(to out: inout ByteWriter) {
    out.text("<h3>\(MapLegend.heading)</h3><div class=\"legend\">")
    out.legend(.synergy, id: "ls")
    out.legend(.response, id: "lr")
    out.text("</div><p class=\"k\">\(MapLegend.note)</p>")
  }
}

extension ByteWriter {
  /// Appends what a reader should look at before trusting the numbers.
  mutating func warnings(of digest: ReportDigest) {
    element("h3", "Warnings")
    list(digest.warningLines)
  }

  fileprivate mutating func list(_ lines: [ReportWarnings.Line]) {
    text("<ul class=\"l\">")
    for line in lines {
      text("<li>")
      if let flag = line.flag {
        element("code", flag)
        text(" ")
      }
      sentence(line.text)
      if let section = line.section { text(" <a href=\"#\(section)\">More</a>") }
      text("</li>")
    }
    text("</ul>")
  }
}
