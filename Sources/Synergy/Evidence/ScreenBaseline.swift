import Foundation
import Statistics

/// What a screen's blocks together say about their untreated levels, and the level of each block.
///
/// Block i reads bᵢ ± sᵢ; the true levels are taken as N(μ, τ²) over the screen. μ and τ² come from the untreated wells
/// alone, because what the drugs' lowest doses do to the bᵢ would else pass for levels and their spread. By how much the
/// bᵢ lie above the untreated wells, and scatter about them beyond their errors, is estimated too: they are shifted by
/// the one, and the other is added to sᵢ². Where neither μ nor τ² differs from 0, nothing is corrected. Else each block
/// gets its posterior mean μ + (bᵢ − μ) τ²/(τ² + sᵢ²) (Efron & Morris 1975, JASA 70, 311–319): a screen whose levels are
/// alike is corrected as one, blocks whose levels differ by more than their errors each by its own.
///
/// A block that this does not describe (p < `significance` over the number of blocks) stands alone: it is put on its own
/// level where its untreated wells and its drugs' ineffective doses both say so. Where they do not, or where the block is
/// three standard deviations away and no more, its level is unclear and it gets no call.
public struct ScreenBaseline: Sendable {
  /// Mean level of the blocks' untreated wells, % inhibition; `nil` where too few blocks tell.
  public let mean: Double?
  /// Standard deviation of the true levels around it, percentage points.
  public let deviation: Double
  /// Standard error of the mean.
  public let error: Double
  /// Whether responses are corrected.
  public let isCorrected: Bool
  /// How far the blocks' estimates lie above the untreated wells on average, percentage points.
  private let shift: Double
  /// Variance of the estimates beyond their errors.
  private let excess: Double
  /// Blocks with an estimate.
  public let blocks: Int
  /// Whether blocks are unlike the others: put on a level of their own, or without a clear one.
  private(set) var hasOddBlocks = false
  private let options: BaselineOptions
  private let noise: ScreenNoise?

  /// Pools the blocks.
  ///
  /// - Parameters:
  ///   - shares: One for each block that has one, in any order.
  ///   - noise: The screen's noise, which moderates that of blocks without replicates.
  ///   - minimumBlocks: Blocks that a screen needs; fewer stand each alone.
  public init(
    _ shares: [BlockEvidence], noise: ScreenNoise?, options: BaselineOptions, minimumBlocks: Int
  ) {
    self.options = options
    self.noise = noise
    let known = shares.compactMap { evidence -> Known? in
      guard let share = evidence.baseline else { return nil }
      guard let well = evidence.noise.untreated(noise)?.variance, !Agreement.isTorn(share, well: well) else {
        return nil
      }
      return Known(
        level: share.level, square: share.unitVariance * well, untreated: share.untreated,
        wellSquare: well / Double(share.parts.first?.wells ?? 1), digest: evidence.noise.digest)
    }.sorted { ($0.digest, $0.level) < ($1.digest, $1.level) }
    blocks = known.count
    guard known.count >= max(2, minimumBlocks) else {
      mean = nil
      (shift, excess, deviation, error) = (0, 0, 0, 0)
      isCorrected = options.method != .asRead
      return
    }
    let (untreated, sound) = Self.untreated(known)
    // The estimate is the better of the two because it holds the untreated wells: its errors are a part of theirs.
    let difference = PauleMandel(
      sound.map { ($0.level - $0.untreated, max($0.wellSquare - $0.square, 0.01 * $0.wellSquare)) })
    (mean, error, deviation) = (untreated.mean, untreated.error, untreated.variance.squareRoot())
    (shift, excess) = (difference.mean, difference.variance)
    let isOff = erfc(abs(untreated.mean) / error / 2.0.squareRoot()) < options.significance
    let isUneven = untreated.homogeneity < options.significance && deviation >= 1
    isCorrected =
      switch options.method {
      case .asRead: false
      case .untreated, .fitted: true
      case .auto: isOff || isUneven
      }
    guard options.method == .auto else { return }
    hasOddBlocks = shares.contains {
      let level = level(of: $0)
      return level.isUnclear || level.standsAlone
    }
  }

  /// Mean and spread of the untreated wells, and the blocks that tell it: not those more than three standard deviations away.
  /// One plate whose controls failed would else make a sound screen uneven, and put every block on a level of its own.
  private static func untreated(_ known: [Known]) -> (PauleMandel, [Known]) {
    var sound = known
    while true {
      let found = PauleMandel(sound.map { ($0.untreated, $0.wellSquare) })
      let kept = sound.filter {
        abs($0.untreated - found.mean) <= 3 * ($0.wellSquare + found.variance).squareRoot()
      }
      guard kept.count < sound.count, Double(kept.count) >= mostlySound * Double(known.count) - 1 else {
        return (found, sound)
      }
      sound = kept
    }
  }

  /// The share of blocks that are looked at in any case, less one block.
  private static let mostlySound = 0.9

  /// Whether a block's level has to be known before it is scored.
  var isNeeded: Bool { isCorrected || hasOddBlocks }

  /// The level of a block.
  public func level(of evidence: BlockEvidence) -> BlockBaseline {
    guard let share = evidence.baseline else { return .none }
    guard let (well, degrees) = evidence.noise.untreated(noise) else { return .none }
    let fitted = Estimate(share, well: well, shift: shift, excess: excess)
    let untreated = Estimate(untreated: share, well: well)
    // The untreated wells alone, where curves scatter more than these.
    let best = options.method != .fitted && untreated.square < fitted.square ? untreated : fitted
    let none = BlockBaseline(level: 0, error: 0, estimate: best.pair)
    switch options.method {
    case .asRead: return none
    case .untreated: return share.untreated < 100 ? own(untreated, best) : none
    case .fitted: return abs(best.level) <= options.maximumLevel ? own(best, best) : none
    case .auto:
      let agreement = Agreement(share, well: well, shift: shift, excess: excess)
      guard let mean else { return alone(best, untreated: untreated, agreement, degrees: degrees) }
      let screen = isCorrected ? moderated(best, mean: mean) : none
      let expected = isCorrected ? mean : 0
      guard abs(best.level - expected) >= options.mentionedLevel else { return screen }
      let unlikely = oddness(of: best, degrees: degrees)
      let isUsed =
        unlikely * Double(blocks) < options.significance && abs(best.level) <= options.maximumLevel
        && agreement.isConfirmed(off: expected, at: options.significance)
      if isUsed { return own(best, best).asStandingAlone() }
      // Where responses stay as read, 0 is taken for the level of all: what spread there may be is no excuse.
      let off = isCorrected ? unlikely : StudentT.twoSided(best.level / best.square.squareRoot(), degrees: degrees)
      return off < Self.unclear ? screen.asUnclear() : screen
    }
  }

  /// The level of a block without a screen: corrected where its own wells show that it must be.
  private func alone(
    _ best: Estimate, untreated: Estimate, _ agreement: Agreement, degrees: Double
  ) -> BlockBaseline {
    let isContradicted = agreement.isContradicted(at: options.significance)
    // Drugs that read above the untreated wells act at their lowest doses, which is no fault of these; of several untreated
    // wells that agree it is not one that went wrong.
    let trustsWells = isContradicted && (agreement.isDrugsAbove || agreement.hasSeveralWells)
    let own = trustsWells ? untreated : best
    let none = BlockBaseline(level: 0, error: 0, estimate: own.pair)
    guard oddness(of: own, degrees: degrees) < options.significance, abs(own.level) >= options.mentionedLevel else {
      return none
    }
    let isUsed = abs(own.level) <= options.maximumLevel && !agreement.isTorn && (!isContradicted || trustsWells)
    return isUsed ? self.own(own, own) : none.asUnclear()
  }

  /// Chance that a sound block's estimate lies as far from what the screen leads to expect (alone: from 0).
  private func oddness(of own: Estimate, degrees: Double) -> Double {
    let distance = own.level - (isCorrected ? mean ?? 0 : 0)
    return StudentT.twoSided(distance / (deviation * deviation + own.square).squareRoot(), degrees: degrees)
  }

  /// Two-sided tail of the normal distribution at three standard deviations.
  private static let unclear = 0.0027

  /// What a block by itself says of its level.
  private struct Estimate {
    var level: Double
    /// Its variance.
    var square: Double
    /// The part of it that does not come from the wells as they are weighted.
    var rest: Double
    var parts: [BaselineShare.Part]
    var pair: (level: Double, error: Double) { (level, square.squareRoot()) }

    /// Of curves and untreated wells.
    init(_ share: BaselineShare, well: Double, shift: Double, excess: Double) {
      level = share.level - shift
      square = share.unitVariance * well + excess
      rest = share.unitRest * well + excess
      parts = share.parts
    }

    /// Of untreated wells alone.
    init(untreated share: BaselineShare, well: Double) {
      level = share.untreated
      parts = share.parts.prefix(1).map { .init(cell: $0.cell, wells: $0.wells, weight: 1) }
      square = well / Double(parts.first?.wells ?? 1)
      rest = 0
    }
  }

  /// A block's own estimate.
  private func own(_ used: Estimate, _ best: Estimate) -> BlockBaseline {
    BlockBaseline(
      level: used.level, error: used.pair.error, estimate: best.pair, parts: used.parts, rest: used.rest.squareRoot())
  }

  /// A block's estimate drawn towards the screen's mean. One that lies more than three standard deviations away, like a
  /// dead untreated well, is taken at three.
  private func moderated(_ own: Estimate, mean: Double) -> BlockBaseline {
    let spread = self.deviation * self.deviation
    let weight = spread / (spread + own.square)
    let left = (1 - weight) * (1 - weight)
    let limit = 3 * (spread + own.square).squareRoot()
    let deviation = min(max(own.level - mean, -limit), limit)
    return BlockBaseline(
      level: mean + weight * deviation, error: (weight * own.square + left * error * error).squareRoot(),
      estimate: own.pair,
      parts: own.parts.map { .init(cell: $0.cell, wells: $0.wells, weight: weight * $0.weight) },
      rest: (weight * weight * own.rest + left * (spread + error * error)).squareRoot())
  }

  /// A block with an estimate.
  private struct Known {
    var level: Double
    var square: Double
    var untreated: Double
    /// Variance of the untreated wells' mean.
    var wellSquare: Double
    var digest: UInt64
  }
}
