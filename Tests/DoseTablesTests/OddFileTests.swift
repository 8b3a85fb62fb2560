import Assay
import DoseTables
import ReadingSamples
import ReferenceData
import Testing

private func read(_ bytes: [UInt8]) -> ScreenFile { ScreenFile.read(bytes, name: "test.csv", options: .init()) }

@Suite struct OddFileTests {
  @Test(arguments: ["", "\n\n\r\n", "   \t ", "# only a comment\n", "\u{FEFF}", "\0\0\0\0\0\0"])
  func `a file of nothing is refused as empty`(text: String) {
    let file = ReadingSamples.read(text)
    #expect(file.blocks.isEmpty && file.problems.count == 1)
    #expect(
      file.problems.first?.severity == .error && file.problems.first?.message.hasPrefix("the file is empty") == true)
  }

  @Test func `a header without rows is refused and its columns are named`() {
    let file = ReadingSamples.read("block_id,drug1,drug2,conc1,conc2,response,conc_unit\n\n")
    #expect(file.problems.map(\.severity) == [.error])
    #expect(file.problems.first?.message.contains("only the header \"block_id\", \"drug1\"") == true)
  }

  @Test func `a table of something else is refused with what is missing`() {
    let file = ReadingSamples.read("gene,logFC,pvalue\nXPO1,1,0.1\n")
    #expect(file.problems.map(\.severity) == [.error] && file.problems.first?.line == 1)
    let message = file.problems.first?.message ?? ""
    #expect(message.contains("\"gene\", \"logFC\", \"pvalue\""))
    #expect(message.contains("the dose of drug 1 (conc1); the dose of drug 2 (conc2); the measured response"))
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 3, 4, 20, 0], "Excel workbook"), (Array("%PDF-1.4".utf8), "a PDF"), ([0x1F, 0x8B, 8, 0], "gzip"),
      ([1, 0, 0, 2, 3, 0, 0, 9, 7, 7, 0, 0], "a binary file"),
    ] as [([UInt8], String)])
  func `a binary file is refused as what it is`(bytes: [UInt8], kind: String) {
    let file = read(bytes)
    #expect(file.problems.map(\.severity) == [.error] && file.problems.first?.message.contains(kind) == true)
  }

  @Test(arguments: [0, 32, 10, 13, 44, 34, 35, 65, 0xE9, 0xFF] as [UInt8])
  func `a megabyte of one byte ends in a refusal`(byte: UInt8) {
    let header = Array("block_id,drug1,drug2,conc1,conc2,response,conc_unit\n".utf8)
    for start in [[], header] {
      let file = read(start + [UInt8](repeating: byte, count: 1_000_000))
      #expect(file.blocks.isEmpty && file.problems.contains { $0.severity == .error || $0.severity == .warning })
    }
  }

  @Test func `random bytes never trap`() {
    var random = SplitMix64(seed: 3)
    let text = TestGrid().table()
    for _ in 0..<300 {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      let file = read(bytes)
      #expect(!file.blocks.isEmpty || !file.problems.isEmpty)
    }
  }

  @Test func `every cut of a file gives a block or a problem`() {
    let bytes = Array(TestGrid().table().utf8)
    for length in 0..<bytes.count - 8 {
      let file = read(Array(bytes[..<length]))
      // A cut between two rows of drug 1 leaves a smaller grid without a fault.
      let isWhole = file.blocks.first.map { $0.count.allSatisfy { $0 == 1 } } ?? false
      #expect(isWhole || !file.problems.isEmpty, "cut after \(length) bytes")
    }
  }

  @Test func `comments, blank lines and a separator line before the header are passed over and counted`() throws {
    let text =
      "# simulated, \"not measured\n\nsep=;\n"
      + TestGrid().table().replacing(",", with: ";").replacing(";10.0;5.0;", with: ";10.0;x;")
    let file = ReadingSamples.read(text)
    #expect(file.blocks.count == 1 && file.problems(.warning).first?.line == 15)
  }

  @Test func `trailing separators are passed over`() {
    let text = TestGrid().table().replacing("\n", with: ",,,\n")
    #expect(
      TestGrid().equals(ReadingSamples.read(text).blocks.first) && ReadingSamples.read(text).problems.isEmpty)
  }

  @Test(arguments: [
    "5-FU, \"high\"", "セリネクソル", "β-lapachone", "Ā–Œ", "a\nb", String(repeating: "long ", count: 40_000) + "end",
  ])
  func `a drug's name is kept as it is written`(name: String) {
    let text = TestGrid().table().replacing("selinexor", with: "\"" + name.replacing("\"", with: "\"\"") + "\"")
    #expect(ReadingSamples.read(text).blocks.first?.axes[0].drug == name)
  }

  @Test func `a quoted decimal comma is read`() {
    var grid = TestGrid()
    grid.responses = grid.responses.map { $0 + 0.25 }
    let text = grid.table { "\"\("\($0)".replacing(".", with: ","))\"" }.replacing(".0,", with: ",")
      .replacing(",0.5,", with: ",\"0,5\",")
    #expect(grid.equals(ReadingSamples.read(text).blocks.first))
  }

  @Test func `what may be a thousands separator is refused`() {
    let text = "drug1;drug2;conc1;conc2;inhibition\na;b;0;0;0\na;b;1,000;0;10\na;b;0;2,500;20\na;b;1,000;2,500;30\n"
    let file = ReadingSamples.read(text)
    #expect(file.blocks.isEmpty && file.problems.first?.message.contains("\"1,000\" may be a decimal comma") == true)
    #expect(file.problems.first?.line == 3)
  }

  @Test func `a comma beside decimal points stands between thousands, or between none`() {
    let text = TestGrid().table().replacing(",10.0,5.0,", with: ",\"1,000\",5.0,")
    #expect(ReadingSamples.read(text).blocks.first?.axes[0].doses.last == 1000)
    let other = ReadingSamples.read(text.replacing("1,000", with: "1,00"))
    #expect(other.problems(.warning).first?.message.contains("\"1,00\" of selinexor is not a number") == true)
  }

  @Test func `of two response columns the one that says its kind is read`() {
    let text = "drug1,drug2,conc1,conc2,response,inhibition\na,b,0,0,9,0\na,b,1,0,9,10\na,b,0,1,9,20\na,b,1,1,9,30\n"
    let file = ReadingSamples.read(text)
    #expect(file.blocks.first?.mean == [0, 20, 10, 30])
    #expect(file.problems(.warning).contains { $0.message.contains("\"response\" was not read") })
  }

  @Test func `blocks of two and three drugs may stand in one table`() {
    var text = "block_id,drug1,drug2,drug3,conc1,conc2,conc3,conc_unit,inhibition\n"
    for cell in 0..<8 {
      text += "1,a,b,c,\(cell & 1),\(cell >> 1 & 1),\(cell >> 2 & 1),nM,\(cell * 10)\n"
      if cell < 4 { text += "2,a,b,,\(cell & 1),\(cell >> 1 & 1),,nM,\(cell * 10)\n" }
    }
    let file = ReadingSamples.read(text)
    #expect(file.blocks.map(\.shape) == [[2, 2, 2], [2, 2]] && file.problems.isEmpty)
  }

  @Test func `untreated rows that belong to very many combinations are refused before they are copied`() {
    var text = "drug1,drug2,conc1,conc2,inhibition\n"
    for pair in 0..<5_000 { text += "a\(pair % 100),b\(pair / 100),1,1,50\n" }
    for _ in 0..<5_000 { text += "DMSO,DMSO,0,0,1\n" }
    let file = ReadingSamples.read(text)
    #expect(file.blocks.isEmpty && file.problems.map(\.severity) == [.error])
    #expect(file.problems.first?.message.contains("5000 combinations, which makes 25000000 wells") == true)
  }

  @Test func `single-drug rows go to the combinations of their block, sample and drug, in the order of the file`()
    throws
  {
    var text = "block,drug1,drug2,sample,conc1,conc2,inhibition\n"
    for (block, sample) in [("1", "L"), ("2", "L"), ("3", "M")] {
      text += "\(block),a,b,\(sample),1,1,50\n"
    }
    text += "2,DMSO,DMSO,L,0,0,7\n,a,DMSO,L,1,0,20\n1,a,DMSO,L,1,0,22\n,DMSO,b,L,0,1,30\n,DMSO,b,M,0,1,33\n"
    text += "3,a,DMSO,M,1,0,40\n,DMSO,DMSO,L,0,0,2\n1,DMSO,DMSO,L,0,0,1\n,c,DMSO,L,1,0,5\n"
    let file = ReadingSamples.read(text)
    func wells(_ block: Int, _ cell: Int) -> [Double] { Array(file.blocks[block].replicates(of: cell)) }
    try #require(file.blocks.map(\.id) == ["1", "2", "3"])
    // Cells: untreated, b alone, a alone, both.
    #expect((0..<4).map { wells(0, $0) } == [[1, 2], [30], [20, 22], [50]])
    #expect((0..<4).map { wells(1, $0) } == [[2, 7], [30], [20], [50]])
    #expect((0..<4).map { wells(2, $0) } == [[], [33], [40], [50]])
    #expect(file.problems.contains { $0.line == 13 && $0.message.contains("c") })
  }

  @Test func `a header of more columns than are looked at is refused with their number`() {
    let more = (0..<6_000).map { ",x\($0)" }.joined()
    let row = "1,1,50" + String(repeating: ",0", count: 6_000) + "\n"
    let file = ReadingSamples.read("conc1,conc2,response" + more + "\n" + row)
    #expect(file.blocks.isEmpty && file.problems.map(\.severity) == [.error])
    #expect(file.problems.first?.message.contains("line 1: the header has 6003 columns, at most 5000 are read") == true)
  }

  @Test func `of plates without a usable untreated well the first is named`() {
    var text = "block,drug1,drug2,conc1,conc2,response,plate\n"
    for plate in 1...8 {
      if plate > 1 { text += "1,a,b,0,0,-\(plate),P\(plate)\n" }
      text += "1,a,b,0,1,9,P\(plate)\n1,a,b,1,0,9,P\(plate)\n1,a,b,1,1,9,P\(plate)\n"
    }
    var options = ReadingOptions()
    options.response = .signal
    let file = ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
    #expect(file.problems(.error).map { $0.message.contains("a plate of this block has none") } == [true])
  }

  @Test(arguments: 0..<9)
  func `text beyond ASCII is UTF-8 wherever it stands, and Windows-1252 where it is cut`(offset: Int) throws {
    let name = String(repeating: "x", count: offset) + "µ"
    let text = "drug1,drug2,conc1,conc2,inhibition\n\(name),b,0,0,0\n\(name),b,0,1,9\n\(name),b,1,0,9\n\(name),b,1,1,9"
    #expect(ReadingSamples.read(text).blocks.first?.axes.first?.drug == name)
    // The last byte begins a character that does not follow.
    let cut = read(Array(text.utf8) + [0xC2])
    #expect(cut.drugNames.contains(String(name.dropLast()) + "Âµ"))
  }

  @Test(arguments: ["", "\""])
  func `names that read the same when they are joined are told apart, quoted or padded`(quote: String) {
    var text = "drug1,drug2,conc1,conc2,inhibition\n"
    for (a, b, value) in [(0, 0, 0), (0, 1, 10), (1, 0, 20), (1, 1, 30)] {
      for (first, second) in [("ab", "c"), ("a", "bc"), (" ab", "c "), ("ab ", " c")] {
        let isPadded = first.contains(" ") || second.contains(" ")
        let mark = isPadded ? "" : quote
        text += "\(mark)\(first)\(mark),\(mark)\(second)\(mark),\(a),\(b),\(value + first.count)\n"
      }
    }
    let file = ReadingSamples.read(text)
    #expect(file.blocks.map { $0.axes.map(\.drug) } == [["ab", "c"], ["a", "bc"]], "\(file.problems)")
    #expect(file.blocks.map(\.wellCount) == [12, 4])
    #expect(file.blocks.last?.mean == [1, 11, 21, 31])
  }
}
