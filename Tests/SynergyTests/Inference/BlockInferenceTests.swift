import Assay
import Foundation
import ReferenceData
import Testing

@testable import Synergy

@Suite("Intervals and tests")
struct BlockInferenceTests {
  private func options(_ models: [NullModel] = NullModel.allCases, resamples: Int = 400) -> SynergyOptions {
    var options = SynergyOptions()
    options.models = models
    options.inference.resamples = resamples
    options.sensitivity = false
    return options
  }

  @Test("the standard error of Bliss is that of the propagation of errors")
  func blissError() throws {
    var random = SplitMix64(seed: 4)
    let matrix = try NoiseTests.block(6, wells: 3, random: &random, sd: { _ in 4 }, truth: NoiseTests.bliss(6))
    let analysis = try BlockAnalyzer(options: options([.bliss], resamples: 20_000)).analyze(matrix)
    let inference = try #require(analysis.inference(of: .bliss))
    let noise = try #require(analysis.inference?.noise)
    // ∂ mean / ∂ combination well = 1/25; ∂ / ∂ well of a drug alone = −Σ (1 − other/100) / 25, the other's curve
    // fitted.
    let curves = analysis.monotherapies.map(\.fit.curve)
    var variance = 25.0 / (25 * 25) * noise.sdAt0 * noise.sdAt0
    for drug in 0..<2 {
      let left = (1...5).reduce(0) { $0 + 1 - curves[1 - drug].response(at: Double($1)) / 100 } / 25
      variance += 5 * left * left * noise.sdAt0 * noise.sdAt0
    }
    #expect(noise.shape == .constant)
    #expect(abs(inference.standardError / (variance / 3).squareRoot() - 1) < 0.03)
    #expect(abs(inference.bias) < 0.05)
  }

  @Test("p is below 0.05 exactly when 0 is outside of the interval; the score less its bias is inside")
  func agreement() throws {
    var random = SplitMix64(seed: 12)
    for shift in [0.0, 3, -6] {
      let matrix = try NoiseTests.block(5, wells: 2, random: &random, sd: { _ in 5 }) {
        NoiseTests.bliss(5)($0, $1) + ($0 * $1 > 0 ? shift : 0)
      }
      let analysis = try BlockAnalyzer(options: options()).analyze(matrix)
      for score in analysis.models {
        let inference = try #require(analysis.inference(of: score.model))
        #expect((inference.p < 0.05) == !inference.interval.contains(0))
        #expect(inference.interval.contains(try #require(score.mean) - inference.bias))
        let peak = try #require(inference.peak)
        #expect(peak.interval.low < peak.interval.high)
        for cell in analysis.matrix.combinationCells {
          #expect(inference.cells[cell].low < inference.cells[cell].high)
          #expect((0...1).contains(inference.cellP[cell]))
        }
        #expect(inference.cellP[0].isNaN)
      }
    }
  }

  @Test("the seed decides the bits; what was analysed before does not")
  func seeds() throws {
    var random = SplitMix64(seed: 3)
    let one = try NoiseTests.block(5, wells: 2, random: &random, sd: { _ in 5 }, truth: NoiseTests.bliss(5))
    let other = try NoiseTests.block(7, wells: 2, random: &random, sd: { _ in 5 }, truth: NoiseTests.bliss(7))
    var choice = options()
    choice.sensitivity = true
    let fresh = try #require(try BlockAnalyzer(options: choice).analyze(one).inference)
    let used = BlockAnalyzer(options: choice)
    _ = try used.analyze(other)
    let again = try #require(try used.analyze(one).inference)
    func numbers(_ inference: BlockInference) -> [Double] {
      inference.scores.compactMap { $0 }.flatMap { score in
        [score.interval.low, score.interval.high, score.p, score.bias] + score.cells.map(\.low) + score.cellP
      }.filter { !$0.isNaN } + [inference.css?.low ?? 0] + inference.ic50.map(\.low) + inference.emax.map(\.high)
    }
    #expect(numbers(fresh) == numbers(again))
    choice.inference.seed = 2
    #expect(numbers(try #require(try BlockAnalyzer(options: choice).analyze(one).inference)) != numbers(fresh))
  }

  @Test("two noisy drugs of the same strength bias HSA below 0, and the test knows")
  func hsaBias() throws {
    var random = SplitMix64(seed: 21)
    var scores: [Double] = []
    var biases: [Double] = []
    let analyzer = BlockAnalyzer(options: options([.hsa], resamples: 2000))
    for _ in 0..<100 {
      // Both drugs do the same at every dose, so that at equal doses both compete to be the stronger.
      let matrix = try NoiseTests.block(5, wells: 2, random: &random, sd: { _ in 8 }) { row, column in
        max(row > 0 ? 40 : 0, column > 0 ? 40 : 0)
      }
      let analysis = try analyzer.analyze(matrix)
      scores.append(try #require(analysis.score(of: .hsa)?.mean))
      biases.append(try #require(analysis.inference(of: .hsa)).bias)
    }
    let score = scores.reduce(0, +) / 100
    let bias = biases.reduce(0, +) / 100
    // E max of two normal deviates is sd/√π, each the mean of two wells.
    #expect(abs(score + 8 / 2.0.squareRoot() / Double.pi.squareRoot()) < 1)
    #expect(abs(bias - score) < 1.2)
  }

  /// The benchmark `calibrate` has the whole table; this is its shortest form.
  @Test(
    "one null block in twenty is significant, with replicates and without",
    arguments: [NullModel.bliss, .loewe, .hsa, .zip], [1, 2])
  func calibration(model: NullModel, wells: Int) throws {
    var random = SplitMix64(seed: 100)
    let truth: (Int, Int) -> Double =
      switch model {
      case .loewe: { NoiseTests.alone($0 + $1, of: 6) }
      case .hsa: { max(NoiseTests.alone($0, of: 6), NoiseTests.alone($1, of: 6)) }
      case .bliss, .zip: NoiseTests.bliss(6)
      }
    let blocks = try (0..<400).map { _ in
      try NoiseTests.block(6, wells: wells, random: &random, sd: { _ in 5 }, truth: truth)
    }
    let choice = options([model], resamples: 300)
    var estimator = NoiseEstimator(options: choice.inference)
    var shares: [NoiseShare] = []
    for block in blocks { shares.append(estimator.share(of: block)) }
    let screen = ScreenNoise(shares, options: choice.inference)
    let analyzer = BlockAnalyzer(options: choice)
    var positive = 0
    var expectedSource = 0
    for block in blocks {
      let analysis = try analyzer.analyze(block, screen: ScreenEvidence(noise: screen, baseline: nil))
      if analysis.inference?.noise.source == (wells == 1 ? .screen : .replicates) { expectedSource += 1 }
      if try #require(analysis.inference(of: model)).p < 0.05 { positive += 1 }
    }
    // One block in 100 or so has a lack of fit by chance.
    #expect(expectedSource >= 388, "\(expectedSource) of 400")
    // 20 expected; 6 to 36 leaves out three standard deviations and a little.
    #expect((6...36).contains(positive), "\(positive) of 400")
  }
}
