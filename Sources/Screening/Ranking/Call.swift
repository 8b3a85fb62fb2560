import Synergy

/// What a screen says of a score or a block.
public enum Call: String, Sendable, CaseIterable {
  /// More than the reference model, by at least the threshold.
  case synergistic
  /// Less than the reference model, by at least the threshold.
  case antagonistic
  /// Shown to be within the threshold of the reference model.
  case additive
  /// The chosen reference models disagree; of blocks only.
  case mixed
  /// The data cannot distinguish these.
  case inconclusive
}

extension Call {
  /// The call of one score, by the rule that ``CallRule`` states.
  ///
  /// - Parameter score: A score with its q.
  /// - Returns: `nil` for a score that was not tested.
  init?(_ score: BlockSummary.Score, options: InferenceOptions) {
    guard let mean = score.mean, let bias = score.bias, let q = score.q, let equivalence = score.equivalence else {
      return nil
    }
    let estimate = mean - bias
    let threshold = options.threshold
    let isSignificant = q <= options.falseDiscoveryRate
    if isSignificant, estimate >= threshold {
      self = .synergistic
    } else if isSignificant, estimate <= -threshold {
      self = .antagonistic
    } else if equivalence.low > -threshold, equivalence.high < threshold,
      (score.peak?.highest ?? 0) <= 2 * threshold, (score.trough?.lowest ?? 0) >= -2 * threshold
    {
      self = .additive
    } else {
      self = .inconclusive
    }
  }
}
