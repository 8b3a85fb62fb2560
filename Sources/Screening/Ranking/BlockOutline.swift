import Synergy

/// What a whole screen is counted, searched, ordered and drawn by, of one block: no windows, doses or curves, since those of
/// all blocks are held at once where only a few blocks are shown.
public struct BlockOutline: Sendable {
  /// One model's part.
  public struct Score: Sendable {
    /// The model.
    public var model: NullModel
    /// Mean synergy over the combination cells, percentage points.
    public var mean: Double?
    /// The largest window mean, corrected for bias where that is known.
    public var peak: Double?
    /// What the mean would be without an interaction; `nil` without an inference, like what follows.
    public var bias: Double?
    /// Standard error of the mean.
    public var standardError: Double?
    /// Where the true mean lies.
    public var interval: Interval?
    /// p value of a true mean of 0.
    public var p: Double?
    /// The false discovery rate at which the screen would call this score.
    public var q: Double?
    /// What the screen says of it.
    public var call: Call?

    /// A score of which nothing but this is known.
    package init(model: NullModel, mean: Double?, peak: Double?) {
      (self.model, self.mean, self.peak) = (model, mean, peak)
    }
  }

  /// The order in which the blocks were read, from 0.
  public var index: Int
  /// The block's name.
  public var id: String
  /// The drugs' names.
  public var drugs: [String]
  /// The drugs' names as they stand in the file.
  public var writtenNames: [String]
  /// The sample; `nil` when none is named.
  public var sample: String?
  /// Scores of the models asked for, in that order.
  public var scores: [Score]
  /// The smallest of the models' lower bounds.
  public var consensus: Double?
  /// Combination sensitivity score, %.
  public var css: Double?
  /// Most wells in one combination cell.
  public var replicates: Int
  /// The untreated level, and what was done about it.
  public var baseline: BlockBaseline
  /// Whether a drug is read from all blocks that measured it.
  public var isAnchorShared: Bool
  /// The noise that the intervals rest on; `nil` without an inference.
  public var noise: NoiseModel?
  /// What the screen says of the block.
  public var verdict: Verdict?
  /// Words for what a reader should know.
  public var flags: [String]

  /// What is kept of a block when no more is needed.
  package init(
    index: Int, id: String, drugs: [String], writtenNames: [String], sample: String?, scores: [Score],
    consensus: Double?, css: Double?, replicates: Int, baseline: BlockBaseline, isAnchorShared: Bool,
    noise: NoiseModel?, verdict: Verdict? = nil, flags: [String]
  ) {
    (self.index, self.id, self.drugs, self.writtenNames) = (index, id, drugs, writtenNames)
    (self.sample, self.scores, self.consensus, self.css) = (sample, scores, consensus, css)
    (self.replicates, self.baseline, self.isAnchorShared) = (replicates, baseline, isAnchorShared)
    (self.noise, self.verdict, self.flags) = (noise, verdict, flags)
  }

  /// The outline of a block that is known better.
  public init(_ summary: BlockSummary) {
    self.init(
      index: summary.index, id: summary.id, drugs: summary.drugs, writtenNames: summary.writtenNames,
      sample: summary.sample,
      scores: summary.scores.map { score in
        var own = Score(model: score.model, mean: score.mean, peak: score.peak?.corrected)
        (own.bias, own.standardError, own.interval) = (score.bias, score.standardError, score.interval)
        (own.p, own.q, own.call) = (score.p, score.q, score.call)
        return own
      }, consensus: summary.consensus, css: summary.css, replicates: summary.replicates, baseline: summary.baseline,
      isAnchorShared: summary.anchor?.isShared == true, noise: summary.noise, verdict: summary.verdict,
      flags: summary.flags)
  }

  /// A model's score; `nil` when it was not asked for.
  public func score(of model: NullModel) -> Score? { scores.first { $0.model == model } }
}
