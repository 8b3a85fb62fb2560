import Foundation
import Simulation
import Statistics
import Testing

@testable import Genes

@Suite("Scores, calls and quality of simulated screens")
struct ScoreTests {
  private func analysis(
    _ change: (inout CountScreenDesign) -> Void, options: GeneOptions = .init(), isPaired: Bool = false
  ) throws
    -> (GeneAnalysis, truth: [String: Double])
  {
    var design = CountScreenDesign()
    change(&design)
    let screen = design.screen()
    let table = CountTable(guides: screen.guides, genes: screen.genes, samples: screen.samples, counts: screen.counts)
    let contrast = Contrast(
      name: "drug", controls: Array(screen.samples[..<design.replicates]),
      treatments: Array(screen.samples[design.replicates...]), isPaired: isPaired)
    let truth = Dictionary(zip(screen.genes, screen.effects), uniquingKeysWith: { first, _ in first })
    return (try GeneAnalysis(table, contrast: contrast, options: options), truth)
  }

  @Test("planted genes are called in their direction, the others have no effect", arguments: [false, true])
  func calls(isPaired: Bool) throws {
    let (analysis, truth) = try analysis({ ($0.genes, $0.hits, $0.replicates) = (400, 0.1, 3) }, isPaired: isPaired)
    var wrong = 0
    for gene in analysis.genes {
      let effect = truth[gene.gene] ?? 0
      let expected: GeneCall = effect == 0 ? .noEffect : effect < 0 ? .sensitises : .protects
      if gene.call != expected { wrong += 1 }
      if effect == 0 { #expect(abs(gene.effect) < 0.6) }
    }
    // 40 genes of 400 are planted; a gene in ten of those called may be wrong, and a few have bad guides.
    #expect(wrong < 25)
    #expect(analysis.genes.first.map { truth[$0.gene] ?? 0 < 0 } == true)
    #expect(analysis.genes.last.map { truth[$0.gene] ?? 0 > 0 } == true)
  }

  @Test("a screen that is too small or too noisy to tell says so: inconclusive, not no effect")
  func noisy() throws {
    let (analysis, _) = try analysis { ($0.genes, $0.guides, $0.depth, $0.dispersion) = (200, 2, 10, 0.5) }
    #expect(analysis.genes.count { $0.call == .inconclusive } > 150)
    #expect(analysis.genes.allSatisfy { $0.call != .noEffect || ($0.interval.low >= -0.5 && $0.interval.high <= 0.5) })
  }

  /// 60 screens of 300 genes: the standard error of a share of 5 % over 18,000 genes is 0.16 points; 4–6 % is the bound.
  @Test(
    "type I error of genes is 4 to 6 % at 0.05 under z, with hits too, and exact under rra without; the interval holds 0 in 95 %",
    arguments: [(0.0, 4, 2), (0.2, 4, 3), (0.1, 8, 2)])
  func calibration(hits: Double, guides: Int, replicates: Int) throws {
    var (nulls, z, rra, covered) = (0, 0, 0, 0)
    for seed in 1...60 {
      let (analysis, truth) = try analysis {
        ($0.genes, $0.guides, $0.replicates, $0.hits, $0.seed) = (300, guides, replicates, hits, UInt64(seed))
      }
      for gene in analysis.genes where truth[gene.gene] == 0 {
        nulls += 1
        if let evidence = gene.z { if min(evidence.pSensitises, evidence.pProtects) < 0.025 { z += 1 } }
        if let evidence = gene.rra?.evidence { if min(evidence.pSensitises, evidence.pProtects) < 0.025 { rra += 1 } }
        if gene.interval.contains(0) { covered += 1 }
      }
    }
    func share(_ count: Int) -> Double { Double(count) / Double(nulls) }
    #expect((0.04...0.06).contains(share(z)), "\(share(z))")
    #expect(hits > 0 ? share(rra) < 0.06 : (0.043...0.057).contains(share(rra)), "\(share(rra))")
    #expect((0.93...0.985).contains(share(covered)), "\(share(covered))")
  }

  @Test("guides without a target set the centre: a screen where most genes are depleted still reads so")
  func centre() throws {
    var design = CountScreenDesign()
    (design.genes, design.hits, design.protecting, design.replicates) = (300, 0.7, 0, 3)
    let screen = design.screen()
    let table = CountTable(guides: screen.guides, genes: screen.genes, samples: screen.samples, counts: screen.counts)
    let contrast = Contrast(name: "d", controls: Array(screen.samples[..<3]), treatments: Array(screen.samples[3...]))
    var sets = GuideSets()
    sets.nonTargeting = table.genes.indices.flatMap { gene in
      table.guides(of: gene).map { _ in (Int(table.genes[gene].dropFirst()) ?? 0) >= 280 }
    }
    let hit = { (sets: GuideSets) in
      let analysis = try GeneAnalysis(table, contrast: contrast, sets: sets)
      return median(analysis.genes.filter { (Int($0.gene.dropFirst()) ?? 0) < 210 }.map(\.effect))
    }
    #expect(try abs(hit(sets) + 1.3) < 0.3)
    #expect(try hit(GuideSets()) > -0.7)
  }

  @Test(
    "quality: a bottleneck, too few reads and replicates that disagree are warnings; vehicles among themselves find nothing"
  )
  func quality() throws {
    let (good, _) = try analysis { ($0.genes, $0.hits, $0.dispersion) = (400, 0.05, 0.003) }
    func verdict(_ analysis: GeneAnalysis, _ measure: String) -> QualityMeasure.Verdict? {
      analysis.quality.first { $0.measure == measure && $0.verdict != .none }?.verdict
    }
    for measure in [
      "reads_per_guide", "zero_guides", "gini", "correlation", "cells_per_guide", "genes_found", "drug_over_vehicle",
    ] {
      #expect(verdict(good, measure) == .pass, "\(measure)")
    }
    let (bad, _) = try analysis { ($0.genes, $0.depth, $0.dispersion) = (400, 8, 0.6) }
    for measure in ["reads_per_guide", "zero_guides", "gini", "correlation", "cells_per_guide"] {
      #expect(verdict(bad, measure) == .warn, "\(measure)")
    }
    // 1/φ is the number of cells that the simulation lets through.
    let cells = try #require(bad.quality.first { $0.measure == "cells_per_guide" }?.value)
    #expect(cells > 0.8 && cells < 4)
  }

  @Test("Gini's index is 0 of equal reads; separation counts pairs, ties half")
  func figures() {
    #expect(abs(SampleQuality.gini(ofReads: [7, 7, 7, 7])) < 1e-12)
    // ln 2, 0, 0, 0: 2·4/(4·1) − 5/4.
    #expect(abs(SampleQuality.gini(ofReads: [1, 0, 0, 0]) - 0.75) < 1e-12)
    #expect(
      ContrastQuality.separation([1, 2, 2, 3], [true, true, false, false], [false, false, true, true]) == 0.875)
  }

  @Test("calls and their reasons")
  func rule() {
    let rule = CallRule(rate: 0.1, threshold: 0.5)
    func evidence(_ low: Double, _ high: Double) -> GeneScore.Evidence {
      .init(pSensitises: low, pProtects: high, qSensitises: low, qProtects: high)
    }
    let (narrow, wide) = (Interval(low: -0.4, high: 0.3), Interval(low: -0.9, high: 0.3))
    #expect(
      rule.call(evidence(0.01, 1), wide, z: evidence(0.01, 1), rra: evidence(0.02, 1)) == (
        .sensitises, "z and rra agree"
      ))
    #expect(
      rule.call(evidence(1, 0.05), wide, z: evidence(1, 0.01), rra: evidence(1, 0.5)) == (
        .inconclusive, "z alone finds that it protects"
      ))
    #expect(rule.call(evidence(0.05, 1), wide, z: nil, rra: evidence(0.05, 1)) == (.sensitises, "rra"))
    #expect(rule.call(evidence(0.05, 0.05), wide, z: nil, rra: nil).0 == .inconclusive)
    // An effect that is shown to be below the threshold is none, however sure its direction.
    #expect(
      rule.call(evidence(1, 0.01), narrow, z: evidence(1, 0.01), rra: evidence(1, 0.01)) == (
        .noEffect, "the interval lies within the threshold, although its direction is found (protects)"
      ))
    #expect(rule.call(evidence(1, 0.01), Interval(low: 0.3, high: 0.51), z: nil, rra: evidence(1, 0.01)).0 == .protects)
    #expect(rule.call(evidence(0.5, 1), narrow, z: nil, rra: nil).0 == .noEffect)
    let alone = rule.call(evidence(0.15, 1), wide, z: evidence(0.08, 1), rra: evidence(0.6, 1))
    #expect(alone == (.inconclusive, "z alone finds that it sensitises"))
    #expect(rule.call(evidence(.nan, .nan), Interval(low: .nan, high: .nan), z: nil, rra: nil).0 == .inconclusive)
  }

  @Test("the error of a centre that few guides make is in the intervals and in z")
  func centreError() throws {
    var design = CountScreenDesign()
    (design.genes, design.replicates) = (300, 3)
    let screen = design.screen()
    let table = CountTable(guides: screen.guides, genes: screen.genes, samples: screen.samples, counts: screen.counts)
    let counts = try ContrastCounts(
      table, Contrast(name: "d", controls: Array(screen.samples[..<3]), treatments: Array(screen.samples[3...])))
    func scores(_ guides: Int) throws -> ZScores {
      var sets = GuideSets()
      sets.nonTargeting = table.guides.indices.map { $0 < guides }
      return try ZScores(counts, sets: sets, isDrugZ: false)
    }
    let (few, many) = (try scores(3), try scores(900))
    // √(π/2) s/√n where guides scatter alike.
    let weight = few.spread[..<3].reduce(0) { $0 + 1 / $1 }
    #expect(abs(few.centreError - (Double.pi / 2 * 3).squareRoot() / weight) < 1e-12)
    #expect(many.centreError < few.centreError / 10)
    func width(_ scores: ZScores) -> Double {
      let effects = GeneEffects(
        table, foldChange: scores.foldChange, spread: scores.spread, centreError: scores.centreError, confidence: 0.95)
      return effects.interval[200].high - effects.interval[200].low
    }
    #expect(width(few) > 1.5 * width(many))
    // One centre that is 3 errors off moves all genes: it may not make hits of them.
    #expect(abs(few.normZ[200] * few.null.sd) < abs(few.sum[200] / Double(few.observations[200]).squareRoot()))
  }

  @Test("a guide whose z is exactly 0 has been counted")
  func zeros() throws {
    // Two equal arms: every fold change is 0.
    let screen = CountScreenDesign().screen()
    let table = CountTable(
      guides: screen.guides, genes: screen.genes, samples: ["a", "b"], counts: [screen.counts[0], screen.counts[0]])
    let analysis = try GeneAnalysis(table, contrast: Contrast(name: "d", controls: ["a"], treatments: ["b"]))
    #expect(!analysis.notes.contains { $0.message.contains("no guide with reads") })
    #expect(analysis.genes.allSatisfy { $0.observations == 6 && $0.normZ?.isFinite == true })
  }

  @Test("as drugz needs its window; few guides and few genes are said")
  func small() throws {
    var options = GeneOptions()
    (options.isDrugZ, options.method) = (true, .z)
    let error = #expect(throws: CountError.self) { _ = try analysis({ $0.genes = 100 }, options: options) }
    #expect("\(try #require(error))".contains("600 guides have reads, drugZ's window (--as drugz) needs at least 1001"))
    #expect(throws: CountError.self) { _ = try analysis { ($0.genes, $0.guides) = (3, 3) } }
    let (few, _) = try analysis { $0.genes = 12 }
    #expect(few.notes.contains { $0.isWarning && $0.message.contains("too few genes (12)") })
  }

  @Test("one method alone leaves out the other's numbers", arguments: GeneOptions.Method.allCases)
  func methods(method: GeneOptions.Method) throws {
    var options = GeneOptions()
    options.method = method
    let (analysis, _) = try analysis({ $0.genes = 60 }, options: options)
    #expect(analysis.genes.allSatisfy { ($0.normZ != nil) == method.hasZ && ($0.rra != nil) == method.hasRRA })
    #expect(analysis.genes.allSatisfy { $0.effect.isFinite && $0.interval.low < $0.effect })
    #expect(analysis.guides.pLow.isEmpty == !method.hasRRA)
  }
}
