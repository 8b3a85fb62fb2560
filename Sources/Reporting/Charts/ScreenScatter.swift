import Foundation
import Screening
import Synergy

/// A dot a block over two numbers, coloured and shaped by its call: synergy against sensitivity, effect against q.
struct ScreenScatter {
  /// What is read where the picture cannot be seen.
  var title: String
  /// What stands at the axes, with units.
  var xTitle: String
  var yTitle: String
  /// The dots.
  var dots: [Dot]
  /// Values that are on the axes in any case.
  var xIncluding: [Double] = []
  var yIncluding: [Double] = []
  /// Where dashed lines run.
  var xMarks: [Double] = []
  var yMarks: [Double] = []
  var width = 400.0
  var height = 300.0
  /// What the dot at a place of the ranking says.
  var words: (Int) -> String

  /// A block.
  struct Dot {
    var x: Double
    var y: Double
    var block: Int
    var call: Call?
    /// The block's place in the ranking.
    var place: Int
  }

  private static let left = 40.0
  private static let top = 22.0
  private static let bottom = 36.0

  /// Synergy against sensitivity: what is sure under every null model against CSS.
  static func sensitivity(_ ranked: [BlockOutline], isTested: Bool) -> ScreenScatter? {
    let dots = ranked.enumerated().compactMap { place, summary -> Dot? in
      guard let css = summary.css, let consensus = summary.consensus else { return nil }
      return Dot(x: css, y: consensus, block: summary.index, call: summary.verdict?.call, place: place)
    }
    guard dots.count > 1 else { return nil }
    return ScreenScatter(
      title: "Consensus synergy against CSS, one dot per combination", xTitle: "CSS, % inhibition",
      yTitle: isTested ? "consensus (surest bound), points" : "consensus (least mean), points", dots: dots,
      xIncluding: [0], yIncluding: [0], yMarks: [0]
    ) { place in
      let summary = ranked[place]
      return
        "\(summary.label): consensus \(signed(summary.consensus)), CSS \(AxisText.significant(summary.css ?? .nan, digits: 3)) %"
    }
  }

  /// The primary model's score against the untreated level: a slope says that scores depend on the level.
  static func baseline(_ ranked: [BlockOutline], model: NullModel?) -> ScreenScatter? {
    guard let model else { return nil }
    let dots = ranked.enumerated().compactMap { place, summary -> Dot? in
      guard let level = summary.baseline.estimate?.level, let mean = summary.score(of: model)?.mean else { return nil }
      return Dot(x: level, y: mean, block: summary.index, call: summary.verdict?.call, place: place)
    }
    guard dots.count > 1 else { return nil }
    return ScreenScatter(
      title: "\(model.name) score against untreated level as read, one dot per combination",
      xTitle: "untreated level as read, % inhibition", yTitle: "\(model.name) mean synergy, pp", dots: dots,
      xIncluding: [-5, 5], yIncluding: [-5, 5], xMarks: [0], yMarks: [0]
    ) { place in
      let summary = ranked[place]
      return "\(summary.label): untreated level \(signed(summary.baseline.estimate?.level)) %, "
        + "\(model.name) \(signed(summary.score(of: model)?.mean)) pp"
    }
  }

  /// Effect against false discovery rate: a model's mean synergy against −log₁₀ q.
  static func volcano(_ ranked: [BlockOutline], model: NullModel, options: InferenceOptions) -> ScreenScatter? {
    guard options.resamples > 0 else { return nil }
    var dots = ranked.enumerated().compactMap { place, summary -> Dot? in
      guard let score = summary.score(of: model), let mean = score.mean, let q = score.q, q.isFinite else { return nil }
      return Dot(x: mean - (score.bias ?? 0), y: q, block: summary.index, call: score.call, place: place)
    }
    guard dots.count > 1 else { return nil }
    // A q of 0 has no logarithm: it stands at the least other, one decade further.
    let least = dots.lazy.map(\.y).filter { $0 > 0 }.min() ?? 1
    for place in dots.indices { dots[place].y = -log10(dots[place].y > 0 ? dots[place].y : least / 10) }
    return ScreenScatter(
      title: "\(model.name): mean synergy, corrected for bias, against −log10 q, one dot per combination",
      xTitle: "\(model.name) mean synergy, points", yTitle: "−log₁₀ q", dots: dots, xIncluding: [-10, 10],
      yIncluding: [0, 1.5], xMarks: [-options.threshold, options.threshold],
      yMarks: [-log10(options.falseDiscoveryRate)], width: 280, height: 240
    ) { place in
      let (summary, score) = (ranked[place], ranked[place].score(of: model))
      return "\(summary.label): \(model.name) \(signed(score.flatMap { s in s.mean.map { $0 - (s.bias ?? 0) } })), "
        + "q \(AxisText.significant(score?.q ?? .nan, digits: 2))"
    }
  }

  private static func signed(_ value: Double?) -> String {
    ((value ?? 0) > 0 ? "+" : "") + AxisText.significant(value ?? .nan, digits: 3)
  }

  /// Draws the dots; inconclusive ones first, so that what was called lies above.
  func draw(on canvas: inout some ChartCanvas) {
    let x = LinearScale(dots.map(\.x), including: xIncluding, from: Self.left, to: width - 10)
    let y = LinearScale(dots.map(\.y), including: yIncluding, from: height - Self.bottom, to: Self.top)
    canvas.begin(width: Int(width), height: Int(height), title: title)
    if canvas.needsSizeAlone { return canvas.end() }
    PlotGrid(x: x, y: y).draw(on: &canvas)
    let marks =
      xMarks.filter(x.range.contains).flatMap { value -> [ChartPoint?] in
        [ChartPoint(x: x.place(value), y: Self.top), ChartPoint(x: x.place(value), y: height - Self.bottom), nil]
      }
      + yMarks.filter(y.range.contains).flatMap { value -> [ChartPoint?] in
        [ChartPoint(x: Self.left, y: y.place(value)), ChartPoint(x: width - 10, y: y.place(value)), nil]
      }
    canvas.line(marks, stroke: .marker)
    let order: [Call?] = [nil, .inconclusive, .additive, .mixed, .antagonistic, .synergistic]
    for call in order {
      for dot in dots where dot.call == call {
        canvas.mark(
          ChartPoint(x: x.place(dot.x), y: y.place(dot.y)), style: .call(call), title: words(dot.place),
          block: dot.block)
      }
    }
    canvas.label("↑ " + yTitle, x: 0, y: 10, style: .axisTitle)
    canvas.label(xTitle + " →", x: width, y: height - 4, style: .endAlignedNote)
    canvas.end()
  }
}

extension BlockOutline {
  /// The drugs and the sample in a line.
  var label: String {
    AxisText.cut(drugs.joined(separator: " × "), to: 80) + (sample.map { " in " + AxisText.cut($0, to: 40) } ?? "")
  }
}
