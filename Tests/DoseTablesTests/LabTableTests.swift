import Assay
import DoseTables
import Foundation
import Plates
import ReadingSamples
import ReferenceData
import Testing

/// Tables as labs have them, which reviewers found to be read wrongly.
@Suite("Tables as labs have them")
struct LabTableTests {
  private func read(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) -> ScreenFile {
    var options = ReadingOptions()
    change(&options)
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
  }

  private func drugs(_ file: ScreenFile) -> [[String]] { file.blocks.map { $0.axes.map(\.drug) } }

  @Test("a second checkerboard with another pair in its corner is a block of its own", arguments: ["\n", ",,,\n"])
  func secondBoard(between: String) {
    let board = "selinexor \\ bortezomib,0,1,2\n0,100,90,80\n0.5,70,60,50\n"
    let other = board.replacing("bortezomib", with: "carfilzomib").replacing("50", with: "51")
    let file = read(board + between + other)
    #expect(drugs(file) == [["selinexor", "bortezomib"], ["selinexor", "carfilzomib"]])
    #expect(file.blocks.map { $0.mean.last } == [50, 49])
  }

  @Test("deviations below a matrix are not its responses, and a title names its matrix")
  func deviations() {
    let board = "selinexor \\ bortezomib,0,1,2\n0,100,90,80\n0.5,70,60,50\n"
    let file = read("MOLM-13\n" + board + "\nSD,0,1,2\n0,5,4,3\n0.5,3,2,1\n\nK562\n" + board)
    #expect(file.blocks.map(\.id) == ["MOLM-13", "K562"])
    #expect(file.blocks.map(\.wellCount) == [6, 6] && file.blocks.map { $0.mean[0] } == [0, 0])
  }

  @Test("a table that begins anew goes on; another table below it is not pooled with it")
  func tablesBelow() {
    let table = TestGrid().table()
    #expect(read(table + table.split(separator: "\n")[0] + "\n").blocks.map(\.wellCount) == [16])
    let file = read(
      "conc1,conc2,viability\n0,0,100\n0,1,80\n1,0,70\n1,1,50\nd1,d2,inhibition\n0,0,0\n0,1,20\n1,0,30\n1,1,90\n")
    #expect(file.blocks.map(\.wellCount) == [4] && file.blocks.first?.mean.last == 50)
    #expect(file.problems(.error).contains { $0.line == 6 && $0.message.contains("another table begins here") })
  }

  @Test("a word for nothing that has a dose is doubted, not dropped", arguments: ["none", "-", "NA", "0"])
  func nothingWithDose(name: String) {
    let file = read(
      "drug1,drug2,conc1,conc2,viability\na,b,0,0,100\na,b,0,1,80\na,b,1,0,70\na,b,1,1,50\na,\(name),0,5,10\n")
    #expect(file.blocks.map(\.wellCount) == [4] && file.blocks.first?.mean[0] == 0)
    #expect(file.problems(.warning).contains { $0.line == 6 && $0.message.contains("no drug name") })
  }

  @Test("points that separate thousands are asked about, beside semicolons and decimal commas")
  func thousands() {
    let file = read("conc1;conc2;viability\n0;0;100\n0;1.000;80\n1.000;0;70\n1.000;1.000;50\n")
    #expect(file.blocks.isEmpty && file.problems(.error).contains { $0.message.contains("thousands separator") })
    let plain = read("conc1;conc2;viability\n0;0;100\n0;0.500;80\n1.000;0;70\n1.000;0.500;50\n")
    #expect(plain.blocks.first?.axes.map(\.doses) == [[0, 1], [0, 0.5]])
  }

  @Test("numbers in names are replicates from 1 on, and times otherwise")
  func numbered() {
    let rows = "\n0,0,100,98\n0,1,80,82\n1,0,70,72\n1,1,50,52\n"
    #expect(read("conc1,conc2,viability_1,viability_2" + rows).blocks.map(\.wellCount) == [8])
    #expect(read("conc1,conc2,Viability rep 1 (%),Viability rep 2 (%)" + rows).blocks.map(\.wellCount) == [8])
    let times = read("conc1,conc2,viability_24,viability_48" + rows)
    #expect(times.blocks.isEmpty && times.problems(.error).contains { $0.message.contains("--columns") })
    let mean = read(
      "conc1,conc2,viability_1,viability_2,viability\n0,0,100,98,99\n0,1,80,82,81\n1,0,70,72,71\n1,1,50,52,51\n")
    #expect(mean.blocks.map(\.wellCount) == [4])
  }

  @Test("columns called by a letter are doses of that drug, and no drug is called after them")
  func letters() {
    let file = read(
      "Drug A,Drug B,[A] (uM),[B] (nM),viability\ns,b,0,0,100\ns,b,0,1,80\ns,b,1,0,70\ns,b,1,1,50\n")
    #expect(drugs(file) == [["s", "b"]])
    #expect(file.blocks.first?.axes.map(\.unit.description) == ["µM", "nM"])
  }

  @Test("a raw signal is divided by the untreated wells of its own plate")
  func plates() {
    var text = "drug1,drug2,conc1,conc2,RLU,plate\n"
    for (plate, level) in [("P1", 1000.0), ("P2", 250)] {
      for (a, b, viability) in [(0, 0, 1.0), (0, 1, 0.8), (1, 0, 0.7), (1, 1, 0.56)] {
        text += "a,b,\(a),\(b),\(level * viability),\(plate)\n"
      }
    }
    let file = read(text)
    #expect(file.blocks.first.map { zip($0.mean, [0, 20, 30, 44]).allSatisfy { abs($0 - $1) < 1e-9 } } == true)
    #expect(file.problems(.info).contains { $0.message.contains("each plate's are in percent") })
    let lacking = text.split(separator: "\n").filter { !$0.hasPrefix("a,b,0,0,250") }.joined(separator: "\n") + "\n"
    #expect(read(lacking).problems(.error).contains { $0.message.contains("a plate of this block has none") })
  }

  @Test("a second sample's column tells wells apart, and is not said to say the same as the first")
  func secondSample() {
    var text = "cell_line,patient,drug1,drug2,conc1,conc2,viability\n"
    for (patient, shift) in [("P1", 0), ("P2", 10)] {
      for (a, b, value) in [(0, 0, 100), (0, 1, 80), (1, 0, 70), (1, 1, 50)] {
        text += "PDX,\(patient),a,b,\(a),\(b),\(value - (a + b > 0 ? shift : 0))\n"
      }
    }
    #expect(read(text).blocks.map(\.sample) == ["PDX, patient P1", "PDX, patient P2"])
  }

  @Test("units are converted to the last bit")
  func units() {
    #expect(ConcentrationUnit("uM").factor(to: ConcentrationUnit("nM")) == 1000)
    #expect(ConcentrationUnit("nM").factor(to: ConcentrationUnit("uM")) == 0.001)
  }

  @Test("labels above a long table do not make it a matrix")
  func labelsAbove() {
    let file = read(
      "Drug1,selinexor\nDrug2,bortezomib\nCell,OCUBM\nconc1,conc2,viability\n0,0,100\n0,1,80\n1,0,70\n1,1,50\n")
    #expect(file.blocks.first?.mean == [0, 20, 30, 50])
    #expect(file.problems(.info).contains { $0.message.contains("below 3 rows of other text") })
  }

  @Test("a wide file that is no table is told so at once")
  func wide() {
    let row = String(repeating: "a,", count: 20_000) + "a\n"
    #expect(read(String(repeating: row, count: 50)).blocks.isEmpty)
  }

  @Test("a layout's column that tells wells of one treatment apart makes samples of its own; others are named")
  func layoutCondition() {
    var text = "well,drug1,conc1,drug2,conc2,unit,Donor,Remark\n"
    var number = 0
    for donor in ["A", "B"] {
      for (a, b) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        number += 1
        text += "A\(number),s,\(a),b,\(b),uM,\(donor),x\n"
      }
    }
    let set = LayoutSet(files: [("l.csv", Array(text.utf8))])
    #expect(Set(set.layouts.flatMap(\.wells).map(\.sample)) == ["Donor A", "Donor B"])
    #expect(
      set.problems.contains { $0.severity == .warning && $0.message.contains("\"Donor\" tells wells of one treatment") }
    )
    #expect(set.problems.contains { $0.message.contains("not needed: \"Remark\"") })
  }
}
