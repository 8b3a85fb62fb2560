import Foundation
import Statistics

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

extension NoiseShare {
  /// Variance below which there is no noise but rounding, squared percentage points.
  static let least = 1e-12

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
      guard variance.isFinite, variance > Self.least else { continue }
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
