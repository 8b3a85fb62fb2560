/// The F distribution of Snedecor and Fisher.
public enum FisherF {
  /// P(F ≥ f) with the given degrees of freedom of numerator and denominator, both > 0.
  ///
  /// I_x(ν₂/2, ν₁/2) at x = ν₂/(ν₂ + ν₁ f): DLMF 8.17.
  public static func upper(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double {
    guard f.isFinite, f > 0 else { return f.isNaN ? .nan : f > 0 ? 0 : 1 }
    return StudentT.incompleteBeta(denominator / (denominator + numerator * f), denominator / 2, numerator / 2)
  }
}
