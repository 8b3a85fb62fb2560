import DoseResponse
import Foundation

/// A curve as its four printed numbers say it, worked out here: a fitter's own figures are not believed.
enum PrintedCurve {
  /// E0 + (Emax − E0) / (1 + (EC50/d)^h), counted from the end that is smaller, so that no digits are lost where the
  /// other lies far outside of the data.
  static func response(_ curve: HillCurve, at dose: Double) -> Double {
    guard dose > 0 else { return curve.e0 }
    let odds = pow(dose / curve.ec50, curve.hill)
    if abs(curve.e0) <= abs(curve.emax) { return curve.e0 + (curve.emax - curve.e0) * (1 / (1 + 1 / odds)) }
    return curve.emax + (curve.e0 - curve.emax) / (1 + odds)
  }

  /// Σ (y − f(d))² over wells.
  static func rss(_ curve: HillCurve, doses: [Double], responses: [Double]) -> Double {
    zip(doses, responses).reduce(0) { $0 + ($1.1 - response(curve, at: $1.0)) * ($1.1 - response(curve, at: $1.0)) }
  }
}
