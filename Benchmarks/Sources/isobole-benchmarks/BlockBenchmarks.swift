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
    let analyzer = BlockAnalyzer(options: .scoresOnly)
    var analyses: [BlockAnalysis] = []
    let whole = try Stopwatch.time(repeats: settings.repeats, scale: scale) {
      analyses = try blocks.map { try analyzer.analyze($0) }
    }
    let models = try Stopwatch.time(
      repeats: settings.repeats, scale: scale, work(blocks, models: NullModel.allCases, sensitivity: false))
    var results = [
      Result(
        Self.group, "\(size) × \(size), all four models", time: models, in: .microseconds,
        target: size == 10 ? 60 : nil, floor: size == 10 ? 18 : nil, check: Self.check(analyses)),
      Result(
        Self.group, "\(size) × \(size), all four models, RI and CSS", time: whole, in: .microseconds,
        check: Self.check(analyses)),
    ]

    let fitter = HillFitter()
    let fits = {
      for block in blocks {
        for drug in 0..<2 {
          let doses = block.axes[drug].doses
          let design = fitter.design(doses: doses, weights: doses.map { _ in 1 }, fixedE0: false)
          fitter.add(design, responses: (block.monotherapy(of: drug) ?? []).map { block.mean[$0] })
        }
        keep(fitter.fit())
      }
    }
    let times = try Stopwatch.times(
      repeats: settings.repeats, scale: scale,
      [fits] + [[], [.zip], [.loewe], [.bliss], [.hsa]].map { work(blocks, models: $0) })
    results.append(part(size, "two monotherapy fits", times[0]))
    results.append(part(size, "sensitivities: RI, CSS (no model − these fits)", times[1] - times[0]))
    let names = ["ZIP: lines, reference, peak", "Loewe: reference, peak", "Bliss, peak", "HSA, peak"]
    for (name, time) in zip(names, times.dropFirst(2)) {
      results.append(part(size, "\(name) (this model − no model)", time - times[1]))
    }
    return results
  }

  private func work(
    _ blocks: [DoseMatrix], models: [NullModel], sensitivity: Bool = true
  ) -> () throws -> Void {
    var options = SynergyOptions.scoresOnly
    options.sensitivity = sensitivity
    options.models = models
    let analyzer = BlockAnalyzer(options: options)
    return { for block in blocks { keep(try analyzer.analyze(block)) } }
  }

  private func part(_ size: Int, _ name: String, _ time: Stopwatch.Time) -> Result {
    Result(Self.group, "  of \(size) × \(size): \(name)", time: time, in: .microseconds, check: Check(true, ""))
  }

  /// Blocks with interactions of every kind, one well a cell, noise of 4.
  static func blocks(size: Int, count: Int) throws -> [DoseMatrix] {
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
    var loeweCells = 0
    var additivity = 0.0
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
        let curves = analysis.monotherapies.map(\.fit.curve)
        guard !loewe.reference[cell].isNaN, curves.allSatisfy({ $0.emax > $0.e0 }) else { continue }
        loeweCells += 1
        let root = loeweRoot(matrix.doses(of: cell), curves)
        additivity = max(additivity, abs(loewe.reference[cell] - root.y) / root.range)
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
      && Check(
        additivity < 1e-10 && loeweCells > 0, "Loewe to \(short(additivity)) of its range in \(loeweCells) cells")
      && Check(fits < 1e-7, "line RSS / brute force − 1 ≤ \(short(fits))")
  }

  /// The y at which Σ dᵢ / Dᵢ(y) of rising curves falls through 1, by halving an interval; the interval's length.
  private static func loeweRoot(_ doses: [Double], _ curves: [HillCurve]) -> (y: Double, range: Double) {
    func sum(_ y: Double) -> Double {
      zip(doses, curves).reduce(0) { sum, drug in
        let (dose, curve) = drug
        if y <= curve.e0 { return .infinity }
        if y >= curve.emax { return sum }
        return sum + dose / (curve.ec50 * pow((y - curve.e0) / (curve.emax - y), 1 / curve.hill))
      }
    }
    var low = curves.map(\.e0).max() ?? .nan
    var high = curves.map(\.emax).max() ?? .nan
    let range = high - low
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if sum(middle) > 1 { low = middle } else { high = middle }
    }
    return (low, range)
  }
}

extension Stopwatch.Time {
  /// What one task takes beyond another.
  fileprivate static func - (one: Self, two: Self) -> Self {
    .init(minimum: one.minimum - two.minimum, median: one.median - two.median)
  }
}
