import Assay
import DoseResponse
import Foundation
import Statistics
import Testing

@testable import Synergy

@Suite("BIGL's tests of a block")
struct BIGLAnalysisTests {
  static let first = HillCurve(e0: 2, emax: 90, hill: 1.3, ec50: 4)
  static let second = HillCurve(e0: 2, emax: 75, hill: 0.9, ec50: 20)
  static let doses: ([Double], [Double]) = ([0, 0.5, 1.5, 4, 12, 36], [0, 2, 7, 20, 60, 180])

  /// A block under a null plus `effect` in every combination cell, with normal noise.
  static func block(
    _ null: BIGLNull = .bliss, effect: Double = 0, sd: Double = 5, replicates: Int = 1, number: UInt64 = 1,
    scale: Double = 1, second: HillCurve = second
  ) throws -> DoseMatrix {
    let marginals = BIGLMarginals(
      baseline: 2, asymptotes: (90, second.emax), hills: (1.3, 0.9), ec50s: (4, 20), rss: 1, degrees: 1)
    var noise = [Double](repeating: 0, count: 8 * ((36 * replicates + 7) / 8))
    noise.withUnsafeMutableBufferPointer {
      guard let start = $0.baseAddress else { return }
      CounterRandom(seed: 5, block: number).fillNormals(start, count: $0.count, stream: 0)
    }
    var wells: [DoseMatrix.Well] = []
    for one in doses.0 {
      for two in doses.1 {
        let expected =
          one > 0 && two > 0
          ? null.predictions(marginals, at: [(one, two)])[0] + effect
          : one > 0 ? first.response(at: one) : second.response(at: two)
        for _ in 0..<replicates {
          wells.append(.init(doses: [one, two], response: scale * (expected + sd * noise[wells.count])))
        }
      }
    }
    return try DoseMatrix(
      id: "\(number)", sample: nil, drugs: [("one", .unstated), ("two", .unstated)], wells: wells)
  }

  static func analysis(
    _ matrix: DoseMatrix, _ nulls: [BIGLNull] = BIGLNull.allCases, seed: UInt64 = 1,
    _ change: (inout BIGLOptions) -> Void = { _ in }
  ) -> BIGLAnalysis {
    var options = BIGLOptions()
    options.nulls = nulls
    change(&options)
    return BIGLAnalysis(matrix, options: options, bounds: .init(), seed: seed)
  }

  /// Loewe's own test: a drug combined with itself does what the sum of the doses does.
  @Test("a drug with itself is additive under both forms of Loewe", arguments: [BIGLNull.loewe, .loewe2])
  func sham(null: BIGLNull) {
    let sham = BIGLMarginals(baseline: 5, asymptotes: (-80, -80), hills: (1.7, 1.7), ec50s: (3, 3), rss: 1, degrees: 1)
    let doses = [(0.01, 0.02), (1.0, 2.0), (3.0, 0.5), (400.0, 1e4)]
    for (value, dose) in zip(null.predictions(sham, at: doses), doses) {
      #expect(abs(value - sham.first.response(at: dose.0 + dose.1)) < 1e-10)
    }
  }

  @Test("HSA and Bliss by hand, rising and falling")
  func byHand() {
    for sign in [1.0, -1] {
      let marginals = BIGLMarginals(
        baseline: 10, asymptotes: (10 + sign * 80, 10 + sign * 40), hills: (1, 1), ec50s: (2, 5), rss: 1, degrees: 1)
      // At EC50 both have half of their reach: 40 and 20 of the larger reach, 80.
      #expect(abs(BIGLNull.hsa.predictions(marginals, at: [(2, 5)])[0] - (10 + sign * 40)) < 1e-12)
      #expect(abs(BIGLNull.bliss.predictions(marginals, at: [(2, 5)])[0] - (10 + sign * 80 * 0.625)) < 1e-12)
    }
  }

  /// SciPy 1.17: `f.sf(f, n1, n2)`.
  @Test(
    "the F distribution agrees with tables",
    arguments: [
      (2.5, 5.0, 10.0, 0.10200227664426974), (4.0994, 49, 117, 2.2661060514956437e-10),
      (0.6, 49, 117, 0.9774322268613411), (1, 1, 1, 0.5), (30, 3, 2.5, 0.017420740721557547), (0, 3, 4, 1),
      (.infinity, 3, 4, 0),
    ])
  func fTails(f: Double, numerator: Double, denominator: Double, p: Double) {
    #expect(abs(FisherF.upper(f, numerator, denominator) - p) <= 1e-11 * p)
  }

  @Test("the marginals without noise are found, whatever the unit", arguments: [1e-3, 1, 1e4])
  func exactMarginals(scale: Double) throws {
    let found = try #require(Self.analysis(try Self.block(sd: 1e-6, scale: scale), [.bliss]).marginals)
    #expect(abs(found.first.e0 - 2 * scale) < 1e-4 * scale)
    #expect(abs(found.first.emax - 90 * scale) < 1e-4 * scale)
    #expect(abs(found.second.emax - 75 * scale) < 1e-3 * scale)
    #expect(abs(found.first.ec50 - 4) < 1e-5 && abs(found.second.ec50 - 20) < 1e-3)
    #expect(found.degrees == 11 - 7)
  }

  @Test("the same seed gives the same bits, another seed other refits")
  func seeds() throws {
    let matrix = try Self.block()
    let tests = [1, 1, 2].map { Self.analysis(matrix, seed: $0).tests }
    #expect(tests[0].map(\.f) == tests[1].map(\.f))
    #expect(tests[0].map(\.studentized) == tests[1].map(\.studentized))
    for (one, two) in zip(tests[0], tests[2]) { #expect(one.f != two.f && one.predictions == two.predictions) }
  }

  @Test("a null's test does not depend on which others are made")
  func alone() throws {
    let matrix = try Self.block()
    let all = Self.analysis(matrix).tests
    for test in all { #expect(Self.analysis(matrix, [test.null]).tests.map(\.f) == [test.f]) }
  }

  @Test("synergy is found and called by its sign, in rising and in falling responses", arguments: [1.0, -1])
  func synergy(scale: Double) throws {
    for (effect, call) in [(25.0, BIGLTest.Call.synergistic), (-25, .antagonistic)] {
      let matrix = try Self.block(effect: effect, sd: 3, replicates: 4, scale: scale)
      for test in Self.analysis(matrix, [.bliss, .loewe2]).tests where test.null == .bliss || effect > 0 {
        #expect(test.p < 1e-6)
        #expect(test.call == call)
        #expect(test.calls.allSatisfy { $0 == call || $0 == .additive })
      }
    }
  }

  /// 300 blocks: the standard error of a rate of 0.05 is 0.013; three of them either way. BIGL 1.8.0 rejects 0.21 of
  /// such blocks with one replicate and 0.09 with three, because its errors are the deviations of replicates from their
  /// mean.
  @Test("under its own null p is below 0.05 in about one block of twenty", arguments: [1, 3])
  func falsePositives(replicates: Int) throws {
    var hits = 0
    for number in 1...300 {
      let block = try Self.block(replicates: replicates, number: UInt64(number))
      let test = try #require(Self.analysis(block, [.bliss]).tests.first)
      if test.p < 0.05 { hits += 1 }
    }
    print("BIGL: \(hits) of 300 Bliss blocks, \(replicates) wells a cell, have p of F below 0.05")
    #expect((3...27).contains(hits))
  }

  @Test("p by resampling agrees with the F distribution where noise is normal and replicates many")
  func resampled() throws {
    for number in 1...5 {
      let matrix = try Self.block(sd: 3, replicates: 4, number: UInt64(number))
      let plain = try #require(Self.analysis(matrix, [.bliss]).tests.first)
      let resampled = try #require(Self.analysis(matrix, [.bliss]) { $0.resamples = 299 }.tests.first)
      #expect(plain.f == resampled.f)
      // Binomial noise of 299 draws, 0.03 at most, and the difference between two approximations.
      #expect(abs(plain.p - resampled.p) < 0.2, "\(plain.p) \(resampled.p)")
      #expect(resampled.p >= 1.0 / 300)
    }
  }

  @Test("opposite drugs have no Bliss, and calls without a sign")
  func opposite() throws {
    let falling = HillCurve(e0: 2, emax: -60, hill: 0.9, ec50: 20)
    let found = Self.analysis(try Self.block(.loewe, effect: 60, sd: 2, second: falling))
    #expect(found.tests.map(\.null) == [.loewe, .loewe2, .hsa])
    #expect(found.notes.map(\.flag) == ["bigl_untested", "bigl_opposite"])
    #expect(found.notes[0].message.contains("Bliss") && found.notes[0].message.contains("rises"))
    #expect(Set(found.tests.flatMap(\.calls)).isSubset(of: [.undefined, .additive]))
    #expect(found.tests[0].calls.contains(.undefined))
  }

  @Test("what cannot be tested says why")
  func refusals() throws {
    func message(_ matrix: DoseMatrix, _ change: (inout BIGLOptions) -> Void = { _ in }) -> String {
      let found = Self.analysis(matrix, [.hsa], change)
      #expect(found.tests.isEmpty && found.notes.map(\.flag) == ["bigl_untested"])
      return found.notes.first?.message ?? ""
    }
    func matrix(_ grid: [[Double]]) throws -> DoseMatrix {
      var wells: [DoseMatrix.Well] = [.init(doses: grid.map { _ in 0 }, response: 1)]
      for (drug, doses) in grid.enumerated() {
        wells += doses.map { dose in
          .init(doses: grid.indices.map { $0 == drug ? dose : 0 }, response: 40 + dose + Double(drug))
        }
      }
      wells.append(.init(doses: grid.map { $0[0] }, response: 60))
      return try DoseMatrix(
        id: "x", sample: nil, drugs: grid.indices.map { ("drug \($0)", .unstated) }, wells: wells)
    }
    #expect(message(try matrix([[1, 2], [1, 2], [1, 2]])).contains("3 drugs"))
    #expect(message(try matrix([[1, 2, 3], [1, 2, 3]])).contains("7 parameters from 7 wells"))
    #expect(message(try Self.block(sd: 0)).contains("no noise to test against"))
    #expect(message(try Self.block()) { $0.errors = .replicates }.contains("no replicates of the block differ"))
    #expect(message(try Self.block()) { $0.mostCells = 24 }.contains("25 combination cells; expected 1 to 24"))
  }

  @Test("the analysis of a block has the tests that were asked for, and no others")
  func inBlockAnalysis() throws {
    let matrix = try Self.block()
    var options = SynergyOptions.scoresOnly
    #expect(try BlockAnalyzer(options: options).analyze(matrix).bigl == nil)
    options.bigl.nulls = [.hsa, .loewe]
    let analysis = try BlockAnalyzer(options: options).analyze(matrix)
    #expect(analysis.bigl?.tests.map(\.null) == [.hsa, .loewe])
    #expect(analysis.bigl?.tests.map(\.f) == Self.analysis(matrix, [.hsa, .loewe]).tests.map(\.f))
  }
}
