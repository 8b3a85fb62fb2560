import Assay
import DoseResponse
import Foundation
import Simulation
import Synergy

/// Whole blocks, all four models, and what each part of one costs.
struct BlockBenchmarks {
  static let group = "Block"
  var settings: Settings

  func run() throws -> [Result] { try [6, 10].flatMap { try results(size: $0) } }

  private func results(size: Int) throws -> [Result] {
    let blocks = try Self.blocks(size: size, count: 50)
    let scale = Double(blocks.count)
    let analyzer = BlockAnalyzer()
    var analyses: [BlockAnalysis] = []
    let whole = try Stopwatch.time(repeats: settings.repeats, scale: scale) {
      analyses = try blocks.map { try analyzer.analyze($0) }
    }
    var results = [
      Result(
        Self.group, "\(size) × \(size), all four models and sensitivities", time: whole, in: .microseconds,
        target: size == 10 ? 200 : nil, floor: size == 10 ? 18 : nil, check: Self.check(analyses))
    ]

    let alone = try parts(blocks, models: [])
    let fitter = HillFitter()
    let monotherapies = Stopwatch.time(repeats: settings.repeats, scale: scale) {
      for block in blocks {
        for drug in 0..<2 {
          let doses = block.axes[drug].doses
          let design = fitter.design(doses: doses, weights: doses.map { _ in 1 }, fixedE0: false)
          fitter.add(design, responses: (block.monotherapy(of: drug) ?? []).map { block.mean[$0] })
        }
        keep(fitter.fit())
      }
    }
    results.append(part(size, "two monotherapy fits", monotherapies))
    results.append(part(size, "sensitivities: RI, CSS (no model − the fits)", alone - monotherapies))
    for (model, name) in [
      (NullModel.zip, "ZIP: lines, reference, peak"), (.loewe, "Loewe: reference, peak"), (.bliss, "Bliss and peak"),
      (.hsa, "HSA and peak"),
    ] {
      results.append(part(size, "\(name) (alone − no model)", try parts(blocks, models: [model]) - alone))
    }
    return results
  }

  private func parts(_ blocks: [DoseMatrix], models: [NullModel]) throws -> Stopwatch.Time {
    var options = SynergyOptions()
    options.models = models
    let analyzer = BlockAnalyzer(options: options)
    return try Stopwatch.time(repeats: settings.repeats, scale: Double(blocks.count)) {
      for block in blocks { keep(try analyzer.analyze(block)) }
    }
  }

  private func part(_ size: Int, _ name: String, _ time: Stopwatch.Time) -> Result {
    Result(Self.group, "  of \(size) × \(size): \(name)", time: time, in: .microseconds, check: Check(true, ""))
  }

  /// Blocks with interactions of every kind, one well a cell, noise of 4.
  private static func blocks(size: Int, count: Int) throws -> [DoseMatrix] {
    var random = SplitMix64(seed: UInt64(size))
    let doses = NoisyCurves(points: size, count: 0).doses
    let kinds: [Interaction] = [.blissNull, .loeweNull, .synergy(0.6), .antagonism(0.5)]
    return try (0..<count).map { number in
      let drugs = (1...2).map { name in
        SimulatedDrug(
          name: "drug \(name)", unit: "uM", doses: doses, emax: random.uniform(50...95),
          ec50: doses[1] * pow(10, random.uniform(0.3...Double(size) / 2 - 1.3)), hill: random.uniform(0.8...2.5))
      }
      let block = SimulatedBlock(
        sample: "simulated", one: drugs[0], two: drugs[1], interaction: kinds[number % kinds.count], replicates: 1)
      return try DoseMatrix(
        id: "\(number + 1)", sample: block.sample, drugs: drugs.map { ($0.name, ConcentrationUnit($0.unit)) },
        wells: block.wells(&random).map { .init(doses: [$0.first, $0.second], response: $0.inhibition) })
    }
  }

  /// Bliss and HSA from their formulas; Loewe by its equation; every line of ZIP against brute force on one block.
  private static func check(_ analyses: [BlockAnalysis]) -> Check {
    var simple = 0.0
    var additivity = 0.0
    var loeweCells = 0
    var fits = 0.0
    for analysis in analyses {
      let matrix = analysis.matrix
      guard let bliss = analysis.score(of: .bliss), let hsa = analysis.score(of: .hsa),
        let loewe = analysis.score(of: .loewe)
      else { return Check(false, "a model is missing") }
      for cell in matrix.combinationCells {
        let (row, column) = (matrix.position(of: cell, on: 0), matrix.position(of: cell, on: 1))
        let one = matrix.mean[matrix.cell(at: [row, 0])]
        let two = matrix.mean[matrix.cell(at: [0, column])]
        simple = max(simple, abs(bliss.synergy[cell] - (matrix.mean[cell] - (one + two - one * two / 100))))
        simple = max(simple, abs(hsa.synergy[cell] - (matrix.mean[cell] - max(one, two))))
        let doses = matrix.doses(of: cell)
        let reaching = analysis.monotherapies.map { $0.fit.curve.dose(at: loewe.reference[cell]) }
        guard let first = reaching[0], let second = reaching[1] else { continue }
        loeweCells += 1
        additivity = max(additivity, abs(log(doses[0] / first + doses[1] / second)))
      }
    }
    if let analysis = analyses.first {
      for line in analysis.lines {
        let doses = analysis.matrix.axes[line.drug].doses
        let responses = doses.indices.map { analysis.matrix.mean[line.start + $0 * analysis.matrix.strides[line.drug]] }
        let least = DenseSearch(doses: doses, e0: responses[0]).leastRSS(responses)
        fits = max(fits, line.fit.rss / least - 1)
      }
    }
    func short(_ value: Double) -> String { String(format: "%.0e", value) }
    return Check(simple < 1e-9, "Bliss, HSA cells to \(short(simple))")
      && Check(additivity < 1e-6 && loeweCells > 0, "Loewe's equation to \(short(additivity)) in \(loeweCells) cells")
      && Check(fits < 1e-7, "line RSS / brute force − 1 ≤ \(short(fits))")
  }
}

extension Stopwatch.Time {
  /// What one task takes beyond another.
  fileprivate static func - (one: Self, two: Self) -> Self {
    .init(minimum: one.minimum - two.minimum, median: one.median - two.median)
  }
}
