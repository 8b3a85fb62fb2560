import Assay
import Foundation

/// The untreated level that a block's responses were put on the scale of: y′ = 100 (y − level)/(100 − level).
public struct BlockBaseline: Sendable {
  /// The level, % inhibition as read; 0 where responses were left as read.
  public var level: Double
  /// Standard error of the level, percentage points; 0 where nothing was corrected.
  public var error: Double
  /// What the block by itself says of its untreated level, % inhibition as read, and its standard error; `nil` where
  /// nothing tells.
  public var estimate: (level: Double, error: Double)?
  /// Whether the level is the block's own because it is unlike those of the screen's other blocks.
  private(set) var standsAlone = false
  /// Whether the block's level is off and its wells do not tell by how much: nothing can be concluded from its scores.
  private(set) var isUnclear = false
  /// The cells that `level` is made of: every resample estimates it anew.
  let parts: [BaselineShare.Part]
  /// Standard deviation of what the wells do not explain of the level's error, percentage points.
  let rest: Double

  /// Responses as read.
  public static let none = BlockBaseline(level: 0, error: 0, estimate: nil)

  /// A level that was read back from results: nothing can be resampled from it.
  public init(level: Double, error: Double, estimate: (level: Double, error: Double)?) {
    self.init(level: level, error: error, estimate: estimate, parts: [], rest: 0)
  }

  init(
    level: Double, error: Double, estimate: (level: Double, error: Double)?, parts: [BaselineShare.Part], rest: Double
  ) {
    self.level = level
    self.error = error
    self.estimate = estimate
    self.parts = parts
    self.rest = rest
  }

  /// The same level beside another estimate of the block by itself.
  func with(estimate: (level: Double, error: Double)?) -> BlockBaseline {
    var result = self
    result.estimate = estimate
    return result
  }

  /// The same for a block that is unlike the others of its screen.
  func asStandingAlone() -> BlockBaseline {
    var result = self
    result.standsAlone = true
    return result
  }

  /// The same for a block whose level cannot be told.
  func asUnclear() -> BlockBaseline {
    var result = self
    result.isUnclear = true
    return result
  }

  /// Whether the level is unlike what the screen leads to expect.
  var isOdd: Bool { standsAlone || isUnclear }

  /// Whether responses were put on another scale.
  public var isCorrected: Bool { level != 0 }

  /// A block's responses on the scale of the level.
  public func corrected(_ matrix: DoseMatrix) -> DoseMatrix {
    guard isCorrected else { return matrix }
    return matrix.mappingResponses { corrected($0) }
  }

  /// A response on the scale of the level, % inhibition.
  func corrected(_ response: Double) -> Double { 100 * (response - level) / (100 - level) }

  /// Noise that was estimated of responses as read, on the scale of the level.
  func corrected(_ noise: NoiseModel) -> NoiseModel {
    guard isCorrected else { return noise }
    var scaled = noise
    let stretch = 100 / (100 - level)
    scaled.sdAt0 = stretch * noise.sd(at: level)
    scaled.shape = NoiseShape(logRatio: noise.shape.logRatio - log(noise.shape.relative(at: level)))
    return scaled
  }
}
