import Testing

@testable import Compounds

@Suite("The built-in registry")
struct BuiltInRegistryTests {
  let registry = CompoundRegistry.builtIn

  @Test(
    "A drug is found in every spelling of every name",
    arguments: [
      "selinexor", "KPT-330", "kpt330", "KPT 330", "Kpt_330", "KPT\u{2011}330", "KPT\u{2212}330", "KPT\u{2014}330",
      " XPOVIO ",
      "kpt\u{A0}330", "Selinexor", "ＫＰＴ－３３０",
    ])
  func spellings(name: String) {
    #expect(registry.compound(named: name)?.name == "selinexor")
  }

  @Test("µ in both code points and u are one letter; what else differs is another name")
  func otherNames() {
    #expect(CompoundName("\u{B5}-1") == CompoundName("u1"))
    #expect(CompoundName("\u{3BC}1") == CompoundName("U 1"))
    for name in ["KPT-331", "KPT-330 (batch 2)", "selinexor2", "", "-", "ibrutinib+"] {
      #expect(registry.compound(named: name) == nil, "\(name)")
    }
  }

  @Test(
    "Partners are found by the codes by which libraries have them",
    arguments: [
      ("ABT-199", "venetoclax"), ("ABT263", "navitoclax"), ("PS-341", "bortezomib"), ("MLN9708", "ixazomib"),
      ("MLN-2238", "ixazomib"), ("ACY-1215", "ricolinostat"), ("PCI-32765", "ibrutinib"), ("Ara-C", "cytarabine"),
      ("GSK1120212", "trametinib"), ("LBH-589", "panobinostat"), ("Vp16", "etoposide"), ("KPT-8602", "eltanexor"),
    ])
  func codes(code: String, name: String) {
    #expect(registry.compound(named: code)?.name == name)
  }

  @Test("CBS9106 and SL-801 are felezonexor")
  func felezonexor() {
    #expect(registry.compound(named: "CBS-9106") == registry.compound(named: "sl801"))
    #expect(registry.compound(named: "CBS9106")?.name == "felezonexor")
  }

  @Test("The XPO1 inhibitors are anchors and the partners are not")
  func anchors() {
    #expect(
      registry.compounds.filter(\.isAnchor).map(\.name) == [
        "selinexor", "eltanexor", "felezonexor", "verdinexor", "KPT-185", "KPT-276", "PKF050-638", "leptomycin B",
        "KOS-2464", "ratjadone", "anguinomycin",
      ])
  }

  @Test("Every fact has a citation")
  func citations() {
    for compound in registry.compounds {
      let facts = [compound.drugClass, compound.target, compound.binding, compound.stage, compound.note]
      for fact in compound.synonyms + facts.compactMap(\.self) {
        #expect(fact.citation != nil, "\(compound.name): \(fact.text)")
      }
      #expect(compound.drugClass != nil, "\(compound.name)")
    }
  }

  @Test("No Cmax is built in")
  func noConcentrations() {
    #expect(registry.compounds.allSatisfy { $0.cmax == nil })
  }

  @Test("Trials have their numbers, and results exactly when they are reported")
  func trials() {
    #expect(registry.trials.count == 20)
    for trial in registry.trials {
      #expect(trial.id.wholeMatch(of: /NCT\d{8}/) != nil, "\(trial.id)")
      #expect((trial.seen != nil) == (trial.status == .reported), "\(trial.id)")
      #expect(trial.drugs.first == "selinexor")
    }
  }

  @Test("A class effect is every member's, once")
  func classEffects() {
    let eltanexor = registry.compound(named: "KPT-8602")
    #expect(eltanexor?.adverseEffects.map(\.effect) == ["thrombocytopenia"])
    #expect(eltanexor?.adverseEffects.first?.drugClass == "SINE")
    let selinexor = registry.compound(named: "selinexor")
    #expect(selinexor?.adverseEffects.filter { $0.effect == "thrombocytopenia" }.map(\.drugClass) == [nil])
    #expect(registry.compound(named: "leptomycin B")?.adverseEffects.map(\.effect) == ["malaise", "anorexia"])
  }

  @Test("Classes hold their compounds")
  func classes() {
    let inhibitors = registry.classes.first { $0.name == "proteasome inhibitor" }
    #expect(inhibitors?.compounds.map(\.name) == ["bortezomib", "ixazomib", "carfilzomib"])
  }
}
