import Foundation
import Screening
import Synergy

/// A block's scores and where they plausibly lie, a row a model: what is sure under every null model is seen at a
/// glance. The dashed lines are the threshold of a call.
struct ScoreForest {
  /// What is read where the picture cannot be seen.
  var title: String
  /// The scores.
  var scores: [BlockSummary.Score]
  /// The synergy that matters, percentage points; `nil` where nothing was tested.
  var threshold: Double?
  /// What the horizontal axis covers, percentage points.
  var range: ClosedRange<Double>
  /// How wide it is, in pixels.
  var width = 300.0
  /// How high a score's row is, in pixels.
  var row = 17.0

  private static let left = 44.0
  private static let right = 14.0
  /// Where the first row begins.
  static let top = 2.0
  private static let bottom = 18.0

  /// The forest of a block.
  init(_ summary: BlockSummary, options: InferenceOptions, range: ClosedRange<Double>? = nil, width: Double = 300) {
    title = "Scores of \(summary.drugs.joined(separator: " × "))"
    scores = summary.scores
    threshold = options.resamples > 0 ? options.threshold : nil
    self.range = range ?? Self.range(of: [summary])
    self.width = width
  }

  /// A range that holds the scores of blocks with their intervals, 0, and some room; of ±10 points at the least.
  static func range(of blocks: some Sequence<BlockSummary>) -> ClosedRange<Double> {
    var (low, high) = (-10.0, 10.0)
    for score in blocks.flatMap(\.scores) {
      for value in [score.mean, score.interval?.low, score.interval?.high].compactMap({ $0 }) where value.isFinite {
        low = min(low, max(value, -1e6))
        high = max(high, min(value, 1e6))
      }
    }
    let step = tickStep(high - low)
    return (low / step).rounded(.down) * step...(high / step).rounded(.up) * step
  }

  /// A round step that makes about four ticks of a span.
  private static func tickStep(_ span: Double) -> Double {
    let steps = (0...6).lazy.flatMap { power in [5.0, 10, 20].map { $0 * pow(10, Double(power)) } }
    return steps.first { span / $0 <= 5 } ?? span
  }

  /// Draws the forest.
  func draw(on canvas: inout some ChartCanvas) {
    let bodyBottom = Self.top + Double(scores.count) * row
    canvas.begin(width: Int(width), height: Int(bodyBottom + Self.bottom), title: title)
    let span = range.upperBound - range.lowerBound
    func x(_ value: Double) -> Double {
      let inside = min(range.upperBound, max(range.lowerBound, value))
      return Self.left + (inside - range.lowerBound) / span * (width - Self.left - Self.right)
    }
    func rule(_ value: Double) -> [ChartPoint?] {
      [ChartPoint(x: x(value), y: Self.top), ChartPoint(x: x(value), y: bodyBottom), nil]
    }
    let step = Self.tickStep(span)
    let ticks = stride(from: (range.lowerBound / step).rounded(.up) * step, through: range.upperBound, by: step)
    canvas.line(ticks.flatMap(rule), stroke: .grid)
    canvas.line(rule(0), stroke: .axis)
    if let threshold {
      canvas.line([-threshold, threshold].filter(range.contains).flatMap(rule), stroke: .marker)
    }
    for tick in ticks {
      var text = ByteWriter()
      text.fixed(tick, decimals: 0, plus: true, minus: "−")
      canvas.label(text.string, x: x(tick), y: bodyBottom + 12, style: .columnTick)
    }
    for (place, score) in scores.enumerated() {
      let middle = Self.top + (Double(place) + 0.5) * row
      canvas.label(score.model.name, x: Self.left - 8, y: middle + 3.6, style: .rowTick)
      if let interval = score.interval, interval.low.isFinite, interval.high.isFinite {
        canvas.line(
          [ChartPoint(x: x(interval.low), y: middle), ChartPoint(x: x(interval.high), y: middle)], stroke: .interval)
      }
      if let mean = score.mean, mean.isFinite {
        canvas.dots([ChartPoint(x: x(mean), y: middle)], style: .call(score.call))
      }
    }
    canvas.end()
  }
}
