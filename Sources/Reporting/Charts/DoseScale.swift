import Assay
import Foundation

/// A drug's doses along an axis: the logarithm of the dose, and the zero dose, which has none, in a panel of its own at
/// the left.
struct DoseScale {
  /// The drug and its doses.
  let axis: DoseAxis
  /// Left end of the zero dose's panel.
  let left: Double
  /// Left end of the other doses' panel.
  let plotLeft: Double
  /// Right end.
  let right: Double

  private static let zeroPanel = 22.0
  private static let gap = 6.0
  private static let inset = 8.0
  private let lowest: Double
  private let decades: Double

  /// An axis between two places.
  init(_ axis: DoseAxis, from left: Double, to right: Double) {
    self.axis = axis
    self.left = left
    self.right = right
    plotLeft = left + (axis.hasZero ? Self.zeroPanel + Self.gap : 0)
    lowest = axis.positiveDoses.first ?? 1
    decades = log10((axis.positiveDoses.last ?? 1) / lowest)
  }

  /// The panels from their left to their right ends.
  var panels: [ClosedRange<Double>] {
    axis.hasZero ? [left...left + Self.zeroPanel, plotLeft...right] : [plotLeft...right]
  }

  /// The place of a dose.
  func place(_ dose: Double) -> Double {
    guard dose > 0 else { return left + Self.zeroPanel / 2 }
    guard decades > 0 else { return (plotLeft + right) / 2 }
    return plotLeft + Self.inset + log10(dose / lowest) / decades * (right - plotLeft - 2 * Self.inset)
  }

  /// A curve over the doses: across the zero panel at its height there, then over the logarithm of the dose.
  ///
  /// - Parameters:
  ///   - dense: Doses at which the curve bends, drawn besides the even steps.
  ///   - isFlat: Whether two points are enough.
  func curve(
    _ response: (Double) -> Double, height: (Double) -> Double, dense: [Double] = [], isFlat: Bool = false
  ) -> [ChartPoint?] {
    var path: [ChartPoint?] = []
    if axis.hasZero, response(0).isFinite {
      let start = height(response(0))
      path = [ChartPoint(x: left, y: start), ChartPoint(x: left + Self.zeroPanel, y: start), nil]
    }
    guard decades > 0 else {
      // One dose does not say how the curve runs: a short stroke at its height.
      let y = height(response(lowest))
      return path + [ChartPoint(x: place(lowest) - 12, y: y), ChartPoint(x: place(lowest) + 12, y: y)]
    }
    let pieces = isFlat ? 1 : Self.pieces
    let even = (0...pieces).map { Double($0) / Double(pieces) }
    let bends = isFlat ? [] : dense.map { log10($0 / lowest) / decades }.filter { $0 > 0 && $0 < 1 }
    return SimplifiedLine.of(
      path
        + (even + bends).sorted().map { fraction in
          let dose = lowest * pow(10, decades * fraction)
          return ChartPoint(x: place(dose), y: height(response(dose)))
        })
  }

  private static let pieces = 28

  /// Draws the ticks, their doses as far as there is room, and the drug's name.
  func draw(on canvas: inout some ChartCanvas, baseline: Double, titleAt bottom: Double, limit: Int = 34) {
    var last = -Double.infinity
    for dose in axis.doses {
      let place = place(dose)
      guard place - last >= 36 || (dose > 0 && dose == lowest) else { continue }
      canvas.label(AxisText.dose(dose), x: place, y: baseline + 12, style: .columnTick)
      last = place
    }
    canvas.line(
      axis.doses.flatMap { dose -> [ChartPoint?] in
        [ChartPoint(x: place(dose), y: baseline), ChartPoint(x: place(dose), y: baseline + 3), nil]
      }, stroke: .axis)
    canvas.label(AxisText.title(axis, limit: limit) + " (log) →", x: right + 4, y: bottom, style: .endAlignedNote)
  }
}
