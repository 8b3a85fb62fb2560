/// The choices of the response-surface tests, each with its default.
public struct BIGLOptions: Sendable, Hashable, Codable {
  /// What refits and resamples draw their errors from.
  public enum Errors: String, Sendable, CaseIterable, Codable {
    /// The residuals of the on-axis wells from the marginals: needs no replicates.
    case residuals
    /// What BIGL 1.8.0 draws: the deviation of every well, on and off the axes, from the mean of its replicates. They
    /// are too small by √((r − 1)/r) for r replicates, and all 0 where there is but one, so that BIGL's test then takes
    /// the marginals for known.
    case replicates
  }

  /// The nulls to test, in the order of the output. Default: none.
  public var nulls: [BIGLNull] = []
  /// Refits of the marginals that tell how uncertain the null's predictions are (BIGL's B.CP); ≥ 2. Default: 50, as
  /// BIGL.
  public var refits: Int = 50
  /// Where resampled errors come from. Default: residuals.
  public var errors: Errors = .residuals
  /// Resamples of the block under the null for the p value of F (BIGL's B.B); 0 takes p from the F distribution.
  /// Default: 0.
  public var resamples: Int = 0
  /// Level of the calls of single cells, over all cells of a block together. Default: 0.05, as BIGL.
  public var cellSignificance: Double = 0.05
  /// The most combination cells of a block: A is a full matrix over them. Default: 1,000.
  public var mostCells: Int = 1000

  /// The defaults.
  public init() {}
}
