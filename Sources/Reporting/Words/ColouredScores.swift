import Screening
import Synergy

/// What a number's colour stands for. A number whose confidence interval holds 0 stays neutral: colour says that the sign
/// is known. Where nothing was tested, the number itself is coloured.
extension BlockSummary {
  /// Synergy for a positive lower bound, antagonism for a negative upper bound, percentage points; `nil` is neutral.
  var colouredConsensus: Double? {
    if let low = consensus, low > 0 { return low }
    if let high = consensusUpper, high < 0 { return high }
    return scores.contains { $0.interval != nil } ? nil : consensus
  }
}

extension BlockSummary.Score {
  /// The mean where its sign is known, percentage points; `nil` is neutral.
  var coloured: Double? {
    guard let interval else { return mean }
    return interval.contains(0) ? nil : mean
  }
}

extension BlockSummary.Window {
  /// The corrected mean where its sign is known, percentage points; `nil` is neutral.
  var coloured: Double? {
    guard let interval = inference?.interval else { return corrected }
    return interval.contains(0) ? nil : corrected
  }
}
