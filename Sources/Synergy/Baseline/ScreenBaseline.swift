import Foundation

/// What a screen's blocks together say about their untreated levels, and the level of each block.
///
/// Block i reads bᵢ ± sᵢ; the true levels are taken as N(μ, τ²) over the screen. τ² is estimated by moments (Paule &
/// Mandel 1982, J. Res. NBS 87, 377–385), μ from the untreated wells alone, because what the drugs' lowest doses do to
/// every bᵢ would else pass for a level; the bᵢ are shifted to that mean. Deviations beyond three standard deviations
/// count as three. Where neither μ nor τ² differs from 0, nothing is corrected. Else each block gets its posterior mean
/// μ + (bᵢ − μ) τ²/(τ² + sᵢ²) (Efron & Morris 1975, JASA 70, 311–319): a screen whose levels are alike is corrected as
/// one, blocks whose levels differ by more than their errors each by its own.
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
  /// Blocks with an estimate.
  public let blocks: Int
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
    let known = shares.compactMap { evidence in
      evidence.baseline.map { share in
        let square = Self.square(share, evidence.noise, noise)
        return (
          level: share.level, square: square, untreated: share.untreated,
          wellSquare: square / share.unitVariance / Double(share.parts.first?.wells ?? 1), digest: evidence.noise.digest
        )
      }
    }.filter { $0.square > 0 && $0.square.isFinite }
      .sorted { ($0.digest, $0.level) < ($1.digest, $1.level) }
    blocks = known.count
    guard known.count >= max(2, minimumBlocks) else {
      mean = nil
      shift = 0
      deviation = 0
      error = 0
      isCorrected = options.method != .asRead
      return
    }
    var variance = 0.0
    var mean = 0.0
    // Q falls as τ² grows: the τ² at which it equals its expectation is found by halving.
    func q(_ variance: Double) -> Double {
      mean = Self.mean(known.map { ($0.level, $0.square + variance) })
      return known.reduce(0) { sum, block in
        let scaled = abs(block.level - mean) / (block.square + variance).squareRoot()
        return sum + min(scaled, 3) * min(scaled, 3)
      }
    }
    let degrees = Double(known.count - 1)
    let homogeneous = q(0)
    if homogeneous > degrees {
      var low = 0.0
      var high = 1.0
      while q(high) > degrees, high < 1e6 { high *= 4 }
      for _ in 0..<60 {
        variance = (low + high) / 2
        if q(variance) > degrees { low = variance } else { high = variance }
      }
      variance = high
      _ = q(variance)
    }
    let untreated = Self.mean(known.map { ($0.untreated, $0.wellSquare + variance) })
    error = 1 / known.reduce(0) { $0 + 1 / ($1.wellSquare + variance) }.squareRoot()
    deviation = variance.squareRoot()
    self.mean = untreated
    shift = mean - untreated
    let isOff = erfc(abs(untreated) / error / 2.0.squareRoot()) < options.significance
    // Wilson & Hilferty (1931): the cube root of χ²/ν is nearly normal.
    let cube = (cbrt(homogeneous / degrees) - (1 - 2 / (9 * degrees))) / (2 / (9 * degrees)).squareRoot()
    let isUneven = erfc(cube / 2.0.squareRoot()) / 2 < options.significance && deviation >= 1
    isCorrected =
      switch options.method {
      case .asRead: false
      case .untreated, .fitted: true
      case .auto: isOff || isUneven
      }
  }

  /// The level of a block.
  public func level(of evidence: BlockEvidence) -> BlockBaseline {
    guard let share = evidence.baseline else { return .none }
    let square = Self.square(share, evidence.noise, noise)
    guard square > 0, square.isFinite else { return .none }
    let estimate = (level: share.level - shift, error: square.squareRoot())
    let none = BlockBaseline(level: 0, error: 0, estimate: estimate)
    guard isCorrected else { return none }
    switch options.method {
    case .asRead: return none
    case .untreated:
      guard let control = share.parts.first, share.untreated < 100 else { return none }
      return BlockBaseline(
        level: share.untreated, error: (square / share.unitVariance / Double(control.wells)).squareRoot(),
        estimate: estimate, parts: [.init(cell: control.cell, wells: control.wells, weight: 1)], rest: 0)
    case .fitted:
      return abs(share.level) <= options.maximumLevel ? own(share, square, estimate) : none
    case .auto:
      if let mean { return moderated(share, square, estimate, mean: mean) }
      // Alone: corrected where its own wells show that it must be.
      let isOff = erfc(abs(share.level) / estimate.error / 2.0.squareRoot()) < options.significance
      return isOff && (options.mentionedLevel...options.maximumLevel).contains(abs(share.level))
        ? own(share, square, estimate) : none
    }
  }

  /// A block's own estimate.
  private func own(
    _ share: BaselineShare, _ square: Double, _ estimate: (level: Double, error: Double)
  ) -> BlockBaseline {
    BlockBaseline(
      level: estimate.level, error: estimate.error, estimate: estimate, parts: share.parts,
      rest: (share.unitRest * square / share.unitVariance).squareRoot())
  }

  /// A block's estimate drawn towards the screen's mean. One that lies more than three standard deviations away, like a
  /// dead untreated well, is taken at three.
  private func moderated(
    _ share: BaselineShare, _ square: Double, _ estimate: (level: Double, error: Double), mean: Double
  ) -> BlockBaseline {
    let spread = self.deviation * self.deviation
    let weight = spread / (spread + square)
    let left = (1 - weight) * (1 - weight)
    let limit = 3 * (spread + square).squareRoot()
    let deviation = min(max(share.level - shift - mean, -limit), limit)
    return BlockBaseline(
      level: mean + weight * deviation, error: (weight * square + left * error * error).squareRoot(),
      estimate: estimate,
      parts: share.parts.map { .init(cell: $0.cell, wells: $0.wells, weight: weight * $0.weight) },
      rest: (weight * weight * share.unitRest * square / share.unitVariance + left * (spread + error * error))
        .squareRoot())
  }

  /// The variance of a block's estimate, at the moderated noise where the block has no replicates of its own.
  private static func square(_ share: BaselineShare, _ own: NoiseShare, _ noise: ScreenNoise?) -> Double {
    guard let noise, !own.isOwn else { return share.unitVariance * share.variance }
    let moderated = noise.steadied(own.variances[NoiseShape.constantPlace])
    return share.unitVariance * (moderated?.variance ?? share.variance)
  }

  /// Weighted mean with deviations beyond three standard deviations drawn in to three.
  private static func mean(_ levels: [(level: Double, variance: Double)]) -> Double {
    var mean = levels.map(\.level).sorted()[levels.count / 2]
    for _ in 0..<20 {
      var sum = 0.0
      var weights = 0.0
      for (level, variance) in levels {
        let limit = 3 * variance.squareRoot()
        let deviation = min(max(level - mean, -limit), limit)
        sum += (mean + deviation) / variance
        weights += 1 / variance
      }
      mean = sum / weights
    }
    return mean
  }
}
