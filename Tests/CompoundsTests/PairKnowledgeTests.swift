import Testing

@testable import Compounds

@Suite("What is known of a combination")
struct PairKnowledgeTests {
  let registry = CompoundRegistry.builtIn

  @Test("A trial of several partners is a pair's precedent, and shows what was given besides")
  func precedents() {
    let knowledge = registry.knowledge(of: ["KPT330", "Bortezomib"])
    #expect(knowledge.anchor?.compound?.name == "selinexor")
    #expect(knowledge.partners.map(\.name) == ["Bortezomib"])
    #expect(knowledge.partnerClasses == ["proteasome inhibitor"])
    #expect(knowledge.precedents.map(\.trial.id) == ["NCT02343042", "NCT03110562"])
    #expect(knowledge.precedents.map(\.others) == [["dexamethasone"], ["dexamethasone"]])
    #expect(knowledge.precedents.allSatisfy { !$0.isExact && $0.partners == ["Bortezomib"] })
  }

  @Test("Trials of the pair alone come first")
  func order() {
    let knowledge = registry.knowledge(of: ["selinexor", "dexamethasone"])
    #expect(
      knowledge.precedents.map(\.trial.id) == ["NCT01607892", "NCT02336815", "NCT02343042", "NCT03110562"])
    #expect(knowledge.precedents.map(\.isExact) == [true, true, false, false])
  }

  @Test(
    "Each component of R-CHOP has it as a precedent",
    arguments: ["rituximab", "cyclophosphamide", "doxorubicin", "vincristine", "prednisone"])
  func regimen(partner: String) {
    let precedents = registry.knowledge(of: ["selinexor", partner]).precedents
    #expect(precedents.contains { $0.trial.regimen == "R-CHOP" && $0.others.count == 4 })
  }

  @Test("Three drugs: the trial of all three first")
  func threeDrugs() {
    let knowledge = registry.knowledge(of: ["dexamethasone", "selinexor", "bortezomib"])
    #expect(knowledge.anchorIndex == 1)
    #expect(knowledge.precedents.first?.isExact == true)
    #expect(knowledge.precedents.map(\.partners.count) == [2, 2, 1, 1])
    #expect(knowledge.partnerClasses == ["glucocorticoid", "proteasome inhibitor"])
  }

  @Test("Adverse effects that both have, each with its citation")
  func overlaps() {
    let knowledge = registry.knowledge(of: ["selinexor", "bortezomib"])
    #expect(knowledge.overlaps.map(\.effect) == ["thrombocytopenia", "neutropenia"])
    let claims = knowledge.overlaps[0].claims
    #expect(claims.map(\.drug) == ["selinexor", "bortezomib"])
    #expect(claims[0].effect.citation.hasSuffix("[95]"))
    #expect(claims[1].effect.citation.contains("5.7"))
  }

  @Test("Unknown drugs are fine")
  func unknown() {
    let knowledge = registry.knowledge(of: ["selinexor", "olaparib"])
    #expect(knowledge.anchorIndex == 0)
    #expect(knowledge.partnerClasses == [nil])
    #expect(knowledge.precedents.isEmpty)
    #expect(knowledge.overlaps.isEmpty)
    #expect(registry.knowledge(of: ["a", "b"]).anchor == nil)
    #expect(registry.knowledge(of: []).drugs.isEmpty)
  }

  @Test("Two anchors: neither is the anchor; a drug does not share effects with itself")
  func twoAnchors() {
    let two = registry.knowledge(of: ["selinexor", "eltanexor"])
    #expect(two.anchorIndex == nil)
    #expect(two.precedents.isEmpty)
    #expect(two.overlaps.map(\.effect) == ["thrombocytopenia"])
    #expect(registry.knowledge(of: ["selinexor", "KPT-330"]).overlaps.isEmpty)
  }

  @Test("A trial of selinexor alone, or with drugs that are not named, is no pair's precedent")
  func alone() {
    let ids = Set(
      registry.compounds.flatMap { registry.knowledge(of: ["selinexor", $0.name]).precedents.map(\.trial.id) })
    #expect(!ids.contains("NCT01607905"))
    #expect(!ids.contains("NCT02419495"))
    #expect(ids.count == 15)
  }
}

@Suite("How drugs are named and ordered")
struct DrugArrangementTests {
  let registry = CompoundRegistry.builtIn

  @Test(
    "The only anchor comes first; the others keep their order",
    arguments: [
      (["bortezomib", "KPT-330"], ["bortezomib", "selinexor"], [1, 0]),
      (["Selinexor", "b"], ["selinexor", "b"], [0, 1]),
      (["a", "b", "lmb"], ["a", "b", "leptomycin B"], [2, 0, 1]),
      (["a", "KPT-330", "KPT-8602"], ["a", "selinexor", "eltanexor"], [0, 1, 2]),
      (["a", "b"], ["a", "b"], [0, 1]),
    ])
  func arrangement(written: [String], names: [String], order: [Int]) {
    let arrangement = registry.arrangement(of: written)
    #expect(arrangement.names == names)
    #expect(arrangement.order == order)
    #expect(arrangement.renamings.map(\.written) == zip(written, names).filter { $0 != $1 }.map(\.0))
    #expect((arrangement.movedAnchor != nil) == (order != Array(written.indices)))
  }

  @Test("A block that tests a compound against itself keeps its names")
  func itself() {
    let arrangement = registry.arrangement(of: ["KPT-330", "selinexor"])
    #expect(arrangement.names == ["KPT-330", "selinexor"])
    #expect(arrangement.repeated == "selinexor")
    #expect(arrangement.isIdentity)
  }
}
