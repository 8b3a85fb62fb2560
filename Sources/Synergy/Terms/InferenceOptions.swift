/// The choices of the inference, each with its default.
public struct InferenceOptions: Sendable, Hashable, Codable {
  /// Resamples of each block; 0 leaves intervals and tests out. Default: 1,000.
  public var resamples: Int = 1000
  /// Seed of the resamples. Default: 1.
  public var seed: UInt64 = 1
  /// Coverage of the intervals. Default: 0.95.
  public var confidence: Double = 0.95
  /// Minimum effect size, percentage points: a call needs the score beyond it. Default: 5.
  public var threshold: Double = 5
  /// False discovery rate at which a score is called. Default: 0.1.
  public var falseDiscoveryRate: Double = 0.1
  /// The reference models that a block's call is about. They must be chosen before the results are seen. Default: Bliss,
  /// which needs no fitted curve and assumes nothing of how the drugs act but that they act independently.
  public var callModels: [NullModel] = [.bliss]
  /// Degrees of freedom that a block's replicates must have to stand alone. Default: 8.
  public var minimumReplicateDegrees: Int = 8
  /// The same as a share of the measured cells. Default: 0.25.
  public var minimumReplicatesPerCell: Double = 0.25
  /// Blocks that a screen needs to steady the noise of one. Default: 6.
  public var minimumScreenBlocks: Int = 6
  /// Share of pure noise that is taken for one more rank of the smooth surface. Default: 0.02.
  public var rankSignificance: Double = 0.02
  /// Degrees of freedom that the smooth surface leaves at least when its rank is raised. Default: 4.
  public var minimumResidualDegrees: Double = 4
  /// Significance at which noise is taken to depend on the response. Default: 0.2.
  public var shapeSignificance: Double = 0.2

  /// Significance at which replicates are taken to differ less than dose pairs do. Default: 0.003.
  public var lackOfFitSignificance: Double = 0.003

  /// The defaults.
  public init() {}
}
