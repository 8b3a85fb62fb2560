import Compounds
import Screening
import Synergy

/// A row of the ranked table, cell by cell: rank, drugs, sample, call, consensus, each model's mean, the first model's
/// peak, CSS, flags.
struct RankedRow {
  let summary: BlockSummary
  let rank: Int
  let models: [NullModel]
  /// What is known of the drugs.
  let knowledge: PairKnowledge
  /// Where the drugs' names lead; `nil` where the block has no page.
  let link: String?

  /// Characters of a sample's name that stand in a narrow column.
  private static let longestSample = 80

  /// Writes the cells.
  func write(to out: inout ByteWriter) {
    identity(to: &out)
    numbers(to: &out)
  }

  /// Writes rank, drugs, sample and call.
  func identity(to out: inout ByteWriter) {
    out.text("<td>")
    out.integer(rank)
    out.text("</td><th scope=\"row\">")
    name(to: &out)
    out.text("</th>")
    out.element("td", summary.sample.map { AxisText.cut($0, to: Self.longestSample) } ?? "–")
    out.text("<td class=\"call\">")
    if let verdict = summary.verdict {
      out.call(verdict.call)
      out.text("<small>")
      out.html(verdict.reason)
      out.text("</small>")
    } else {
      out.text("–")
    }
    out.text("</td>")
  }

  /// Writes consensus, each model's mean, the first model's peak, CSS and flags.
  func numbers(to out: inout ByteWriter) {
    value(summary.consensus, coloured: summary.colouredConsensus, to: &out) { _ in }
    for model in models {
      let score = summary.score(of: model)
      value(score?.mean, coloured: score?.coloured, to: &out) { $0.interval(score?.interval) }
    }
    if let model = models.first {
      let peak = summary.score(of: model)?.peak
      value(peak?.corrected, coloured: peak?.coloured, to: &out) { out in
        if let peak { doses(peak.measured, to: &out) }
      }
    }
    out.text("<td>")
    out.percent(summary.css)
    out.text("</td><td class=\"fl\">")
    for (position, flag) in summary.flags.enumerated() {
      if position > 0 { out.text(" ") }
      out.element("code", flag)
    }
    out.text("</td>")
  }

  /// The drugs as a link to the page, the partner's class and the block's name below.
  private func name(to out: inout ByteWriter) {
    if let link {
      out.text("<a href=\"")
      out.html(link)
      out.text("\">")
    }
    out.html(summary.drugs.joined(separator: " × "))
    if link != nil { out.text("</a>") }
    out.text("<small>")
    let classes = knowledge.partnerClasses.compactMap { $0 }
    if knowledge.anchor != nil, !classes.isEmpty {
      out.html(classes.joined(separator: ", "))
      out.text(" · ")
    }
    if !knowledge.precedents.isEmpty {
      out.text("\(knowledge.precedents.count) \(knowledge.precedents.count == 1 ? "trial" : "trials") · ")
    }
    out.blockName(summary.id)
    out.text("</small>")
  }

  private func value(
    _ value: Double?, coloured: Double?, to out: inout ByteWriter, below: (inout ByteWriter) -> Void
  ) {
    out.text("<td")
    if let value, value.isFinite {
      out.text(" class=\"")
      out.synergyClass(coloured ?? 0)
      out.byte(UInt8(ascii: "\""))
    }
    out.byte(UInt8(ascii: ">"))
    out.points(value)
    var small = ByteWriter()
    below(&small)
    if !small.bytes.isEmpty {
      out.text("<small>")
      out.raw(small.bytes)
      out.text("</small>")
    }
    out.text("</td>")
  }

  /// `0.1–1 µM × 5–20 nM`.
  private func doses(_ peak: PeakWindow, to out: inout ByteWriter) {
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
