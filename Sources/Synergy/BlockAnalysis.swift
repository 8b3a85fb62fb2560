import Assay
import DoseResponse

/// Everything that was computed of one block.
public struct BlockAnalysis: Sendable {
  /// The data, on the scale of the block's untreated level (see `baseline`): what every number rests on.
  public var matrix: DoseMatrix
  /// The data as they were read; the same as `matrix` where nothing was corrected.
  public var asRead: DoseMatrix
  /// The untreated level, and what was done about it.
  public var baseline: BlockBaseline
  /// How the drug is read that other blocks measured alone too; `nil` where there is none.
  public var anchor: AnchorReading?
  /// One for each drug, in the order of `matrix.axes`.
  public var monotherapies: [Monotherapy]
  /// The models that were asked for, in that order.
  public var models: [ModelScore]
  /// ZIP's line fits; empty unless ZIP was asked for.
  public var lines: [LineFit]
  /// Combination sensitivity score: mean over the ordered drug pairs, % ; `nil` when no pair has one.
  public var css: Double?
  /// What a reader should know of this block, in sentences.
  public var notes: [BlockNote]
  /// How sure the values are; `nil` when it was not asked for or nothing tells the noise.
  public var inference: BlockInference?
  /// BIGL's response-surface tests; `nil` when none was asked for.
  public var bigl: BIGLAnalysis?

  /// Makes an analysis of a block as it was read; `matrix` is made of it by the baseline.
  public init(
    asRead: DoseMatrix, baseline: BlockBaseline = .none, monotherapies: [Monotherapy], models: [ModelScore],
    lines: [LineFit], css: Double?, notes: [BlockNote]
  ) {
    self.asRead = asRead
    self.baseline = baseline
    matrix = baseline.corrected(asRead)
    self.monotherapies = monotherapies
    self.models = models
    self.lines = lines
    self.css = css
    self.notes = notes
  }

  /// A model's score; `nil` when it was not asked for.
  public func score(of model: NullModel) -> ModelScore? { models.first { $0.model == model } }

  /// How sure a model's score is; `nil` when that is not known.
  public func inference(of model: NullModel) -> ScoreInference? {
    models.firstIndex { $0.model == model }.flatMap { inference?.scores[$0] }
  }

  /// Whether the block's numbers may be compared with those of others.
  private var isRanked: Bool { !notes.contains { $0.flag == BlockNote.untreatedHigh } }

  /// The smallest of the models' lower confidence bounds, percentage points: synergy that every reference model
  /// supports. A block whose noise is high stands below one with a smaller score that is known well. Without an
  /// inference the smallest of the models' block means. Over the models that could be scored; `nil` when none could, or
  /// when the untreated wells read as treated (`BlockNote.untreatedHigh`).
  public var consensus: Double? {
    guard isRanked else { return nil }
    let bounds = inference?.scores.compactMap { $0?.interval.low } ?? []
    return bounds.min() ?? models.compactMap(\.mean).min()
  }

  /// The largest of the models' upper confidence bounds, percentage points: below 0, every reference model supports
  /// antagonism. Without an inference the largest of the models' block means.
  public var consensusUpper: Double? {
    guard isRanked else { return nil }
    let bounds = inference?.scores.compactMap { $0?.interval.high } ?? []
    return bounds.max() ?? models.compactMap(\.mean).max()
  }
}
