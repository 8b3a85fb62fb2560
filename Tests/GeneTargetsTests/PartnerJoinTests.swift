import Testing

@testable import GeneTargets

@Suite("Genes and matrix, partner by partner")
struct PartnerJoinTests {
  private func gene(_ name: String, _ p: Double, _ call: String = "inconclusive") -> ScreenedGene {
    ScreenedGene(
      gene: name, call: call, effect: p < 0.5 ? -1 : 1, low: -2, high: 2, pSensitises: p, pProtects: 1 - p,
      qProtects: call == "protects" ? 1 - p : 1)
  }

  private var contrast: ScreenedGenes {
    let genes = [
      gene("BCL2", 1e-9, "sensitises"), gene("PSMB5", 1e-8, "sensitises"), gene("KEAP1", 1 - 1e-9, "protects"),
      gene("NR3C1", 1 - 1e-8, "protects"), gene("MTOR", 0.4, "no effect"), gene("BTK", 0.5),
    ]
    return ScreenedGenes(contrast: "selinexor", drug: "selinexor", count: genes.count, genes: genes)
  }

  private let targets =
    [
      ("venetoclax", "BCL2"), ("bortezomib", "PSMB5"), ("ml334", "KEAP1"), ("everolimus", "MTOR"), ("ibrutinib", "BTK"),
      ("carfilzomib", "PSMB5"), ("selinexor", "XPO1"),
    ].map { DrugTarget(drug: $0, gene: $1) } + [DrugTarget(drug: "Dexamethasone", gene: "NR3C1", action: .gain)]

  private func outcome(_ partner: String, _ call: MatrixOutcome.Call?, _ score: Double, alone: Double = 40)
    -> MatrixOutcome
  {
    MatrixOutcome(partner: partner, sample: "MM1S", call: call, consensus: score - 2, score: score, partnerAlone: alone)
  }

  private func join(_ outcomes: [MatrixOutcome]) -> PartnerJoin {
    PartnerJoin(contrast, drug: "Selinexor", targets: targets, outcomes: outcomes, rate: 0.1) { $0.lowercased() }
  }

  @Test(
    "the quadrants",
    arguments: [
      ("Venetoclax", MatrixOutcome.Call.synergistic, "both agree", "synergy in both"),
      ("venetoclax", .antagonistic, "contradiction", "the matrix is antagonistic"),
      ("venetoclax", .additive, "gene only", "the matrix is additive at the tested doses"),
      ("ml334", .antagonistic, "both agree", "antagonism in both"),
      ("ml334", .synergistic, "contradiction", "the matrix is synergistic"),
      // The loss of the receptor protects: an agonist works with the drug.
      ("dexamethasone", .synergistic, "both agree", "synergy in both"),
      ("everolimus", .additive, "both agree", "no interaction in either"),
      ("everolimus", .synergistic, "matrix only", "its targets have no effect"),
      ("ibrutinib", .synergistic, "matrix only", "its targets are inconclusive"),
      ("cytarabine", .antagonistic, "matrix only", "no target of it is known"),
      ("ibrutinib", .inconclusive, "neither", "the matrix is inconclusive"),
    ])
  func quadrants(partner: String, call: MatrixOutcome.Call, verdict: String, says: String) throws {
    let row = try #require(join([outcome(partner, call, 5)]).rows.first { $0.outcome != nil })
    #expect(row.partner == partner && row.verdict.rawValue == verdict && row.reason.contains(says), "\(row.reason)")
  }

  @Test("gene only says whether the partner was not tested, or whether its dose may not have been reached")
  func reasons() throws {
    let rows = join([outcome("bortezomib", .inconclusive, 1, alone: 3.2)]).rows
    let tested = try #require(rows.first { $0.outcome != nil })
    #expect(
      tested.verdict == .geneOnly
        && tested.reason.contains("the dose may not be reached: the partner alone inhibits 3.2 %"))
    let untested = try #require(rows.first { $0.partner == "venetoclax" })
    #expect(untested.verdict == .geneOnly && untested.reason.contains("not tested in the matrix"))
    // The drug itself is no partner.
    #expect(!rows.contains { $0.partner == "selinexor" })
    #expect(rows.count == 7)
  }

  @Test(
    "q over partners is Benjamini and Hochberg's of twice the smaller p; biomarkers are the protecting genes, the surest first"
  )
  func q() throws {
    let join = join([])
    let venetoclax = try #require(join.rows.first { $0.partner == "venetoclax" }?.evidence)
    #expect(abs(venetoclax.pSynergy - 2e-9) < 1e-15)
    // Seven partners; the smallest p.
    #expect(abs(venetoclax.qSynergy - 7 * 2e-9) < 1e-14)
    #expect(join.biomarkers.map(\.gene) == ["KEAP1", "NR3C1"])
    #expect(join.rows.first?.partner == "venetoclax" && join.rows.last?.partner == "ml334")
  }

  @Test("rank correlation over partners; p by all arrangements of the sets of targets, partners of one set together")
  func correlation() {
    let outcomes = [
      outcome("venetoclax", .synergistic, 30), outcome("bortezomib", .synergistic, 22),
      outcome("carfilzomib", .synergistic, 18), outcome("everolimus", .additive, 1), outcome("ibrutinib", nil, -1),
      outcome("ml334", .antagonistic, -20),
    ]
    let own = join(outcomes).correlation
    #expect(own.partners == 6 && own.sets == 5 && own.isExact && own.arrangements == 120)
    // Of ranks 6, 4.5, 4.5, 3, 2, 1 and 6, 5, 4, 3, 2, 1.
    #expect(abs(own.rho - 0.985610760609162) < 1e-12)
    // The order itself and its mirror image alone reach it, of 120, and no other.
    #expect(own.p <= 4.0 / 120 && own.p >= 1.0 / 120)
    #expect(join(outcomes.reversed()).correlation == own)
    #expect(join(Array(outcomes.prefix(2))).correlation.p.isNaN)
  }

  @Test("many sets: p at random, the same every time, uniform where nothing goes with anything")
  func random() {
    func p(_ seed: Int) -> Double {
      let partners = (0..<30).map { place -> TargetPermutation.Partner in
        .init(
          genes: Double((place * 7919 + seed * 104_729) % 1009),
          matrix: Double((place * 6007 + seed * 15_485_863) % 997),
          targets: "g\(place)")
      }
      return TargetPermutation(partners, seed: 1).p
    }
    #expect(p(3) == p(3))
    let all = (1...40).map(p)
    #expect(all.count { $0 < 0.5 } > 8 && all.count { $0 < 0.5 } < 32)
    #expect(all.count { $0 < 0.01 } < 5)
  }
}
