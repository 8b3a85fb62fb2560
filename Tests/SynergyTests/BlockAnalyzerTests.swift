import Assay
import DoseResponse
import Foundation
import Synergy
import Testing

/// Blocks whose scores are known, whole and partial.
@Suite("Scoring a block")
struct BlockAnalyzerTests {
  static let first: [Double] = [0, 1, 3, 10, 30]
  static let second: [Double] = [0, 0.2, 1, 5]
  static let one = HillCurve(e0: 0, emax: 90, hill: 1.2, ec50: 5)
  static let other = HillCurve(e0: 0, emax: 70, hill: 0.9, ec50: 1)

  /// A block whose response is `response` at each pair of doses; a `nil` makes a missing cell.
  static func block(
    _ first: [Double] = first, _ second: [Double] = second, response: (Double, Double) -> Double?
  ) throws -> DoseMatrix {
    let wells = first.flatMap { a in
      second.compactMap { b in response(a, b).map { DoseMatrix.Well(doses: [a, b], response: $0) } }
    }
    return try DoseMatrix(
      id: "1", sample: "S", drugs: [("A", ConcentrationUnit("uM")), ("B", ConcentrationUnit("nM"))], wells: wells)
  }

  static func independent(_ a: Double, _ b: Double) -> Double {
    100 * (1 - (1 - one.response(at: a) / 100) * (1 - other.response(at: b) / 100))
  }

  private func score(_ matrix: DoseMatrix, _ model: NullModel, _ options: SynergyOptions = .init()) throws -> ModelScore
  {
    try #require(try BlockAnalyzer(options: options).analyze(matrix).score(of: model))
  }

  @Test("independent drugs score 0 under Bliss, and under ZIP as well as curves allow")
  func independence() throws {
    let matrix = try Self.block { Self.independent($0, $1) }
    #expect(abs(try #require(try score(matrix, .bliss).mean)) < 1e-12)
    // Along a line the response is 100 − (100 − y)(…): again a Hill curve, so ZIP's fits are exact.
    #expect(abs(try #require(try score(matrix, .zip).mean)) < 1e-5)
    let hsa = try score(matrix, .hsa)
    #expect(try #require(hsa.mean) > 5)
  }

  @Test("additive drugs score 0 under Loewe")
  func additivity() throws {
    // One drug at two strengths: B is A ten times as strong, so the block is A's curve at the summed dose.
    let matrix = try Self.block { Self.one.response(at: $0 + 10 * $1) }
    let loewe = try score(matrix, .loewe)
    #expect(loewe.scoredCells == 12)
    for cell in matrix.combinationCells { #expect(abs(loewe.synergy[cell]) < 1e-4) }
  }

  @Test("the highest single agent is the larger observed monotherapy")
  func highest() throws {
    let matrix = try Self.block { a, b in a > 0 && b > 0 ? 50 : a > 0 ? a : b * 10 }
    let hsa = try score(matrix, .hsa)
    #expect(hsa.reference[matrix.cell(at: [2, 1])] == 3)
    #expect(hsa.reference[matrix.cell(at: [1, 3])] == 50)
    #expect(hsa.synergy[matrix.cell(at: [2, 1])] == 47)
    #expect(hsa.synergy[matrix.cell(at: [2, 0])] == 0)
  }

  @Test("consensus is the smallest of the models' means")
  func consensus() throws {
    let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(
      try Self.block { Self.independent($0, $1) + ($0 * $1 > 0 ? 8 : 0) })
    let means = analysis.models.compactMap(\.mean)
    #expect(means.count == 4)
    #expect(analysis.consensus == means.min())
  }

  @Test("the peak is the best window of three by three, with its doses")
  func peak() throws {
    let doses: [Double] = [0, 1, 2, 4, 8, 16]
    let matrix = try Self.block(doses, doses) { a, b in a * b == 0 ? 0 : a >= 2 && a <= 8 && b >= 4 ? 20 : 1 }
    let peak = try #require(try score(matrix, .hsa).peak)
    #expect(peak.mean == 20)
    #expect(peak.doses == [2...8, 4...16])
  }

  @Test("a drug swap changes nothing but the order of the axes")
  func swapped() throws {
    let matrix = try Self.block { Self.independent($0, $1) + sin($0 + 3 * $1) * 4 }
    let wells = (0..<matrix.cellCount).map { cell in
      DoseMatrix.Well(doses: matrix.doses(of: cell).reversed(), response: matrix.mean[cell])
    }
    let turned = try DoseMatrix(
      id: "1", sample: nil, drugs: [("B", ConcentrationUnit("nM")), ("A", ConcentrationUnit("uM"))], wells: wells)
    let one = try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    let other = try BlockAnalyzer(options: .scoresOnly).analyze(turned)
    for model in NullModel.allCases {
      let left = try #require(one.score(of: model))
      let right = try #require(other.score(of: model))
      #expect(abs(try #require(left.mean) - (try #require(right.mean))) < 1e-9)
      for cell in 0..<matrix.cellCount {
        let same = turned.cell(at: [matrix.position(of: cell, on: 1), matrix.position(of: cell, on: 0)])
        #expect(abs(left.synergy[cell] - right.synergy[same]) < 1e-6)
      }
    }
    #expect(abs(try #require(one.css) - (try #require(other.css))) < 1e-6)
  }

  @Test("the order of the wells does not change a bit")
  func shuffled() throws {
    let matrix = try Self.block { Self.independent($0, $1) + sin($0 + 3 * $1) * 4 }
    let wells = (0..<matrix.cellCount).map { DoseMatrix.Well(doses: matrix.doses(of: $0), response: matrix.mean[$0]) }
    let drugs = matrix.axes.map { ($0.drug, $0.unit) }
    let again = try DoseMatrix(id: "1", sample: nil, drugs: drugs, wells: wells.shuffled())
    for (left, right) in zip(
      try BlockAnalyzer(options: .scoresOnly).analyze(matrix).models,
      try BlockAnalyzer(options: .scoresOnly).analyze(again).models)
    {
      #expect(left.mean == right.mean)
      #expect(left.reference == right.reference)
    }
  }

  @Test("a block's numbers do not depend on the blocks before it")
  func noMemory() throws {
    let matrix = try Self.block { Self.independent($0, $1) + sin($0 + 3 * $1) * 4 }
    let fresh = try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    let used = BlockAnalyzer(options: .scoresOnly)
    for size in 2...9 {
      let doses = (0..<size).map { Double($0) * 1.3 }
      _ = try used.analyze(try Self.block(doses, doses) { cos($0 * 7 + $1) * 60 })
    }
    let again = try used.analyze(matrix)
    #expect(again.css == fresh.css)
    for (left, right) in zip(fresh.models, again.models) { #expect(left.synergy == right.synergy) }
  }

  @Test("a missing well is excluded, counted and said; nothing is put in its place")
  func missing() throws {
    let matrix = try Self.block { a, b in a == 3 && b == 1 ? nil : Self.independent(a, b) }
    let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    let cell = matrix.cell(at: [2, 2])
    for model in analysis.models {
      #expect(model.synergy[cell].isNaN)
      #expect(model.scoredCells == 11)
    }
    #expect(analysis.notes.map(\.flag) == ["missing_wells"])
  }

  @Test("a missing monotherapy well leaves its row without reference under the observed models only")
  func missingAlone() throws {
    let matrix = try Self.block { a, b in a == 3 && b == 0 ? nil : Self.independent(a, b) }
    let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    #expect(analysis.score(of: .bliss)?.unscoredCells == 3)
    #expect(analysis.score(of: .hsa)?.unscoredCells == 3)
    #expect(analysis.score(of: .loewe)?.unscoredCells == 0)
    #expect(analysis.notes.contains { $0.flag == "bliss_unscored" && $0.message.contains("3 of 12") })
  }

  @Test("no untreated control: every model still scores, and it is said")
  func noControl() throws {
    let matrix = try Self.block(Self.first, [0, 0.2, 1, 5, 20]) { a, b in a + b == 0 ? nil : Self.independent(a, b) }
    let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    for model in analysis.models { #expect(model.scoredCells == 16) }
    #expect(analysis.notes.first?.flag == "no_control")
  }

  @Test("a monotherapy that is missing whole cannot be scored, and the drug is named")
  func monotherapyMissing() throws {
    let matrix = try Self.block { a, b in b == 0 && a > 0 ? nil : Self.independent(a, b) }
    #expect(throws: SynergyError.monotherapyMissing(drug: "A", others: ["B"])) {
      try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    }
  }

  @Test("monotherapies alone are no combination")
  func noCombination() throws {
    let matrix = try Self.block { a, b in a * b > 0 ? nil : Self.independent(a, b) }
    #expect(throws: SynergyError.noCombination(drugs: ["A", "B"])) {
      try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    }
  }

  @Test(
    "an anchor at one or two doses scores under HSA, Bliss and ZIP, and Loewe says why not",
    arguments: [[0.0, 3], [0, 3, 10]])
  func partial(anchor: [Double]) throws {
    let matrix = try Self.block(anchor, [0, 0.1, 0.3, 1, 3, 10]) { Self.independent($0, $1) }
    let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    #expect(abs(try #require(analysis.score(of: .bliss)?.mean)) < 1e-12)
    #expect(abs(try #require(analysis.score(of: .zip)?.mean)) < 1e-3)
    #expect(analysis.score(of: .hsa)?.scoredCells == (anchor.count - 1) * 5)
    #expect(analysis.score(of: .loewe)?.mean == nil)
    #expect(analysis.score(of: .loewe)?.peak == nil)
    #expect(analysis.monotherapies[0].relativeIC50 == nil)
    #expect(analysis.monotherapies[1].relativeIC50 != nil)
    #expect(analysis.notes.map(\.flag).contains("few_doses"))
    #expect(analysis.notes.map(\.flag).contains("loewe_unscored"))
    #expect(analysis.consensus != nil)
    #expect(analysis.css != nil)
  }

  @Test("all zero and constant blocks give a stated result", arguments: [0.0, 37])
  func constant(level: Double) throws {
    let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(try Self.block { _, _ in level })
    #expect(analysis.score(of: .hsa)?.mean == 0)
    #expect(analysis.score(of: .loewe)?.mean == nil)
    #expect(analysis.notes.filter { $0.flag == "flat" }.count == 2)
  }

  @Test("grids of two by two up", arguments: [(2, 2), (2, 6), (3, 3), (4, 4), (10, 10)])
  func sizes(rows: Int, columns: Int) throws {
    let matrix = try Self.block(
      (0..<rows).map { $0 == 0 ? 0 : pow(3, Double($0)) }, (0..<columns).map { $0 == 0 ? 0 : pow(2, Double($0)) }
    ) { Self.independent($0, $1) }
    let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(matrix)
    #expect(abs(try #require(analysis.score(of: .bliss)?.mean)) < 1e-10)
    #expect((analysis.score(of: .loewe)?.mean != nil) == (min(rows, columns) >= 4))
  }

  @Test("responses far outside 0 to 100 are scored as they are")
  func farOut() throws {
    let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(
      try Self.block { a, b in a * b > 0 ? 300 : a > 0 ? -300 : 10 })
    // 100 (1 − (1 + 3)(1 − 0.1)) = −260
    #expect(abs(try #require(analysis.score(of: .bliss)?.mean) - 560) < 1e-9)
  }

  @Test("ZIP's lines may start at the fitted instead of the observed monotherapy")
  func baseline() throws {
    let noisy = try Self.block { Self.independent($0, $1) + sin(7 * $0 + 3 * $1) * 6 }
    var options = SynergyOptions.scoresOnly
    let observed = try score(noisy, .zip, options)
    options.zipBaseline = .fitted
    let fitted = try score(noisy, .zip, options)
    #expect(observed.mean != fitted.mean)
    #expect(observed.reference == fitted.reference)
  }

  @Test("a pair plane of a three-drug block scores as the two-drug block does")
  func pairPlane() throws {
    let doses: [Double] = [0, 1, 3, 10]
    func response(_ a: Double, _ b: Double, _ c: Double) -> Double {
      min(97, Self.independent(a, b) + c * 3 + sin(a + 2 * b + 5 * c) * 5)
    }
    let wells = doses.flatMap { a in
      doses.flatMap { b in doses.map { c in DoseMatrix.Well(doses: [a, b, c], response: response(a, b, c)) } }
    }
    let unit = ConcentrationUnit("uM")
    let three = try DoseMatrix(id: "3", sample: nil, drugs: [("A", unit), ("B", unit), ("C", unit)], wells: wells)
    let two = try Self.block(doses, doses) { response($0, $1, 0) }
    let whole = try BlockAnalyzer(options: .scoresOnly).analyze(three)
    let pair = try BlockAnalyzer(options: .scoresOnly).analyze(two)
    for model in NullModel.allCases {
      let left = try #require(whole.score(of: model))
      let right = try #require(pair.score(of: model))
      for cell in two.combinationCells {
        let position = [two.position(of: cell, on: 0), two.position(of: cell, on: 1), 0]
        let difference = left.reference[three.cell(at: position)] - right.reference[cell]
        #expect(abs(difference) < 1e-9, "\(model)")
      }
    }
    #expect(whole.score(of: .bliss)?.scoredCells == 27)
  }

  @Test("replicates weigh in by their number")
  func replicates() throws {
    var wells = (0..<20).map { index in
      DoseMatrix.Well(
        doses: [Self.first[index / 4], Self.second[index % 4]],
        response: Self.independent(Self.first[index / 4], Self.second[index % 4]))
    }
    wells.append(.init(doses: [3, 1], response: 0))
    wells.append(.init(doses: [3, 1], response: 0))
    let unit = ConcentrationUnit("uM")
    let matrix = try DoseMatrix(id: "1", sample: nil, drugs: [("A", unit), ("B", unit)], wells: wells)
    let cell = matrix.cell(at: [2, 2])
    #expect(matrix.count[cell] == 3)
    #expect(abs(matrix.mean[cell] - Self.independent(3, 1) / 3) < 1e-12)
    #expect(try BlockAnalyzer(options: .scoresOnly).analyze(matrix).score(of: .hsa)?.scoredCells == 12)
  }
}

@Suite("Errors of scoring")
struct SynergyErrorTests {
  @Test("each says what is missing and what to do")
  func messages() {
    #expect(
      SynergyError.monotherapyMissing(drug: "A", others: ["B", "C"]).description
        == "no well has A alone (B, C at 0): every null model needs each drug's own response; add the monotherapy wells of A"
    )
    #expect(
      SynergyError.noCombination(drugs: ["A", "B"]).description
        == "no well holds A and B together: there is no combination to score")
  }
}
