import Assay
import Screening
import Statistics
import Synergy

/// Associations of synergy with annotations of the samples in the report: plots of the surest, a table, and what was not
/// tested and why.
enum AssociationSection {
  /// The most plots.
  static let mostPlots = 12
  /// The most rows.
  static let mostRows = 200

  /// Writes the section; nothing without annotations.
  static func write(_ across: AcrossSamples, to out: inout ByteWriter) {
    guard let table = across.table else { return }
    out.text("<section id=\"associations\" aria-labelledby=\"ha\"><h2 id=\"ha\">Associations with annotations</h2>")
    let tested = across.associations.filter { $0.test != nil }
    let found = tested.count { ($0.test?.q ?? 1) <= across.falseDiscoveryRate }
    out.text("<p>Synergy of each combination against what <code>")
    out.html(table.file)
    out.text("</code> says of the samples: \(tested.count) \(tested.count == 1 ? "test" : "tests"), ")
    out.text("\(found) with q ≤ \(AxisText.significant(across.falseDiscoveryRate, digits: 2)). ")
    out.text(
      "p by permutation, q over all tests of all models. An association is no cause: annotations that go together ")
    out.text("(a subtype and its mutation) show the same one.</p>")
    notes(across, to: &out)
    let primary = tested.filter { $0.model == across.primary }
    if !primary.isEmpty {
      plots(across, primary, to: &out)
      rows(across, primary, to: &out)
    }
    refusals(across, to: &out)
    out.text("</section>")
  }

  private static func notes(_ across: AcrossSamples, to out: inout ByteWriter) {
    guard !across.problems.isEmpty else { return }
    out.text("<ul class=\"notes\">")
    for problem in across.problems {
      out.text("<li><b class=\"v \(problem.severity.rawValue)\">\(problem.severity.rawValue)</b> ")
      out.html(problem.message)
      out.text("</li>")
    }
    out.text("</ul>")
  }

  private static func name(_ across: AcrossSamples, _ association: Association) -> String {
    across.combinations[association.combination].drugs.joined(separator: " × ")
  }

  private static func plots(_ across: AcrossSamples, _ tested: [Association], to out: inout ByteWriter) {
    out.text("<h3>The surest, \(across.primary.name)</h3><p class=\"k\">A dot is a sample. Line: mean, or linear fit; ")
    out.text("band: \(AxisText.significant(across.confidence * 100, digits: 3)) % interval of the mean.</p>")
    out.text("<div class=\"plots\">")
    for association in tested.prefix(mostPlots) {
      let title = "\(name(across, association)) against \(association.annotation)"
      guard let plot = AssociationPlot(association, title: title) else { continue }
      out.text("<figure><figcaption><b>")
      out.html(name(across, association))
      out.text("</b><br>")
      out.html(association.annotation)
      out.text(": n ")
      out.integer(association.points.count)
      out.text(", p ")
      out.probability(plot.test.p)
      out.text(", q ")
      out.probability(plot.test.q)
      out.text("</figcaption>")
      var canvas = SVGCanvas(taking: &out)
      plot.draw(on: &canvas)
      canvas.give(back: &out)
      out.text("</figure>")
    }
    out.text("</div>")
  }

  private static func rows(_ across: AcrossSamples, _ tested: [Association], to out: inout ByteWriter) {
    out.text("<h3>Tests, \(across.primary.name)</h3>")
    out.text(
      tested.count > mostRows
        ? "<p class=\"cut\">The surest \(mostRows) of \(tested.count); all, and the other models, are in <code>associations.csv</code>.</p>"
        : "<p class=\"k\">The other models are in <code>associations.csv</code>.</p>")
    out.text(
      "<div class=\"t\" role=\"region\" aria-label=\"Associations\" tabindex=\"0\"><table class=\"as\"><thead><tr>")
    for head in ["Combination", "Annotation", "n", "Effect, points", "R²", "p", "q", "Arrangements"] {
      out.text("<th scope=\"col\">\(head)</th>")
    }
    out.text("</tr></thead><tbody>")
    for association in tested.prefix(mostRows) {
      guard let test = association.test else { continue }
      out.text("<tr><th scope=\"row\">")
      out.html(name(across, association))
      out.text("</th><td class=\"w\">")
      out.html(association.annotation)
      out.text("</td><td>\(association.points.count)")
      if !association.leftOut.isEmpty { out.text("<small>\(association.leftOut.count) excluded</small>") }
      out.text("</td><td class=\"w\">")
      effects(test, to: &out)
      out.text("</td><td>")
      out.fixed(test.rSquared, decimals: 2, padded: true)
      out.text("</td><td>")
      out.probability(test.p)
      out.text("</td><td>")
      out.probability(test.q)
      out.text("</td><td>\(test.arrangements)\(test.isExact ? ", all" : "")</td></tr>\n")
    }
    out.text("</tbody></table></div>")
  }

  /// `mut − wt (4, 6): +12.0 (+4.1 … +19.9)` for each level, or the slope.
  private static func effects(_ test: Association.Test, to out: inout ByteWriter) {
    for (position, effect) in test.effects.enumerated() {
      if position > 0 { out.text("<br>") }
      if let reference = test.levels.first, let level = test.levels.first(where: { $0.name == effect.level }) {
        out.html(level.name)
        out.text(" less ")
        out.html(reference.name)
        out.text(" (n \(level.count), \(reference.count)): ")
        out.points(effect.value)
        out.text(" (")
        out.interval(effect.interval)
        out.text(")")
      } else {
        out.text("slope \(AxisText.significant(effect.value, digits: 3)) (")
        out.text(AxisText.significant(effect.interval.low, digits: 3) + " … ")
        out.text(AxisText.significant(effect.interval.high, digits: 3) + ") per unit")
      }
    }
  }

  private static func refusals(_ across: AcrossSamples, to out: inout ByteWriter) {
    let refused = across.associations.filter { $0.test == nil && $0.model == across.primary }
    guard !refused.isEmpty else { return }
    let reasons = Dictionary(grouping: refused) { "\($0.annotation): \($0.refusal ?? "")" }.mapValues(\.count)
    out.text("<h3>Not tested, \(across.primary.name)</h3><ul class=\"l\">")
    let sorted = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (reason, count) in sorted.prefix(20) {
      out.text("<li>")
      out.html(reason)
      out.text(" <span class=\"k\">(\(count) \(count == 1 ? "combination" : "combinations"))</span></li>")
    }
    if sorted.count > 20 {
      out.text("<li>and \(sorted.count - 20) further reasons, in <code>associations.csv</code></li>")
    }
    out.text("</ul>")
  }

  /// How it was computed, for the methods: an entry of a definition list.
  static func methods(_ across: AcrossSamples) -> String {
    """
    <dt>Associations</dt><dd>Score = intercept + annotation by linear least squares, every sample with the same weight. Words are \
    levels, compared with the level of most samples; numbers of more than two values are a covariate. p: the share of \
    arrangements of the annotation over the samples that explain as much, all of them where there are no more than \
    \(across.options.permutations), else that many at random (seed \(across.options.seed)), p = (b + 1)/(m + 1) (Phipson &amp; Smyth \
    2010). A test takes \(across.options.minimumSamples) samples and \(across.options.minimumPerLevel) of each level. q: \
    Benjamini &amp; Hochberg (1995) over all tests.</dd>
    """
  }
}
