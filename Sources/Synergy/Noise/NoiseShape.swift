import Foundation

/// How the noise of a well depends on its expected response: a standard deviation that runs straight from one value at
/// 0 % inhibition to another at 100 %, and stays there beyond.
///
/// One number, the logarithm of the ratio of the two; 0 is constant noise. Signal that is measured as what is left
/// alive (luminescence) is noisiest at 0 % inhibition, so that its ratio is below 1.
public struct NoiseShape: Sendable, Hashable {
  /// ln (sd at 100 % / sd at 0 %).
  public var logRatio: Double

  /// The same noise everywhere.
  public static let constant = NoiseShape(logRatio: 0)
  /// The shapes that are tried: ratios of 1/55 to 12. The least is for noise that is a share of what is alive.
  static let candidates = (-8...5).map { NoiseShape(logRatio: Double($0) / 2) }
  /// Where the constant shape stands among them.
  static let constantPlace = 8

  /// Makes a shape.
  public init(logRatio: Double) {
    self.logRatio = logRatio
  }

  /// The standard deviation at an expected response (% inhibition), in units of that at 0 %.
  @inline(__always)
  func relative(at response: Double) -> Double {
    guard logRatio != 0 else { return 1 }
    return 1 + (exp(logRatio) - 1) * min(max(response / 100, 0), 1)
  }

  /// The shapes of noise that is never larger at 100 % inhibition than at 0 %.
  static let falling = Array(0...constantPlace)

  /// The shape that the data choose: the one of least deviance, unless the constant one is nearly as good.
  ///
  /// - Parameters:
  ///   - deviance: −2 ln likelihood of each candidate, up to a constant.
  ///   - significance: Of the likelihood ratio test (χ² with one degree of freedom) that constant noise must fail.
  static func choose(_ deviance: [Double], significance: Double) -> NoiseShape {
    guard let best = deviance.indices.min(by: { deviance[$0] < deviance[$1] }) else { return .constant }
    let gain = deviance[constantPlace] - deviance[best]
    guard gain.isFinite, erfc((max(gain, 0) / 2).squareRoot()) < significance else { return .constant }
    return candidates[best]
  }
}
