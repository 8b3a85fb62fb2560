import Assay
import Screening
import Synergy

/// The report's first screen: what was screened, what to distrust, the best combinations, and how to read the colours.
struct ReportOverview {
  let page: ReportPage

  private static let mostTop = 5

  /// Writes the section.
  func write(to out: inout ByteWriter) {
    out.text("<section id=\"overview\" aria-labelledby=\"ho\"><h2 id=\"ho\">Overview</h2>")
    counts(to: &out)
    out.text("<div class=\"two\"><div>")
    top(to: &out)
    out.text("</div><div>")
    legend(to: &out)
    distrust(to: &out)
    out.text("</div></div></section>")
  }

  private func counts(to out: inout ByteWriter) {
    var drugs = Set<String>()
    var combinations = Set<[String]>()
    var samples = Set<String>()
    for summary in page.ranked {
      drugs.formUnion(summary.drugs)
      combinations.insert(summary.drugs.sorted())
      if let sample = summary.sample { samples.insert(sample) }
    }
    out.text("<dl class=\"n\">")
    for (count, one, many) in [
      (page.ranked.count, "block", "blocks"), (combinations.count, "combination", "combinations"),
      (drugs.count, "drug", "drugs"), (samples.count, "sample", "samples"), (page.inputCount, "file", "files"),
      (page.problemCounts.refused + page.problemCounts.doubted, "problem", "problems"),
    ] {
      out.text("<div><dt>\(count == 1 ? one : many)</dt><dd>\(count)</dd></div>")
    }
    out.text("</dl>")
  }

  private func top(to out: inout ByteWriter) {
    out.text("<h3>Top combinations</h3><p class=\"k\">By consensus, the smallest of the models’ mean synergies. ")
    out.text("Scores have no interval or test yet: a small consensus may be noise.</p>")
    let best = page.ranked.prefix(Self.mostTop).filter { ($0.consensus ?? -1) > 0 }
    if best.isEmpty {
      out.text("<p>No block is above every null model: no combination has a consensus over 0.</p>")
      return
    }
    out.text("<ol class=\"top\">")
    for summary in best {
      out.text("<li><a href=\"#\(page.sections.contains(summary.index) ? "b" : "r")")
      out.integer(summary.index)
      out.text("\">")
      out.html(summary.drugs.joined(separator: " × "))
      out.text("</a>")
      out.text(" <span class=\"k\">")
      if let sample = summary.sample {
        out.text("in ")
        out.html(sample)
        out.text(" · ")
      }
      out.blockName(summary.id)
      out.text("</span>")
      out.text("<br><b class=\"chip ")
      out.synergyClass(summary.consensus ?? 0)
      out.text("\">")
      out.points(summary.consensus)
      let scored = summary.scores.count { $0.mean != nil }
      out.text(
        scored == summary.scores.count
          ? "</b> or more over every null model: "
          : "</b> or more over the \(scored) null models that could be scored: ")
      for (position, score) in summary.scores.enumerated() {
        if position > 0 { out.text(", ") }
        out.text("\(score.model.name) ")
        out.points(score.mean)
      }
      if let css = summary.css {
        out.text("; CSS ")
        out.percent(css)
        out.text(" %")
      }
      if !summary.flags.isEmpty {
        out.text(". Look first: ")
        out.html(summary.flags.joined(separator: ", "))
      }
      out.text("</li>")
    }
    out.text("</ol>")
  }

  private func distrust(to out: inout ByteWriter) {
    let counts = page.problemCounts
    out.text("<h3>What to distrust</h3>")
    var flags: [String: Int] = [:]
    for summary in page.ranked { for flag in Set(summary.flags) { flags[flag, default: 0] += 1 } }
    if counts.total == 0, flags.isEmpty {
      return out.text("<p>No input was refused or doubted and no block is flagged.</p>")
    }
    out.text("<ul class=\"l\">")
    if counts.total > 0 {
      out.text(
        "<li><a href=\"#problems\">Inputs</a>: \(counts.refused) refused, \(counts.doubted) doubted, \(counts.noted) noted</li>"
      )
    }
    for (flag, count) in flags.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(8) {
      out.text("<li><code>")
      out.html(flag)
      out.text("</code> in \(count) \(count == 1 ? "block" : "blocks")</li>")
    }
    if flags.count > 8 { out.text("<li>and \(flags.count - 8) further flags</li>") }
    out.text("</ul>")
  }

  private func legend(to out: inout ByteWriter) {
    out.text("<h3>How to read the maps</h3><div class=\"legend\"><p id=\"ls\">Synergy, percentage points</p>")
    out.ramp(
      (-DivergingPalette.steps...DivergingPalette.steps).map { "s\($0 + DivergingPalette.steps)" },
      ticks: ["≤ −50", "−25", "0", "+25", "≥ +50"], label: "ls")
    out.text(
      "<p class=\"k ends\"><span>antagonism</span><span>synergy</span></p><p id=\"lr\">Response, % inhibition</p>")
    out.ramp(
      (0...SequentialPalette.steps).map { "r\($0)" }, ticks: ["≤ 0", "25", "50", "75", "≥ 100"], label: "lr")
    out.text(
      "</div><p class=\"k\">The scales are the same in the whole report; a value beyond an end has the end's colour and its own number. "
    )
    out.text(
      "Rows are drug 1, columns drug 2. Synergy maps leave out single drugs, where synergy is 0 by definition; a frame is the peak window. "
    )
    out.text("– not measured, × not scored.</p>")
  }
}
