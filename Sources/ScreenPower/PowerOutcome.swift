/// What a design found, averaged over simulated screens. Figures are NaN where there is nothing to count.
public struct PowerOutcome: Sendable, Hashable {
  /// Wells of one combination.
  public var wells: Int
  /// Screens.
  public var screens: Int
  /// Scored combinations of all screens.
  public var combinations: Int
  /// Those of them that interact.
  public var hits: Int
  /// Share of combinations without interaction whose p is below 0.05.
  public var falsePositiveRate: ScreenEstimate
  /// Share of hits whose p is below 0.05.
  public var power: ScreenEstimate
  /// Between which powers the middle four fifths of the screens lie, each with an anchor of its own.
  public var powerRange: ScreenRange
  /// Share of hits whose q is within the false discovery rate.
  public var found: ScreenEstimate
  /// Share of combinations with such a q that are no hits.
  public var falseDiscoveryRate: ScreenEstimate
  /// Mean rank of the hits of a screen by the lower bound.
  public var rank: ScreenEstimate
  /// The least that the mean rank could be.
  public var bestRank: Double
  /// Half of the mean width of the intervals, percentage points.
  public var halfWidth: ScreenEstimate
  /// Mean true score of the hits, percentage points.
  public var effect: ScreenEstimate

  init(_ screens: [ScreenTally]) {
    typealias Part = (part: Double, whole: Double)
    wells = screens.first?.wells ?? 0
    self.screens = screens.count
    hits = Int(screens.reduce(0) { $0 + $1.hits.count })
    combinations = hits + Int(screens.reduce(0) { $0 + $1.others.count })
    let positive = screens.map { Part($0.hits.positive, $0.hits.count) }
    power = .share(positive)
    powerRange = .middle(positive)
    falsePositiveRate = .share(screens.map { Part($0.others.positive, $0.others.count) })
    found = .share(screens.map { Part($0.hits.found, $0.hits.count) })
    falseDiscoveryRate = .share(screens.map { Part($0.others.found, $0.hits.found + $0.others.found) })
    rank = .ratio(screens.map { Part($0.ranks.sum, $0.hits.count) })
    bestRank = ScreenEstimate.ratio(screens.map { Part($0.ranks.best, $0.hits.count) }).value
    halfWidth = .ratio(screens.map { Part($0.halfWidths, $0.hits.count + $0.others.count) })
    effect = .ratio(screens.map { Part($0.effects, $0.hits.count) })
  }
}
