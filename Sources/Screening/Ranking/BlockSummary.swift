import Assay
import Compounds
import Synergy

/// What the ranking keeps of a block after its cells are written: small, since a screen may have a million of them.
public struct BlockSummary: Sendable {
  /// An extreme window of adjacent dose pairs.
  public struct Window: Sendable, Hashable {
    /// The window as it was measured.
    public var measured: PeakWindow
    /// What is inferred of it; `nil` without an inference.
    public var inference: WindowInference?

    /// A window and what is inferred of it.
    package init(measured: PeakWindow, inference: WindowInference?) {
      self.measured = measured
      self.inference = inference
    }

    /// The window's mean corrected for bias where that is known, percentage points.
    public var corrected: Double { inference?.corrected ?? measured.mean }
    /// The ends of its interval, percentage points.
    var lowest: Double { inference?.interval.low ?? measured.mean }
    var highest: Double { inference?.interval.high ?? measured.mean }
  }

  /// One model's part of the ranking.
  public struct Score: Sendable {
    /// The model.
    public var model: NullModel
    /// Mean synergy over the combination cells, percentage points; `nil` when the model could not be scored.
    public var mean: Double?
    /// The same without the wells that do not fit the others, where there are such (the flag `outlier`).
    public var meanWithoutOutliers: Double?
    /// The largest window mean.
    public var peak: Window?
    /// The smallest window mean.
    public var trough: Window?
    /// What the mean would be without an interaction; `nil` without an inference, like what follows.
    public var bias: Double?
    /// Standard error of the mean, percentage points.
    public var standardError: Double?
    /// Where the true mean lies.
    public var interval: Interval?
    /// The 90 % interval of the mean: the two one-sided tests of equivalence.
    public var equivalence: Interval?
    /// p value of a true mean of 0.
    public var p: Double?
    /// The false discovery rate at which the screen would call this score.
    public var q: Double?
    /// What the screen says of it; set with q.
    public var call: Call?

    /// A score of which this is known.
    package init(
      model: NullModel, mean: Double? = nil, peak: Window? = nil, trough: Window? = nil, bias: Double? = nil,
      equivalence: Interval? = nil, q: Double? = nil
    ) {
      (self.model, self.mean, self.peak, self.trough) = (model, mean, peak, trough)
      (self.bias, self.equivalence, self.q) = (bias, equivalence, q)
    }

    /// What the ranking keeps of a score.
    init(_ score: ModelScore, _ inference: ScoreInference?) {
      model = score.model
      mean = score.mean
      meanWithoutOutliers = score.meanWithoutOutliers
      peak = score.peak.map { Window(measured: $0, inference: inference?.peak) }
      trough = score.trough.map { Window(measured: $0, inference: inference?.trough) }
      bias = inference?.bias
      standardError = inference?.standardError
      interval = inference?.interval
      equivalence = inference?.equivalence
      p = inference?.p
    }
  }

  /// One of BIGL's tests: its F and p.
  public struct SurfaceTest: Sendable {
    /// The null.
    public var null: BIGLNull
    /// meanR's F.
    public var f: Double
    /// P(F ≥ f) under the null.
    public var p: Double

    /// A test's F and p.
    package init(null: BIGLNull, f: Double, p: Double) {
      self.null = null
      self.f = f
      self.p = p
    }
  }

  /// The order in which the blocks were read, from 0.
  public var index: Int
  /// The block's key.
  public var key: BlockKey
  /// The block's name.
  public var id: String
  /// The drugs' names.
  public var drugs: [String]
  /// The drugs' names as they stand in the file, in the order of `drugs`.
  public var writtenNames: [String]
  /// The drugs' units.
  public var units: [ConcentrationUnit]
  /// The sample; `nil` when none is named.
  public var sample: String?
  /// Scores of the models asked for, in that order.
  public var scores: [Score]
  /// BIGL's tests that were asked for and could be made.
  public var surfaceTests: [SurfaceTest]
  /// The smallest of the models' lower bounds (see `BlockAnalysis.consensus`).
  public var consensus: Double?
  /// The largest of the models' upper bounds (see `BlockAnalysis.consensusUpper`).
  public var consensusUpper: Double?
  /// The untreated level, and what was done about it.
  public var baseline: BlockBaseline
  /// How the drug is read that other blocks measured alone too; `nil` where there is none.
  public var anchor: AnchorReading?
  /// The noise that the intervals rest on; `nil` without an inference.
  public var noise: NoiseModel?
  /// Where CSS lies.
  public var cssInterval: Interval?
  /// What the screen says of the block; `nil` until its scores have their q, or without an inference.
  public var verdict: Verdict?
  /// Combination sensitivity score, %.
  public var css: Double?
  /// Relative inhibition of each drug, %.
  public var relativeInhibition: [Double?]
  /// Relative IC50 of each drug, in its unit.
  public var relativeIC50: [Double?]
  /// Most wells in one combination cell.
  public var replicates: Int
  /// Synergy at the doses that are reached in patients; `nil` where no drug's Cmax is known in a unit of its doses.
  public var reachable: ReachableSynergy?
  /// Words for what a reader should know.
  public var flags: [String]

  /// Takes what the ranking needs from an analysis; the registry says which doses are reached in patients.
  public init(index: Int, analysis: BlockAnalysis, registry: CompoundRegistry = .builtIn) {
    self.index = index
    let matrix = analysis.matrix
    key = BlockKey(analysis.asRead)
    id = matrix.id
    drugs = matrix.axes.map(\.drug)
    writtenNames = matrix.axes.map(\.writtenName)
    units = matrix.axes.map(\.unit)
    sample = matrix.sample
    scores = analysis.models.map { Score($0, analysis.inference(of: $0.model)) }
    surfaceTests = analysis.bigl?.tests.map { SurfaceTest(null: $0.null, f: $0.f, p: $0.p) } ?? []
    consensus = analysis.consensus
    consensusUpper = analysis.consensusUpper
    baseline = analysis.baseline
    anchor = analysis.anchor?.summary
    noise = analysis.inference?.noise
    cssInterval = analysis.inference?.css
    css = analysis.css
    relativeInhibition = analysis.monotherapies.map(\.relativeInhibition)
    relativeIC50 = analysis.monotherapies.map(\.relativeIC50)
    replicates = matrix.combinationCells.map { matrix.count[$0] }.max() ?? 0
    reachable = ReachableSynergy(of: analysis, registry: registry)
    flags = analysis.notes.map(\.flag).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Takes what was kept of a block before.
  package init(
    index: Int, key: BlockKey, id: String, drugs: [String], writtenNames: [String], units: [ConcentrationUnit],
    sample: String?,
    scores: [Score], surfaceTests: [SurfaceTest], consensus: Double?, consensusUpper: Double?, baseline: BlockBaseline,
    anchor: AnchorReading?, noise: NoiseModel?,
    cssInterval: Interval?, css: Double?, relativeInhibition: [Double?], relativeIC50: [Double?], replicates: Int,
    reachable: ReachableSynergy?, flags: [String]
  ) {
    (self.index, self.key, self.id, self.sample) = (index, key, id, sample)
    (self.drugs, self.writtenNames, self.units) = (drugs, writtenNames, units)
    (self.scores, self.surfaceTests) = (scores, surfaceTests)
    (self.consensus, self.consensusUpper) = (consensus, consensusUpper)
    (self.baseline, self.anchor, self.noise) = (baseline, anchor, noise)
    (self.cssInterval, self.css) = (cssInterval, css)
    (self.relativeInhibition, self.relativeIC50) = (relativeInhibition, relativeIC50)
    (self.replicates, self.reachable, self.flags) = (replicates, reachable, flags)
  }

  /// A model's score; `nil` when it was not asked for.
  public func score(of model: NullModel) -> Score? { scores.first { $0.model == model } }
}
