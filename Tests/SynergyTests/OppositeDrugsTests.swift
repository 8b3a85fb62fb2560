import Assay
import DoseResponse
import ReferenceData
import Synergy
import Testing

/// Drugs that move the response opposite ways, and curves that the data do not bound.
@Suite struct OppositeDrugsTests {
  private static let doses = [0.0, 1, 4, 16, 64]

  private func analysis(_ tops: (Double, Double), seed: UInt64 = 3, resamples: Int = 100) throws -> BlockAnalysis {
    var random = SplitMix64(seed: seed)
    func alone(_ dose: Double, _ top: Double) -> Double { dose > 0 ? top / (1 + 8 / dose) : 0 }
    var wells: [DoseMatrix.Well] = []
    for one in Self.doses {
      for two in Self.doses {
        let response = 100 - (100 - alone(one, tops.0)) * (100 - alone(two, tops.1)) / 100
        for _ in 0..<3 { wells.append(.init(doses: [one, two], response: response + 3 * random.normal())) }
      }
    }
    let unit = ConcentrationUnit("nM")
    let matrix = try DoseMatrix(id: "b", sample: nil, drugs: [("A", unit), ("B", unit)], wells: wells)
    var options = SynergyOptions()
    options.inference.resamples = resamples
    return try BlockAnalyzer(options: options).analyze(matrix)
  }

  @Test(arguments: [0, 100])
  func `Loewe additivity is not defined where one drug raises and the other lowers the response`(
    resamples: Int
  ) throws {
    for tops in [(80.0, -60.0), (-60, 80), (90, -25)] {
      let analysis = try analysis(tops, resamples: resamples)
      let loewe = try #require(analysis.score(of: .loewe))
      #expect(loewe.mean == nil && loewe.scoredCells == 0 && analysis.inference(of: .loewe) == nil)
      let note = try #require(analysis.notes.first { $0.flag == "loewe_unscored" })
      #expect(note.message.contains("one drug alone raises the response and the other lowers it"))
      #expect(analysis.score(of: .bliss)?.mean != nil)
    }
  }

  @Test func `drugs that move the same way, or one of which does nothing, have a Loewe score`() throws {
    for tops in [(80.0, 60.0), (-60, -40), (80, 0), (0, -60)] {
      for seed in 1...10 {
        #expect(try analysis(tops, seed: UInt64(seed)).score(of: .loewe)?.mean != nil, "\(tops)")
      }
    }
  }

  @Test func `a curve is not read at a dose at which the drug was not measured alone`() throws {
    // A power law whose highest dose alone is missing.
    let alone = [1.0: 0.2, 4: 3, 16: 45]
    var wells: [DoseMatrix.Well] = []
    for one in Self.doses {
      for two in Self.doses where !(one == 64 && two == 0) {
        let first = one == 0 ? 0 : alone[one] ?? 90
        let second = two / (two + 20) * 60
        wells.append(.init(doses: [one, two], response: 100 - (100 - first) * (100 - second) / 100))
      }
    }
    let unit = ConcentrationUnit("nM")
    let matrix = try DoseMatrix(id: "b", sample: nil, drugs: [("A", unit), ("B", unit)], wells: wells)
    let loewe = try #require(BlockAnalyzer(options: .scoresOnly).analyze(matrix).score(of: .loewe))
    #expect(loewe.synergy.allSatisfy { $0.isNaN || abs($0) < 150 }, "\(loewe.synergy)")
    #expect(loewe.unscoredCells > 0 && loewe.scoredCells > 0)
  }

  @Test func `an Emax that the data do not bound is none`() {
    // A power law: nothing bends within the doses.
    let doses = [0.0, 1, 2, 4, 8]
    let fit = HillFitter().fit(doses: doses, responses: doses.map { $0 * $0 * $0 / 10 })
    #expect(abs(fit.curve.emax) > 300 && fit.emax == nil)
    let bent = HillFitter().fit(doses: doses, responses: [0, 30, 60, 78, 82])
    #expect(bent.emax == bent.curve.emax)
  }
}
