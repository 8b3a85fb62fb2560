/// How noisy a well of a block is.
public struct NoiseModel: Sendable, Hashable {
  /// What it was estimated from.
  public enum Source: String, Sendable, CaseIterable {
    /// The block's own replicate wells.
    case replicates
    /// What is left of the block over a smooth surface, steadied by the other blocks of the screen.
    case screen
    /// What is left of the block over a smooth surface, alone.
    case residuals
    /// The same, although there are replicates: they differ less among themselves than dose pairs differ from the surface.
    case lackOfFit = "lack_of_fit"
  }

  /// What it was estimated from.
  public var source: Source
  /// How it depends on the expected response.
  public var shape: NoiseShape
  /// Standard deviation of a well whose expected response is 0 %, percentage points.
  public var sdAt0: Double
  /// Degrees of freedom of the estimate, those lent by the screen included.
  public var degrees: Double

  /// Makes a model.
  public init(source: Source, shape: NoiseShape, sdAt0: Double, degrees: Double) {
    self.source = source
    self.shape = shape
    self.sdAt0 = sdAt0
    self.degrees = degrees
  }

  /// Standard deviation of a well with the given expected response (% inhibition), percentage points.
  public func sd(at response: Double) -> Double { sdAt0 * shape.relative(at: response) }
  /// Standard deviation of a well whose expected response is 100 %.
  public var sdAt100: Double { sd(at: 100) }
}
