import Assay
import DoseTables
import ReadingSamples
import Testing

@Suite("Where tables begin, and what their columns are")
struct TableStartTests {
  private func read(_ text: String, options: ReadingOptions = .init()) -> ScreenFile {
    ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
  }

  /// The means of a block's cells, with its drugs and doses: what may not change with the way a table is written.
  private func content(_ block: DoseMatrix?) -> [String] {
    guard let block else { return [] }
    return block.axes.map { "\($0.drug) \($0.unit) \($0.doses)" } + block.mean.map { "\($0.bitPattern)" }
  }

  @Test("a title above a table, or above a matrix with labels, changes nothing and is named")
  func title() throws {
    let title = "Screen 12,,\nOperator: M. H.\n\nPlate reader: CLARIOstar, 12 March\n"
    let matrix = "Drug1:,selinexor\nDrug2:,bortezomib\nCell:,OCUBM\nConcUnit:,nM\n,0,5,50\n0,1,20,40\n100,30,50,70\n"
    for text in [TestGrid().table(), matrix] {
      let plain = read(text)
      let titled = read(title + text)
      #expect(!content(plain.blocks.first).isEmpty)
      #expect(content(titled.blocks.first) == content(plain.blocks.first))
      #expect(
        titled.problems(.info).contains {
          $0.message.contains("rows of other text") && $0.message.contains("Screen 12")
        })
      #expect(titled.problems(.warning).isEmpty && titled.problems(.error).isEmpty)
    }
  }

  @Test("lines are counted from the file's first, also below a title")
  func lines() throws {
    var lines = TestGrid().table().split(separator: "\n").map(String.init)
    lines[7] = lines[7].replacing(lines[7].split(separator: ",")[5], with: "spilled")
    let file = read("Screen 12\n\n" + lines.joined(separator: "\n") + "\n")
    #expect(file.problems(.warning).first?.line == 10)
  }

  @Test("the order of rows and of columns, the separator and the decimal mark change nothing")
  func ways() throws {
    let rows = TestGrid(seed: 11).table().split(separator: "\n").map { $0.components(separatedBy: ",") }
    let plain = content(read(rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n").blocks.first)
    #expect(!plain.isEmpty)
    func text(_ rows: [[String]], _ separator: String, decimal: String = ".") -> String {
      rows.map { row in
        row.map { Double($0) == nil ? $0 : $0.replacing(".", with: decimal) }.joined(separator: separator)
      }.joined(separator: "\n") + "\n"
    }
    let turned = [rows[0]] + rows.dropFirst().reversed()
    #expect(content(read(text(turned, ",")).blocks.first) == plain)
    let columns = rows.map { row in row.indices.reversed().map { row[$0] } }
    #expect(content(read(text(columns, ",")).blocks.first) == plain)
    for (separator, decimal) in [("\t", "."), (";", "."), (";", ","), ("\t", ",")] {
      #expect(content(read(text(rows, separator, decimal: decimal)).blocks.first) == plain)
    }
  }

  @Test("a long table whose first column is a sample is no matrix: it is told what it lacks")
  func noMatrix() {
    let file = read("cell_line,agent,concentration,cell_count\nLINE1,nemotib,0,900\nLINE1,nemotib,0.5,793\n")
    #expect(file.blocks.isEmpty && file.problems(.warning).isEmpty)
    #expect(
      file.problems(.error).contains {
        $0.message.contains("\"cell_line\", \"agent\", \"concentration\", \"cell_count\"")
          && $0.message.contains("conc1")
          && $0.message.contains("--columns")
      })
  }

  @Test(
    "a matrix without labels: names beside the axes, units in doses or names, a corner that says what goes where",
    arguments: [
      ("conc,0uM,1uM,2uM\n0uM,100,90,80\n.5uM,70,60,50\n5uM,40,30,20\n", "drug 1", "drug 2", "µM", "µM"),
      (
        "Checkerboard\n,,bortezomib (nM),,\n,,0,1,2\nselinexor (uM),0,100,90,80\n,0.5,70,60,50\n,5,40,30,20\n",
        "selinexor",
        "bortezomib", "µM", "nM"
      ),
      ("selinexor \\ bortezomib;0;1;2\n0;100;90;80\n0,5;70;60;50\n5;40;30;20\n", "selinexor", "bortezomib", "", ""),
      (
        "Drug 1: selinexor\nDrug 2: bortezomib\nunit: nM\nviability,0,1,2\n0,100,90,80\n0.5,70,60,50\n5,40,30,20\n",
        "selinexor", "bortezomib", "nM", "nM"
      ),
    ])
  func bareMatrix(text: String, drug1: String, drug2: String, unit1: String, unit2: String) throws {
    let file = read(text)
    let block = try #require(file.blocks.first, "\(file.problems.map(\.message))")
    #expect(file.blocks.count == 1)
    #expect(block.axes.map(\.drug) == [drug1, drug2])
    #expect(block.axes.map(\.unit.description) == [unit1, unit2])
    #expect(block.axes.map(\.doses) == [[0, 0.5, 5], [0, 1, 2]])
    #expect(block.mean == [0, 10, 20, 30, 40, 50, 60, 70, 80])
  }

  @Test("matrices without labels below one another are blocks of their own")
  func bareMatrices() {
    let one = "conc,0,1\n0,100,90\n0.5,70,60\n"
    let file = read("First\n" + one + "\nSecond\n" + one.replacing("60", with: "61"))
    #expect(file.blocks.map { $0.mean.last } == [40, 39] && file.blocks.map(\.id) == ["First", "Second"])
  }

  @Test("numbers in the shape of a plate, or with the numbers of its rows and columns, are no matrix of doses")
  func noBareMatrix() {
    let plate = (1...8).map { row in (1...12).map { "\(row * 100 + $0)" }.joined(separator: ",") }.joined(
      separator: "\n")
    #expect(!ScreenFile.recognises(Array(plate.utf8)))
    let numbered =
      "x," + (1...12).map(String.init).joined(separator: ",") + "\n"
      + (1...8).map { row in "\(row)," + (1...12).map { "\(row * 100 + $0)" }.joined(separator: ",") }.joined(
        separator: "\n")
    #expect(!ScreenFile.recognises(Array(numbered.utf8)))
  }

  @Test("columns are chosen by name, and what is not there is named with what is")
  func chosen() throws {
    let text = """
      agent,other,a,b,raw,rel,donor,batch
      selinexor,bortezomib,0,0,900,1,A,1
      selinexor,bortezomib,0,2,800,0.9,A,1
      selinexor,bortezomib,1,0,700,0.8,A,1
      selinexor,bortezomib,1,2,100,0.2,A,1
      selinexor,bortezomib,0,0,900,1.02,B,1
      selinexor,bortezomib,0,2,800,0.92,B,1
      selinexor,bortezomib,1,0,700,0.82,B,1
      selinexor,bortezomib,1,2,100,0.22,B,1

      """
    #expect(read(text).blocks.isEmpty)
    var options = ReadingOptions()
    options.columns = try #require(
      ColumnChoices(rawValue: "drug1=agent,drug2=other,conc1=a,conc2=B,response=rel,replicate=donor"))
    let pooled = read(text, options: options)
    #expect(pooled.blocks.map(\.wellCount) == [8])
    #expect(pooled.blocks.first.map { ($0.mean[3] - 79).magnitude < 1e-9 } == true)
    options.columns = try #require(
      ColumnChoices(rawValue: "drug1=agent,drug2=other,conc1=a,conc2=b,response=rel,condition=donor"))
    let split = read(text, options: options)
    #expect(split.blocks.map(\.sample) == ["donor A", "donor B"] && split.blocks.map(\.wellCount) == [4, 4])
    options.columns = try #require(ColumnChoices(rawValue: "drug1=agent,drug2=othr,conc1=a,conc2=b,response=rel"))
    #expect(
      read(text, options: options).problems(.error).contains {
        $0.message.contains("no column is called \"othr\"") && $0.message.contains("\"other\"")
          && $0.message.contains("--columns")
      })
    options.columns = try #require(ColumnChoices(rawValue: "drug1=agent,drug2=other,conc1=a,conc2=b,response=raw"))
    options.response = .signal
    let signal = read(text, options: options)
    #expect(signal.blocks.first.map { abs($0.mean[3] - (100 - 100 * 100 / 900)) < 1e-9 } == true)
    #expect(signal.problems(.info).contains { $0.message.contains("median of its untreated wells (2 in 2 blocks)") })
  }

  @Test(
    "choices read back as they were written; a role that is none is refused",
    arguments: ["x=y", "drug1", "conc1=a,conc1=b", "drug1="])
  func choices(wrong: String) {
    let text = "response=per_via,drug1=agent, the first,conc1=d.1,unit=u,condition=time,replicate=rep,ignore=x"
    #expect(ColumnChoices(rawValue: text)?.rawValue == text)
    #expect(ColumnChoices(rawValue: "")?.rawValue == "")
    #expect(ColumnChoices(rawValue: wrong) == nil)
  }

  @Test("a raw signal without untreated wells has no scale: the block is refused, the others stay")
  func signalWithoutControl() {
    let head = "block_id,drug1,drug2,conc1,conc2,cell_count\n"
    let good = "1,a,b,0,0,900\n1,a,b,0,2,800\n1,a,b,1,0,700\n1,a,b,1,2,90\n"
    let bad = "2,a,c,0,2,800\n2,a,c,1,0,700\n2,a,c,1,2,90\n"
    let file = read(head + good + bad)
    #expect(file.blocks.map(\.id) == ["1"] && file.blocks.first?.mean.last == 90)
    #expect(file.problems(.error).contains { $0.blockID == "2" && $0.message.contains("beside untreated wells") })
  }

  @Test("three drugs by letters are three drugs, and ConcC beside ConcR is the column's")
  func letters() throws {
    let three = read("ConcA,ConcB,ConcC,viability\n0,0,0,100\n1,0,0,80\n0,1,0,80\n0,0,1,80\n1,1,1,20\n")
    #expect(three.blocks.first?.drugCount == 3)
    let two = read("ConcR,ConcC,viability\n0,0,100\n1,0,80\n0,1,80\n1,1,20\n")
    #expect(two.blocks.first?.drugCount == 2)
  }

  @Test("treatments in the header: of several times the last is used and said, or the one that is asked for")
  func times() throws {
    let text = """
      Title
      Date Time\tElapsed\t"selinexor 1 uM,A549 (1) 5K / well"\t"bortezomib 5 nM,A549 (1) 5K / well"\t"selinexor 1 uM,bortezomib 5 nM,A549 (1) 5K / well"\t"DMSO 0.1%,A549 (1) 5K / well"\t"CellsOnly,A549 (1) 5K / well"\t"selinexor 1 uM,A549 (1) 5K / well (Std Dev Img)"
      1/11/2026 09:00\t24\t40\t45\t20\t50\t80\t1
      2/11/2026 09:00\t48\t60\t70\t10\t100\t160\t1

      """
    let last = read(text)
    let block = try #require(last.blocks.first, "\(last.problems.map(\.message))")
    #expect(block.sample == "A549 (1) 5K / well" && block.mean == [0, 30, 40, 90])
    #expect(
      last.problems(.warning).contains { $0.message.contains("2 times (\"24\", \"48\"); \"48\" was used, the last") })
    #expect(last.problems(.info).contains { $0.message.contains("without solvent was not used") })
    var options = ReadingOptions()
    options.time = 24
    #expect(read(text, options: options).blocks.first?.mean == [0, 10, 20, 60])
    options.time = 30
    #expect(read(text, options: options).problems(.error).contains { $0.message.contains("correct --time") })
  }

  @Test("rounded readings that coincide by chance are no copies; copies in exact readings are")
  func coincidences() {
    func table(_ digits: Int) -> String {
      var state: UInt64 = 7
      var text = "block_id,drug1,drug2,conc1,conc2,viability\n"
      let scale = digits == 2 ? 100.0 : 1e6
      for (d1, d2) in (0..<6).flatMap({ a in (0..<6).map { (a, $0) } }) {
        for replicate in 0..<3 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let noise = Double(state >> 40) / Double(1 << 24) * 0.06
          let value = 1 - 0.08 * Double(d1) - 0.06 * Double(d2) + noise
          let copied = digits != 2 && replicate == 2 && d1 == 3 && d2 == 3
          let read = (copied ? 0.123456 : value) * scale
          text += "1,a,b,\(d1),\(d2),\(read.rounded() / scale)\n"
          if copied { text += "1,a,b,\(d1),\(d2),0.123456\n" }
        }
      }
      return text
    }
    #expect(!read(table(2)).problems(.warning).contains { $0.message.contains("copies") })
    #expect(read(table(6)).problems(.warning).contains { $0.message.contains("copies") })
  }
}
