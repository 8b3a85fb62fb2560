import Assay
import DoseTables
import ReadingSamples
import Testing

/// What stands beside the rows and columns of a matrix: each label by itself.
@Suite("Labels of matrices")
struct BoardLabelTests {
  @Test("1 µM among nM doses is 1000 nM", arguments: ["selinexor \\ bortezomib", "sel (nM) \\ bor (nM)"])
  func units(corner: String) throws {
    let file = read(
      """
      \(corner),0 nM,100 nM,1 µM
      0 nM,0,10,20
      10 nM,30,40,50
      1 uM,60,70,80

      """)
    let block = try #require(file.blocks.first, "\(file.problems)")
    #expect(block.axes.map(\.doses) == [[0, 10, 1000], [0, 100, 1000]])
    #expect(block.axes.map(\.unit.symbol) == ["nM", "nM"] && block.response(at: 10, 1000) == 50)
    #expect(file.problems.contains { $0.severity == .info && $0.message.contains("converted to nM") })
  }

  @Test("a dose without a unit is in the unit above, beside one with its own")
  func plain() throws {
    let file = read(",bortezomib (nM),,\nselinexor (nM),0,100,1 µM\n0,0,10,20\n10,30,40,50\n1 µM,60,70,80\n")
    let block = try #require(file.blocks.first, "\(file.problems)")
    #expect(block.axes[1].doses == [0, 100, 1000] && block.axes[1].unit.symbol == "nM")
    let labelled = read("Drug1:,a\nDrug2:,b\nConcUnit:,nM\n,0,100,1 uM\n0,0,10,20\n10,30,40,50\n1 uM,60,70,80\n")
    #expect(labelled.blocks.first?.axes.map(\.doses) == [[0, 10, 1000], [0, 100, 1000]], "\(labelled.problems)")
    #expect(labelled.blocks.first?.axes.map(\.unit.symbol) == ["nM", "nM"])
  }

  @Test("doses without a unit, in no order in the unit of the others, are refused")
  func unclear() {
    let file = read("a \\ b,0,10,100,1 µM\n0,0,10,20,30\n1,30,40,50,60\n2,60,70,80,90\n")
    #expect(file.blocks.isEmpty)
    #expect(
      file.problems(.error).contains { $0.message.contains("some have none") && $0.line == 1 }, "\(file.problems)")
    let clear = read("a \\ b,0,0.01,0.1,1 µM\n0,0,10,20,30\n1,30,40,50,60\n2,60,70,80,90\n")
    #expect(clear.blocks.first?.axes[1].doses == [0, 0.01, 0.1, 1], "\(clear.problems)")
    #expect(clear.problems(.warning).contains { $0.message.contains("no unit") })
  }

  @Test("DMSO and the like are the dose 0", arguments: ["DMSO", "untreated", "Vehicle", "0"])
  func vehicle(word: String) {
    for text in [
      "selinexor \\ bortezomib,\(word),5 nM,10 nM\n\(word),0,10,20\n100 nM,30,40,50\n200 nM,60,70,80\n",
      "Drug1:,selinexor\nDrug2:,bortezomib\n,\(word),5,10\n\(word),0,10,20\n100,30,40,50\n200,60,70,80\n",
    ] {
      let file = read(text)
      #expect(file.blocks.first?.axes.map(\.doses) == [[0, 100, 200], [0, 5, 10]], "\(file.problems)")
      #expect(file.blocks.first?.mean == [0, 10, 20, 30, 40, 50, 60, 70, 80])
    }
  }

  @Test("a computed row or column is named and not read as a dose", arguments: ["Mean", "Average", "SD", "Mittelwert"])
  func computed(word: String) {
    for corner in ["selinexor \\ bortezomib", "Drug1:,selinexor\nDrug2:,bortezomib\n"] {
      let file = read(
        "\(corner),0,5,10,\(word)\n0,0,10,20,10\n100,30,40,50,40\n200,60,70,80,70\n\(word),30,40,50,40\n")
      #expect(file.blocks.count == 1 && file.blocks.first?.mean == [0, 10, 20, 30, 40, 50, 60, 70, 80])
      #expect(file.problems(.error).isEmpty)
      let said = file.problems(.info).filter { $0.message.contains("\"\(word)\"") && $0.message.contains("computed") }
      #expect(said.count == 1, "\(file.problems)")
      #expect(!file.problems.contains { $0.severity == .warning && $0.message.contains(word) })
    }
  }

  @Test("boards with DMSO beside one another are two")
  func beside() {
    let board = ["a \\ b,DMSO,5,10", "DMSO,0,10,20", "100,30,40,50", "200,60,70,80"]
    let other = ["a \\ c,DMSO,5,10", "DMSO,0,11,21", "100,31,41,51", "200,61,71,81"]
    let file = read(zip(board, other).map { $0 + ",," + $1 + "\n" }.joined())
    #expect(file.blocks.map { $0.mean.last } == [80, 81], "\(file.problems)")
  }
}
