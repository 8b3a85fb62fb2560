import Assay
import Compounds
import Screening
import Synergy

/// The report's first screen: what was screened, what came out, the best combinations with their reason, and what to
/// distrust.
struct ReportOverview {
  let page: ReportPage

  private var source: ReportSource { page.source }
  private var inference: InferenceOptions { source.options.synergy.inference }
  private var isTested: Bool { source.ranked.contains { $0.verdict != nil } }

  /// Writes the section.
  func write(to out: inout ByteWriter) {
    out.text("<section id=\"overview\" aria-labelledby=\"ho\"><h2 id=\"ho\">Overview</h2><p class=\"say\">")
    headline(to: &out)
    out.text("</p>")
    counts(to: &out)
    out.text("<div class=\"two\"><div>")
    calls(to: &out)
    top(to: &out)
    out.text("</div><div>")
    quality(to: &out)
    distrust(to: &out)
    legend(to: &out)
    out.text("</div></div></section>")
  }

  /// What came out, in a sentence.
  func headline(to out: inout ByteWriter) {
    out.html(ReportDigest(source: source).headline)
  }

  private func plural(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

  private func counts(to out: inout ByteWriter) {
    var drugs = Set<String>()
    var combinations = Set<[String]>()
    var samples = Set<String>()
    var anchors = Set<String>()
    for summary in source.ranked {
      drugs.formUnion(summary.drugs)
      combinations.insert(summary.drugs.sorted())
      if let sample = summary.sample { samples.insert(sample) }
      if let anchor = source.compounds.anchorIndex(of: summary.drugs) { anchors.insert(summary.drugs[anchor]) }
    }
    out.text("<dl class=\"n\">")
    for (count, one, many) in [
      (source.ranked.count, "block", "blocks"), (combinations.count, "combination", "combinations"),
      (drugs.count, "drug", "drugs"), (samples.count, "sample", "samples"), (source.inputCount, "file", "files"),
      (source.problemCounts.refused + source.problemCounts.doubted, "problem", "problems"),
    ] {
      out.text("<div><dt>\(count == 1 ? one : many)</dt><dd>\(count)</dd></div>")
    }
    out.text("</dl><p class=\"k\">")
    if !anchors.isEmpty {
      out.text("XPO1 \(anchors.count == 1 ? "inhibitor" : "inhibitors"): ")
      out.html(anchors.sorted().joined(separator: ", "))
      out.text(". ")
    }
    let kinds = Set(source.inputs.compactMap(\.response)).sorted()
    if !kinds.isEmpty {
      out.text("Responses were given as ")
      out.html(kinds.joined(separator: ", "))
      out.text(" and are shown as % inhibition.")
    }
    out.text("</p>")
  }

  /// How many blocks have each call, as one bar.
  private func calls(to out: inout ByteWriter) {
    let digest = ReportDigest(source: source)
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
    out.html(digest.callRule)
    out.text("</p>")
  }

  private func top(to out: inout ByteWriter) {
    let digest = ReportDigest(source: source)
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
      out.text("<br><span class=\"k\">Look first:</span> ")
      for flag in lookedAt {
        out.element("code", flag)
        out.text(" ")
      }
    }
    out.text("</li>")
  }

  /// What the data are worth.
  private func quality(to out: inout ByteWriter) {
    out.text("<h3>Quality</h3><ul class=\"l\">")
    if let plates = source.plates {
      let verdicts = plates.plates.map(QualityTable.verdict)
      let parts = ["pass", "warn", "fail", "day 0"].compactMap { verdict -> String? in
        let count = verdicts.count { $0 == verdict }
        return count == 0 ? nil : "<b class=\"\(verdict)\">\(count) \(verdict)</b>"
      }
      out.text("<li><a href=\"#plates\">Plates</a>: \(parts.joined(separator: ", "))</li>")
    }
    let wells = source.ranked.map(\.replicates)
    if let least = wells.min(), let most = wells.max() {
      out.text(
        "<li>\(least == most ? "\(least)" : "\(least) to \(most)") \(most == 1 ? "well" : "wells") a dose pair</li>")
    }
    let noises = source.ranked.compactMap(\.noise)
    if let typical = noises.map(\.sdAt0).sorted().at(noises.count / 2) {
      out.text("<li>Typical noise ±\(AxisText.significant(typical, digits: 2)) points a well at 0 % inhibition, from ")
      let sources = Dictionary(grouping: noises.map(\.source)) { $0 }.mapValues(\.count)
      out.text(
        NoiseModel.Source.allCases.filter { sources[$0] != nil }.map {
          "\($0.words) (\(plural(sources[$0, default: 0], "block")))"
        }.joined(separator: ", "))
      out.text("</li>")
    }
    if isTested, noises.count < source.ranked.count {
      out.text("<li>Nothing tells the noise of \(plural(source.ranked.count - noises.count, "block")): no call</li>")
    }
    out.text("</ul>")
  }

  /// What is refused, doubted or flagged.
  func distrust(to out: inout ByteWriter) {
    out.text("<h3>Warnings</h3><ul class=\"l\">")
    for line in ReportWarnings(source: source).lines {
      out.text("<li>")
      if let flag = line.flag {
        out.element("code", flag)
        out.text(" ")
      }
      out.sentence(line.text)
      if let section = line.section { out.text(" <a href=\"#\(section)\">More</a>") }
      out.text("</li>")
    }
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
      "</div><p class=\"k\">The scales are the same in the whole report; a value beyond an end has the end’s colour and its own number. "
    )
    out.text(
      "Rows are drug 1, columns drug 2. Synergy maps leave out single drugs, where synergy is 0 by definition; a frame is the peak window. "
    )
    out.text("– not measured, × not scored.</p>")
  }
}

extension NoiseModel.Source {
  /// For a reader.
  var words: String {
    switch self {
    case .replicates: "replicate wells"
    case .screen: "the whole screen"
    case .residuals, .lackOfFit: "what a smooth surface leaves"
    }
  }
}
