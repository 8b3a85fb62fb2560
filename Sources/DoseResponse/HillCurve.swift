import Foundation

/// The four-parameter Hill curve, f(d) = E0 + (Emax − E0) / (1 + (EC50/d)^h), f(0) = E0.
///
/// Source: Hill (1910) J. Physiol. 40, iv–vii, in the parameterisation of DESIGN §3. A rising curve has Emax > E0, a
/// falling one Emax < E0; h > 0 always.
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
  ///
  /// Counted from the smaller of E0 and Emax: a curve whose other end lies far outside the data (E0 = 10²⁰ at EC50 far
  /// below the lowest dose) would lose all its digits otherwise.
  public func response(at dose: Double) -> Double {
    guard dose > 0 else { return e0 }
    let steepness = hill * log(dose / ec50)
    return abs(e0) <= abs(emax)
      ? e0 + (emax - e0) / (1 + exp(-steepness)) : emax + (e0 - emax) / (1 + exp(steepness))
  }

  /// The responses at eight doses > 0, given as ln dose: what `response(at:)` gives, but for rounding.
  ///
  /// Counted from the end that is nearer at the dose, as the other may be far outside the data.
  package func responses(atLog logDoses: Lanes) -> Lanes {
    let steepness = (logDoses - log(ec50)) * hill
    let tail = exponential(larger(Lanes(repeating: -700), Lanes() - absolute(steepness)))
    let minor = (tail / (tail + 1)) * (emax - e0)
    return (emax - minor).replacing(with: e0 + minor, where: steepness .< Lanes())
  }

  /// The mean response over log dose between two doses > 0.
  ///
  /// With u = h (ln d − ln EC50), ∫ g d(ln d) = ln(1 + eᵘ) / h, so that the mean of g over [d₁, d₂] is
  /// (ln(1 + e^u₂) − ln(1 + e^u₁)) / (u₂ − u₁).
  public func meanResponse(from low: Double, to high: Double) -> Double {
    guard high > low else { return response(at: low) }
    let u1 = hill * log(low / ec50)
    let u2 = hill * log(high / ec50)
    func softplus(_ u: Double) -> Double { u > 0 ? u + log1p(exp(-u)) : log1p(exp(u)) }
    return abs(e0) <= abs(emax)
      ? e0 + (emax - e0) * (softplus(u2) - softplus(u1)) / (u2 - u1)
      : emax + (e0 - emax) * (softplus(-u1) - softplus(-u2)) / (u2 - u1)
  }

  /// The dose at which the curve reaches `response`; `nil` outside the open range between E0 and Emax.
  ///
  /// D(y) = EC50 ((y − E0)/(Emax − y))^(1/h).
  public func dose(at response: Double) -> Double? {
    let odds = (response - e0) / (emax - response)
    guard odds > 0, odds.isFinite else { return nil }
    return ec50 * exp(log(odds) / hill)
  }
}
