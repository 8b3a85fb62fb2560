import Foundation
import Screening
import Synergy

/// A combination's scores against one annotation of the samples: a dot a sample; for levels their means with intervals
/// and their numbers of samples, for a covariate the fitted line.
struct AssociationPlot {
  /// What is read where the picture cannot be seen.
  var title: String
  /// The test.
  var association: Association
  /// Its outcome.
  var test: Association.Test

  /// A plot; `nil` of a test that was not made.
  init?(_ association: Association, title: String) {
    guard let test = association.test else { return nil }
    self.title = title
    self.association = association
    self.test = test
  }

  private static let width = 264.0
  private static let height = 190.0
  private static let left = 34.0
  private static let top = 22.0
  private static let bottom = 34.0
  private static let right = 6.0
  /// Characters of a level's name that fit a column of one level.
  private static let mostCharacters = 38

  /// Draws the plot.
  func draw(on canvas: inout some ChartCanvas) {
    canvas.begin(width: Int(Self.width), height: Int(Self.height), title: title)
    let base = Self.height - Self.bottom
    let scale = LinearScale(
      association.points.map(\.y) + test.levels.flatMap { [$0.interval.low, $0.interval.high] }, including: [0],
      from: base, to: Self.top)
    let right = Self.width - Self.right
    canvas.line(
      scale.ticks.flatMap {
        [ChartPoint(x: Self.left, y: scale.place($0)), ChartPoint(x: right, y: scale.place($0)), nil]
      },
      stroke: .grid)
    for tick in scale.ticks {
      canvas.label(AxisText.significant(tick, digits: 3), x: Self.left - 4, y: scale.place(tick) + 4, style: .rowTick)
    }
    canvas.line(
      [ChartPoint(x: Self.left, y: scale.place(0)), ChartPoint(x: right, y: scale.place(0))], stroke: .axis)
    canvas.label("↑ \(association.model.name) score, points", x: 0, y: 10, style: .axisTitle)
    if test.levels.isEmpty {
      covariate(on: &canvas, scale, right: right, base: base)
    } else {
      levels(on: &canvas, scale, right: right, base: base)
    }
    canvas.end()
  }

  private func levels(on canvas: inout some ChartCanvas, _ scale: LinearScale, right: Double, base: Double) {
    let step = (right - Self.left) / Double(test.levels.count)
    let limit = max(3, Self.mostCharacters / test.levels.count)
    for (number, level) in test.levels.enumerated() {
      let centre = Self.left + (Double(number) + 0.5) * step
      canvas.label(AxisText.cut(level.name, to: limit), x: centre, y: base + 13, style: .columnTick)
      canvas.label("n = \(level.count)", x: centre, y: base + 27, style: .columnTick)
      let half = min(26, 0.34 * step)
      let (low, high) = (scale.place(level.interval.low), scale.place(level.interval.high))
      canvas.area(
        [
          ChartPoint(x: centre - half, y: low), ChartPoint(x: centre + half, y: low),
          ChartPoint(x: centre + half, y: high), ChartPoint(x: centre - half, y: high),
        ], fill: .band)
      let mean = scale.place(level.mean)
      canvas.line([ChartPoint(x: centre - half, y: mean), ChartPoint(x: centre + half, y: mean)], stroke: .fit)
      let own = association.points.filter { $0.x == Double(number) }.map { scale.place($0.y) }.sorted()
      canvas.dots(Self.beside(own, centre: centre, half: 0.4 * step), style: .mean)
    }
  }

  private func covariate(on canvas: inout some ChartCanvas, _ scale: LinearScale, right: Double, base: Double) {
    let axis = LinearScale(association.points.map(\.x), including: [], from: Self.left + 8, to: right - 8)
    for tick in axis.ticks {
      canvas.label(AxisText.significant(tick, digits: 3), x: axis.place(tick), y: base + 13, style: .columnTick)
    }
    canvas.label(
      "\(AxisText.cut(association.annotation, to: 30)), n = \(association.points.count) →", x: Self.width, y: base + 29,
      style: .endAlignedNote)
    if let slope = test.effects.first?.value {
      let count = Double(association.points.count)
      let x = association.points.reduce(0) { $0 + $1.x } / count
      let y = association.points.reduce(0) { $0 + $1.y } / count
      canvas.line(
        [axis.range.lowerBound, axis.range.upperBound].map {
          ChartPoint(x: axis.place($0), y: scale.place(y + slope * ($0 - x)))
        }, stroke: .fit)
    }
    canvas.dots(association.points.map { ChartPoint(x: axis.place($0.x), y: scale.place($0.y)) }, style: .mean)
  }

  /// Dots of one column: those that would cover each other stand side by side.
  private static func beside(_ heights: [Double], centre: Double, half: Double) -> [ChartPoint] {
    var placed: [ChartPoint] = []
    for height in heights {
      var shift = 0.0
      var tries = 0
      while placed.contains(where: { abs($0.y - height) < 6 && abs($0.x - centre - shift) < 6.5 }), tries < 60 {
        tries += 1
        shift = Double((tries + 1) / 2) * 7 * (tries.isMultiple(of: 2) ? 1 : -1)
      }
      placed.append(ChartPoint(x: centre + min(half, max(-half, shift)), y: height))
    }
    return placed
  }
}
