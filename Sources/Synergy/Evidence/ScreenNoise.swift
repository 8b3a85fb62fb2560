import Foundation
import Statistics

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
