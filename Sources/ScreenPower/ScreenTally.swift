import Screening
import Simulation
import Statistics
import Synergy

/// What one simulated screen found of what was planted in it: sums and counts, from which averages over screens are
/// made.
struct ScreenTally: Sendable {
  /// Wells of one combination.
  var wells = 0
  /// Combinations that interact, and how many of them have p < 0.05, or a q within the false discovery rate.
  var hits = (count: 0.0, positive: 0.0, found: 0.0)
  /// The same for combinations that do not interact.
  var others = (count: 0.0, positive: 0.0, found: 0.0)
  /// Sum of the hits' ranks by the lower bound, and the least that it could be.
  var ranks = (sum: 0.0, best: 0.0)
  /// Sum of the half widths of all intervals, percentage points.
  var halfWidths = 0.0
  /// Sum of the hits' true scores, percentage points.
  var effects = 0.0

  /// - Parameters:
  ///   - scores: One for each block; `nil` where it could not be scored, which counts nowhere.
  ///   - sign: −1 where hits are antagonistic.
  init(_ blocks: [SimulatedBlock], _ scores: [ScoreInference?], sign: Double, options: InferenceOptions) {
    wells = blocks.first.map { $0.one.doses.count * $0.two.doses.count * $0.replicates } ?? 0
    let q = FalseDiscovery.q(scores.map { $0?.p ?? .nan })
    var known: [(bound: Double, isHit: Bool)] = []
    for (index, block) in blocks.enumerated() {
      guard let score = scores[index] else { continue }
      let positive = score.p < PowerStudy.significance ? 1.0 : 0
      let found = q[index] <= options.falseDiscoveryRate ? 1.0 : 0
      halfWidths += (score.interval.high - score.interval.low) / 2
      known.append((sign > 0 ? score.interval.low : -score.interval.high, block.isHit))
      if block.isHit {
        hits = (hits.count + 1, hits.positive + positive, hits.found + found)
        effects += block.trueBliss
      } else {
        others = (others.count + 1, others.positive + positive, others.found + found)
      }
    }
    known.sort { $0.bound > $1.bound }
    for (place, block) in known.enumerated() where block.isHit { ranks.sum += Double(place + 1) }
    ranks.best = hits.count * (hits.count + 1) / 2
  }
}

extension SimulatedBlock {
  /// Whether an interaction is planted in it.
  fileprivate var isHit: Bool {
    switch interaction {
    case .synergy, .antagonism: true
    default: false
    }
  }
}
