import Assay
import Screening
import Statistics
import Synergy

/// The screen at a glance: synergy against sensitivity, a volcano for each model, and how far the models agree.
struct ScreenCharts {
  let source: ReportSource

  private var isTested: Bool { source.hasCalls }

  /// Writes the section; nothing for fewer than two blocks.
  func write(to out: inout ByteWriter) {
    guard source.outlines.count > 1 else { return }
    out.text("<section id=\"screen\" aria-labelledby=\"hs\"><h2 id=\"hs\">The screen at a glance</h2>")
    if source.outlines.count > ScreenFigures.mostDots {
      out.text("<p class=\"cut\">The first \(ScreenFigures.mostDots) of \(source.outlines.count) blocks are drawn.</p>")
    }
    if isTested { key(to: &out) }
    out.text("<div class=\"f big\">")
    let figures = ScreenFigures(source: source)
    for chart in figures.sensitivity + figures.baseline { figure(chart, to: &out) }
    agreement(to: &out)
    out.text("</div>")
    volcanoes(figures.volcanoes, to: &out)
    out.text("</section>")
  }

  private func figure(_ named: NamedChart, to out: inout ByteWriter) {
    out.text("<figure><figcaption><b>\(named.title)</b>\(named.detail.isEmpty ? "" : ": " + named.detail)</figcaption>")
    out.chart { named.chart.draw(on: &$0) }
    out.text("</figure>")
  }

  private func key(to out: inout ByteWriter) {
    out.text("<p class=\"key\">")
    for call in Call.allCases {
      out.text(
        "<span><svg role=\"img\" aria-label=\"\(call.rawValue)\" viewBox=\"0 0 14 14\" width=\"14\" height=\"14\">")
      out.text("<path class=\"pc c-\(call.rawValue)\" d=\"M7 7h0\"/></svg> \(call.rawValue)</span>")
    }
    out.text("<span class=\"k\">A dot is a block; follow it to its page.</span></p>")
  }

  private func volcanoes(_ charts: [NamedChart], to out: inout ByteWriter) {
    guard !charts.isEmpty else { return }
    let options = source.options.synergy
    out.text(
      "<h3>Effect against false discovery rate</h3><p class=\"k\">Dashed: ±\(number(options.inference.threshold)) points and q = "
    )
    out.text(
      "\(number(options.inference.falseDiscoveryRate)); what lies above and outside is called.</p><div class=\"f\">")
    for chart in charts { figure(chart, to: &out) }
    out.text("</div>")
  }

  private func number(_ value: Double) -> String { AxisText.significant(value, digits: 3) }

  /// Under which models blocks are synergistic, and how alike the models rank.
  private func agreement(to out: inout ByteWriter) {
    let models = source.options.synergy.models
    guard models.count > 1 else { return }
    out.text("<div class=\"ag\">")
    if isTested {
      out.text("<h3>Do the models agree?</h3>")
      sets(models, to: &out)
    } else {
      out.text("<h3>How alike the models rank</h3>")
    }
    correlations(models, to: &out)
    out.text("</div>")
  }

  /// Blocks by the set of models under which they are synergistic, most common first.
  private func sets(_ models: [NullModel], to out: inout ByteWriter) {
    var counts: [[NullModel]: Int] = [:]
    for summary in source.outlines {
      let called = summary.scores.filter { $0.call == .synergistic }.map(\.model)
      if !called.isEmpty { counts[called, default: 0] += 1 }
    }
    guard let most = counts.values.max() else {
      out.text("<p>No block is synergistic under any model.</p>")
      return
    }
    let sorted = counts.sorted { one, other in
      if one.key.count != other.key.count { return one.key.count > other.key.count }
      return one.value != other.value
        ? one.value > other.value : one.key.map(\.rawValue).joined() < other.key.map(\.rawValue).joined()
    }
    out.text("<table class=\"bars\"><caption>Blocks that are synergistic under …</caption><tbody>")
    for (set, count) in sorted {
      let names = set.count == models.count ? "all \(models.count) models" : set.map(\.name).joined(separator: ", ")
      out.text("<tr><th scope=\"row\">\(set.count == 1 ? names + " only" : names)</th>")
      out.text("<td><svg aria-hidden=\"true\" viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\">")
      out.text("<rect width=\"\(100 * count / most)\" height=\"12\"/></svg></td><td>\(count)</td></tr>")
    }
    out.text("</tbody></table>")
  }

  /// Spearman's rank correlation of the models' block means.
  private func correlations(_ models: [NullModel], to out: inout ByteWriter) {
    let means = models.map { model in source.outlines.map { $0.score(of: model)?.mean } }
    out.text(
      "<table class=\"cor\"><caption>Rank correlation of the block means (Spearman)</caption><thead><tr><td></td>")
    for model in models.dropFirst() { out.text("<th scope=\"col\">\(model.name)</th>") }
    out.text("</tr></thead><tbody>")
    for row in models.indices.dropLast() {
      out.text("<tr><th scope=\"row\">\(models[row].name)</th>")
      for column in models.indices.dropFirst() {
        guard column > row else {
          out.text("<td></td>")
          continue
        }
        let value = RankCorrelation.spearman(means[row], means[column])
        out.text("<td>")
        if value.isFinite {
          out.fixed(value, decimals: 2, padded: true, minus: "−")
        } else {
          out.text("–")
        }
        out.text("</td>")
      }
      out.text("</tr>")
    }
    out.text("</tbody></table>")
  }
}
