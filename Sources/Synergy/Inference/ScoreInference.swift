import Statistics

/// How sure the mean of an extreme window is.
public struct WindowInference: Sendable, Hashable {
  /// The window's mean less what chance adds to the most extreme of many windows, percentage points.
  public var corrected: Double
  /// Where the true extreme lies, percentage points.
  public var interval: Interval

  /// Makes an inference of its parts.
  public init(corrected: Double, interval: Interval) {
    self.corrected = corrected
    self.interval = interval
  }
}

/// How sure a model's scores are.
public struct ScoreInference: Sendable {
  /// What the score would be on average where nothing interacts, percentage points: the maximum of two noisy
  /// monotherapies, for one, is too high, so that HSA's score is below 0 without an interaction.
  public var bias: Double
  /// Standard error of the block score, percentage points.
  public var standardError: Double
  /// Where the true block score lies, its bias taken off, percentage points.
  public var interval: Interval
  /// Two-sided p value of a true block score of 0.
  public var p: Double
  /// The 90 % interval of the block score: two one-sided tests at 5 % reject every true score outside of it (Schuirmann
  /// 1987, J. Pharmacokinet. Biopharm. 15, 657–680).
  public var equivalence: Interval
  /// The peak; `nil` when there is none.
  public var peak: WindowInference?
  /// The trough; `nil` when there is none.
  public var trough: WindowInference?
  /// Where each cell's true synergy lies, percentage points; NaN ends where it was not scored.
  public var cells: [Interval]
  /// Two-sided p value of each cell's synergy, controlled over the block's cells together; NaN where it was not scored.
  public var cellP: [Double]

  /// Makes an inference of its parts.
  public init(
    bias: Double, standardError: Double, interval: Interval, p: Double, equivalence: Interval,
    peak: WindowInference? = nil, trough: WindowInference? = nil, cells: [Interval], cellP: [Double]
  ) {
    self.bias = bias
    self.standardError = standardError
    self.interval = interval
    self.p = p
    self.equivalence = equivalence
    self.peak = peak
    self.trough = trough
    self.cells = cells
    self.cellP = cellP
  }
}

/// How sure the values of a block are.
public struct BlockInference: Sendable {
  /// The noise it rests on.
  public var noise: NoiseModel
  /// Resamples.
  public var resamples: Int
  /// Coverage of the intervals.
  public var confidence: Double
  /// One for each model of the analysis, in that order; `nil` for a model without a score.
  public var scores: [ScoreInference?]
  /// Where each drug's absolute IC50 lies; an end is infinite (or 0) where resamples did not reach it within the tested
  /// doses.
  public var ic50: [Interval]
  /// Where each drug's Emax lies, % inhibition; an end is infinite where the data do not bound it.
  public var emax: [Interval]
  /// Where each drug's fitted curve lies at each of its doses, % inhibition; NaN ends where it was not fitted.
  public var curves: [[Interval]]
  /// Where CSS lies, %; `nil` when the block has none.
  public var css: Interval?

  /// Makes an inference of its parts.
  public init(
    noise: NoiseModel, resamples: Int, confidence: Double, scores: [ScoreInference?], ic50: [Interval],
    emax: [Interval], curves: [[Interval]], css: Interval?
  ) {
    self.noise = noise
    self.resamples = resamples
    self.confidence = confidence
    self.scores = scores
    self.ic50 = ic50
    self.emax = emax
    self.curves = curves
    self.css = css
  }
}
