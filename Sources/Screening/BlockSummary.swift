import Assay
import Synergy

/// What the ranking keeps of a block after its cells are written: small, since a screen may have a million of them.
public struct BlockSummary: Sendable {
  /// One model's part of the ranking.
  public struct Score: Sendable {
    /// The model.
    public var model: NullModel
    /// Mean synergy over the combination cells, percentage points; `nil` when the model could not be scored.
    public var mean: Double?
    /// The largest window mean.
    public var peak: PeakWindow?
  }

  /// The order in which the blocks were read, from 0.
  public var index: Int
  /// The block's name.
  public var id: String
  /// The drugs' names.
  public var drugs: [String]
  /// The drugs' units.
  public var units: [ConcentrationUnit]
  /// The sample; `nil` when none is named.
  public var sample: String?
  /// Scores of the models asked for, in that order.
  public var scores: [Score]
  /// Smallest of the models' means.
  public var consensus: Double?
  /// Combination sensitivity score, %.
  public var css: Double?
  /// Relative inhibition of each drug, %.
  public var relativeInhibition: [Double?]
  /// Relative IC50 of each drug, in its unit.
  public var relativeIC50: [Double?]
  /// Most wells in one combination cell.
  public var replicates: Int
  /// Words for what a reader should know.
  public var flags: [String]

  /// Takes what the ranking needs from an analysis.
  public init(index: Int, analysis: BlockAnalysis) {
    self.index = index
    let matrix = analysis.matrix
    id = matrix.id
    drugs = matrix.axes.map(\.drug)
    units = matrix.axes.map(\.unit)
    sample = matrix.sample
    scores = analysis.models.map { Score(model: $0.model, mean: $0.mean, peak: $0.peak) }
    consensus = analysis.consensus
    css = analysis.css
    relativeInhibition = analysis.monotherapies.map(\.relativeInhibition)
    relativeIC50 = analysis.monotherapies.map(\.relativeIC50)
    replicates = matrix.combinationCells.map { matrix.count[$0] }.max() ?? 0
    flags = analysis.notes.map(\.flag).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// A model's score; `nil` when it was not asked for.
  public func score(of model: NullModel) -> Score? { scores.first { $0.model == model } }
}
