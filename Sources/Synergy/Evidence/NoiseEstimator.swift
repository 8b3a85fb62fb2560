import Assay
import Foundation
import Statistics

/// Estimates the noise of blocks; keeps its table of critical values between them. Belongs to one thread at a time.
public struct NoiseEstimator {
  /// The choices.
  public let options: InferenceOptions
  private var ranks: RankTest
  private var lenientRanks: RankTest
  private var baselines = BaselineEstimator()

  /// An estimator with these choices.
  public init(options: InferenceOptions) {
    self.options = options
    ranks = RankTest(significance: options.rankSignificance)
    lenientRanks = RankTest(significance: 10 * options.rankSignificance)
  }

  /// What a block says about noise.
  public mutating func share(of matrix: DoseMatrix) -> NoiseShare {
    let evidence = NoiseEvidence(matrix, options: options)
    return share(evidence, surface: surface(evidence))
  }

  private mutating func share(_ evidence: NoiseEvidence, surface: SmoothSurface) -> NoiseShare {
    var variances: [(variance: Double, degrees: Double)] = []
    for shape in NoiseShape.candidates { variances.append(variance(evidence, surface: surface, shape: shape)) }
    let deviances = deviances(evidence, surface: surface)
    return NoiseShare(
      isOwn: evidence.isOwn, digest: evidence.digest, deviances: deviances, variances: variances,
      shape: NoiseShape.choose(deviances, significance: options.shapeSignificance))
  }

  /// What a block says about noise and about its untreated level.
  public mutating func evidence(of matrix: DoseMatrix) -> BlockEvidence {
    let evidence = NoiseEvidence(matrix, options: options)
    return self.evidence(evidence, surface: surface(evidence))
  }

  mutating func evidence(_ evidence: NoiseEvidence, surface: SmoothSurface) -> BlockEvidence {
    let noise = share(evidence, surface: surface)
    return BlockEvidence(
      noise: noise,
      baseline: noise.untreated(nil).flatMap { baselines.share(of: evidence.grid.matrix, variance: $0.variance) },
      anchor: AnchorShare(evidence.grid.matrix))
  }

  /// What the screen says of the block's anchor alone; `nil` where it has none.
  mutating func anchor(_ evidence: BlockEvidence, screen: ScreenEvidence) -> AnchorReading? {
    screen.anchors?.reading(of: evidence, baseline: screen.baseline, estimator: &baselines)
  }

  /// The smooth surface at constant noise. Replicates that stand alone need it only to tell at which response they lie.
  mutating func surface(_ evidence: NoiseEvidence) -> SmoothSurface {
    SmoothSurface(evidence.cells, grid: evidence.isOwn ? nil : evidence.grid, options: options, ranks: &ranks)
  }

  /// −2 ln likelihood of each candidate shape: of the replicates where they stand alone, else of the residuals.
  func deviances(_ evidence: NoiseEvidence, surface: SmoothSurface) -> [Double] {
    guard evidence.isOwn else { return surface.shapeDeviances() }
    return NoiseShape.candidates.map { shape in
      let scale = replicateVariance(evidence, surface: surface, shape: shape)
      var logs = 0.0
      for cell in evidence.squares.indices where evidence.cells.count[cell] > 1 {
        logs += Double(evidence.cells.count[cell] - 1) * 2 * log(shape.relative(at: surface.response[cell]))
      }
      return evidence.replicateDegrees * log(scale) + logs
    }
  }

  /// The variance at 0 % and its degrees of freedom at a shape.
  mutating func variance(
    _ evidence: NoiseEvidence, surface: SmoothSurface, shape: NoiseShape
  ) -> (variance: Double, degrees: Double) {
    if evidence.isOwn {
      return (replicateVariance(evidence, surface: surface, shape: shape), evidence.replicateDegrees)
    }
    let (variance, left) = surface.variance(shape, ranks: &ranks, options: options)
    let degrees = left + evidence.replicateDegrees
    guard degrees > 0 else { return (.nan, 0) }
    let replicates =
      evidence.replicateDegrees > 0
      ? replicateVariance(evidence, surface: surface, shape: shape) * evidence.replicateDegrees : 0
    return (((left > 0 ? variance * left : 0) + replicates) / degrees, degrees)
  }

  /// What the cells' means leave over a smooth surface, where that is more than their replicates explain: the variance of a
  /// well at 0 % that it stands for, and its degrees of freedom.
  ///
  /// The F test of lack of fit (Draper & Smith 1998, Applied Regression Analysis, §2.1). Replicates that share an error
  /// (of one source well, one tip, one column) differ less among themselves than dose pairs do.
  private mutating func lackOfFit(
    _ evidence: NoiseEvidence, surface: SmoothSurface, shape: NoiseShape, variance: Double, degrees: Double
  ) -> (variance: Double, degrees: Double)? {
    func isSignificant(_ left: (variance: Double, degrees: Double)) -> Bool {
      left.degrees > 0
        && FisherF.upper(left.variance / variance, left.degrees, degrees) < options.lackOfFitSignificance
    }
    // A weak interaction that the test for the rank misses would pass for lack of fit: here the rank is raised sooner.
    let cells = evidence.cells
    let products = LowRankSurface(
      cells, shape: shape, expected: surface.response, ranks: &lenientRanks,
      minimumDegrees: options.minimumResidualDegrees)
    // Where the grid has no room for a second product every interaction would pass for lack of fit.
    guard products.rank > 1 || products.highestRank > 1 && products.degreesAtNextRank >= options.minimumResidualDegrees,
      isSignificant((products.rss / products.degrees, products.degrees))
    else { return nil }
    // Curves are fitted only where that leaves too much.
    let other = SmoothSurface(cells, grid: evidence.grid, options: options, ranks: &ranks)
    let left = other.variance(shape, ranks: &ranks, options: options)
    return isSignificant(left) ? left : nil
  }

  /// The replicates' variance of a well at 0 % and its degrees of freedom, without those of some cells.
  private func replicateVariance(
    _ evidence: NoiseEvidence, surface: SmoothSurface, shape: NoiseShape, without cells: Set<Int>
  ) -> (variance: Double, degrees: Double)? {
    var kept = evidence.squares
    var degrees = evidence.replicateDegrees
    for cell in cells where evidence.cells.count[cell] > 1 {
      kept[cell] = 0
      degrees -= Double(evidence.cells.count[cell] - 1)
    }
    guard degrees >= 1 else { return nil }
    return (squares(kept, evidence, surface: surface, shape: shape) / degrees, degrees)
  }

  private func replicateVariance(
    _ evidence: NoiseEvidence, surface: SmoothSurface, shape: NoiseShape
  ) -> Double {
    squares(evidence.squares, evidence, surface: surface, shape: shape) / evidence.replicateDegrees
  }

  /// The sum of the replicates' squares, each relative to the variance of a well at 0 %.
  private func squares(
    _ squares: [Double], _ evidence: NoiseEvidence, surface: SmoothSurface, shape: NoiseShape
  ) -> Double {
    var sum = 0.0
    for cell in squares.indices where evidence.cells.count[cell] > 1 {
      let relative = shape.relative(at: surface.response[cell])
      sum += squares[cell] / (relative * relative)
    }
    return sum
  }

  /// The cells that do not fit the others, the worst first.
  mutating func outliers(
    _ evidence: NoiseEvidence, surface: SmoothSurface, noise: NoiseModel, screen: ScreenNoise?
  ) -> [Outlier] {
    var tests = ranks
    defer { ranks = tests }
    let estimator = self
    let minimum = options.minimumResidualDegrees
    let (shape, expected) = (noise.shape, surface.response)
    func left(without cells: Set<Int>) -> (variance: Double, degrees: Double) {
      var kept = evidence.cells
      for cell in cells { kept.count[cell] = 0 }
      let surface = LowRankSurface(kept, shape: shape, expected: expected, ranks: &tests, minimumDegrees: minimum)
      return (surface.degrees > 0 ? surface.rss / surface.degrees : .nan, surface.degrees)
    }
    let search = OutlierSearch(
      evidence.grid,
      noise: .init(
        without: { cells in
          switch noise.source {
          case .replicates: return estimator.replicateVariance(evidence, surface: surface, shape: shape, without: cells)
          case .screen: return screen?.steadied(left(without: cells))
          case .residuals:
            let own = left(without: cells)
            return own.degrees >= 1 ? own : nil
          case .lackOfFit:
            let own = left(without: cells)
            guard own.degrees >= 1 else { return nil }
            let replicates = estimator.replicateVariance(evidence, surface: surface, shape: shape, without: cells)
            return replicates.map { $0.variance > own.variance ? $0 : own } ?? own
          }
        }, shape: shape, expected: expected))
    return search.search { significance in
      var rank = 1
      while true {
        let products = LowRankSurface(evidence.cells, shape: shape, expected: expected, rank: rank)
        if let worst = products.worst(significance) { return worst }
        guard rank < products.highestRank, products.degreesAtNextRank >= minimum, products.holdsSignal(&tests) else {
          return nil
        }
        rank += 1
      }
    }
  }

  /// The noise of a block; `nil` when nothing tells it.
  mutating func noise(_ evidence: NoiseEvidence, surface: SmoothSurface, screen: ScreenNoise?) -> NoiseModel? {
    if let screen, !evidence.isOwn {
      let own = variance(evidence, surface: surface, shape: screen.shape)
      guard let (variance, degrees) = screen.steadied(own), variance > NoiseShare.least else { return nil }
      return NoiseModel(source: .screen, shape: screen.shape, sdAt0: variance.squareRoot(), degrees: degrees)
    }
    guard evidence.isOwn else { return averagedNoise(evidence, surface: surface) }
    let shape = NoiseShape.choose(
      deviances(evidence, surface: surface), significance: options.shapeSignificance)
    let (variance, all) = variance(evidence, surface: surface, shape: shape)
    let degrees = shape == .constant ? all : all - 1
    guard degrees >= 1, variance.isFinite, variance > NoiseShare.least else { return nil }
    if evidence.isOwn,
      let left = lackOfFit(evidence, surface: surface, shape: shape, variance: variance, degrees: degrees)
    {
      return NoiseModel(
        source: .lackOfFit, shape: shape, sdAt0: left.variance.squareRoot(), degrees: left.degrees)
    }
    return NoiseModel(
      source: .replicates, shape: shape, sdAt0: variance.squareRoot(), degrees: degrees)
  }

  /// The noise of a block that stands alone and has no replicates.
  private mutating func averagedNoise(_ evidence: NoiseEvidence, surface: SmoothSurface) -> NoiseModel? {
    guard let (at0, at100, degrees) = share(evidence, surface: surface).averaged, degrees - 1 >= 1 else { return nil }
    return NoiseModel(
      source: .residuals, shape: NoiseShape(logRatio: log(at100 / at0) / 2), sdAt0: at0.squareRoot(),
      degrees: degrees - 1)
  }
}
