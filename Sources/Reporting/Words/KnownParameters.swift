import Assay
import DoseResponse
import Synergy

/// What a person may take from a Hill fit: a parameter that the tested doses do not show is said so instead of given as
/// a number. (`fits.csv` has every number.)
struct KnownParameters {
  private(set) var e0 = "–"
  private(set) var emax = "–"
  private(set) var hill = "–"
  private(set) var ec50 = "–"
  private(set) var relativeIC50 = "–"
  private(set) var r2 = "–"

  init(_ monotherapy: Monotherapy, in matrix: DoseMatrix) {
    let fit = monotherapy.fit
    let curve = fit.curve
    let axis = matrix.axes[monotherapy.drug]
    let tested = monotherapy.cells.filter { matrix.count[$0] > 0 }.map { matrix.dose(of: monotherapy.drug, in: $0) }
    let positive = tested.filter { $0 > 0 }
    guard fit.status != .noData, fit.status != .underdetermined, let low = positive.min(), let high = positive.max()
    else { return }
    e0 = AxisText.significant(curve.e0, digits: 3)
    emax = fit.emax.map { AxisText.significant($0, digits: 3) } ?? "not bounded"
    guard fit.isIdentified else { return }
    hill = AxisText.significant(curve.hill, digits: 3)
    ec50 = FigureText.dose(curve.ec50, axis)
    if curve.ec50 > high {
      ec50 = "> " + FigureText.dose(high, axis)
      emax = "not reached"
    } else if curve.ec50 < low {
      ec50 = "< " + FigureText.dose(low, axis)
      if !tested.contains(0) { e0 = "not reached" }
    }
    let sign = curve.ec50 > high ? "≥ " : curve.ec50 < low ? "≤ " : ""
    relativeIC50 = monotherapy.relativeIC50.map { sign + FigureText.dose($0, axis) } ?? "–"
    r2 = Self.share(fit.r2)
  }

  /// A share of variance in three decimals; one that would round to 1 without being 1 is said to be above the last
  /// step.
  private static func share(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if value < 1, value > 0.9995 { return "> 0.999" }
    return AxisText.significant((value * 1000).rounded() / 1000, digits: 3)
  }
}
