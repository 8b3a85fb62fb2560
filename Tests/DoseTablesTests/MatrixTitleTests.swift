import Assay
import DoseTables
import ReadingSamples
import ReferenceData
import Testing

/// What stands above matrices, in their corners and cells, and in the other sheets of their workbook.
@Suite("Titles of matrices, names around them, and grouped columns")
struct MatrixTitleTests {
  private let rows = "0,100,80,60\n10,70,50,30\n100,40,20,10\n"
  private var board: String { ",0,5,50\n" + rows }
  private let means = [0.0, 20, 40, 30, 50, 70, 60, 80, 90]

  private func drugs(_ file: ScreenFile) -> [String] { file.blocks.first?.axes.map(\.drug) ?? [] }
  private func units(_ file: ScreenFile) -> [String] { file.blocks.first?.axes.map(\.unit.symbol) ?? [] }

  @Test(
    "a title gives drugs, units and the sample",
    arguments: [
      ("Selinexor (nM) x Venetoclax (uM) - MM.1S", "nM", "uM"), ("Selinexor + Venetoclax, MM.1S, 72 h", "", ""),
      ("\"Selinexor + Venetoclax, MM.1S, 72 h\"", "", ""), ("MM.1S: Selinexor vs. Venetoclax (nM)", "", "nM"),
      ("Combination of Selinexor and Venetoclax in MM.1S cells", "", ""),
      ("Selinexor/Venetoclax; MM.1S; nM", "nM", "nM"),
      ("Rep 1: Selinexor × Venetoclax – MM.1S – % viability", "", ""),
      ("Cell line MM.1S - Selinexor & Venetoclax", "", ""),
    ])
  func title(text: String, one: String, other: String) {
    let file = read(text + "\n" + board)
    #expect(drugs(file) == ["Selinexor", "Venetoclax"] && file.blocks.first?.sample == "MM.1S", "\(file.problems)")
    #expect(units(file) == [one, other] && file.blocks.first?.mean == means)
    let doubts = file.problems(.warning)
    #expect(doubts.count == 1 && doubts.first?.message.contains("was taken for the rows") == true)
    #expect(doubts.first?.line == 1 && doubts.first?.message.contains("write Drug1:") == true)
  }

  @Test("where one drug is named beside its doses, the title says the other, and nothing is doubted")
  func otherDrug() {
    let file = read("Selinexor + Venetoclax - MM.1S\n,Selinexor (nM)\n" + board)
    #expect(drugs(file) == ["Venetoclax", "Selinexor"] && file.blocks.first?.sample == "MM.1S", "\(file.problems)")
    #expect(file.problems(.warning).isEmpty)
  }

  @Test(
    "what is no pair of drugs names none",
    arguments: ["Viability and growth", "72 h / 48 h", "Plate 3", "MM.1S", "Dose x response", "Figure 2 - raw data"])
  func noTitle(text: String) {
    let file = read(text + "\n" + board)
    #expect(drugs(file) == ["drug 1", "drug 2"] && file.blocks.first?.sample == nil && file.problems(.warning).isEmpty)
  }

  @Test("a title that is not recognised is noted; one for several matrices is told once")
  func unread() {
    let title = "Viability (%) of MM.1S treated with Selinexor and Bortezomib"
    let file = read(title + "\n" + board)
    #expect(file.problems.contains { $0.message.contains("\"\(title)\" is the name of the block") })
    let several = read("Selinexor + Venetoclax in MM.1S at 72 h\nRep 1\n" + board + "Rep 2\n" + board)
    #expect(
      several.blocks.map(\.sample) == ["MM.1S", "MM.1S"]
        && drugs(several) == ["Selinexor", "Venetoclax"])
    // Which drug goes down, and that both are of one sample.
    #expect(several.problems(.warning).count == 2)
  }

  @Test("where several parts may be the sample, none is taken, and they are named")
  func unclear() {
    let file = read("Selinexor + Venetoclax - MM.1S - Anna\n" + board)
    #expect(drugs(file) == ["Selinexor", "Venetoclax"] && file.blocks.first?.sample == nil)
    #expect(file.problems.contains { $0.message.contains("the sample may be any of \"MM.1S\", \"Anna\"") })
  }

  @Test("rows and columns may be named in lines of their own")
  func lines() {
    let file = read("Date,2024-05-03\nRows: Selinexor (nM)\nColumns: Venetoclax (uM)\nCell line MM.1S\n" + board)
    #expect(drugs(file) == ["Selinexor", "Venetoclax"] && units(file) == ["nM", "uM"])
    #expect(
      file.blocks.first?.sample == "MM.1S" && file.problems.contains { $0.message.contains("\"Date 2024-05-03\"") })
  }

  @Test("the row drug's name may stand between the corner and its doses, the column drug's in the corner")
  func belowCorner() {
    let file = read("Bortezomib (uM),0,5,50\nSelinexor (nM),,,\n" + rows)
    #expect(
      drugs(file) == ["Selinexor", "Bortezomib"] && units(file) == ["nM", "uM"] && file.blocks.first?.mean == means)
    let plain = read("Bortezomib,0,5,50\nSelinexor,,,\n" + rows)
    #expect(drugs(plain) == ["Selinexor", "Bortezomib"])
    let beside = read(",Selinexor (nM),,,\n,,0,5,50\nBortezomib,0,100,80,60\n,10,70,50,30\n,100,40,20,10\n")
    #expect(drugs(beside) == ["Bortezomib", "Selinexor"] && units(beside) == ["", "nM"])
  }

  @Test(
    "logarithms of doses are refused in a matrix too",
    arguments: [
      "log10 Selinexor (nM) \\ log10 Bortezomib (nM),0,0.5,1\n", ",Log Bortezomib (nM),,\nSelinexor,0,0.5,1\n",
      "\"log(Selinexor)\",0,0.5,1\n",
    ])
  func logarithms(header: String) {
    let file = read(header + "0,100,80,60\n1,70,50,30\n2,40,20,10\n")
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).contains { $0.message.contains("holds logarithms of doses") }, "\(file.problems)")
  }

  @Test("commas between thousands are read where other numbers have decimal points, and refused where none has")
  func thousands() {
    let text = "Selinexor (nM) \\ Bortezomib (nM),0,0.5,\"1,000\"\n0,100,80.5,60\n10,70,50,30\n\"1,000\",40,20,10\n"
    let file = read(text)
    #expect(
      file.blocks.first?.axes.map(\.doses) == [[0, 10, 1000], [0, 0.5, 1000]] && file.blocks.first?.mean.last == 90)
    #expect(file.problems.contains { $0.message.contains("\"1,000\" and its like were read") })
    let plain = read(text.replacing("0.5", with: "5").replacing("80.5", with: "80"))
    #expect(plain.blocks.isEmpty && plain.problems(.error).first?.message.contains("thousands separator") == true)
    let long = read(
      "drug1,drug2,conc1,conc2,viability\na,b,0,0,100.5\na,b,\"1,000\",0,50\na,b,0,10,70\na,b,\"1,000\",10,40\n")
    #expect(long.blocks.first?.axes[0].doses == [0, 1000])
  }

  @Test("cells that say that nothing was measured are empty, and this is noted once")
  func unmeasured() {
    let file = read(board.replacing("50,30", with: "n.d.,NA").replacing("20,10", with: "n/a,10"))
    #expect(file.blocks.first?.count == [1, 1, 1, 1, 0, 0, 1, 0, 1] && file.problems(.warning).isEmpty)
    #expect(file.problems.contains { $0.message.contains("3 cells say \"n.d.\"") && $0.line == 3 })
  }

  // MARK: Groups of columns

  private let grouped = "0,100,98,90,92\n1,80,78,70,72\n10,50,48,30,32\n"

  @Test(
    "columns in groups are replicates of the dose above them",
    arguments: [
      "Selinexor (nM),Venetoclax 0 nM,Venetoclax 0 nM,Venetoclax 10 nM,Venetoclax 10 nM\n",
      "Selinexor (nM),Venetoclax 0 nM,,Venetoclax 10 nM,\n",
      "Selinexor (nM),Venetoclax 0 nM:1,Venetoclax 0 nM:2,Venetoclax 10 nM:1,Venetoclax 10 nM:2\n",
      ",DMSO,,10 nM Venetoclax,\nSelinexor (nM),Y1,Y2,Y1,Y2\n",
    ])
  func prism(header: String) {
    let file = read(header + grouped)
    #expect(drugs(file) == ["Selinexor", "Venetoclax"] && units(file) == ["nM", "nM"], "\(file.problems)")
    #expect(file.blocks.first?.mean == [1, 9, 21, 29, 51, 69] && file.blocks.first.map { Set($0.count) } == [2])
    #expect(file.problems.contains { $0.message.contains("the 4 columns hold 2 doses") })
  }

  @Test("a group need not be full, and equal doses beside one another are a group")
  func gaps() {
    let file = read(",0,0,10,10\n" + grouped.replacing("98,90", with: ",90"))
    #expect(file.blocks.first?.mean == [0, 9, 21, 29, 51, 69] && file.blocks.first?.count == [1, 2, 2, 2, 2, 2])
  }

  @Test("fractions that are called percents, without untreated wells that would tell, are refused")
  func fractions() {
    let text = "drug1,drug2,conc1,conc2,viability\na,b,0,1,0.9\na,b,1,0,1.05\na,b,1,1,0.4\na,b,2,0,0.7\na,b,2,1,0.1\n"
    let file = ReadingSamples.read(text, .viability)
    #expect(file.blocks.isEmpty && file.problems(.error).first?.message.contains("viability-fraction") == true)
    #expect(ReadingSamples.read(text, .viabilityFraction).blocks.count == 1)
    #expect(ReadingSamples.read(text.replacing("1.05", with: "98"), .viability).blocks.count == 1)
  }

  // MARK: Columns

  @Test("what is computed is not offered as a replicate, and an option with spaces has quotes")
  func offers() {
    let head = "drug1,drug2,conc1,conc2,"
    let wells = [("0", "0"), ("1", "0"), ("0", "1"), ("1", "1")]
    let table = { (names: String, cells: String) in
      read(head + names + "\n" + wells.map { "a,b,\($0),\($1),\(cells)\n" }.joined()).problems(.error).first?.message
    }
    #expect(table("A549_1,A549_2,A549_sem,A549_cv", "1,2,3,4")?.contains("response=A549_1,response=A549_2 ;") == true)
    #expect(table("A549_1,A549_2,A549_sem,A549_cv", "1,2,3,4")?.contains("A549_sem") == false)
    #expect(table("my result", "1")?.hasSuffix("--columns \"response=my result\"") == true)
    let dose = read("Selinexor (nM),Venetoclax,viability\n0,0,100\n10,0,80\n0,10,90\n10,10,60\n").problems(.error)
    #expect(dose.first?.message.contains("--columns \"conc1=Selinexor (nM),conc2=Venetoclax\"") == true, "\(dose)")
  }
}
