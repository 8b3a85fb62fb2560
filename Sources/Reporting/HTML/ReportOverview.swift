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
    for summary in page.source.ranked {
      drugs.formUnion(summary.drugs)
      combinations.insert(summary.drugs.sorted())
      if let sample = summary.sample { samples.insert(sample) }
    }
    out.text("<dl class=\"n\">")
    for (count, one, many) in [
      (page.source.ranked.count, "block", "blocks"), (combinations.count, "combination", "combinations"),
      (drugs.count, "drug", "drugs"), (samples.count, "sample", "samples"), (page.source.inputCount, "file", "files"),
      (page.source.problemCounts.refused + page.source.problemCounts.doubted, "problem", "problems"),
    ] {
      out.text("<div><dt>\(count == 1 ? one : many)</dt><dd>\(count)</dd></div>")
    }
    out.text("</dl>")
  }

  private func top(to out: inout ByteWriter) {
    let isTested = page.source.options.synergy.inference.resamples > 0
    calls(to: &out)
    out.text("<h3>Top combinations</h3><p class=\"k\">By consensus, the smallest of the models’ ")
    out.text(
      isTested
        ? "lower \(percent(page.source.options.synergy.inference.confidence)) bounds: what is sure under every null model.</p>"
        : "mean synergies. Nothing was tested: a small consensus may be noise.</p>")
    let best = page.source.ranked.prefix(Self.mostTop).filter { ($0.consensus ?? -1) > 0 }
    if best.isEmpty {
      out.text(
        isTested
          ? "<p>No block is surely above every null model: no combination has a consensus over 0.</p>"
          : "<p>No block is above every null model: no combination has a consensus over 0.</p>")
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
        if let interval = score.interval {
          out.text(" <small>(")
          out.interval(interval)
          out.text(")</small>")
        }
      }
      if let verdict = summary.verdict {
        out.text(". <b class=\"c-\(verdict.call.rawValue)\">")
        out.html(verdict.words.prefix(1).uppercased() + verdict.words.dropFirst())
        out.text("</b>")
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

  private func percent(_ share: Double) -> String { AxisText.significant(share * 100, digits: 3) + " %" }

  /// How many blocks have each call.
  private func calls(to out: inout ByteWriter) {
    let verdicts = page.source.ranked.compactMap { $0.verdict?.call }
    guard !verdicts.isEmpty else { return }
    let inference = page.source.options.synergy.inference
    out.text("<h3>Calls</h3><dl class=\"n calls\">")
    for call in Call.allCases {
      out.text("<div><dt class=\"c-\(call.rawValue)\">\(call.rawValue)</dt><dd>")
      out.integer(verdicts.count { $0 == call })
      out.text("</dd></div>")
    }
    out.text("</dl><p class=\"k\">Synergistic or antagonistic: at least ")
    out.text(AxisText.significant(inference.threshold, digits: 3))
    out.text(" points, sure under every null model at a false discovery rate of ")
    out.text(percent(inference.falseDiscoveryRate))
    out.text(". Additive: a null model holds within that. ")
    let noises = Dictionary(grouping: page.source.ranked.compactMap { $0.noise?.source }) { $0 }.mapValues(\.count)
    out.text("Noise from ")
    out.text(
      NoiseModel.Source.allCases.filter { noises[$0] != nil }.map {
        "\($0.words) (\(noises[$0, default: 0]) block\(noises[$0] == 1 ? "" : "s"))"
      }.joined(separator: ", "))
    let without = page.source.ranked.count - noises.values.reduce(0, +)
    if without > 0 {
      out.text("; nothing tells that of \(without) block\(without == 1 ? "" : "s"), which have no call")
    }
    out.text(".</p>")
  }

  private func distrust(to out: inout ByteWriter) {
    let counts = page.source.problemCounts
    out.text("<h3>What to distrust</h3>")
    var flags: [String: Int] = [:]
    for summary in page.source.ranked { for flag in Set(summary.flags) { flags[flag, default: 0] += 1 } }
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

extension NoiseModel.Source {
  /// For a reader.
  var words: String {
    switch self {
    case .replicates: "replicate wells"
    case .screen: "the whole screen"
    case .residuals: "what a smooth surface leaves"
    }
  }
}
