import Assay
import Simulation
import Synergy

/// What a design finds: simulated screens with known hits, analysed as real ones.
public struct PowerStudy: Sendable {
  /// The screen to be simulated.
  public var design: ScreenDesign
  /// The model whose score decides.
  public var model: NullModel
  /// Intervals, threshold, false discovery rate.
  public var inference: InferenceOptions
  /// Worker threads; never changes a number.
  public var threads: Int

  /// Makes a study.
  public init(design: ScreenDesign, model: NullModel, inference: InferenceOptions, threads: Int) {
    self.design = design
    self.model = model
    self.inference = inference
    self.threads = threads
  }

  /// What came of it. Shares are NaN where there is nothing to count.
  public struct Outcome: Sendable {
    /// Wells of one combination.
    public var wells: Int
    /// Share of blocks without interaction whose p is below 0.05.
    public var falsePositiveRate: Double
    /// Share of hits whose p is below 0.05.
    public var power: Double
    /// Share of hits whose q is within the false discovery rate.
    public var found: Double
    /// Share of blocks with such a q that are no hits.
    public var falseDiscoveryRate: Double
    /// Mean rank of the hits by the lower bound.
    public var rank: Double
    /// The least that the mean rank could be.
    public var bestRank: Double
    /// Half of the mean width of the intervals, percentage points.
    public var halfWidth: Double
    /// Mean true score of the hits, percentage points.
    public var effect: Double
  }

  /// Simulates the screen and analyses it.
  public func run() async throws -> Outcome {
    let blocks = design.screen()
    var random = SplitMix64(seed: design.seed &+ 1)
    var matrices: [DoseMatrix] = []
    for (index, block) in blocks.enumerated() {
      matrices.append(
        try DoseMatrix(
          id: "\(index)", sample: block.sample,
          drugs: [block.one, block.two].map { ($0.name, ConcentrationUnit($0.unit)) },
          wells: block.wells(&random).map { DoseMatrix.Well(doses: [$0.first, $0.second], response: $0.inhibition) }))
    }
    var options = SynergyOptions()
    options.models = [model]
    options.sensitivity = false
    options.inference = inference
    let all = matrices
    options.baseline.method = .asRead
    let evidence = await Parallel.map(all.count, chunk: 8, threads: threads) { [inference] range in
      var estimator = NoiseEstimator(options: inference)
      return range.map { estimator.evidence(of: all[$0]) }
    }
    let screen = ScreenEvidence(evidence, options: options)
    let scores = await Parallel.map(all.count, chunk: 8, threads: threads) { [options, model] range in
      let analyzer = BlockAnalyzer(options: options)
      return range.map { index -> ScoreInference? in
        (try? analyzer.analyze(all[index], screen: screen))?.inference(of: model)
      }
    }
    return summary(blocks, scores)
  }

  private func summary(_ blocks: [SimulatedBlock], _ scores: [ScoreInference?]) -> Outcome {
    let q = FalseDiscovery.q(scores.map { $0?.p ?? .nan })
    var hits = [Int](), nulls = [Int]()
    for (index, block) in blocks.enumerated() where scores[index] != nil {
      switch block.interaction {
      case .synergy, .antagonism: hits.append(index)
      default: nulls.append(index)
      }
    }
    func share(_ part: [Int], _ all: [Int]) -> Double { Double(part.count) / Double(all.count) }
    let isFound = { (index: Int) in q[index] <= inference.falseDiscoveryRate }
    let sign = design.effect < 0 ? -1.0 : 1.0
    func bound(_ index: Int) -> Double {
      guard let interval = scores[index]?.interval else { return -.infinity }
      return sign > 0 ? interval.low : -interval.high
    }
    let order = (hits + nulls).sorted { bound($0) > bound($1) }
    let isHit = Set(hits)
    let ranks = order.indices.filter { isHit.contains(order[$0]) }.map { Double($0 + 1) }
    let called = (hits + nulls).filter(isFound)
    let known = scores.compactMap { $0 }
    return Outcome(
      wells: blocks.first.map { $0.one.doses.count * $0.two.doses.count * $0.replicates } ?? 0,
      falsePositiveRate: share(nulls.filter { (scores[$0]?.p ?? 1) < 0.05 }, nulls),
      power: share(hits.filter { (scores[$0]?.p ?? 1) < 0.05 }, hits), found: share(hits.filter(isFound), hits),
      falseDiscoveryRate: share(called.filter { !isHit.contains($0) }, called),
      rank: ranks.reduce(0, +) / Double(ranks.count), bestRank: Double(hits.count + 1) / 2,
      halfWidth: known.reduce(0) { $0 + ($1.interval.high - $1.interval.low) / 2 } / Double(known.count),
      effect: hits.reduce(0) { $0 + blocks[$1].truth.bliss } / Double(hits.count))
  }
}
