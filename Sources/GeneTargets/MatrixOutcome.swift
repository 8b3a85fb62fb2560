/// What a matrix screen says of a partner in a sample.
public struct MatrixOutcome: Sendable, Hashable {
  /// The call of a block.
  public enum Call: String, Sendable {
    case synergistic, antagonistic, additive, mixed, inconclusive
  }

  /// The partner, as the matrix screen calls it.
  public var partner: String
  /// Cell line or patient; empty where none is named.
  public var sample: String
  /// The call; `nil` where nothing was tested.
  public var call: Call?
  /// The smallest of the models' lower bounds, percentage points; of several blocks the mean, as the next two.
  public var consensus: Double?
  /// The largest of the upper bounds.
  public var consensusUpper: Double?
  /// The score of one model less its bias, percentage points: the estimate that the rank correlation is over.
  public var score: Double?
  /// Relative inhibition of the partner alone, %.
  public var partnerAlone: Double?

  /// An outcome.
  public init(
    partner: String, sample: String, call: Call?, consensus: Double?, consensusUpper: Double? = nil, score: Double?,
    partnerAlone: Double? = nil
  ) {
    (self.partner, self.sample, self.call, self.consensus) = (partner, sample, call, consensus)
    (self.consensusUpper, self.score, self.partnerAlone) = (consensusUpper, score, partnerAlone)
  }
}
