import Foundation

extension HillFit {
  /// No data, no curve.
  public static let none = HillFit(
    curve: HillCurve(e0: .nan, emax: .nan, hill: .nan, ec50: .nan), rss: .nan, r2: .nan, points: 0, status: .noData)

  /// EC50, kept within the tested doses above 0 (ascending); `nil` when the fit does not identify it.
  ///
  /// As in SynergyFinder Plus, which bounds it above only: a flat curve there has an IC50 of any size.
  public func relativeIC50(within doses: [Double]) -> Double? {
    guard isIdentified, let low = doses.first, let high = doses.last else { return nil }
    return min(max(curve.ec50, low), high)
  }

  /// The dose at which the curve reaches `level`; `nil` when it does not do so between the lowest and the highest
  /// tested dose above 0 (ascending).
  public func absoluteIC50(within doses: [Double], level: Double = 50) -> Double? {
    guard isIdentified, let low = doses.first, let high = doses.last, let dose = curve.dose(at: level),
      (low...high).contains(dose)
    else { return nil }
    return dose
  }

  /// Area under the fitted curve over log₁₀ dose between two doses > 0, response units × decades.
  public func areaUnderCurve(from low: Double, to high: Double) -> Double {
    curve.meanResponse(from: low, to: high) * (log10(high) - log10(low))
  }
}
