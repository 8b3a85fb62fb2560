import Assay
import DoseResponse
import Synergy

/// How one drug's curve shifts with the other: its responses at each dose of the other, and the line fitted through
/// them, from pale (the other absent) to dark (its highest dose).
struct CurveFamily {
  /// The drug along the axis.
  private let axis: DoseAxis
  private let other: DoseAxis
  private let curves: [Curve]

  private struct Curve {
    var step: Int
    var dose: Double
    var points: [(dose: Double, response: Double)]
    var fit: HillFit?
  }

  /// Curves that are drawn at most; more doses of the other drug are thinned evenly, the ends kept.
  private static let most = ChartStroke.seriesSteps + 1

  /// The curves of `drug` (0 or 1) of a two-drug block at the doses of the other; `nil` where there are none to draw.
  init?(_ drug: Int, of analysis: BlockAnalysis) {
    let matrix = analysis.matrix
    guard matrix.drugCount == 2, matrix.shape[drug] > 1 else { return nil }
    axis = matrix.axes[drug]
    let other = matrix.axes[1 - drug]
    self.other = other
    let count = other.doses.count
    let shown = min(count, Self.most)
    let places = (0..<shown).map { shown == 1 ? 0 : $0 * (count - 1) / (shown - 1) }
    curves = places.map { place in
      let start = place * matrix.strides[1 - drug]
      let cells = (0..<matrix.shape[drug]).map { start + $0 * matrix.strides[drug] }
      let alone = other.doses[place] == 0
      let fit =
        alone
        ? analysis.monotherapies.first { $0.drug == drug }?.fit
        : analysis.lines.first { $0.drug == drug && $0.start == start }?.fit
      return Curve(
        step: count == 1 ? 0 : place * ChartStroke.seriesSteps / (count - 1), dose: other.doses[place],
        points: cells.filter { matrix.count[$0] > 0 }.map { (matrix.dose(of: drug, in: $0), matrix.mean[$0]) }, fit: fit
      )
    }
  }

  private static let width = 300.0
  private static let height = 204.0
  private static let left = 34.0
  private static let top = 22.0
  private static let bottom = 32.0
  private static let legend = 60.0

  /// Draws the curves.
  func draw(on canvas: inout some ChartCanvas) {
    let scale = ResponseScale(
      values: curves.flatMap { $0.points.map(\.response) }, top: Self.top, bottom: Self.height - Self.bottom)
    let doses = DoseScale(axis, from: Self.left, to: Self.width - Self.legend)
    canvas.begin(
      width: Int(Self.width), height: Int(Self.height),
      title: "Response against dose of \(axis.drug) at each dose of \(other.drug)")
    if canvas.needsSizeAlone { return canvas.end() }
    scale.drawGrid(on: &canvas, across: doses.panels)
    doses.draw(on: &canvas, baseline: Self.height - Self.bottom, titleAt: Self.height - 4)
    canvas.label("↑ inhibition, %", x: 0, y: 10, style: .axisTitle)
    for curve in curves {
      if let fit = curve.fit, fit.curve.e0.isFinite, fit.curve.emax.isFinite {
        canvas.line(
          doses.curve(
            { fit.status == .flat || $0 == 0 ? fit.curve.e0 : fit.curve.response(at: $0) }, height: scale.y,
            isFlat: fit.status == .flat), stroke: .series(curve.step))
      }
      canvas.dots(
        curve.points.map { ChartPoint(x: doses.place($0.dose), y: scale.y($0.response)) }, style: .series(curve.step))
    }
    drawLegend(on: &canvas)
    canvas.end()
  }

  private func drawLegend(on canvas: inout some ChartCanvas) {
    let x = Self.width - Self.legend + 14
    canvas.label(AxisText.cut(other.drug, to: 10), x: x - 4, y: Self.top + 4, style: .note)
    let unit = other.unit.symbol.isEmpty ? "" : ", \(AxisText.cut(other.unit.description, to: 6))"
    canvas.label("dose\(unit)", x: x - 4, y: Self.top + 16, style: .note)
    for (row, curve) in curves.reversed().enumerated() {
      let y = Self.top + 32 + Double(row) * 14
      canvas.line([ChartPoint(x: x - 4, y: y - 3.5), ChartPoint(x: x + 8, y: y - 3.5)], stroke: .series(curve.step))
      canvas.label(AxisText.dose(curve.dose), x: x + 13, y: y, style: .note)
    }
  }
}
