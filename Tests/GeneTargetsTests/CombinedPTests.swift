import Statistics
import Testing

@testable import GeneTargets

@Suite("p values of a drug's targets as one")
struct CombinedPTests {
  /// SciPy 1.17.1: `combine_pvalues(p, method="stouffer").statistic`, `false_discovery_control(p).min()`.
  @Test(
    "are SciPy's",
    arguments: [
      ([0.01, 0.2, 0.7], 1.5262650398900548, 0.03), ([0.04, 0.04], 2.475843985422489, 0.04),
      ([1e-06, 0.5, 0.9, 0.99], 0.5727624346187288, 4e-06), ([0.3], 0.5244005127080409, 0.3),
    ])
  func scipy(p: [Double], stouffer: Double, simes: Double) {
    #expect(abs(CombinedP.stouffer(p) - stouffer) < 1e-12)
    #expect(abs(CombinedP.simes(p) - simes) < 1e-15)
  }

  @Test("by hand: two p of 0.0228 are one z of √2·2; a p of 0 or 1 stays finite; none gives none")
  func byHand() {
    #expect(abs(CombinedP.stouffer([Normal.upper(2), Normal.upper(2)]) - 2 * 2.0.squareRoot()) < 1e-12)
    #expect(CombinedP.stouffer([0, 1]).isFinite && CombinedP.simes([1, 1]) == 1)
    #expect(CombinedP.stouffer([]).isNaN && CombinedP.simes([]).isNaN)
  }

  private func gene(_ name: String, _ p: Double, call: String = "inconclusive") -> ScreenedGene {
    ScreenedGene(
      gene: name, call: call, effect: -1, low: -2, high: 0, pSensitises: p, pProtects: 1 - p, qProtects: 1)
  }

  @Test("genes of a group count as one target; an agonist expects the opposite")
  func groups() {
    let genes = Dictionary(uniqueKeysWithValues: [("A", 0.01), ("B", 0.03), ("C", 0.6)].map { ($0, gene($0, $1)) })
    let targets = [
      DrugTarget(drug: "d", gene: "A", group: "complex"), DrugTarget(drug: "d", gene: "B", group: "complex"),
      DrugTarget(drug: "d", gene: "C"), DrugTarget(drug: "d", gene: "absent"),
    ]
    let evidence = PartnerEvidence(drug: "d", targets: targets, genes: genes)
    #expect(evidence.units == 2 && evidence.measured.count == 3 && evidence.targets.count == 4)
    // SciPy, group by group.
    #expect(abs(evidence.stouffer - 1.9244272864747543) < 1e-12)
    #expect(abs(evidence.stoufferSynergy - 0.027150523467411765) < 1e-12)
    #expect(abs(evidence.simesSynergy - 0.04) < 1e-12)
    #expect(abs(evidence.pSynergy - 2 * 0.027150523467411765) < 1e-12)
    #expect(abs(evidence.stoufferAntagonism - (1 - evidence.stoufferSynergy)) < 1e-12)
    let agonist = PartnerEvidence(
      drug: "d", targets: targets.map { DrugTarget(drug: "d", gene: $0.gene, action: .gain, group: $0.group) },
      genes: genes)
    #expect(abs(agonist.stouffer + evidence.stouffer) < 1e-12)
    #expect(agonist.simesAntagonism == evidence.simesSynergy)
    #expect(PartnerEvidence(drug: "d", targets: [targets[3]], genes: genes).finding == .notMeasured)
  }
}
