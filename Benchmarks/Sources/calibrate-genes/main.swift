import Foundation
import Genes
import Simulation

/// Type I error, false discoveries and power of `isobole genes` on simulated screens: `calibrate-genes [SCREENS] [GENES]`.
struct Tally {
  var (nulls, hits, screens) = (0, 0, 0)
  /// Null genes with p < 0.05 for depletion and for enrichment, and two-sided, under z, rra and both.
  var below = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
  /// Sums over screens of the share of wrong genes among those called at q ≤ 0.1, in each direction.
  var wrong = [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]
  var found = [0, 0, 0]
  /// The same of calls, which need both methods and an interval that leaves the threshold.
  var wrongCalls = [0.0, 0.0]
  var calledHits = 0
  var (covered, noEffect, missed) = (0, 0, 0)

  mutating func add(_ gene: GeneScore, _ effect: Double) {
    let evidence = [gene.z, gene.rra?.evidence, gene.evidence].compactMap(\.self)
    if effect == 0 {
      nulls += 1
      for (method, own) in evidence.enumerated() {
        if own.pSensitises < 0.05 { below[method][0] += 1 }
        if own.pProtects < 0.05 { below[method][1] += 1 }
        if min(own.pSensitises, own.pProtects) < 0.025 { below[method][2] += 1 }
      }
      if gene.interval.contains(0) { covered += 1 }
      if gene.call == .noEffect { noEffect += 1 }
    } else {
      hits += 1
      for (method, own) in evidence.enumerated() where (effect < 0 ? own.qSensitises : own.qProtects) <= 0.1 {
        found[method] += 1
      }
      if gene.call == .noEffect { missed += 1 }
      if gene.call == (effect < 0 ? .sensitises : .protects) { calledHits += 1 }
    }
  }

  mutating func add(_ analysis: GeneAnalysis, _ truth: [String: Double]) {
    screens += 1
    var (called, false_) = ([[0, 0], [0, 0], [0, 0]], [[0, 0], [0, 0], [0, 0]])
    for gene in analysis.genes {
      let effect = truth[gene.gene] ?? 0
      add(gene, effect)
      for (method, own) in [gene.z, gene.rra?.evidence, gene.evidence].compactMap(\.self).enumerated() {
        for (side, q) in [own.qSensitises, own.qProtects].enumerated() where q <= 0.1 {
          called[method][side] += 1
          if side == 0 ? effect >= 0 : effect <= 0 { false_[method][side] += 1 }
        }
      }
    }
    for (side, call) in [GeneCall.sensitises, .protects].enumerated() {
      let calls = analysis.genes(called: call)
      let false_ = calls.count { side == 0 ? (truth[$0.gene] ?? 0) >= 0 : (truth[$0.gene] ?? 0) <= 0 }
      if !calls.isEmpty { wrongCalls[side] += Double(false_) / Double(calls.count) }
    }
    for method in 0..<3 {
      for side in 0..<2 where called[method][side] > 0 {
        wrong[method][side] += Double(false_[method][side]) / Double(called[method][side])
      }
    }
  }

  /// The row of the table.
  func row(_ design: CountScreenDesign) -> String {
    func percent(_ count: Int, _ all: Int) -> String {
      all == 0 ? "–" : String(format: "%.1f", 100 * Double(count) / Double(all))
    }
    func rate(_ method: Int) -> String {
      wrong[method].map { String(format: "%.1f", 100 * $0 / Double(screens)) }.joined(separator: " / ")
    }
    var cells = [
      "\(Int(100 * design.hits)) %"
        + (design.hits == 0 ? "" : design.protecting == 0 ? ", all sensitise" : ", half protect")
    ]
    cells += ["\(design.guides)", "\(design.replicates)"]
    for method in 0..<2 { cells.append(below[method].map { percent($0, nulls) }.joined(separator: " / ")) }
    cells += [percent(below[2][2], nulls), rate(0), rate(1)]
    let calls = wrongCalls.map { 100 * $0 / Double(screens) }
    cells.append(calls.map { String(format: "%.1f", $0) }.joined(separator: " / "))
    let power = [found[0], found[1], calledHits].map { percent($0, hits) }
    cells += [power.joined(separator: " / "), percent(covered, nulls)]
    cells.append(percent(noEffect, nulls) + " / " + percent(missed, hits))
    return "| " + cells.joined(separator: " | ") + " |"
  }
}

let numbers = CommandLine.arguments.dropFirst().compactMap(Int.init)
let (screens, genes) = (numbers.first ?? 100, numbers.dropFirst().first ?? 500)
print("\(screens) screens of \(genes) genes in each row; per cent")
print(
  "| genes with an effect | guides | replicates | z: p < 0.05 low / high / two-sided | rra | both, two-sided | FDR at q ≤ 0.1, z: low / high | rra | calls "
    + "| power z / rra / calls | 0 in interval | no effect: nulls / hits |")
print("|---|---|---|---|---|---|---|---|---|---|---|---|")
for (hits, protecting) in [(0.0, 0.5), (0.05, 0.5), (0.1, 0), (0.2, 0), (0.2, 0.5)] {
  for guides in [4, 6, 10] {
    for replicates in [2, 3, 4] {
      var tally = Tally()
      var design = CountScreenDesign()
      (design.genes, design.guides, design.replicates) = (genes, guides, replicates)
      (design.hits, design.protecting) = (hits, protecting)
      for seed in 1...screens {
        design.seed = UInt64(seed)
        let screen = design.screen()
        let table = CountTable(
          guides: screen.guides, genes: screen.genes, samples: screen.samples, counts: screen.counts)
        let contrast = Contrast(
          name: "drug", controls: Array(screen.samples[..<replicates]), treatments: Array(screen.samples[replicates...])
        )
        let truth = Dictionary(zip(screen.genes, screen.effects), uniquingKeysWith: { first, _ in first })
        tally.add(try GeneAnalysis(table, contrast: contrast), truth)
      }
      print(tally.row(design))
    }
  }
}
