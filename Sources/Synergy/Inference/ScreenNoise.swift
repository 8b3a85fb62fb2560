import Foundation

/// What one block adds to the screen's knowledge of noise: small, since a screen may have many blocks.
public struct NoiseShare: Sendable {
  /// Whether the block's own replicates are enough for it.
  public let isOwn: Bool
  /// Digest of the content, which orders the shares whatever the order of the blocks.
  let digest: UInt64
  /// −2 ln likelihood of each candidate shape.
  let deviances: [Double]
  /// The variance of a well at 0 % and its degrees of freedom at each of them.
  let variances: [(variance: Double, degrees: Double)]
  /// The shape that the block's own replicates choose.
  let shape: NoiseShape
}

/// What a screen's blocks together say about the noise of one that has no replicates of its own.
///
/// The shape is the one of least deviance over all blocks. The variances differ from block to block; how much beyond
/// chance tells how far the screen's typical variance s₀² is to be trusted, as d₀ degrees of freedom beside the block's
/// own: Smyth (2004) Stat. Appl. Genet. Mol. Biol. 3, art. 3, §6.2.
public struct ScreenNoise: Sendable, Hashable {
  /// How noise depends on the expected response.
  public let shape: NoiseShape
  /// Typical variance of a well at 0 %, squared percentage points.
  public let variance: Double
  /// Degrees of freedom that the screen lends to a block; infinite when its blocks do not differ.
  public let degrees: Double
  /// Number of blocks with evidence.
  public let blocks: Int
  /// Degrees of freedom of all blocks together.
  private let total: Double

  /// Pools the blocks; `nil` when there are too few. The order of the blocks does not matter, to the bit.
  public init?(_ shares: [NoiseShare], options: InferenceOptions) {
    guard shares.count >= options.minimumScreenBlocks else { return nil }
    let shares = shares.sorted { $0.digest < $1.digest }
    var deviance = [Double](repeating: 0, count: NoiseShape.candidates.count)
    for share in shares where share.deviances.allSatisfy(\.isFinite) {
      for place in share.deviances.indices { deviance[place] += share.deviances[place] }
    }
    let shape = NoiseShape.choose(deviance, significance: options.shapeSignificance)
    let place = NoiseShape.candidates.firstIndex(of: shape) ?? NoiseShape.constantPlace
    var logs: [(value: Double, degrees: Double)] = []
    var total = 0.0
    for share in shares {
      let (variance, degrees) = share.variances[place]
      guard degrees >= 1, variance > 0, variance.isFinite else { continue }
      logs.append((log(variance) - digamma(degrees / 2) + log(degrees / 2), degrees))
      total += degrees
    }
    guard logs.count >= options.minimumScreenBlocks else { return nil }
    let number = Double(logs.count)
    let mean = logs.reduce(0) { $0 + $1.value } / number
    let spread = logs.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / (number - 1)
    let expected = logs.reduce(0) { $0 + trigamma($1.degrees / 2) } / number
    self.shape = shape
    blocks = logs.count
    self.total = total
    if spread - expected > 1e-6 {
      let half = inverseTrigamma(spread - expected)
      degrees = 2 * half
      variance = exp(mean + digamma(half) - log(half))
    } else {
      degrees = .infinity
      variance = exp(mean)
    }
  }

  /// A block's own variance and the screen's, each by its degrees of freedom.
  func steadied(_ own: (variance: Double, degrees: Double)) -> (variance: Double, degrees: Double)? {
    guard degrees.isFinite else { return (variance, total) }
    guard own.degrees > 0, own.variance.isFinite else { return (variance, degrees) }
    let sum = own.degrees + degrees
    return ((own.degrees * own.variance + degrees * variance) / sum, min(sum, total))
  }
}

extension NoiseShare {
  /// By what −2 ln likelihood of a shape counts where shapes are averaged, and what a step to less noise at 100 % counts
  /// beside it. A likelihood (2, 0) trusts constant noise too soon.
  private static let calm = 4.0
  private static let falling = 0.25

  /// The variances of a well at 0 and at 100 % and their degrees of freedom, averaged over the shapes, each weighed by its
  /// likelihood; `nil` where nothing tells them.
  ///
  /// What a block leaves over a smooth surface is too little to choose a shape from, and a wrong choice makes p values that
  /// are too small: noise that is a share of what is alive, taken for constant, gave 17 to 39 % false positives at 5 %. Only
  /// shapes that do not rise with inhibition count: taken for constant, noise that rises errs on the safe side.
  var averaged: (at0: Double, at100: Double, degrees: Double)? {
    let finite = NoiseShape.falling.filter { deviances[$0].isFinite }
    func support(_ place: Int) -> Double {
      -deviances[place] / Self.calm + Self.falling * Double(NoiseShape.constantPlace - place)
    }
    let most = finite.map(support).max() ?? 0
    var (weights, at0, at100, degrees) = (0.0, 0.0, 0.0, 0.0)
    for place in finite {
      let (variance, own) = variances[place]
      guard variance.isFinite, variance > NoiseEstimator.least else { continue }
      let weight = exp(support(place) - most)
      let end = NoiseShape.candidates[place].relative(at: 100)
      weights += weight
      at0 += weight * variance
      at100 += weight * variance * end * end
      degrees += weight * own
    }
    return weights > 0 ? (at0 / weights, at100 / weights, degrees / weights) : nil
  }

  /// The variance of an untreated well and its degrees of freedom, at least one: of the block's replicates, else steadied by
  /// its screen, else what it leaves over a smooth surface.
  func untreated(_ screen: ScreenNoise?) -> (variance: Double, degrees: Double)? {
    let found: (variance: Double, degrees: Double)?
    if isOwn {
      found = at(shape)
    } else {
      found = screen?.steadied(at(screen?.shape ?? .constant)) ?? averaged.map { ($0.at0, $0.degrees) }
    }
    // Wells without noise differ by what rounding leaves.
    let exact = at(.constant)
    return [found, exact].compactMap(\.self).first { $0.degrees >= 1 && $0.variance > 0 && $0.variance.isFinite }
  }

  private func at(_ shape: NoiseShape) -> (variance: Double, degrees: Double) {
    variances[NoiseShape.candidates.firstIndex(of: shape) ?? NoiseShape.constantPlace]
  }
}
