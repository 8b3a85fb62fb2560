import Assay
import Foundation
import Screening
import Simulation
import Synergy
import Testing

/// Intervals that must hold the true value: the short form of what `calibrate` measures. Bounds are ±3 standard errors of
/// 300 blocks about 95 %, or wider where the Benchmarks' tables say that an interval is careful.
@Suite struct CoverageTests {
  private static let micromolar = ConcentrationUnit("uM")

  private struct Trial {
    var block: SimulatedBlock
    var analysis: BlockAnalysis
  }

  private func trials(
    doses: Int, wells: Int, noise: Double, hits: Double = 0,
    change: (inout SimulatedBlock.Well, inout SplitMix64) -> Void = { _, _ in }
  ) throws -> [Trial] {
    var design = ScreenDesign()
    (design.blocks, design.doses, design.replicates, design.noise) = (300, (doses, doses), wells, .constant(noise))
    (design.hits, design.effect) = (hits == 0 ? 0 : 1, hits)
    var options = SynergyOptions()
    (options.models, options.inference.resamples, options.baseline.method) = ([.bliss], 300, .asRead)
    var random = SplitMix64(seed: 11)
    let blocks = design.independentBlocks()
    let matrices = try blocks.enumerated().map { index, block in
      var wells = block.wells(&random)
      for place in wells.indices { change(&wells[place], &random) }
      return try DoseMatrix(
        id: "\(index)", sample: nil, drugs: [("A", Self.micromolar), ("B", Self.micromolar)],
        wells: wells.map { .init(doses: [$0.first, $0.second], response: $0.inhibition) })
    }
    var estimator = NoiseEstimator(options: options.inference)
    var evidence: [BlockEvidence] = []
    for matrix in matrices { evidence.append(estimator.evidence(of: matrix)) }
    let screen = ScreenEvidence(evidence, options: options)
    let analyzer = BlockAnalyzer(options: options)
    return try zip(blocks, matrices).map { Trial(block: $0, analysis: try analyzer.analyze($1, screen: screen)) }
  }

  /// Mean over the log doses of one drug with the other at its EC50, over both orders: CSS by its definition (Malyutina et
  /// al. 2019), of the planted surface.
  private func trueCSS(_ block: SimulatedBlock) -> Double {
    let drugs = [block.one, block.two]
    let halves = (0..<2).map { drug -> Double in
      let own = drugs[drug].doses.filter { $0 > 0 }
      let other = drugs[1 - drug].doses.filter { $0 > 0 }
      let fixed = min(max(drugs[1 - drug].ec50, other[0]), other[other.count - 1])
      let steps = 500
      return (0..<steps).reduce(0.0) { sum, step in
        let dose = own[0] * pow(own[own.count - 1] / own[0], (Double(step) + 0.5) / Double(steps))
        let pair = drug == 0 ? (dose, fixed) : (fixed, dose)
        return sum + block.interaction.inhibition(block.one, pair.0, block.two, pair.1) / Double(steps)
      }
    }
    return (halves[0] + halves[1]) / 2
  }

  /// The largest and the smallest mean synergy of 3 × 3 neighbouring dose pairs, of the planted surface under Bliss.
  private func trueWindows(_ block: SimulatedBlock) -> (peak: Double, trough: Double) {
    let (one, two) = (block.one, block.two)
    let (rows, columns) = (one.doses.filter { $0 > 0 }, two.doses.filter { $0 > 0 })
    var means: [Double] = []
    for row in 0...rows.count - 3 {
      for column in 0...columns.count - 3 {
        var sum = 0.0
        for first in rows[row..<row + 3] {
          for second in columns[column..<column + 3] {
            sum += block.interaction.inhibition(one, first, two, second)
            sum -= Interaction.blissNull.inhibition(one, first, two, second)
          }
        }
        means.append(sum / 9)
      }
    }
    return (means.max() ?? .nan, means.min() ?? .nan)
  }

  @Test(arguments: [(6, 3, 3.0), (10, 1, 3.0), (6, 1, 10.0)])
  func `the interval of CSS holds the true CSS`(doses: Int, wells: Int, noise: Double) throws {
    let held = try trials(doses: doses, wells: wells, noise: noise).compactMap { trial -> Bool? in
      // Where an IC50 stands at the last dose, CSS is that of the doses and not of the drugs.
      guard let css = trial.analysis.css, let interval = trial.analysis.inference?.css else { return nil }
      #expect(interval.contains(css))
      return interval.contains(trueCSS(trial.block))
    }
    let share = Double(held.count { $0 }) / Double(held.count)
    #expect(held.count > 250)
    #expect(share > 0.9 && share < 0.99, "\(share)")
  }

  @Test(arguments: [0.0, 6])
  func `the intervals of peak and trough hold the true ones`(hits: Double) throws {
    for (doses, wells, noise) in [(6, 1, 10.0), (10, 3, 3.0)] {
      let trials = try trials(doses: doses, wells: wells, noise: noise, hits: hits)
      var held = (peak: 0, trough: 0)
      var above = 0
      for trial in trials {
        let truth = trueWindows(trial.block)
        let inference = try #require(trial.analysis.inference(of: .bliss))
        let (peak, trough) = (try #require(inference.peak), try #require(inference.trough))
        #expect(peak.interval.contains(peak.corrected) && trough.interval.contains(trough.corrected))
        let mean = try #require(trial.analysis.score(of: .bliss)?.mean)
        #expect(peak.corrected >= trough.corrected)
        if peak.interval.low > mean { above += 1 }
        if peak.interval.contains(truth.peak) { held.peak += 1 }
        if trough.interval.contains(truth.trough) { held.trough += 1 }
      }
      // A limit that says something: where noise is small the peak of a hit is surely above the mean.
      if hits > 0, noise < 5 { #expect(above > 200, "\(above)") }
      // 80 to 85 % where the highest window was judged like one chosen beforehand.
      #expect(held.peak >= 270 && held.trough >= 265, "\(doses) × \(doses), \(wells): \(held)")
    }
  }

  @Test func `noise that is a share of what is alive makes few blocks significant`() throws {
    let spread = log(1.01).squareRoot()
    let trials = try trials(doses: 6, wells: 3, noise: 0) { well, random in
      let factor = exp(spread * random.normal() - spread * spread / 2)
      well.inhibition = 100 - (100 - well.inhibition) * factor
    }
    let positive = trials.count { ($0.analysis.inference(of: .bliss)?.p ?? 1) < 0.05 }
    // 9 % when the noise at full inhibition could not be less than a twelfth of that of untreated wells.
    #expect(positive <= 27, "\(positive)")
  }

  @Test func `a Loewe reference that no response can be has no part in the errors of a score`() throws {
    var design = ScreenDesign()
    (design.blocks, design.doses, design.replicates, design.noise) = (400, (4, 4), 1, .constant(10))
    (design.null, design.hits, design.seed) = (.loeweNull, 0, 7919 + 401)
    var options = SynergyOptions()
    (options.models, options.inference.resamples, options.sensitivity) = ([.loewe], 200, false)
    options.baseline.method = .asRead
    var random = SplitMix64(seed: design.seed + 1)
    let analyzer = BlockAnalyzer(options: options)
    for (index, block) in design.independentBlocks().enumerated() {
      let matrix = try DoseMatrix(
        id: "\(index)", sample: nil, drugs: [("A", Self.micromolar), ("B", Self.micromolar)],
        wells: block.wells(&random).map { .init(doses: [$0.first, $0.second], response: $0.inhibition) })
      guard let inference = try analyzer.analyze(matrix).inference(of: .loewe) else { continue }
      // A peak 1.6 million points high was printed of one of these.
      #expect(abs(inference.bias) < 200)
      if let peak = inference.peak { #expect(abs(peak.corrected) < 300) }
    }
  }
}
