import Assay
import DoseTables
import ReadingSamples
import Testing

private let block = """
  Drug1:,selinexor
  Drug2:,bortezomib
  Cell:,OCUBM
  ConcUnit:,nM
  ,0,5,50
  0,1,20,40
  100,30,50,70
  """

@Suite struct MatrixFormatTests {
  @Test func `the first column is drug 1, the header row drug 2`() throws {
    let file = read(block)
    let read = try #require(file.blocks.first)
    #expect(file.format == "SynergyFinder matrix" && file.problems.isEmpty)
    #expect(
      read.axes == [
        DoseAxis(drug: "selinexor", unit: ConcentrationUnit("nM"), doses: [0, 100]),
        DoseAxis(drug: "bortezomib", writtenPosition: 1, unit: ConcentrationUnit("nM"), doses: [0, 5, 50]),
      ])
    #expect(read.mean == [1, 20, 40, 30, 50, 70] && read.sample == "OCUBM" && read.id == "1")
  }

  @Test(arguments: ["Drug1", "drug 1:", "DRUG1:", "Drug_1"])
  func `labels are known with and without colons`(label: String) {
    let text = block.replacing("Drug1:", with: label).replacing("Cell:", with: "Cell line").replacing(
      "ConcUnit:", with: "ConcUnit")
    let file = read(text)
    #expect(
      file.blocks.first?.sample == "OCUBM" && file.blocks.first?.axes[0].drug == "selinexor" && file.problems.isEmpty)
  }

  @Test func `each drug may have its own unit`() {
    let file = read(block.replacing("ConcUnit:,nM", with: "ConcUnit1:,nM\nConcUnit2:,mg/mL"))
    #expect(file.blocks.first?.axes.map(\.unit.symbol) == ["nM", "mg/mL"])
  }

  @Test func `several blocks are read with blank lines and trailing separators between them`() {
    let file = read(block + "\n\n,,,\n" + block.replacing("OCUBM", with: "HL-60,,,,"))
    #expect(
      file.blocks.map(\.id) == ["1", "2"] && file.blocks.map(\.sample) == ["OCUBM", "HL-60"] && file.problems.isEmpty)
  }

  @Test(arguments: ["Drug1:", "Drug2:"])
  func `a block without a drug's name is refused and the next one read`(label: String) {
    let bad = block.split(separator: "\n").filter { !$0.hasPrefix(label) }.joined(separator: "\n")
    let file = read(block + "\n" + bad + "\n" + block)
    #expect(file.blocks.count == 2)
    let problem = file.problems(.error).first
    #expect(problem?.line == 8 && problem?.message.contains("has no \(label.dropLast())") == true)
  }

  @Test func `labels without a table are refused`() {
    let file = read("Drug1:,a\nDrug2:,b\nConcUnit:,nM\n")
    #expect(file.blocks.isEmpty && file.problems(.error).first?.message.contains("no table of doses") == true)
  }

  @Test func `an unreadable response, dose or row leaves out its wells with the line`() {
    let response = read(block.replacing("0,1,20,40", with: "0,1,OVRFLW,40"))
    #expect(response.blocks.first?.count == [1, 0, 1, 1, 1, 1] && response.problems(.warning).first?.line == 6)
    let dose = read(block + "\nhigh,1,2,3")
    #expect(
      dose.blocks.first?.wellCount == 6
        && dose.problems(.warning).first?.message.contains("\"high\" of selinexor") == true)
    let column = read(block.replacing(",0,5,50", with: ",0,5,max"))
    #expect(column.blocks.first?.shape == [2, 2])
    #expect(column.problems(.warning).first?.message.contains("\"max\" of bortezomib") == true)
    let wide = read(block.replacing("100,30,50,70", with: "100,30,50,70,90"))
    #expect(wide.problems.contains { $0.line == 7 && $0.message.contains("5 fields where the header has 4") })
  }

  @Test func `a dose that stands twice gives replicates`() {
    let file = read(block + "\n0,2,21,41\n100,31,51,71")
    #expect(file.blocks.first?.count == [2, 2, 2, 2, 2, 2])
    #expect(file.problems.map(\.severity) == [.info] && file.problems[0].message.contains("4 rows of 2 doses"))
  }
}
