import Foundation

/// The four-parameter Hill curve, f(d) = E0 + (Emax − E0) / (1 + (EC50/d)^h), f(0) = E0.
///
/// Source: Hill (1910) J. Physiol. 40, iv–vii, in the parameterisation of DESIGN §3. A rising curve has Emax > E0, a falling one Emax < E0; h > 0 always.
public struct HillCurve: Sendable, Hashable {
  /// Response without drug.
  public var e0: Double
  /// Response at infinite dose.
  public var emax: Double
  /// Hill slope h > 0.
  public var hill: Double
  /// Dose of half effect, in the unit of the doses; > 0.
  public var ec50: Double

  /// Makes a curve.
  public init(e0: Double, emax: Double, hill: Double, ec50: Double) {
    self.e0 = e0
    self.emax = emax
    self.hill = hill
    self.ec50 = ec50
  }

  /// The response at a dose ≥ 0.
  public func response(at dose: Double) -> Double {
    e0 + (emax - e0) * Self.occupancy(dose: dose, hill: hill, ec50: ec50)
  }

  /// The dose at which the curve reaches `response`; `nil` outside the open range between E0 and Emax.
  ///
  /// D(y) = EC50 ((y − E0)/(Emax − y))^(1/h).
  public func dose(at response: Double) -> Double? {
    let odds = (response - e0) / (emax - response)
    guard odds > 0, odds.isFinite else { return nil }
    return ec50 * exp(log(odds) / hill)
  }

  /// g(d) = 1 / (1 + (EC50/d)^h), evaluated as the logistic function of h (ln d − ln EC50); 0 at d = 0.
  @inlinable
  public static func occupancy(dose: Double, hill: Double, ec50: Double) -> Double {
    guard dose > 0 else { return 0 }
    return 1 / (1 + exp(-hill * (log(dose) - log(ec50))))
  }
}
