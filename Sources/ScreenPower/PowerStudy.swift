import Assay
import Screening
import Simulation
import Synergy

/// What a design finds: many simulated screens with known hits, each analysed as a real one.
///
/// Every screen has an anchor drug and partners of its own, and its noise is pooled in it alone. Power depends on the
/// anchor far more than on chance, so that one screen, however large, says little about the next.
public struct PowerStudy: Sendable {
  /// Screens that are simulated where nothing else is asked for.
  public static let defaultScreens = 30
  /// Significance of a single combination, before the screen's size is taken into account.
  public static let significance = 0.05

  /// One of the screens; its seed is that of the study.
  public var design: ScreenDesign
  /// Screens to simulate.
  public var screens: Int
  /// The model whose score decides.
  public var model: NullModel
  /// Intervals, threshold, false discovery rate.
  public var inference: InferenceOptions
  /// Worker threads; never changes a number.
  public var threads: Int

  /// A study of a design.
  public init(
    design: ScreenDesign, screens: Int = PowerStudy.defaultScreens, model: NullModel, inference: InferenceOptions,
    threads: Int
  ) {
    self.design = design
    self.screens = screens
    self.model = model
    self.inference = inference
    self.threads = threads
  }

  /// Simulates and analyses the screens. The same drugs are drawn for every number of replicates and every noise: rows
  /// of a table that differ in these alone differ more surely than their errors say.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  public func run() async throws -> PowerOutcome {
    // Hashed, so that the screens of seed 1 are none of those of seed 2.
    var seeds = SplitMix64(seed: design.seed)
    let designs = (0..<max(1, screens)).map { _ in
      var design = design
      design.seed = seeds.next()
      return design
    }
    let tallies = try await Parallel.cancellableMap(designs.count, chunk: 1, threads: threads) { range in
      range.map { place in Result { try tally(designs[place]) } }
    }
    return PowerOutcome(try tallies.map { try $0.get() })
  }

  private func tally(_ design: ScreenDesign) throws -> ScreenTally {
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
    // Simulated wells read 0 where nothing is added.
    options.baseline.method = .asRead
    var estimator = NoiseEstimator(options: inference)
    let shares = matrices.map { estimator.share(of: $0) }
    let noise = shares.allSatisfy(\.isOwn) ? nil : ScreenNoise(shares, options: inference)
    let screen = ScreenEvidence(noise: noise, baseline: nil)
    let analyzer = BlockAnalyzer(options: options)
    let scores = matrices.map { (try? analyzer.analyze($0, screen: screen))?.inference(of: model) }
    return ScreenTally(blocks, scores, sign: design.effect < 0 ? -1 : 1, options: inference)
  }
}
