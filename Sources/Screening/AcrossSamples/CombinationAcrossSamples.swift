import Statistics
import Synergy

/// One combination in the samples in which it was tested.
public struct CombinationAcrossSamples: Sendable {
  /// One sample. Several blocks of the combination in it count as one, with the mean of their scores.
  public struct Sample: Sendable {
    /// The sample.
    public var name: String
    /// The blocks, `BlockSummary.index`.
    public var blocks: [Int]
    /// The call of its blocks where they agree, else mixed; `nil` when there is none.
    public var call: Call?
    /// Mean of its blocks' consensus, percentage points.
    public var consensus: Double?
    /// Whether a block's input is doubted.
    public var isDoubted: Bool
    /// Scores by model.
    public var scores: [NullModel: Score]
  }

  /// A score of one model in one sample.
  public struct Score: Sendable, Hashable {
    /// The block score, its bias taken off, percentage points.
    public var value: Double
    /// Its standard error; `nil` where nothing tells it.
    public var standardError: Double?
  }

  /// What one model says over the samples.
  public struct Model: Sendable {
    /// The model.
    public var model: NullModel
    /// Places in `samples` of those that it could score.
    public var scored: [Int]
    /// Plain mean of the scores, percentage points.
    public var mean: Double
    /// Standard deviation of the scores, noise included, percentage points; `nil` for one sample.
    public var sd: Double?
    /// Spread beyond noise and the mean of such samples; `nil` where a standard error is missing.
    public var pooled: RandomEffects?
    /// How far each sample stands out; empty for fewer than three, or without standard errors.
    public var selective: [SelectiveSynergy]

    /// The sample that stands out most as synergistic; `nil` where none is above the mean of the others.
    public var mostSelective: SelectiveSynergy? {
      selective.filter { $0.difference > 0 }
        .max { $0.difference / $0.standardError < $1.difference / $1.standardError }
    }
  }

  /// The drugs as the best-ranked block orders them.
  public var drugs: [String]
  /// The samples by name.
  public var samples: [Sample]
  /// What each model says, in the order of the models.
  public var models: [Model]

  /// How many samples have a call.
  public func count(_ call: Call) -> Int { samples.count { $0.call == call } }

  /// What a model says.
  public func model(_ model: NullModel) -> Model? { models.first { $0.model == model } }

  /// Takes the blocks of one combination, by their places in the ranking; each names a sample.
  init(_ blocks: [Int], of ranked: [BlockSummary], models: [NullModel], confidence: Double) {
    drugs = blocks.first.map { ranked[$0].drugs } ?? []
    let bySample = Dictionary(grouping: blocks) { ranked[$0].sample ?? "" }
    samples = bySample.keys.sorted().map { name in
      Sample(name, (bySample[name] ?? []).map { ranked[$0] }, models: models)
    }
    self.models = models.compactMap { [samples] model in
      let scored = samples.indices.filter { samples[$0].scores[model] != nil }
      guard !scored.isEmpty else { return nil }
      let values = scored.compactMap { samples[$0].scores[model]?.value }
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let known = scored.compactMap { place in
        samples[place].scores[model].flatMap { score in score.standardError.map { (score.value, $0) } }
      }
      let isKnown = known.count == scored.count
      return Model(
        model: model, scored: scored, mean: mean,
        sd: values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil,
        pooled: isKnown ? RandomEffects(known, confidence: confidence) : nil,
        selective: isKnown
          ? SelectiveSynergy.all(known, confidence: confidence).map { selective in
            var selective = selective
            selective.sample = scored[selective.sample]
            return selective
          } : [])
    }
  }
}

extension CombinationAcrossSamples.Sample {
  /// Takes the blocks of one sample together: plain means, whose standard error is √(Σ se²) / n.
  fileprivate init(_ name: String, _ blocks: [BlockSummary], models: [NullModel]) {
    self.name = name
    self.blocks = blocks.map(\.index)
    let calls = Set(blocks.compactMap { $0.verdict?.call })
    call = calls.count > 1 ? .mixed : calls.first
    let known = blocks.compactMap(\.consensus)
    consensus = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    isDoubted = blocks.contains { $0.flags.contains(BlockNote.inputWarning) }
    scores = [:]
    for model in models {
      let parts = blocks.compactMap { $0.score(of: model) }.compactMap { score in
        score.mean.map { (value: $0 - (score.bias ?? 0), error: score.standardError) }
      }
      guard !parts.isEmpty else { continue }
      let errors = parts.compactMap(\.error)
      scores[model] = .init(
        value: parts.reduce(0) { $0 + $1.value } / Double(parts.count),
        standardError: errors.count == parts.count
          ? errors.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(parts.count) : nil)
    }
  }
}
