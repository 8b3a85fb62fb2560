import GeneTargets
import Testing

@testable import Reporting

@Suite("The chapter of gene screen and matrix")
struct PartnerSectionTests {
  @Test("partners that were tested stand before the many that were not")
  func order() throws {
    var table =
      "contrast,drug,gene,call,effect,effect_low,effect_high,p_sensitises,p_protects,q_protects,z_p_sensitises,z_p_protects\n"
    for (gene, p) in [("A", 1e-9), ("B", 1e-8), ("C", 0.5), ("D", 1e-7)] {
      table += "s,selinexor,\(gene),inconclusive,-1,-2,0,\(p),\(1 - p),1,\(p),\(1 - p)\n"
    }
    let contrast = try #require(try ScreenedGenes.read(Array(table.utf8), file: "genes.csv").first)
    let targets = [("one", "A"), ("two", "B"), ("three", "C"), ("four", "D")].map { DrugTarget(drug: $0, gene: $1) }
    func outcome(_ partner: String, _ call: MatrixOutcome.Call) -> MatrixOutcome {
      MatrixOutcome(partner: partner, sample: "x", call: call, consensus: 1, score: 1)
    }
    let join = PartnerJoin(
      contrast, drug: "selinexor", targets: targets,
      outcomes: [outcome("two", .synergistic), outcome("three", .antagonistic), outcome("five", .inconclusive)],
      rate: 0.1
    ) { $0 }
    // As the join has them the untested one is first: its targets are the surest.
    #expect(join.rows.map(\.partner).prefix(2) == ["one", "two"])
    let ordered = PartnerSection.ordered(join.rows)
    #expect(ordered.map(\.partner) == ["two", "three", "one", "four", "five"])
    #expect(ordered.map(\.verdict) == [.bothAgree, .matrixOnly, .geneOnly, .geneOnly, .neither])
  }
}
