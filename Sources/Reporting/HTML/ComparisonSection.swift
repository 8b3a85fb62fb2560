import Screening
import Synergy

/// What is different from another run, in the report: what differs in the runs, and every block that changed, with why.
enum ComparisonSection {
  /// The most blocks that are listed.
  static let mostBlocks = 500

  /// Where the section stands.
  enum Place {
    /// In a report beside `comparison.csv`.
    case report
    /// On a page of its own, which calls the other run so.
    case page(title: String)
  }

  /// Writes the section; `link` leads to a block of the newer run.
  static func write(
    _ comparison: RunComparison, models: [NullModel], place: Place = .report,
    link: (Int) -> String = { "#" + BlockAnchor.row($0) },
    to out: inout ByteWriter
  ) {
    let changed = comparison.changed
    out.text(
      "<section id=\"comparison\" aria-labelledby=\"hc\"><h2 id=\"hc\">Changes since another run</h2><p>Against <b>")
    switch place {
    case .report:
      out.html(comparison.old.title)
      out.text("</b> in <code>")
      out.html(comparison.old.directory)
      out.text("</code>.")
    case .page(let title):
      out.html(title)
      out.text("</b>.")
    }
    out.text(" Blocks are paired by drugs and sample, where these are not unique by name besides.")
    if case .report = place { out.text(" All pairs are in <code>comparison.csv</code>.") }
    out.text("</p><dl class=\"n\">")
    for (name, count) in [
      ("blocks in both", comparison.paired.count), ("changed", changed.count),
      ("with another call", changed.count { $0.hasOtherCall }), ("only in this run", comparison.added.count),
      ("only in the other run", comparison.removed.count),
    ] {
      out.text("<div><dt>\(name)</dt><dd>\(count)</dd></div>")
    }
    out.text("</dl>")
    differences(comparison.settings, title: "Options and version", to: &out)
    differences(comparison.files, title: "Files, by SHA-256", to: &out)
    blocks(changed, models: models, link: link, to: &out)
    alone(comparison.added, title: "Blocks only in this run", to: &out)
    alone(comparison.removed, title: "Blocks only in the other run", to: &out)
    out.text("</section>")
  }

  private static func differences(_ list: [RunComparison.Difference], title: String, to out: inout ByteWriter) {
    out.text("<h3>\(title)</h3>")
    if list.isEmpty { return out.text("<p>No difference.</p>") }
    out.text("<div class=\"t\" role=\"region\" aria-label=\"\(title)\" tabindex=\"0\"><table class=\"m\"><thead><tr>")
    out.text("<th scope=\"col\">What</th><th scope=\"col\">There</th><th scope=\"col\">Here</th></tr></thead><tbody>")
    for difference in list.prefix(mostBlocks) {
      out.text("<tr><th scope=\"row\">")
      out.html(difference.name)
      out.text("</th>")
      for side in [difference.old, difference.new] { out.element("td", side.map { AxisText.cut($0, to: 80) } ?? "–") }
      out.text("</tr>")
    }
    out.text("</tbody></table></div>")
    if list.count > mostBlocks { out.text("<p class=\"cut\">The first \(mostBlocks) of \(list.count).</p>") }
  }

  private static func blocks(
    _ changed: [ComparedBlock], models: [NullModel], link: (Int) -> String, to out: inout ByteWriter
  ) {
    out.text("<h3>Blocks that changed</h3>")
    if changed.isEmpty { return out.text("<p>None: ranks, calls and scores are the same.</p>") }
    if changed.count > mostBlocks {
      out.text(
        "<p class=\"cut\">The best \(mostBlocks) of \(changed.count); all are in <code>comparison.csv</code>.</p>")
    }
    out.text("<div class=\"t\" role=\"region\" aria-label=\"Blocks that changed\" tabindex=\"0\"><table class=\"cmp\">")
    out.text("<thead><tr><th scope=\"col\">Combination</th><th scope=\"col\">Rank</th><th scope=\"col\">Call</th>")
    out.text("<th scope=\"col\">Consensus</th>")
    for model in models { out.text("<th scope=\"col\">\(model.name)</th>") }
    out.text("<th scope=\"col\">Why</th></tr></thead><tbody>")
    for block in changed.prefix(mostBlocks) { row(block, models: models, link: link, to: &out) }
    out.text("</tbody></table></div>")
  }

  private static func row(
    _ block: ComparedBlock, models: [NullModel], link: (Int) -> String, to out: inout ByteWriter
  ) {
    out.text("<tr><th scope=\"row\"><a href=\"")
    out.html(link(block.new.index))
    out.text("\">")
    out.html(block.new.drugs.joined(separator: " × "))
    out.text("</a><small class=\"k\"> ")
    out.html(block.new.sample ?? "")
    out.text("</small></th><td>\(block.oldRank) → \(block.rank)")
    if block.rise != 0 {
      out.text(
        "<small class=\"\(block.rise > 0 ? "up" : "down")\">\(block.rise > 0 ? "▲" : "▼") \(abs(block.rise))</small>")
    }
    out.text("</td><td class=\"w\">")
    if block.hasOtherCall { out.text("\(block.old.verdict?.call.rawValue ?? "no call") → <b>") }
    out.text("\(block.new.verdict?.call.rawValue ?? "no call")\(block.hasOtherCall ? "</b>" : "")</td>")
    change(block.old.consensus, block.new.consensus, nil, nil, to: &out)
    for model in models {
      let (new, old) = (block.new.score(of: model), block.old.score(of: model))
      change(old?.mean, new?.mean, old?.interval, new?.interval, to: &out)
    }
    out.text("<td class=\"w\">")
    out.html(block.reasons.joined(separator: "; "))
    out.text("</td></tr>\n")
  }

  /// `+4.1 → +5.0`, with the intervals below where they differ; one number where nothing does.
  private static func change(
    _ old: Double?, _ new: Double?, _ oldInterval: Interval?, _ interval: Interval?, to out: inout ByteWriter
  ) {
    out.text("<td>")
    if old != new {
      out.points(old)
      out.text(" → ")
    }
    out.points(new)
    if oldInterval != interval {
      out.text("<small>")
      out.interval(oldInterval)
      out.text(" → </small><small>")
      out.interval(interval)
      out.text("</small>")
    }
    out.text("</td>")
  }

  private static func alone(
    _ blocks: [(rank: Int, block: BlockSummary)], title: String, to out: inout ByteWriter
  ) {
    guard !blocks.isEmpty else { return }
    out.text("<h3>\(title)</h3><ul class=\"l\">")
    for (rank, block) in blocks.prefix(100) {
      out.text("<li>#\(rank) ")
      out.html(block.drugs.joined(separator: " × "))
      if let sample = block.sample {
        out.text(" in ")
        out.html(sample)
      }
      out.text(" <span class=\"k\">")
      out.blockName(block.id)
      out.text("</span></li>")
    }
    if blocks.count > 100 { out.text("<li>and \(blocks.count - 100) more, in <code>comparison.csv</code></li>") }
    out.text("</ul>")
  }
}
