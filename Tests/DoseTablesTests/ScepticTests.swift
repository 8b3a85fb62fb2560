import Assay
import DoseTables
import Foundation
import Testing

/// Tables in which wells were once given to a wrong dose, drug or time without a word; every value worked out by hand.
@Suite("What a sceptic found in tables")
struct ScepticTests {
  private func read(_ text: String) -> ScreenFile {
    ScreenFile.read(Array(text.utf8), name: "test.csv", options: ReadingOptions())
  }

  private func mean(_ block: DoseMatrix?, _ one: Double, _ two: Double) -> Double? {
    guard let block, let row = block.axes[0].doses.firstIndex(of: one),
      let column = block.axes[1].doses.firstIndex(of: two)
    else { return nil }
    let cell = block.cell(at: [row, column])
    return block.count[cell] > 0 ? block.mean[cell] : nil
  }

  @Test("a dose with its unit in the cell is converted once")
  func unitsInCells() {
    let file = read(
      """
      drug1,drug2,conc1,conc2,viability,unit1,unit2
      A,B,0 uM,0 nM,100,uM,nM
      A,B,1 uM,0 nM,80,uM,nM
      A,B,0 uM,5 nM,70,uM,nM
      A,B,1 uM,5 nM,40,uM,nM
      A,B,500 nM,0 nM,90,nM,nM
      A,B,500 nM,5 nM,60,nM,nM

      """)
    #expect(file.blocks.first?.axes[0].doses == [0, 0.5, 1])
    #expect(mean(file.blocks.first, 0.5, 5) == 40)
  }

  @Test("a unit in a column's name and another in the column of units refuse the block")
  func contradictingUnits() throws {
    let file = read(
      """
      drug1,conc1_uM,drug2,conc2_uM,conc_unit,viability
      sel,0,bor,0,nM,100
      sel,1,bor,0,nM,60
      sel,0,bor,0.005,nM,70
      sel,1,bor,0.005,nM,40

      """)
    #expect(file.blocks.isEmpty)
    let message = try #require(file.problems.first { $0.severity == .error }?.message)
    #expect(message.contains("uM") && message.contains("nM") && message.contains("conc1_uM"))
  }

  @Test("times with one untreated control are blocks of their own", arguments: ["", "0"])
  func timesWithOneControl(control: String) {
    var text = "drug1,conc1,drug2,conc2,viability,time\nA,0,B,0,100,\(control)\n"
    for (time, one, two, both) in [(24, 80, 70, 40), (48, 70, 60, 30), (72, 60, 50, 20)] {
      text += "A,1,B,0,\(one),\(time)\nA,0,B,5,\(two),\(time)\nA,1,B,5,\(both),\(time)\n"
    }
    let file = read(text)
    #expect(file.blocks.map { mean($0, 1, 5) } == [60, 70, 80])
    #expect(file.blocks.allSatisfy { mean($0, 0, 0) == 0 })
  }

  @Test("treatments whose two drugs cannot be told apart are not pooled", arguments: ["-", "_", "x", " with "])
  func unknownSeparators(mark: String) {
    let file = read(
      """
      cell,treatment,dose1,dose2,viability
      X,DMSO,0,0,100
      X,sel,1,0,80
      X,bor,0,5,70
      X,sel\(mark)bor,1,5,40
      X,ven,0,5,90
      X,sel\(mark)ven,1,5,75

      """)
    #expect(
      file.blocks.isEmpty && file.problems.contains { $0.severity == .error && $0.message.contains("treatment") })
  }

  @Test("a falling signal of low controls is not taken for inhibition")
  func fallingSignal() {
    let board = read("selinexor \\ bortezomib,0 nM,5 nM,10 nM\n0 nM,35,20,12\n100 nM,22,9,6\n1000 nM,10,3,2\n")
    #expect(board.blocks.isEmpty && board.problems.contains { $0.message.contains("fall to") })
    let change = read(
      "Selinexor (nM),Bortezomib (nM),response\n0,0,0\n100,0,-40\n1000,0,-50\n0,5,-30\n0,50,-60\n1000,50,-80\n100,5,-62\n"
    )
    #expect(change.blocks.isEmpty)
  }

  @Test("passages, donors and runs that are written differently are different")
  func conditionsAreTexts() {
    for values in [("1.1", "1.10"), ("007", "7"), ("1E2", "100")] {
      var text = "drug1,conc1,drug2,conc2,viability,passage\n"
      for (value, shift) in [(values.0, 0), (values.1, 10)] {
        text += "A,0,B,0,100,\(value)\nA,1,B,0,\(80 - shift),\(value)\nA,0,B,5,\(70 - shift),\(value)\n"
        text += "A,1,B,5,\(40 - shift),\(value)\n"
      }
      #expect(read(text).blocks.count == 2, "\(values)")
    }
  }

  @Test("what each drug does alone is counted once a replicate")
  func aloneByReplicate() {
    let file = read(
      """
      ANCHOR_NAME,ANCHOR_CONC,LIBRARY_NAME,LIBRARY_CONC,rep,ANCHOR_VIABILITY,LIBRARY_VIABILITY,COMBO_VIABILITY
      A,0,B,0,1,100,100,100
      A,0,B,0,2,100,100,99
      A,0,B,0,3,100,100,101
      A,1,B,1,1,80,60,50
      A,1,B,1,2,80,61,51
      A,1,B,1,3,50,62,52

      """)
    #expect(mean(file.blocks.first, 1, 0) == 30)
  }

  @Test(
    "matrices of references, scores and deviations are no responses",
    arguments: ["Bliss expected", "Bliss excess", "Standard deviation", "HSA", "Standard error"])
  func computedMatrices(title: String) {
    let text = "sel \\ bor,0 nM,5 nM,9 nM\n0 nM,0,20,40\n100 nM,10,40,70\n200 nM,20,50,80\n\n\(title)\n"
    let file = read(text + "sel \\ bor,0 nM,5 nM,9 nM\n0 nM,0,20,40\n100 nM,10,28,46\n200 nM,20,36,52\n")
    #expect(file.blocks.count == 1 && mean(file.blocks.first, 100, 5) == 40)
  }

  @Test("two columns of one name are replicates")
  func twins() {
    let file = read(
      "Selinexor (nM),Bortezomib (nM),Viability,Viability\n0,0,100,98\n100,0,60,90\n0,5,70,72\n100,5,40,75\n")
    #expect(mean(file.blocks.first, 100, 0) == 25)
  }

  @Test("columns of units in German are read")
  func germanUnits() {
    let file = read(
      "Zelllinie;Wirkstoff1;Konz1;Wirkstoff2;Konz2;Einheit;Viabilität\nX;a;0;b;0;µM;100\nX;a;1;b;0;µM;80\nX;a;0;b;1;µM;70\nX;a;1;b;1;µM;40\n"
    )
    #expect(file.blocks.first?.axes.map(\.unit.symbol) == ["uM", "uM"])
  }

  @Test("a lone column beside tables is named")
  func loneColumn() {
    var text = "drug1,conc1,drug2,conc2,viability,,drug1,conc1,drug2,conc2,viability,,time\n"
    for row in ["0,B,0,100", "1,B,0,80", "0,B,5,70", "1,B,5,40"] {
      text += "A,\(row),,A,\(row.replacingOccurrences(of: "B", with: "C")),,24\n"
    }
    let file = read(text)
    #expect(file.problems.contains { $0.severity == .warning && $0.message.contains("column M") }, "\(file.problems)")
  }

  @Test("the offered columns of responses are none of doses or deviations")
  func offeredColumns() throws {
    let file = read(
      "Selinexor_nM,Bortezomib_nM,MM1S,RPMI8226,SD\n0,0,100,100,1\n10,0,80,70,1\n0,5,60,50,1\n10,5,30,20,1\n")
    let message = try #require(file.problems.first?.message)
    #expect(message.contains("samples=MM1S,samples=RPMI8226 "), "\(message)")
  }

  @Test("drugs alone at one time and combinations at another are doubted")
  func confoundedTimes() {
    let file = read(
      "drug1,conc1,drug2,conc2,viability,time\nA,0,B,0,100,24\nA,1,B,0,80,24\nA,0,B,5,70,24\nA,1,B,5,40,48\n")
    #expect(file.problems.contains { $0.severity == .warning && $0.message.contains("measured apart") })
  }

  @Test(
    "a corner says which drug goes which way",
    arguments: [
      "bortezomib → / selinexor ↓", "bortezomib (columns) / selinexor (rows)", "selinexor ↓ \\ bortezomib →",
      "selinexor \\ bortezomib",
    ])
  func corners(corner: String) {
    let file = read("\(corner),0 nM,1 nM,5 nM\n0 nM,100,80,70\n100 nM,60,45,40\n1000 nM,30,19,17\n")
    #expect(file.blocks.first?.axes.map(\.drug) == ["selinexor", "bortezomib"])
    #expect(file.blocks.first?.axes[0].doses == [0, 100, 1000])
  }

  @Test("above a matrix whose corner names the drugs stands its sample")
  func sampleAboveMatrix() {
    let file = read(",MM1S,,,\nsel \\ bor,0 nM,5 nM,10 nM\n0 nM,100,70,50\n100 nM,60,40,30\n200 nM,50,30,20\n")
    #expect(file.blocks.map(\.sample) == ["MM1S"])
  }
}
