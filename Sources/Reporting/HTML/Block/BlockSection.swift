import Assay
import Compounds
import Screening
import Synergy

/// A combination's page in the report: the call in a sentence, what is known of the pair, maps, curves, and what to know
/// of the data. The page is a section that shows when its link is followed.
struct BlockSection {
  /// What was computed of the block.
  let analysis: BlockAnalysis
  /// Its place in the ranking.
  let summary: BlockSummary
  let rank: Int
  /// The blocks before and after it that have a page.
  var previous: (index: Int, rank: Int)?
  var next: (index: Int, rank: Int)?
  /// What is known of its drugs.
  let knowledge: PairKnowledge
  /// The choices behind intervals and calls.
  let inference: InferenceOptions
  /// Its wells that are not in the analysis or look wrong.
  var wells: BlockWells?

  /// The page.
  func text() -> [UInt8] {
    var out = ByteWriter(capacity: 64_000)
    out.text("<section class=\"b\" id=\"\(BlockAnchor.page(summary.index))")
    out.text("\" aria-labelledby=\"h")
    out.integer(summary.index)
    out.text("\">")
    navigation(to: &out)
    heading(to: &out)
    facts(to: &out)
    BlockMaps(analysis: analysis).write(to: &out)
    background(to: &out)
    out.text("</section>\n")
    return out.bytes
  }

  private func navigation(to out: inout ByteWriter) {
    out.text("<nav class=\"bn\" aria-label=\"Combination ")
    out.integer(rank)
    out.text("\"><a href=\"#\(BlockAnchor.row(summary.index))")
    out.text("\">← All combinations</a>")
    for (neighbour, label, rel) in [(previous, "Previous", "prev"), (next, "Next", "next")] {
      guard let neighbour else { continue }
      out.text("<a rel=\"\(rel)\" href=\"#\(BlockAnchor.page(neighbour.index))")
      out.text("\">\(label): #")
      out.integer(neighbour.rank)
      out.text("</a>")
    }
    out.text("</nav>")
  }

  private func heading(to out: inout ByteWriter) {
    let matrix = analysis.matrix
    out.text("<h2 id=\"h")
    out.integer(summary.index)
    out.text("\"><span class=\"rk\">#")
    out.integer(rank)
    out.text("</span> ")
    out.html(matrix.axes.map(\.drug).joined(separator: " × "))
    if let sample = matrix.sample {
      out.text(" <span class=\"in\">in ")
      out.html(sample)
      out.text("</span>")
    }
    out.text("</h2>")
    sentence(to: &out)
  }

  /// The call in a sentence, and what the block is made of.
  func sentence(to out: inout ByteWriter) {
    let matrix = analysis.matrix
    out.text("<p class=\"say\">")
    out.called(CombinationWords(summary, inference: inference).call, summary.verdict?.call)
    out.text("</p><p class=\"k\">")
    out.blockName(matrix.id)
    out.text(" · ")
    out.html(matrix.shape.map(String.init).joined(separator: " × "))
    out.text(" doses · ")
    out.integer(matrix.wellCount)
    out.text(matrix.wellCount == 1 ? " well" : " wells")
    let missing = matrix.count.count { $0 == 0 }
    if missing > 0 {
      out.text(" · ")
      out.integer(missing)
      out.text(missing == 1 ? " cell not measured" : " cells not measured")
    }
    out.text("</p>")
  }

  /// The numbers, and what to look at first.
  func facts(to out: inout ByteWriter) {
    figures(to: &out)
    notes(to: &out)
    wells?.write(to: &out)
  }

  /// What is known of the pair, and the curves.
  func background(to out: inout ByteWriter) {
    KnownBefore(knowledge: knowledge).write(to: &out)
    BlockCurves(analysis: analysis).write(to: &out)
  }

  /// The numbers a meeting asks for first.
  private func figures(to out: inout ByteWriter) {
    out.text("<dl class=\"n\">")
    figure("consensus, points", note: nil, to: &out) { $0.points(analysis.consensus) }
    for score in analysis.models {
      let inference = analysis.inference(of: score.model)
      figure("\(score.model.name) mean", note: inference.map { note($0.interval) }, to: &out) { $0.points(score.mean) }
    }
    figure("CSS, %", note: analysis.inference?.css.map { note($0, isSigned: false) }, to: &out) {
      $0.percent(analysis.css)
    }
    if let noise = analysis.inference?.noise {
      let typical = AxisText.significant(noise.sdAt0, digits: 2)
      let rest = noise.words.drop { $0 != " " }
      figure(
        "noise (SD of a well), pp", note: "\(rest.isEmpty ? "" : rest.dropFirst() + "; ")from \(noise.source.words)",
        to: &out
      ) {
        $0.text("±" + typical)
      }
    }
    out.text("</dl>")
    if let reachable = CombinationWords(summary, inference: inference).reachable {
      out.text("<p>")
      out.html(reachable)
      out.text("</p>")
    }
    let unscored = analysis.models.filter { $0.unscoredCells > 0 }
    if !unscored.isEmpty {
      out.text("<p class=\"k\">")
      out.text(
        unscored.map { "\($0.model.name): \($0.unscoredCells) of \($0.unscoredCells + $0.scoredCells) not scored" }
          .joined(separator: "; "))
      out.text("</p>")
    }
  }

  private func figure(
    _ name: String, note: String?, to out: inout ByteWriter, value: (inout ByteWriter) -> Void
  ) {
    out.text("<div><dt>\(name)</dt><dd>")
    value(&out)
    if let note { out.text("<small>\(note)</small>") }
    out.text("</dd></div>")
  }

  private func note(_ interval: Interval, isSigned: Bool = true) -> String {
    var out = ByteWriter()
    if isSigned {
      out.interval(interval)
    } else {
      out.percent(interval.low)
      out.text(" … ")
      out.percent(interval.high)
    }
    return out.string
  }

  private func notes(to out: inout ByteWriter) {
    guard !analysis.notes.isEmpty else { return }
    out.text("<h3>Warnings</h3><ul class=\"notes\">")
    for note in analysis.notes {
      out.text("<li><code>")
      out.html(note.flag)
      out.text("</code> ")
      out.html(note.message)
      out.text("</li>")
    }
    out.text("</ul>")
  }
}

extension ByteWriter {
  /// Appends a call as a coloured word.
  mutating func call(_ call: Call) { text("<b class=\"cl c-\(call.rawValue)\">\(call.rawValue)</b> ") }

  /// Appends a sentence with its call before it as a coloured word, once.
  mutating func called(_ sentence: String, _ call: Call?) {
    guard let call else { return html(sentence) }
    self.call(call)
    let word = call.rawValue
    html(sentence.lowercased().hasPrefix(word) ? String(sentence.dropFirst(word.count + 1)) : sentence)
  }

  /// Appends what a chart draws.
  mutating func chart(_ draw: (inout SVGCanvas) -> Void) {
    var canvas = SVGCanvas(taking: &self)
    draw(&canvas)
    canvas.give(back: &self)
  }
}
