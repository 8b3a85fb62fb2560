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
    public var scores = Scores()
  }

  /// The models' scores in one sample.
  public struct Scores: Sendable {
    private var zip: Score?
    private var bliss: Score?
    private var loewe: Score?
    private var hsa: Score?

    /// A model's score; `nil` where it could not be scored.
    public internal(set) subscript(model: NullModel) -> Score? {
      get {
        switch model {
        case .zip: zip
        case .bliss: bliss
        case .loewe: loewe
        case .hsa: hsa
        }
      }
      set {
        switch model {
        case .zip: zip = newValue
        case .bliss: bliss = newValue
        case .loewe: loewe = newValue
        case .hsa: hsa = newValue
        }
      }
    }
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
  init(_ blocks: [Int], of ranked: [BlockOutline], models: [NullModel], confidence: Double) {
    drugs = blocks.first.map { ranked[$0].drugs } ?? []
    let ordered = blocks.sorted { (ranked[$0].sample ?? "", $0) < (ranked[$1].sample ?? "", $1) }
    samples = ordered.chunked { ranked[$0].sample == ranked[$1].sample }.map { places in
      Sample(places.first.flatMap { ranked[$0].sample } ?? "", places, of: ranked, models: models)
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
  fileprivate init(_ name: String, _ places: ArraySlice<Int>, of ranked: [BlockOutline], models: [NullModel]) {
    self.name = name
    blocks = places.map { ranked[$0].index }
    let calls = Set(places.compactMap { ranked[$0].verdict?.call })
    call = calls.count > 1 ? .mixed : calls.first
    let known = places.compactMap { ranked[$0].consensus }
    consensus = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    isDoubted = places.contains { ranked[$0].flags.contains(BlockNote.inputWarning) }
    for model in models {
      var (count, errors, sum, squares) = (0, 0, 0.0, 0.0)
      for place in places {
        guard let own = ranked[place].scores.firstIndex(where: { $0.model == model }),
          let mean = ranked[place].scores[own].mean
        else { continue }
        count += 1
        sum += mean - (ranked[place].scores[own].bias ?? 0)
        guard let error = ranked[place].scores[own].standardError else { continue }
        errors += 1
        squares += error * error
      }
      guard count > 0 else { continue }
      scores[model] = .init(
        value: sum / Double(count), standardError: errors == count ? squares.squareRoot() / Double(count) : nil)
    }
  }
}

extension [Int] {
  /// The longest stretches of neighbours that belong together.
  fileprivate func chunked(by belong: (Int, Int) -> Bool) -> [ArraySlice<Int>] {
    var chunks: [ArraySlice<Int>] = []
    var start = startIndex
    for end in indices where end + 1 == endIndex || !belong(self[end], self[end + 1]) {
      chunks.append(self[start...end])
      start = end + 1
    }
    return chunks
  }
}
