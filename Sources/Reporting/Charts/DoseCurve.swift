import Assay
import DoseResponse
import Foundation
import Synergy

/// One drug alone: its measured responses and the fitted curve over the logarithm of the dose. The zero dose, which has
/// no logarithm, stands in a panel of its own at the left.
struct DoseCurve {
  /// What is read where the picture cannot be seen.
  var title: String
  /// The drug and its doses.
  var axis: DoseAxis
  /// The dose, the mean and the replicates of each measured cell.
  var points: [Point]
  /// The fit.
  var fit: HillFit
  /// A dose to mark, where the fit identifies one.
  var marked: Double?
  /// Where the curve plausibly lies at each dose of the axis; empty when that is not known.
  var band: [Interval] = []

  /// What was measured at one dose.
  struct Point {
    var dose: Double
    var mean: Double
    var replicates: ArraySlice<Double>
  }

  /// The curve of a monotherapy.
  init(_ monotherapy: Monotherapy, in matrix: DoseMatrix, band: [Interval] = []) {
    self.band = band
    axis = matrix.axes[monotherapy.drug]
    title = "\(axis.drug) alone: response against dose"
    points = monotherapy.cells.filter { matrix.count[$0] > 0 }.map { cell in
      Point(
        dose: matrix.dose(of: monotherapy.drug, in: cell), mean: matrix.mean[cell],
        replicates: matrix.replicates(of: cell))
    }
    fit = monotherapy.fit
    marked = monotherapy.relativeIC50
  }

  /// A flat fit is E0 everywhere, whatever its other parameters are.
  private func fittedResponse(at dose: Double) -> Double {
    fit.status == .flat || dose == 0 ? fit.curve.e0 : fit.curve.response(at: dose)
  }

  private static let width = 264.0
  private static let height = 184.0
  private static let left = 34.0
  private static let top = 22.0
  private static let bottom = 32.0

  /// Draws the curve.
  func draw(on canvas: inout some ChartCanvas) {
    let fitted = axis.doses.map(fittedResponse).filter { $0.magnitude < 300 }
    let ends = band.flatMap { [$0.low, $0.high] }.filter { $0.magnitude < 300 }
    let scale = ResponseScale(
      values: points.flatMap(\.replicates) + fitted + ends, top: Self.top, bottom: Self.height - Self.bottom)
    let doses = DoseScale(axis, from: Self.left, to: Self.width - 4)
    let baseline = Self.height - Self.bottom

    canvas.begin(width: Int(Self.width), height: Int(Self.height), title: title)
    if canvas.needsSizeAlone { return canvas.end() }
    scale.drawGrid(on: &canvas, across: doses.panels)
    doses.draw(on: &canvas, baseline: baseline, titleAt: Self.height - 4)
    canvas.label("↑ inhibition, %", x: 0, y: 10, style: .axisTitle)
    drawBand(on: &canvas, doses, scale)
    if let marked, let low = axis.positiveDoses.first, let high = axis.positiveDoses.last, (low...high).contains(marked)
    {
      canvas.line(
        [ChartPoint(x: doses.place(marked), y: Self.top), ChartPoint(x: doses.place(marked), y: baseline)],
        stroke: .marker)
    }
    if axis.doses.allSatisfy({ fittedResponse(at: $0).isFinite }) {
      // Even steps miss the flank of a steep curve: some more lie on it.
      let flank = (-4...4).map { fit.curve.ec50 * exp(Double($0) / fit.curve.hill) }
      canvas.line(
        doses.curve(fittedResponse, height: scale.y, dense: flank, isFlat: fit.status == .flat), stroke: .fit)
    }
    if points.contains(where: { $0.replicates.count > 1 }) {
      canvas.dots(
        points.flatMap { point in
          point.replicates.map { ChartPoint(x: doses.place(point.dose), y: scale.y($0)) }
        },
        style: .replicate)
    }
    canvas.dots(points.map { ChartPoint(x: doses.place($0.dose), y: scale.y($0.mean)) }, style: .mean)
    canvas.end()
  }

  /// The interval of the curve at the tested doses, straight between them.
  private func drawBand(on canvas: inout some ChartCanvas, _ doses: DoseScale, _ scale: ResponseScale) {
    let known = zip(axis.doses, band).filter { $0.0 > 0 && $0.1.low.isFinite && $0.1.high.isFinite }
    guard known.count > 1 else { return }
    canvas.area(
      known.map { ChartPoint(x: doses.place($0.0), y: scale.y($0.1.high)) }
        + known.reversed().map { ChartPoint(x: doses.place($0.0), y: scale.y($0.1.low)) }, fill: .band)
    if axis.hasZero, let zero = band.first, zero.low.isFinite, zero.high.isFinite, let panel = doses.panels.first {
      let (high, low) = (scale.y(zero.high), scale.y(zero.low))
      canvas.area(
        [
          ChartPoint(x: panel.lowerBound, y: high), ChartPoint(x: panel.upperBound, y: high),
          ChartPoint(x: panel.upperBound, y: low), ChartPoint(x: panel.lowerBound, y: low),
        ], fill: .band)
    }
  }
}

/// The vertical axis of a curve: 0 … 100 % and as much more as the values need.
struct ResponseScale {
  /// The responses that are labelled.
  let ticks: [Double]
  private let lowest: Double
  private let highest: Double
  private let top: Double
  private let bottom: Double

  /// A scale for these values between two heights.
  init(values: [Double], top: Double, bottom: Double) {
    let least = min(0, values.min() ?? 0)
    let most = max(100, values.max() ?? 100)
    let step = most - least <= 200 ? 25.0 : most - least <= 400 ? 50 : ((most - least) / 8 / 50).rounded(.up) * 50
    // A value a little outside 0 … 100 does not deserve a tick of its own, only room.
    lowest = least < -0.4 * step ? (least / step).rounded(.down) * step : least
    highest = most > 100 + 0.4 * step ? (most / step).rounded(.up) * step : most
    ticks = stride(from: (lowest / step).rounded(.up) * step, through: highest, by: step).map { $0 + 0 }
    self.top = top
    self.bottom = bottom
  }

  /// Draws the ticks' lines across panels and their numbers at the left.
  func drawGrid(on canvas: inout some ChartCanvas, across panels: [ClosedRange<Double>]) {
    canvas.line(
      ticks.flatMap { tick in
        panels.flatMap { panel -> [ChartPoint?] in
          [ChartPoint(x: panel.lowerBound, y: y(tick)), ChartPoint(x: panel.upperBound, y: y(tick)), nil]
        }
      }, stroke: .grid)
    guard let left = panels.first?.lowerBound else { return }
    for tick in ticks {
      canvas.label(AxisText.significant(tick, digits: 3), x: left - 4, y: y(tick) + 4, style: .rowTick)
    }
  }

  /// The height of a response; what lies outside the scale is put at its end.
  func y(_ response: Double) -> Double {
    let inside = min(highest, max(lowest, response))
    return bottom - (inside - lowest) / (highest - lowest) * (bottom - top)
  }
}
