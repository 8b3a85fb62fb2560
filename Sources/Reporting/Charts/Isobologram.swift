import Assay
import DoseResponse
import Synergy

/// The isobologram of two drugs: dose pairs that reach an effect, each dose as a share of the dose that reaches it alone.
/// On the straight line the drugs add up as one drug would (Loewe 1926, *Klin. Wochenschr.* 5, 1078); below it less is
/// needed than that.
///
/// The dose pairs are read off the fitted lines: at each dose of one drug, the dose of the other at which its line
/// reaches the effect. A line that does not reach it within the tested doses has no point.
struct Isobologram {
  /// The effect, % inhibition.
  let effect: Double
  private let drugs: [DoseAxis]
  private let alone: [Double]
  /// Shares of the dose alone, of drug 1 and drug 2.
  private(set) var points: [(first: Double, second: Double)] = []
  /// Fitted lines that do not reach the effect.
  private(set) var missed = 0

  /// The effects that are tried, the first that both drugs reach alone is drawn.
  private static let effects = [50.0, 30, 70, 20]

  /// The isobologram of a two-drug block; `nil` when the drugs do not both reach an effect alone within the tested
  /// doses.
  init?(_ analysis: BlockAnalysis) {
    let matrix = analysis.matrix
    guard matrix.drugCount == 2, analysis.monotherapies.count == 2, !analysis.lines.isEmpty else { return nil }
    func dose(_ fit: HillFit, _ axis: DoseAxis, _ effect: Double) -> Double? {
      guard fit.isIdentified, let low = axis.positiveDoses.first, let high = axis.positiveDoses.last,
        let dose = fit.curve.dose(at: effect), dose >= low / 10, dose <= high
      else { return nil }
      return dose
    }
    var found: (Double, [Double])?
    for effect in Self.effects {
      let doses = analysis.monotherapies.compactMap { dose($0.fit, matrix.axes[$0.drug], effect) }
      if doses.count == 2 {
        found = (effect, doses)
        break
      }
    }
    guard let found else { return nil }
    (effect, alone) = found
    drugs = matrix.axes
    for line in analysis.lines {
      let other = matrix.dose(of: 1 - line.drug, in: line.start)
      guard other > 0, line.fit.curve.e0 < effect else { continue }
      guard let reached = dose(line.fit, matrix.axes[line.drug], effect) else {
        missed += 1
        continue
      }
      let shares = [reached / alone[line.drug], other / alone[1 - line.drug]]
      points.append(line.drug == 0 ? (shares[0], shares[1]) : (shares[1], shares[0]))
    }
    guard !points.isEmpty else { return nil }
  }

  private static let width = 264.0
  private static let height = 204.0
  private static let left = 34.0
  private static let top = 22.0
  private static let bottom = 34.0
  /// Shares beyond are drawn at the edge: such a pair lies far on the antagonistic side.
  private static let most = 3.0

  /// Draws the isobologram.
  func draw(on canvas: inout some ChartCanvas) {
    let baseline = Self.height - Self.bottom
    let x = LinearScale(
      points.map { min($0.first, Self.most) }, including: [0, 1.2], from: Self.left, to: Self.width - 8)
    let y = LinearScale(
      points.map { min($0.second, Self.most) }, including: [0, 1.2], from: baseline, to: Self.top)
    canvas.begin(
      width: Int(Self.width), height: Int(Self.height),
      title:
        "Isobologram at \(AxisText.significant(effect, digits: 3)) % inhibition: \(drugs[0].drug) by \(drugs[1].drug)")
    if canvas.needsSizeAlone { return canvas.end() }
    PlotGrid(x: x, y: y, digits: 2).draw(on: &canvas)
    canvas.line(
      [ChartPoint(x: x.place(0), y: y.place(1)), ChartPoint(x: x.place(1), y: y.place(0))], stroke: .marker)
    canvas.dots(
      [ChartPoint(x: x.place(0), y: y.place(1)), ChartPoint(x: x.place(1), y: y.place(0))], style: .replicate)
    canvas.dots(points.map { ChartPoint(x: x.place($0.first), y: y.place($0.second)) }, style: .mean)
    func title(_ drug: Int) -> String {
      let unit = drugs[drug].unit.description
      return
        "\(AxisText.cut(drugs[drug].drug, to: 16)) ÷ \(AxisText.dose(alone[drug]))\(unit.isEmpty ? "" : " " + unit)"
    }
    canvas.label("↑ " + title(1), x: 0, y: 10, style: .axisTitle)
    canvas.label(title(0) + " →", x: Self.width, y: Self.height - 4, style: .endAlignedNote)
    canvas.end()
  }
}
