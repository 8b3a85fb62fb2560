import Assay
import Foundation
import ReferenceData
import Testing

@testable import Synergy

@Suite("Noise of a block")
struct NoiseTests {
  /// A block whose true response is `truth(position, position)`, with `wells` wells a cell and noise of `sd` at each.
  static func block(
    _ size: Int, wells: Int, random: inout SplitMix64, sd: (Double) -> Double, truth: (Int, Int) -> Double
  ) throws -> DoseMatrix {
    var all: [DoseMatrix.Well] = []
    for row in 0..<size {
      for column in 0..<size {
        for _ in 0..<wells {
          let expected = truth(row, column)
          all.append(
            DoseMatrix.Well(
              doses: [Double(row), Double(column)], response: expected + sd(expected) * random.normal()))
        }
      }
    }
    return try DoseMatrix(
      id: "b", sample: nil, drugs: [("A", ConcentrationUnit("uM")), ("B", ConcentrationUnit("uM"))], wells: all)
  }

  static func alone(_ position: Int, of size: Int) -> Double {
    position == 0 ? 0 : 85 / (1 + pow(Double(size) / 2.5 / Double(position), 2))
  }

  static func bliss(_ size: Int) -> (Int, Int) -> Double {
    { 100 - (100 - alone($0, of: size)) * (100 - alone($1, of: size)) / 100 }
  }

  private func variance(_ matrix: DoseMatrix) -> (variance: Double, degrees: Double) {
    var estimator = NoiseEstimator(options: .init())
    let evidence = NoiseEvidence(matrix, options: .init())
    let surface = estimator.surface(evidence)
    return estimator.variance(evidence, surface: surface, shape: .constant)
  }

  @Test("a lone block without replicates has calm p values, whatever way its noise runs", arguments: [4, 6])
  func lone(size: Int) throws {
    var options = SynergyOptions()
    options.models = [.bliss]
    options.sensitivity = false
    options.inference.resamples = 200
    options.baseline.method = .asRead
    let analyzer = BlockAnalyzer(options: options)
    let shapes: [(Double) -> Double] = [{ 0.1 * abs(100 - $0) }, { _ in 5 }, { 2 + 0.06 * min(max($0, 0), 100) }]
    for sd in shapes {
      var random = SplitMix64(seed: 21)
      let p = try (0..<200).map { _ in
        let block = try Self.block(size, wells: 1, random: &random, sd: sd, truth: Self.bliss(size))
        return try #require(try analyzer.analyze(block).inference(of: .bliss)).p
      }
      // 17 and 14 % of these blocks had p < 0.05 where a shape was chosen, under noise that is a share of what is alive.
      #expect(p.count { $0 < 0.05 } <= 23, "\(p.count { $0 < 0.05 }) of 200")
    }
  }

  @Test("what a smooth surface leaves of blocks without replicates is their noise", arguments: [4, 6, 10])
  func residuals(size: Int) throws {
    var random = SplitMix64(seed: 5)
    let surfaces: [(Int, Int) -> Double] = [
      Self.bliss(size), { max(Self.alone($0, of: size), Self.alone($1, of: size)) },
      { Self.alone($0 + $1, of: size) },  // a drug with itself: Loewe
    ]
    for truth in surfaces {
      let estimates = try (0..<120).map { _ in
        variance(try Self.block(size, wells: 1, random: &random, sd: { _ in 6 }, truth: truth))
      }
      let mean = estimates.reduce(0) { $0 + $1.variance } / Double(estimates.count)
      #expect(abs(mean / 36 - 1) < 0.2, "\(mean)")
      #expect(estimates.allSatisfy { $0.degrees >= 4 })
    }
  }

  @Test("replicates stand alone, and their variance is the pooled one")
  func replicates() throws {
    var random = SplitMix64(seed: 6)
    let matrix = try Self.block(4, wells: 3, random: &random, sd: { _ in 5 }, truth: Self.bliss(4))
    var squares = 0.0
    for cell in 0..<16 {
      for value in matrix.replicates(of: cell) { squares += pow(value - matrix.mean[cell], 2) }
    }
    let (variance, degrees) = variance(matrix)
    #expect(degrees == 32)
    #expect(abs(variance - squares / 32) < 1e-9 * variance)
  }

  @Test("noise that grows with the signal left is told from constant noise")
  func shape() throws {
    var random = SplitMix64(seed: 8)
    for (ratio, wells) in [(1.0, 1), (0.25, 1), (4, 1), (1, 3), (0.25, 3)] {
      var estimator = NoiseEstimator(options: .init())
      let shares = try (0..<200).map { _ in
        estimator.share(
          of: try Self.block(
            6, wells: wells, random: &random,
            sd: { 4 * (1 + (ratio - 1) * min(max($0 / 100, 0), 1)) }, truth: Self.bliss(6)))
      }
      let screen = try #require(ScreenNoise(shares, options: .init()))
      #expect(abs(screen.shape.logRatio - log(ratio)) < 0.6, "ratio \(ratio), \(wells) wells: \(screen.shape)")
      let typical = screen.variance.squareRoot() * screen.shape.relative(at: 50)
      #expect(abs(typical / (2 + 2 * ratio) - 1) < 0.15, "ratio \(ratio), \(wells) wells: \(typical)")
    }
  }

  @Test("a screen whose blocks are equally noisy lends many degrees of freedom, an uneven one few")
  func lending() throws {
    var random = SplitMix64(seed: 9)
    func degrees(_ sds: [Double]) throws -> Double {
      var estimator = NoiseEstimator(options: .init())
      let shares = try (0..<200).map { index in
        estimator.share(
          of: try Self.block(
            6, wells: 1, random: &random, sd: { _ in sds[index % sds.count] }, truth: Self.bliss(6)))
      }
      return try #require(ScreenNoise(shares, options: .init())).degrees
    }
    #expect(try degrees([5]) > 25)
    #expect(try degrees([2, 10]) < 4)
  }

  @Test("a block without noise, and one of too few cells, has no noise model")
  func none() throws {
    var random = SplitMix64(seed: 1)
    let exact = try Self.block(6, wells: 2, random: &random, sd: { _ in 0 }, truth: Self.bliss(6))
    #expect(try BlockAnalyzer().analyze(exact).inference == nil)
    let small = try Self.block(2, wells: 1, random: &random, sd: { _ in 0 }, truth: Self.bliss(2))
    #expect(try BlockAnalyzer().analyze(small).inference == nil)
  }
}
