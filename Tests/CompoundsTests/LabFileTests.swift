import Assay
import Testing

@testable import Compounds

@Suite("A lab's registry file")
struct LabFileTests {
  @Test("It adds compounds")
  func adds() throws {
    let registry = try LabFile.registry(
      """
      sources: {paper: "Smith 2020"}
      compounds:
        - name: ABC-123
          synonyms: [abcamab]
          class: BET inhibitor
          target: BRD4
          cmax: {value: 2.5, unit: µM, source: paper, citation: table 2}
          adverse_effects: [{effect: Thrombocytopenia, citation: Jones 2021}]
      """)
    let compound = try #require(registry.compound(named: "ABCamab"))
    #expect(compound.name == "ABC-123")
    #expect(compound.drugClass == CitedText("BET inhibitor"))
    #expect(compound.cmax?.citation == "Smith 2020, table 2")
    let nanomolar = try #require(compound.cmax?.value(in: ConcentrationUnit("nM")))
    #expect(abs(nanomolar - 2500) < 1e-9)  // the factor of two powers of ten is rounded
    #expect(compound.cmax?.value(in: ConcentrationUnit("ng/mL")) == nil)
    #expect(!compound.isAnchor)
    #expect(registry.compound(named: "selinexor") == CompoundRegistry.builtIn.compound(named: "selinexor"))
  }

  @Test("It extends what is known: names and effects are added, stated facts replace the earlier, the rest stays")
  func extends() throws {
    let registry = try LabFile.registry(
      """
      compounds:
        - name: kpt 330
          synonyms: [our lot 17]
          stage: our stage
          cmax: {value: 442, unit: ng/mL, citation: our assay}
          adverse_effects: [{effect: fatigue, citation: our notes}]
      """)
    let selinexor = try #require(registry.compound(named: "Our-Lot 17"))
    #expect(selinexor.name == "selinexor")
    #expect(selinexor.synonyms.map(\.text) == ["KPT-330", "Xpovio", "our lot 17"])
    #expect(selinexor.stage?.text == "our stage")
    #expect(selinexor.drugClass?.text == "SINE")
    #expect(selinexor.cmax?.unit.symbol == "ng/mL")
    #expect(selinexor.adverseEffects.last?.effect == "fatigue")
    #expect(selinexor.adverseEffects.count == 7)
    #expect(registry.compounds.count == CompoundRegistry.builtIn.compounds.count)
  }

  @Test("A compound whose target is XPO1, by either name, is an anchor", arguments: ["XPO1", "xpo-1", "CRM1"])
  func anchor(target: String) throws {
    let registry = try LabFile.registry("compounds: [{name: LAB-1, target: \(target)}]")
    #expect(registry.anchorIndex(of: ["bortezomib", "lab1"]) == 1)
  }

  @Test("A class and a trial of its own")
  func classAndTrial() throws {
    let registry = try LabFile.registry(
      """
      compounds: [{name: LAB-1, class: BET inhibitor}]
      classes: [{name: bet-inhibitor, citation: Doe 2019, adverse_effects: [anemia]}]
      trials:
        - {id: LAB-T1, drugs: [KPT-330, LAB-1], indication: AML, status: under way, citation: our protocol}
      """)
    let knowledge = registry.knowledge(of: ["selinexor", "LAB-1"])
    #expect(knowledge.precedents.map(\.trial.id) == ["LAB-T1"])
    #expect(knowledge.precedents.first?.isExact == true)
    // Anaemia of selinexor and anemia of the class are one effect.
    #expect(knowledge.overlaps.map(\.effect) == ["anaemia"])
    #expect(knowledge.overlaps.first?.claims.map(\.effect.citation).last == "Doe 2019")
  }

  @Test("The same file twice changes nothing but the list of files")
  func twice() throws {
    let text = """
      compounds: [{name: LAB-1, adverse_effects: [{effect: rash, citation: us}]}]
      trials: [{id: T, drugs: [LAB-1], indication: AML, status: stopped, citation: us}]
      """
    let once = try CompoundRegistry.builtIn(and: [LabFile.read(text)])
    let again = try CompoundRegistry.builtIn(and: [LabFile.read(text), LabFile.read(text)])
    #expect(once.compounds == again.compounds)
    #expect(once.trials == again.trials)
    #expect(again.files.map(\.name) == ["built-in", "lab.yaml", "lab.yaml"])
  }

  @Test("A file with a byte-order mark, in UTF-16, or with Windows line ends is read")
  func encodings() throws {
    let text = "isobole_compounds: 1\r\ncompounds:\r\n  - name: µ-drug\r\n"
    let wide: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), wide] {
      let registry = try CompoundRegistry([RegistryFile(bytes, name: "lab.yaml")])
      #expect(registry.compound(named: "u drug")?.name == "µ-drug")
    }
  }
}
