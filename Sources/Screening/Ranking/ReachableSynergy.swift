import Assay
import Compounds
import Synergy

/// The part of a block's synergy that lies at concentrations which are reached in patients.
///
/// A combination cell is reachable when every drug whose Cmax is known has a dose of at most its Cmax. A model's score
/// is the mean of its synergy over the reachable cells that it scores. It is a second look at the same cells: no
/// interval and no rank come from it.
public struct ReachableSynergy: Sendable, Hashable {
  /// A drug's limit.
  public struct Limit: Sendable, Hashable {
    /// The drug's place in the block.
    public var drug: Int
    /// Cmax in the unit of the drug's doses.
    public var cmax: Double
    /// Cmax as it is stated, with its citation.
    public var stated: ClinicalConcentration
  }

  /// One model's score.
  public struct Score: Sendable, Hashable {
    /// The model.
    public var model: NullModel
    /// Mean synergy over the reachable cells, percentage points; `nil` when the model scores none of them.
    public var mean: Double?
    /// How many cells the mean is over.
    public var cells: Int

    /// A score of so many cells.
    package init(model: NullModel, mean: Double?, cells: Int) {
      self.model = model
      self.mean = mean
      self.cells = cells
    }
  }

  /// The drugs that are limited, in the block's order; the others have no known Cmax and are taken at all doses.
  public var limits: [Limit]
  /// Reachable combination cells that were measured.
  public var cells: Int
  /// The scores of the models asked for, in that order.
  public var scores: [Score]

  /// How far above Cmax a dose may lie and count as Cmax: rounding of unit conversions, nothing else.
  static let rounding = 1e-9

  /// The limits of a block's drugs; `nil` where there is none, or where one cannot be converted.
  package static func limits(
    of drugs: [(name: String, unit: ConcentrationUnit)], registry: CompoundRegistry
  ) -> [Limit]? {
    var limits: [Limit] = []
    for (drug, (name, unit)) in drugs.enumerated() {
      guard let stated = registry.compound(named: name)?.cmax else { continue }
      guard let cmax = stated.value(in: unit) else { return nil }
      limits.append(Limit(drug: drug, cmax: cmax, stated: stated))
    }
    return limits.isEmpty ? nil : limits
  }

  /// Takes what was kept before.
  package init(limits: [Limit], cells: Int, scores: [Score]) {
    self.limits = limits
    self.cells = cells
    self.scores = scores
  }

  /// Looks a block's drugs up. `nil` when no drug has a known Cmax, or when one has that cannot be converted into the
  /// unit of its doses: a score that passes over a known limit would mislead.
  public init?(of analysis: BlockAnalysis, registry: CompoundRegistry) {
    let matrix = analysis.matrix
    guard let limits = Self.limits(of: matrix.axes.map { ($0.drug, $0.unit) }, registry: registry) else { return nil }
    let reachable = matrix.combinationCells.filter { cell in
      limits.allSatisfy { matrix.dose(of: $0.drug, in: cell) <= $0.cmax * (1 + Self.rounding) }
    }
    self.limits = limits
    cells = reachable.count
    scores = analysis.models.map { score in
      let scored = reachable.map { score.synergy[$0] }.filter { !$0.isNaN }
      return Score(
        model: score.model, mean: scored.isEmpty ? nil : scored.reduce(0, +) / Double(scored.count),
        cells: scored.count)
    }
  }

  /// A model's score; `nil` when it was not asked for.
  public func score(of model: NullModel) -> Score? { scores.first { $0.model == model } }
}
