import Synergy

/// Whether a combination's synergy goes with an annotation of the samples: one test.
public struct Association: Sendable {
  /// One level of an annotation in words.
  public struct Level: Sendable, Hashable {
    /// The level.
    public var name: String
    /// Its samples.
    public var count: Int
    /// Mean of their scores, percentage points.
    public var mean: Double
    /// Where their true mean lies, by the linear model's residual variance and Student's t.
    public var interval: Interval
  }

  /// One coefficient of the linear model.
  public struct Effect: Sendable, Hashable {
    /// The level that is compared with the reference; `nil` for a covariate.
    public var level: String?
    /// Difference of the level's mean from the reference's, percentage points; for a covariate the slope, percentage
    /// points for one unit of it.
    public var value: Double
    /// Its standard error.
    public var standardError: Double
    /// Where it lies, by Student's t.
    public var interval: Interval
  }

  /// What came of a test.
  public struct Test: Sendable {
    /// The levels, the reference (the one with most samples) first; empty for a covariate.
    public var levels: [Level]
    /// The coefficients.
    public var effects: [Effect]
    /// Share of the scores' variance that the annotation explains.
    public var rSquared: Double
    /// The linear model's F.
    public var f: Double
    /// Its degrees of freedom.
    public var degrees: (Int, Int)
    /// p value by permutation.
    public var p: Double
    /// Arrangements that were compared.
    public var arrangements: Int
    /// Whether these are all there are.
    public var isExact: Bool
    /// The false discovery rate over all tests.
    public var q: Double
  }

  /// One sample of a test, as it is plotted.
  public struct Point: Sendable, Hashable {
    /// The sample.
    public var sample: String
    /// The place of its level in `Test.levels`, or the covariate's value.
    public var x: Double
    /// Its score, percentage points.
    public var y: Double
  }

  /// The combination, a place in `AcrossSamples.combinations`.
  public var combination: Int
  /// The model whose score it is.
  public var model: NullModel
  /// The annotation.
  public var annotation: String
  /// The samples that took part.
  public var points: [Point]
  /// Samples that did not, because their level has too few, with that level.
  public var leftOut: [(sample: String, level: String)]
  /// What came of it; `nil` when it was not made.
  public var test: Test?
  /// Why it was not made.
  public var refusal: String?
}
