/// A null model's reference and the synergy against it.
public struct ModelScore: Sendable {
  /// The model.
  public var model: NullModel
  /// What the model expects in each cell, % inhibition; NaN where it cannot say.
  public var reference: [Double]
  /// What is compared with the reference, when that is not the response itself: ZIP's fit. NaN where there is none.
  public var fit: [Double]?
  /// Response (or fit) − reference in each cell, percentage points; NaN where it could not be scored; 0 in cells with
  /// fewer than two drugs.
  public var synergy: [Double]
  /// Mean of `synergy` over the scored combination cells; `nil` when there is none.
  public var mean: Double?
  /// The most synergistic area: the window with the largest mean synergy.
  public var peak: PeakWindow?
  /// The most antagonistic area: the window with the smallest mean synergy.
  public var trough: PeakWindow?
  /// Combination cells that were scored.
  public var scoredCells: Int
  /// Measured combination cells that could not be scored.
  public var unscoredCells: Int
  /// What the mean is without the wells that do not fit the smooth surface through the others (the note
  /// `BlockNote.outlier`); `nil` where there are none, or where nothing can be scored without them.
  public var meanWithoutOutliers: Double?

  /// Makes a score.
  public init(
    model: NullModel, reference: [Double], fit: [Double]?, synergy: [Double], mean: Double?, peak: PeakWindow?,
    trough: PeakWindow?, scoredCells: Int, unscoredCells: Int
  ) {
    self.model = model
    self.reference = reference
    self.fit = fit
    self.synergy = synergy
    self.mean = mean
    self.peak = peak
    self.trough = trough
    self.scoredCells = scoredCells
    self.unscoredCells = unscoredCells
  }
}

/// A window of adjacent dose pairs with an extreme mean synergy.
public struct PeakWindow: Sendable, Hashable {
  /// Mean synergy over the window, percentage points.
  public var mean: Double
  /// For each drug the lowest and the highest dose of the window.
  public var doses: [ClosedRange<Double>]

  /// Makes a window.
  public init(mean: Double, doses: [ClosedRange<Double>]) {
    self.mean = mean
    self.doses = doses
  }
}
