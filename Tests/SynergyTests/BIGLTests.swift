import Assay
import DoseResponse
import Foundation
import ReferenceData
import Statistics
import Testing

@testable import Synergy

/// BIGL 1.8.0 on eleven experiments, twice each.
@Suite("Against BIGL", .enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
struct BIGLTests {
  @Test("there are twenty-two sets") func sets() { #expect(BIGLGolden.all.count == 22) }

  @Test("the joint fit of the marginals is no worse", arguments: BIGLGolden.all)
  func marginals(golden: BIGLGolden) throws {
    let own = try #require(
      BIGLAnalysis(try golden.matrix(), options: Self.options([.hsa], refits: 2), bounds: .init(), seed: 1).marginals)
    #expect(own.degrees == golden.degrees)
    let rss = Self.rss(own, of: try golden.matrix())
    #expect(abs(rss - own.rss) <= 1e-9 * rss)
    #expect(rss <= golden.rss * (1 + 1e-9), "\(rss / golden.rss - 1)")
    #expect(own.covariance?.diagonal.allSatisfy { $0 > 0 } == true)
  }

  /// Σ (y − f(d))² over the wells with at most one drug, from the printed curves.
  private static func rss(_ curves: BIGLMarginals, of matrix: DoseMatrix) -> Double {
    var sum = 0.0
    for cell in 0..<matrix.cellCount where matrix.drugsPresent(in: cell) < 2 {
      let drug = matrix.dose(of: 1, in: cell) > 0 ? 1 : 0
      let (curve, dose) = (drug == 0 ? curves.first : curves.second, matrix.dose(of: drug, in: cell))
      let fitted = dose > 0 ? curve.e0 + (curve.emax - curve.e0) / (1 + pow(curve.ec50 / dose, curve.hill)) : curve.e0
      for response in matrix.replicates(of: cell) { sum += (response - fitted) * (response - fitted) }
    }
    return sum
  }

  @Test("from BIGL's coefficients every null predicts the same to 1e-6", arguments: BIGLGolden.all, BIGLNull.allCases)
  func predictions(golden: BIGLGolden, null: BIGLNull) throws {
    let rows = golden.predictions(null)
    #expect(rows.count == 49)
    let scale = golden.marginals.first.e0
    for (value, row) in zip(null.predictions(golden.marginals, at: rows.map(\.doses)), rows) {
      // Counts go to 13,000: relative to the baseline, as ln counts are.
      #expect(abs(value - row.value) <= 1e-6 * max(1, scale), "\(row)")
    }
  }

  /// nlsLM stops when RSS falls by less than 1.5e-8 of itself, which leaves coefficients some 1e-4 standard errors off.
  @Test("from our own fit they differ by less than a hundredth of the noise", arguments: BIGLGolden.all)
  func predictionsOfOwnFit(golden: BIGLGolden) throws {
    let own = try #require(
      BIGLAnalysis(try golden.matrix(), options: Self.options([.hsa], refits: 2), bounds: .init(), seed: 1).marginals)
    for null in BIGLNull.allCases {
      let rows = golden.predictions(null)
      for (value, row) in zip(null.predictions(own, at: rows.map(\.doses)), rows) {
        #expect(abs(value - row.value) <= 0.01 * own.sigma, "\(null) \(row) \((value - row.value) / own.sigma)")
      }
    }
  }

  /// Golden F, maxR and their calls are one draw of 50 refits, ours here are 40. The tolerance is 5 standard deviations
  /// of our draws, times √(1 + 1/40) for the error of their mean: a normal draw is beyond it 6 times in 10⁷, so that
  /// chance fails none of the file's 784 cells and 16 F. It can fail: with errors drawn from the residuals, not from
  /// replicates as BIGL does, 16 cells and one F of the counts are beyond it.
  static let deviations = 5 * (1 + 1.0 / 40).squareRoot()

  /// The sets whose tests are stored: transformed and not, experiments 1 and 2.
  static let tested = BIGLGolden.all.filter { ["1", "2"].contains($0.experiment) }

  @Test("meanR and maxR agree within the noise of 50 refits", arguments: tested)
  func statistics(golden: BIGLGolden) throws {
    let matrix = try golden.matrix()
    let draws = (1...40).map { (seed: UInt64) in
      BIGLAnalysis(matrix, options: Self.options(BIGLNull.allCases), bounds: .init(), seed: seed).tests
    }
    let stored = try ReferenceData.rows("r/golden_bigl_meanR_maxR.csv")
    let points = try ReferenceData.rows("r/golden_bigl_maxR_points.csv")
    for (place, null) in BIGLNull.allCases.enumerated() {
      let tests = draws.map { $0[place] }
      let row = try #require(golden.rows(stored, null: null).first)
      let (mean, deviation) = Self.moments(tests.map(\.f))
      let f = try #require(row["meanR_F"].flatMap { Double($0) })
      print("BIGL \(golden.testDescription) \(null): F \(f), ours \(mean) sd \(deviation)")
      #expect(abs(f - mean) <= Self.deviations * deviation, "\(null): F \(f), ours \(mean) ± \(deviation)")
      let test = tests[0]
      #expect(test.degrees.0 == Double(row["n1"]!) && test.degrees.1 == Double(row["df0"]!))
      let p = try #require(row["meanR_p"].flatMap { Double($0) })
      // p of BIGL's own F: pf's digits.
      #expect(abs(FisherF.upper(f, test.degrees.0, test.degrees.1) - p) <= 1e-9 * p)

      var synergistic = 0.0
      var antagonistic = 0.0
      for test in tests {
        synergistic += Double(test.calls.count { $0 == .synergistic }) / 40
        antagonistic += Double(test.calls.count { $0 == .antagonistic }) / 40
      }
      // A cell near the cutoff is called in some draws only.
      #expect(abs(synergistic - Double(row["n_syn"]!)!) <= 2, "\(null) \(synergistic) \(row)")
      #expect(abs(antagonistic - Double(row["n_ant"]!)!) <= 1, "\(null) \(antagonistic) \(row)")
      let calls: [String: BIGLTest.Call] = ["Syn": .synergistic, "Ant": .antagonistic, "None": .additive]
      #expect(tests.count { $0.call == calls[row["maxR_call"]!] } > 20)

      let own = golden.rows(points, null: null)
      #expect(own.count == 49)
      for point in own {
        let doses = [Double(point["d1"]!)!, Double(point["d2"]!)!]
        let cell = try #require(test.cells.firstIndex { matrix.doses(of: $0) == doses })
        let (mean, deviation) = Self.moments(tests.map { $0.studentized[cell] })
        let r = Double(point["R"]!)!
        #expect(abs(r - mean) <= Self.deviations * deviation, "\(null) \(doses): \(r), ours \(mean) ± \(deviation)")
        let difference = matrix.mean[test.cells[cell]] - test.predictions[cell]
        let scale = golden.isTransformed ? 1 : test.predictions.map { abs($0) }.max() ?? 1
        #expect(abs(difference - Double(point["effect...predicted"]!)!) <= 1e-4 * scale)
      }
    }
  }

  static func options(_ nulls: [BIGLNull], refits: Int = 50) -> BIGLOptions {
    var options = BIGLOptions()
    options.nulls = nulls
    options.refits = refits
    options.errors = .replicates
    return options
  }

  static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot())
  }
}
