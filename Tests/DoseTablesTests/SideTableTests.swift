import Assay
import DoseTables
import ReadingSamples
import Testing

@Suite("Small tables beside a screen's files")
struct SideTableTests {
  private func read(_ text: String) throws(InputProblem) -> SideTable {
    try SideTable(Array(text.utf8), file: "t.csv", example: "file,note", required: ["file"]) { $0 == "note" }
  }

  @Test("Columns stand in any order and case, rows keep their lines")
  func columns() throws {
    let table = try read("Note,FILE\n\nx,a.csv\n,b.csv\n")
    #expect(table.rows.map { $0["file"] } == ["a.csv", "b.csv"])
    #expect(table.rows.map { $0["note"] } == ["x", ""])
    #expect(table.rows.map(\.line) == [3, 4])
    #expect(table.problems.isEmpty)
  }

  @Test("The header tells the separator, however many others the fields hold")
  func separator() throws {
    let table = try read("file,note\na.csv,P1=1;P2=2;P3=3;P4=4;P5=5\n")
    #expect(table.rows.map { $0["note"] } == ["P1=1;P2=2;P3=3;P4=4;P5=5"])
    #expect(try read("file;note\na.csv;b,c\n").rows.map { $0["note"] } == ["b,c"])
  }

  @Test("A row that begins with # counts as any other")
  func noComments() throws {
    #expect(try read("file,note\n#1,x\n").rows.map { $0["file"] } == ["#1"])
  }

  @Test(
    "What is written reads back, and no spreadsheet runs it",
    arguments: ["a, b", "say \"so\"", "=1+1", "'=1", "''-x", "-", "it's", "'quoted'", "two\nlines", "µM; nM", "@x"])
  func roundTrip(text: String) throws {
    let written = SideTable.csv(["file", "note"]) + SideTable.csv(["a.csv", text])
    #expect(try read(written).rows.map { $0["note"] } == [text])
    let field = try #require(written.split(separator: "\n", maxSplits: 1).last?.dropFirst(6))
    #expect(!["=", "+", "-", "@"].contains { field.hasPrefix($0) })
  }

  @Test("Numbers are written as they are, negative ones too")
  func numbers() throws {
    #expect(SideTable.csv(["-1.5", "2.0"]) == "-1.5,2.0\n")
    #expect(try read("file,note\na,-1.5\n").number("-1.5") == -1.5)
  }

  @Test(
    "A file that is no such table is refused with what was read and what was expected",
    arguments: [
      ("", nil, "the file is empty; expected the header file,note"),
      ("path,note\na,b\n", 1, "the header is \"path\", \"note\" and has no column file; expected file,note"),
      ("file,reason\na,b\n", 1, "the column \"reason\" has no meaning here; expected file,note"),
      ("file,note,note\na,b,c\n", 1, "the column note is there twice"),
      ("file,note\na,\"b\nc,d\n", 2, "a quote is not closed"),
      ("PK\u{3}\u{4}\u{0}\u{0}", nil, "not a text table"),
    ] as [(String, Int?, String)])
  func refused(text: String, line: Int?, message: String) throws {
    let problem = #expect(throws: InputProblem.self) { try read(text) }
    #expect(problem?.severity == .error)
    #expect(problem?.file == "t.csv")
    #expect(problem?.line == line)
    #expect(problem?.message.contains(message) == true, "\(problem?.message ?? "")")
  }

  @Test("A row with more fields than the header is excluded and told")
  func tooManyFields() throws {
    let table = try read("file,note\na.csv,b,c\nd.csv,e\n")
    #expect(table.rows.map { $0["file"] } == ["d.csv"])
    #expect(table.problems.map(\.line) == [2])
    #expect(table.problems.first?.message.contains("3 fields, the header 2") == true)
  }
}

@Suite("Units that are corrected while a file is read")
struct CorrectedUnitTests {
  private let text = """
    block_id,drug1,drug2,conc1,conc2,inhibition,conc_unit
    1,a,b,0,0,0,nM
    1,a,b,1,0,10,nM
    1,a,b,0,1,20,uM
    1,a,b,1,1,30,nM
    """

  @Test("Doses stay the numbers that stand in the file, as if the file said the unit")
  func table() throws {
    let file = ScreenFile.read(
      Array(text.utf8), name: "t.csv", options: .init(), units: { $0 == "b" ? ConcentrationUnit("uM") : nil })
    let block = try #require(file.blocks.first)
    #expect(block.axes.map(\.unit.symbol) == ["nM", "uM"])
    #expect(block.axes.map(\.doses) == [[0, 1], [0, 1]])
    let asWritten = ScreenFile.read(Array(text.utf8), name: "t.csv", options: .init())
    #expect(asWritten.blocks.first?.axes[1].doses.count == 3)  // 0 and 1 nM, and 1 µM
  }

  @Test("A table in SynergyFinder's Matrix format is corrected too")
  func matrix() throws {
    let text = "Drug1:,a\nDrug2:,b\nConcUnit:,uM\n,0,1\n0,0,10\n2,20,30\n"
    let file = ScreenFile.read(
      Array(text.utf8), name: "t.csv", options: .init(), units: { $0 == "a" ? ConcentrationUnit("nM") : nil })
    let block = try #require(file.blocks.first)
    #expect(block.axes.map(\.unit.symbol) == ["nM", "uM"])
    #expect(block.axes.map(\.doses) == [[0, 2], [0, 1]])
  }
}
