import Foundation
import Statistics

/// How far a combination's score in one sample stands out from its scores in the others.
///
/// The deleted residual of Viechtbauer & Cheung (2010) Res. Synth. Methods 1, 112–125: the score less the
/// random-effects mean of the other samples; its variance is that of the score, of that mean, and of true scores between
/// the other samples.
public struct SelectiveSynergy: Sendable, Hashable {
  /// The sample's place among the combination's samples.
  public var sample: Int
  /// Score less the mean of the others, percentage points; > 0: more synergistic here.
  public var difference: Double
  /// Its standard error, percentage points.
  public var standardError: Double
  /// Two-sided p value of a difference of 0.
  public var p: Double
  /// The false discovery rate over all samples of all combinations under this model.
  public var q: Double = .nan

  /// One for each sample; empty for fewer than three samples, of which neither of two is the odd one.
  static func all(_ scores: [(value: Double, standardError: Double)], confidence: Double) -> [SelectiveSynergy] {
    guard scores.count > 2 else { return [] }
    return scores.indices.compactMap { sample in
      var others = scores
      let own = others.remove(at: sample)
      guard let rest = RandomEffects(others, confidence: confidence) else { return nil }
      let difference = own.value - rest.mean
      let error =
        (own.standardError * own.standardError + rest.standardError * rest.standardError + rest.tau * rest.tau)
        .squareRoot()
      return SelectiveSynergy(
        sample: sample, difference: difference, standardError: error,
        p: erfc(abs(difference / error) / 2.0.squareRoot()))
    }
  }
}
