import Screening
import Synergy

/// The samples in the report: maps of combinations over samples, how consistent each combination is, where it stands
/// out, and partners by class.
enum AcrossSamplesSection {
  /// The most combinations in a map, the best ranked.
  static let mostMapped = 80
  /// The most combinations in the table, the best ranked.
  static let mostRows = 500

  /// The section's anchor and its name in the navigation.
  static let anchor = (id: "samples", name: "Samples")

  /// Writes the section.
  static func write(_ across: AcrossSamples, to out: inout ByteWriter) {
    out.text("<section id=\"\(anchor.id)\" aria-labelledby=\"hx\"><h2 id=\"hx\">Across samples</h2>")
    lead(across, to: &out)
    maps(across, to: &out)
    table(across, to: &out)
    if !across.classes.isEmpty { classes(across, to: &out) }
    out.text("</section>")
  }

  /// What a combination is called in a map: its partner alone where all combinations have one drug in common.
  static func names(_ across: AcrossSamples) -> (names: [String], common: String?) {
    let drugs = across.combinations.map(\.drugs)
    guard drugs.count > 1, drugs.allSatisfy({ $0.count == 2 }) else {
      return (drugs.map { $0.joined(separator: " × ") }, nil)
    }
    let common = Set(drugs[0]).intersection(drugs.dropFirst().reduce(Set(drugs[0])) { $0.intersection($1) })
    guard common.count == 1, let anchor = common.first else {
      return (drugs.map { $0.joined(separator: " × ") }, nil)
    }
    return (drugs.map { pair in pair.first { $0 != anchor } ?? anchor }, anchor)
  }

  private static func lead(_ across: AcrossSamples, to out: inout ByteWriter) {
    let repeated = across.repeated
    let samples = Set(repeated.flatMap { across.combinations[$0].samples.map(\.name) }).count
    out.text(
      "<p>\(repeated.count) \(repeated.count == 1 ? "combination was" : "combinations were") tested in two samples ")
    out.text("or more, of \(samples). ")
    let consistent = repeated.count { place in
      across.combinations[place].count(.synergistic) == across.combinations[place].samples.count
    }
    let hasCalls = repeated.contains { place in across.combinations[place].samples.contains { $0.call != nil } }
    if hasCalls { out.text("\(consistent) \(consistent == 1 ? "is" : "are") synergistic in every sample. ") }
    out.text("Scores here are block scores corrected for bias; <b>\(across.primary.name)</b> stands first")
    out.text(
      across.options.primary == nil && across.primary == .bliss
        ? ", because its reference takes no fitted curve that may fail in one sample and not in another.</p>" : ".</p>")
  }

  private static func maps(_ across: AcrossSamples, to out: inout ByteWriter) {
    let (names, common) = names(across)
    let chosen = Array(across.combinations.indices.prefix(mostMapped))
    let matrix = across.map(of: chosen)
    guard matrix.samples.count > 1 else { return }
    out.text("<h3>Map of combinations over samples</h3>")
    if chosen.count < across.combinations.count {
      out.text("<p class=\"cut\">The best \(chosen.count) of \(across.combinations.count) combinations; all are in ")
      out.text("<code>across_samples.csv</code>.</p>")
    }
    out.text("<p class=\"k\">Percentage points on the scale of the report; – not tested. ")
    if let common {
      out.text("Every combination holds ")
      out.html(common)
      out.text("; rows are named by the partner. ")
    }
    out.text(
      "Rows and columns stand by how alike their \(matrix.primary.name) scores are: average linkage of the root mean ")
    out.text("square difference over what both have; the trees say how alike.</p><div class=\"smaps\">")
    let chosenNames = chosen.map { names[$0] }
    for (title, words, values) in [
      ("\(matrix.primary.name) score", "the mean over the dose pairs", matrix.scores[matrix.primary] ?? []),
      ("Consensus", "what is sure under every model", matrix.consensus),
    ] {
      out.text("<figure><figcaption><b>\(title)</b> \(words)</figcaption>")
      let map = SampleHeatmap(
        title: "\(title) of \(chosen.count) combinations in \(matrix.samples.count) samples", rowNames: chosenNames,
        matrix: matrix, values: values)
      var canvas = SVGCanvas(taking: &out)
      map.draw(on: &canvas)
      canvas.give(back: &out)
      out.text("</figure>")
    }
    out.text("</div>")
  }

  private static func table(_ across: AcrossSamples, to out: inout ByteWriter) {
    let repeated = across.repeated
    guard !repeated.isEmpty else { return }
    out.text("<h3>Consistency and selective synergy, \(across.primary.name)</h3>")
    out.text(
      "<p class=\"k\">Mean (random effects): over samples, each weighted by its precision, with its interval when the samples are a draw from more of their kind "
    )
    out.text(
      "(random effects; two samples say little of a third, so their interval is wide). Spread: standard deviation of ")
    out.text(
      "the true scores between samples, and I², the share of the differences that is not noise. Stands out: the sample "
    )
    out.text(
      "whose score lies most above the mean of the others, of three or more, with q over all samples of all combinations.</p>"
    )
    if repeated.count > mostRows {
      out.text(
        "<p class=\"cut\">The best \(mostRows) of \(repeated.count); all are in <code>across_samples.csv</code>.</p>")
    }
    out.text(
      "<div class=\"t\" role=\"region\" aria-label=\"Combinations across samples\" tabindex=\"0\"><table class=\"as\">")
    out.text("<thead><tr>")
    for head in [
      "Combination", "Samples", "Synergistic in", "Antagonistic in", "Mean (random effects)", "Range", "Spread τ",
      "I², %",
    ] {
      out.text("<th scope=\"col\">\(head)</th>")
    }
    out.text("<th scope=\"col\">p of spread</th><th scope=\"col\">Stands out</th></tr></thead><tbody>")
    for place in repeated.prefix(mostRows) { row(across, across.combinations[place], to: &out) }
    out.text("</tbody></table></div>")
  }

  private static func row(
    _ across: AcrossSamples, _ combination: CombinationAcrossSamples, to out: inout ByteWriter
  ) {
    out.text("<tr><th scope=\"row\">")
    out.html(combination.drugs.joined(separator: " × "))
    out.text("</th><td>\(combination.samples.count)</td>")
    let hasCalls = combination.samples.contains { $0.call != nil }
    for call in [Call.synergistic, .antagonistic] {
      out.text(hasCalls ? "<td>\(combination.count(call)) of \(combination.samples.count)</td>" : "<td>–</td>")
    }
    guard let model = combination.model(across.primary) else {
      out.text("<td colspan=\"6\" class=\"y\">\(across.primary.name) could not be scored</td></tr>\n")
      return
    }
    out.text("<td class=\"")
    out.synergyClass(model.mean)
    out.text("\">")
    out.points(model.pooled?.mean ?? model.mean)
    if let pooled = model.pooled {
      out.text("<small>")
      out.interval(pooled.interval)
      out.text("</small>")
    }
    let values = model.scored.compactMap { combination.samples[$0].scores[across.primary]?.value }
    out.text("</td><td>")
    out.points(values.min())
    out.text(" … ")
    out.points(values.max())
    out.text("</td><td>")
    out.percent(model.pooled?.tau)
    out.text("</td><td>")
    if let pooled = model.pooled { out.fixed(pooled.iSquared * 100, decimals: 0) } else { out.text("–") }
    out.text("</td><td>")
    out.probability(model.pooled?.p)
    out.text("</td><td class=\"w\">")
    if let selective = model.mostSelective {
      let isSure = selective.q <= across.falseDiscoveryRate
      out.text(isSure ? "<b>" : "")
      out.html(combination.samples[selective.sample].name)
      out.text(isSure ? "</b> " : " ")
      out.points(selective.difference)
      out.text(" ± ")
      out.percent(selective.standardError)
      out.text(", q ")
      out.probability(selective.q)
    } else {
      out.text(model.scored.count > 2 ? "none above the others" : "")
    }
    out.text("</td></tr>\n")
  }

  private static func classes(_ across: AcrossSamples, to out: inout ByteWriter) {
    out.text("<h3>Partner classes, \(across.primary.name)</h3>")
    out.text(
      "<div class=\"t\" role=\"region\" aria-label=\"Partner classes\" tabindex=\"0\"><table class=\"as\"><thead><tr>")
    for head in [
      "Class of partner", "With", "Partners", "Samples", "Tested", "Synergistic", "Plain mean", "Range", "Highest",
    ] {
      out.text("<th scope=\"col\">\(head)</th>")
    }
    out.text("</tr></thead><tbody>")
    for group in across.classes {
      out.text("<tr><th scope=\"row\">")
      out.html(group.partnerClass)
      out.text("</th><td class=\"y\">")
      out.html(group.anchor)
      out.text("</td><td>\(group.partners.count)</td><td>\(group.samples)</td><td>\(group.tested)</td>")
      out.text("<td>\(group.calls[.synergistic, default: 0])</td><td class=\"")
      out.synergyClass(group.mean)
      out.text("\">")
      out.points(group.mean)
      out.text("</td><td>")
      out.points(group.range.lowerBound)
      out.text(" … ")
      out.points(group.range.upperBound)
      out.text("</td><td class=\"w\">")
      out.html(across.combinations[group.best].drugs.first { $0 != group.anchor } ?? "")
      out.text("</td></tr>")
    }
    out.text("</tbody></table></div>")
  }

  /// How it was computed, for the methods: entries of a definition list.
  static func methods(_ across: AcrossSamples) -> String {
    """
    <dt>Across samples</dt><dd>Blocks of one combination in one sample count as one, with the mean of their scores. With scores <i>y</i>, \
    standard errors <i>s</i> and weights 1/<i>s</i>²: Q = Σ <i>w</i>(<i>y</i> − <i>ȳ</i>)² is χ² where all samples have one true score; \
    I² = max(0, (Q − k + 1)/Q) (Higgins &amp; Thompson 2002); τ² and the random-effects mean after DerSimonian &amp; Laird (1986), its \
    interval after Hartung &amp; Knapp (2001), never narrower than theirs. Stands out: deleted residuals (Viechtbauer &amp; Cheung \
    2010): the score less the random-effects mean of the other samples, over the root of both variances and τ² of the others.</dd>
    \(across.table == nil ? "" : AssociationSection.methods(across))
    """
  }
}

extension ByteWriter {
  /// Appends a p or q value: two significant digits, `< 0.0001` below that; a dash for none.
  mutating func probability(_ value: Double?) {
    guard let value, value.isFinite else { return text("–") }
    text(value < 1e-4 ? "&lt; 0.0001" : AxisText.significant(value, digits: 2))
  }
}
