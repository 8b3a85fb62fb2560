import Foundation
import LeastSquares
import Statistics

/// The drugs that many blocks of a sample measured alone, and how each block reads them.
///
/// In a screen of one inhibitor against hundreds of partners the inhibitor alone is measured in every block, and its
/// wells are a third of what decides a score. Blocks lend each other strength as far as they agree (`AnchorGroup`): the
/// posterior mean takes the place of the block's own mean in every reference and curve, and its error that of the wells
/// in every resample.
///
/// The untreated level is the posterior of the untreated wells, to which the partner's ineffective doses are added
/// (`BaselineEstimator`). Partners that act a little at their lowest dose lift it: by how much on average, and how far
/// they scatter beyond their errors, is estimated over the group as `ScreenBaseline` does over the screen.
public struct ScreenAnchors: Sendable {
  /// A group, and what partners add to its untreated levels.
  private struct Group: Sendable {
    var readings: AnchorGroup
    /// Blocks with the drug, those of equal readings counted once.
    var blocks: Int
    /// By how much partners lift the level on average, percentage points.
    var shift = 0.0
    /// Variance of that beyond its error.
    var excess = 0.0
  }

  /// Readings of a group that are looked at, at most: more change nothing that counts.
  private static let most = 1000
  /// Chance that two readings of different wells are taken for the same.
  private static let coincidence = 1e-6

  private var groups: [AnchorKey: Group] = [:]
  private let noise: ScreenNoise?

  /// Groups the blocks; `nil` where no drug was measured alone in enough of them.
  ///
  /// Readings that are far nearer to each other than noise allows are the same wells, written again into every block of a
  /// plate, rounded or normalised anew perhaps: they count once.
  /// Under `--baseline untreated` and `fitted` the level is each block's own, and so are its drugs alone.
  init?(_ blocks: [BlockEvidence], noise: ScreenNoise?, baseline: ScreenBaseline?, options: SynergyOptions) {
    let method = options.baseline.method
    guard options.anchor.method == .shared, method == .auto || method == .asRead else { return nil }
    self.noise = noise
    let sorted = blocks.filter { $0.anchor != nil }.sorted { $0.noise.digest < $1.noise.digest }
    var members: [AnchorKey: [[Double]: Int]] = [:]
    for (place, block) in sorted.enumerated() {
      for case .some(let axis) in block.anchor?.axes ?? [] {
        members[axis.key, default: [:]][axis.means] = members[axis.key]?[axis.means] ?? place
      }
    }
    for (key, distinct) in members where distinct.count >= options.anchor.minimumBlocks {
      let places = distinct.values.sorted()
      var deviance = [Double](repeating: 0, count: NoiseShape.candidates.count)
      for place in places where sorted[place].noise.deviances.allSatisfy(\.isFinite) {
        for shape in deviance.indices { deviance[shape] += sorted[place].noise.deviances[shape] }
      }
      let shape = noise?.shape ?? NoiseShape.choose(deviance, significance: options.inference.shapeSignificance)
      let step = max(1, places.count / Self.most)
      let readings = stride(from: 0, to: places.count, by: step).compactMap { index -> AnchorGroup.Reading? in
        let block = sorted[places[index]]
        return block.anchor?.axes.compactMap { $0 }.first { $0.key == key }
          .flatMap { Self.reading($0, of: block, shape: shape, noise: noise) }
      }
      let kept = Self.distinct(readings, shape: shape)
      if let group = AnchorGroup(kept, shape: shape, options: options.anchor) {
        groups[key] = Group(readings: group, blocks: kept.count == readings.count ? places.count : kept.count)
      }
    }
    guard !groups.isEmpty else { return nil }
    guard baseline?.isCorrected == true else { return }
    var estimator = BaselineEstimator()
    var lifts: [AnchorKey: [(value: Double, variance: Double)]] = [:]
    for block in sorted {
      guard let (axis, posterior) = posterior(of: block),
        let lift = lift(of: block, axis: axis, posterior, &estimator)
      else { continue }
      lifts[axis.key, default: []].append((lift.value, lift.gained))
    }
    for (key, values) in lifts where values.count > 1 {
      let found = PauleMandel(values)
      groups[key]?.shift = found.mean
      groups[key]?.excess = found.variance
    }
  }

  /// The readings without those that repeat an earlier one's wells.
  private static func distinct(_ readings: [AnchorGroup.Reading], shape: NoiseShape) -> [AnchorGroup.Reading] {
    guard let size = readings.first?.means.count else { return [] }
    // P(χ² ≤ x) ≤ (x/2)^(k/2) / Γ(k/2 + 1), and nearly so where x is small (DLMF 8.7.1).
    let half = Double(size) / 2
    let nearest = 2 * exp((log(coincidence) + lgamma(half + 1)) / half)
    var kept: [AnchorGroup.Reading] = []
    for reading in readings {
      let repeats = kept.contains { other in
        var distance = 0.0
        for dose in 0..<size {
          let difference = reading.means[dose] - other.means[dose]
          let relative = shape.relative(at: reading.means[dose])
          distance +=
            difference * difference / (relative * relative)
            / (reading.variance / reading.counts[dose] + other.variance / other.counts[dose])
          if distance > nearest { return false }
        }
        return true
      }
      if !repeats { kept.append(reading) }
    }
    return kept
  }

  /// How a block reads its anchor; `nil` where it has none, not shared where its readings differ from the others'.
  func reading(
    of block: BlockEvidence, baseline: ScreenBaseline?, estimator: inout BaselineEstimator
  ) -> AnchorReading? {
    guard let axis = anchor(of: block), let group = groups[axis.key], let drug = place(of: axis, in: block) else {
      return nil
    }
    guard let (_, posterior) = posterior(of: block) else {
      return AnchorReading(drug: drug, name: axis.key.drug, blocks: group.blocks, shared: nil)
    }
    let covariance = posterior.covariance
    guard let factor = Cholesky(covariance) else { return nil }
    var shared = AnchorReading.Shared(
      cells: axis.cells, means: posterior.means, factor: factor,
      lean: (0..<axis.cells.count).map { covariance[$0, 0] / covariance[0, 0] }, level: nil)
    if baseline?.isCorrected == true {
      var level = BlockBaseline(
        level: posterior.means[0], error: covariance[0, 0].squareRoot(), estimate: nil,
        parts: [.init(cell: axis.cells[0], wells: 1, weight: 1)], rest: 0)
      if let lift = lift(of: block, axis: axis, posterior, &estimator) {
        // The part of it that is signal: λ = gained / (gained + excess).
        let kept = lift.gained / (lift.gained + group.excess)
        let step = kept * (lift.value - group.shift)
        for dose in shared.means.indices { shared.means[dose] += shared.lean[dose] * step }
        let square = max(0, covariance[0, 0] - kept * lift.gained)
        let own = 1 + kept * (lift.control - 1)
        let parts = lift.parts.map {
          BaselineShare.Part(cell: $0.cell, wells: $0.wells, weight: kept * $0.weight)
        }
        let wells = parts.reduce(own * own * covariance[0, 0]) {
          $0 + $1.weight * $1.weight * lift.variance / Double($1.wells)
        }
        level = BlockBaseline(
          level: level.level + step, error: square.squareRoot(), estimate: nil,
          parts: [.init(cell: axis.cells[0], wells: 1, weight: own)] + parts, rest: max(0, square - wells).squareRoot())
      }
      if level.level < 100 { shared.level = level }
    }
    return AnchorReading(drug: drug, name: axis.key.drug, blocks: group.blocks, shared: shared)
  }

  /// The axis of the drug that most blocks share.
  private func anchor(of block: BlockEvidence) -> AnchorShare.Axis? {
    block.anchor?.axes.compactMap { $0 }.filter { groups[$0.key] != nil }
      .max { (groups[$0.key]?.blocks ?? 0) < (groups[$1.key]?.blocks ?? 0) }
  }

  private func place(of axis: AnchorShare.Axis, in block: BlockEvidence) -> Int? {
    block.anchor?.axes.firstIndex { $0?.key == axis.key }
  }

  /// What a partner's ineffective doses add to an untreated level.
  private struct Lift {
    /// By how much the level rises, percentage points.
    var value: Double
    /// By how much its variance falls.
    var gained: Double
    /// Weight of the level that was known.
    var control: Double
    /// Variance of a well of the partner.
    var variance: Double
    /// The partner's cells with their weights.
    var parts: [BaselineShare.Part]
  }

  private typealias Posterior = (means: [Double], covariance: Matrix)

  private func posterior(of block: BlockEvidence) -> (axis: AnchorShare.Axis, posterior: Posterior)? {
    guard let axis = anchor(of: block), let group = groups[axis.key]?.readings,
      let reading = Self.reading(axis, of: block, shape: group.shape, noise: noise),
      let posterior = group.posterior(reading)
    else { return nil }
    return (axis, posterior)
  }

  /// What the partner's ineffective doses add to the untreated level.
  private func lift(
    of block: BlockEvidence, axis: AnchorShare.Axis, _ posterior: Posterior, _ estimator: inout BaselineEstimator
  ) -> Lift? {
    guard let shape = groups[axis.key]?.readings.shape,
      let partner = block.anchor?.axes.compactMap({ $0 }).first(where: { $0.key != axis.key }),
      let reading = Self.reading(partner, of: block, shape: shape, noise: noise)
    else { return nil }
    let (level, square) = (posterior.means[0], posterior.covariance[0, 0])
    let variance = reading.variance * pow(shape.relative(at: level), 2)
    guard square > 0, variance > 0 else { return nil }
    let doses = 1..<partner.cells.count
    let responses = doses.map { partner.means[$0] - level }
    let found = estimator.level(
      doses: Array(partner.key.doses[doses]), responses: responses,
      precisions: doses.map { partner.counts[$0] / variance },
      known: 1 / square)
    let gained = square - 1 / found.precision
    guard gained > 1e-6 * square else { return nil }
    return Lift(
      value: zip(found.weights, responses).reduce(0) { $0 + $1.0 * $1.1 }, gained: gained, control: found.control,
      variance: variance,
      parts: doses.map { .init(cell: partner.cells[$0], wells: Int(partner.counts[$0]), weight: found.weights[$0 - 1]) }
    )
  }

  /// An axis with the variance of one of its wells at 0 %; `nil` where nothing tells it.
  private static func reading(
    _ axis: AnchorShare.Axis, of block: BlockEvidence, shape: NoiseShape, noise: ScreenNoise?
  ) -> AnchorGroup.Reading? {
    guard let place = NoiseShape.candidates.firstIndex(of: shape) else { return nil }
    let own = block.noise.variances[place]
    let variance = noise.flatMap { block.noise.isOwn ? nil : $0.steadied(own)?.variance } ?? own.variance
    guard variance > 0, variance.isFinite else { return nil }
    return AnchorGroup.Reading(means: axis.means, counts: axis.counts, variance: variance)
  }
}
