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

  /// What was measured at one dose.
  struct Point {
    var dose: Double
    var mean: Double
    var replicates: ArraySlice<Double>
  }

  /// The curve of a monotherapy.
  init(_ monotherapy: Monotherapy, in matrix: DoseMatrix) {
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
  private static let zeroPanel = 22.0
  private static let pieces = 28

  /// Draws the curve.
  func draw(on canvas: inout some ChartCanvas) {
    let fitted = axis.doses.map(fittedResponse).filter { $0.magnitude < 300 }
    let scale = ResponseScale(
      values: points.flatMap(\.replicates) + fitted, top: Self.top, bottom: Self.height - Self.bottom)
    let zeroX = Self.left + Self.zeroPanel / 2
    let plotLeft = Self.left + (axis.hasZero ? Self.zeroPanel + 6 : 0)
    let plotRight = Self.width - 4
    let lowest = axis.positiveDoses.first ?? 1
    let highest = axis.positiveDoses.last ?? 1
    let decades = log10(highest / lowest)
    let inset = 8.0
    func x(_ dose: Double) -> Double {
      guard dose > 0 else { return zeroX }
      guard decades > 0 else { return (plotLeft + plotRight) / 2 }
      return plotLeft + inset + log10(dose / lowest) / decades * (plotRight - plotLeft - 2 * inset)
    }

    canvas.begin(width: Int(Self.width), height: Int(Self.height), title: title)
    canvas.line(
      scale.ticks.flatMap { tick -> [ChartPoint?] in
        let zero: [ChartPoint?] =
          axis.hasZero
          ? [
            ChartPoint(x: Self.left, y: scale.y(tick)), ChartPoint(x: Self.left + Self.zeroPanel, y: scale.y(tick)),
            nil,
          ] : []
        return zero + [ChartPoint(x: plotLeft, y: scale.y(tick)), ChartPoint(x: plotRight, y: scale.y(tick)), nil]
      }, stroke: .grid)
    for tick in scale.ticks {
      canvas.label(AxisText.significant(tick, digits: 3), x: Self.left - 4, y: scale.y(tick) + 4, style: .rowTick)
    }
    let baseline = Self.height - Self.bottom
    var lastLabel = -Double.infinity
    for dose in axis.doses {
      let place = x(dose)
      guard place - lastLabel >= 36 || (dose > 0 && dose == lowest) else { continue }
      canvas.label(AxisText.dose(dose), x: place, y: baseline + 12, style: .columnTick)
      lastLabel = place
    }
    canvas.line(
      axis.doses.flatMap { dose -> [ChartPoint?] in
        [ChartPoint(x: x(dose), y: baseline), ChartPoint(x: x(dose), y: baseline + 3), nil]
      }, stroke: .axis)
    canvas.label("↑ inhibition, %", x: 0, y: 10, style: .axisTitle)
    canvas.label(
      AxisText.title(axis, limit: 34) + " (log) →", x: Self.width, y: Self.height - 4, style: .endAlignedNote)

    if let marked, marked >= lowest, marked <= highest {
      canvas.line(
        [ChartPoint(x: x(marked), y: Self.top), ChartPoint(x: x(marked), y: baseline)], stroke: .marker)
    }
    if axis.doses.allSatisfy({ fittedResponse(at: $0).isFinite }) {
      var path: [ChartPoint?] = []
      if axis.hasZero {
        let start = scale.y(fit.curve.e0)
        path = [ChartPoint(x: Self.left, y: start), ChartPoint(x: Self.left + Self.zeroPanel, y: start), nil]
      }
      let pieces = decades > 0 && fit.status != .flat ? Self.pieces : 1
      // Even steps miss the flank of a steep curve: some more lie on it.
      let flank = (-4...4).map { log10(fit.curve.ec50 / lowest * exp(Double($0) / fit.curve.hill)) / decades }
      let even = (0...pieces).map { Double($0) / Double(pieces) }
      for fraction in (even + (pieces > 1 ? flank.filter { $0 > 0 && $0 < 1 } : [])).sorted() {
        let dose = decades > 0 ? lowest * pow(10, decades * fraction) : lowest
        // One dose does not say how the curve runs: a short stroke at its height.
        let place = decades > 0 ? x(dose) : x(dose) + 24 * (fraction - 0.5)
        path.append(ChartPoint(x: place, y: scale.y(fittedResponse(at: dose))))
      }
      canvas.line(path, stroke: .fit)
    }
    if points.contains(where: { $0.replicates.count > 1 }) {
      canvas.dots(
        points.flatMap { point in point.replicates.map { ChartPoint(x: x(point.dose), y: scale.y($0)) } },
        style: .replicate)
    }
    canvas.dots(points.map { ChartPoint(x: x($0.dose), y: scale.y($0.mean)) }, style: .mean)
    canvas.end()
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

  /// The height of a response; what lies outside the scale is put at its end.
  func y(_ response: Double) -> Double {
    let inside = min(highest, max(lowest, response))
    return bottom - (inside - lowest) / (highest - lowest) * (bottom - top)
  }
}
