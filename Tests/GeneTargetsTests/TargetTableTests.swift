import Genes
import Testing

@testable import GeneTargets

@Suite("Tables of targets, and genes read back")
struct TargetTableTests {
  private func read(_ text: String) throws -> TargetTable { try TargetTable(Array(text.utf8), file: "targets.csv") }

  @Test("drug, gene, action, source; several genes in a cell, each once")
  func forms() throws {
    let table = try read(
      "Drug,Target,Action,Source,Complex,who\nvenetoclax,BCL2,inhibitor,Souers 2013,,x\nbortezomib,\"PSMB5;PSMB1\",inhibitor,,proteasome,x\n"
        + "dexamethasone,NR3C1,Agonist,,,x\nvenetoclax,BCL2,inhibitor,other,,x\n")
    #expect(table.targets.map(\.gene) == ["BCL2", "PSMB5", "PSMB1", "NR3C1"])
    #expect(table.targets[1].group == "proteasome" && table.targets[3].action == .gain)
    #expect(table.targets[0].source == "Souers 2013")
    #expect(table.notes.contains { $0.message.contains("1 targets stand in several rows") })
    #expect(table.notes.contains { $0.message.contains("\"who\"") })
    let plain = try read("drug\tgene\nvenetoclax\tBCL2\n")
    #expect(plain.notes.contains { $0.message.contains("taken to inhibit") })
    #expect(try read("drug_name,putative_target\nvenetoclax,\"BCL2, BCL2L1\"\n").targets.count == 2)
  }

  @Test("a row without a gene is a warning; Python's lists are read")
  func lists() throws {
    let table = try read("DRUG,TARGETS\nA-443654,\"['AKT1', 'AKT2 ']\"\nx,[]\ny,\n")
    #expect(table.targets.map(\.gene) == ["AKT1", "AKT2"])
    #expect(table.notes.contains { $0.isWarning && $0.message.contains("2 rows name no gene: \"x\", \"y\"") })
  }

  @Test(
    "words for what a drug does",
    arguments: [
      ("", DrugTarget.Action.loss), ("Covalent BTK inhibitor", .loss), ("inhibitors", .loss),
      ("PROTAC degrader", .loss),
      ("partial agonist", .gain), ("inverse agonist", .loss), ("negative allosteric modulator", .loss),
      ("positive modulator", .gain), ("activator", .gain), ("modulator", nil), ("agonist/antagonist", nil),
      ("binder", nil),
    ])
  func words(written: String, action: DrugTarget.Action?) { #expect(DrugTarget.action(written) == action) }

  @Test("an action that says no direction is a warning, and the row is not used")
  func action() throws {
    let table = try read("drug,gene,action\npaclitaxel,TUBB,stabiliser\nvenetoclax,BCL2,inhibitor\n")
    #expect(table.targets.count == 1)
    let note = try #require(table.notes.first { $0.isWarning })
    #expect(note.message.contains("line 2") && note.message.contains("\"stabiliser\""))
  }

  @Test(
    "what is wrong is said with its place",
    arguments: [
      ("", "expected a table of drugs and their targets"), ("a,b\nx,y\n", "no column \"drug\""),
      ("drug,b\nx,y\n", "no column \"gene\""), ("drug,gene\n", "expected one row per drug and target"),
      ("drug,gene\n,BCL2\n", "line 2, column \"drug\""),
      ("drug,gene\nx,y,z\n", "3 fields, the header 2"), ("drug,gene\n\"x,y\n", "no closing quote"),
      (
        "drug,gene,action\nx,A,inhibitor\nx,A,agonist\n",
        "line 3: the action of \"x\" on \"A\" is another than in line 2"
      ),
    ])
  func wrong(text: String, says: String) throws {
    let error = #expect(throws: CountError.self) { try read(text) }
    #expect("\(try #require(error))".contains(says), "\(String(describing: error))")
  }

  @Test("genes.csv is read back; what is kept are targets and protecting genes")
  func genes() throws {
    let header =
      "contrast,drug,gene,call,effect,effect_low,effect_high,p_sensitises,p_protects,q_protects,z_p_sensitises,z_p_protects\n"
    let text =
      header + "s,selinexor,A,no effect,0.1,-0.1,0.2,0.5,0.5,0.9,0.6,0.4\n"
      + "s,selinexor,B,protects,1.5,1,2,1,1e-9,1e-7,,\nt,selinexor,A,inconclusive,,,,,,,,\n"
    let read = try ScreenedGenes.read(Array(text.utf8), file: "genes.csv")
    #expect(read.map(\.contrast) == ["s", "t"] && read[0].count == 2)
    #expect(read[0].genes[0].pSensitises == 0.6 && read[0].genes[1].pProtects == 1e-9)
    #expect(read[1].genes[0].pSensitises.isNaN)
    let screen = GeneScreen(directory: "d", contrasts: read, targets: [DrugTarget(drug: "x", gene: "C")])
    #expect(screen.contrasts[0].genes.map(\.gene) == ["B"] && screen.contrasts[0].count == 2)
    let error = #expect(throws: CountError.self) {
      try ScreenedGenes.read(Array("a,b\n1,2\n".utf8), file: "genes.csv")
    }
    #expect("\(try #require(error))".contains("genes.csv, line 1: there is no column \"contrast\""))
    let wrong = #expect(throws: CountError.self) {
      try ScreenedGenes.read(Array((header + "s,d,A,x,much,,,,,,,\n").utf8), file: "genes.csv")
    }
    #expect("\(try #require(wrong))".contains("line 2, column \"effect\""))
  }
}
