import Assay
import DoseTables
import Foundation
import Plates
import ReadingSamples
import Testing

/// What a sceptic with small files and a newcomer with public ones found to be wrong without a word, or refused.
@Suite("Files that were read wrongly, fourth look")
struct FourthReviewTests {
  private func read(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) -> ScreenFile {
    var options = ReadingOptions()
    change(&options)
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options, otherKinds: .plates)
  }

  private func messages(_ file: ScreenFile, _ severity: InputProblem.Severity = .warning) -> [String] {
    file.problems.filter { $0.severity == severity }.map(\.message)
  }

  /// Rows of one value of a condition: 100 untreated, less by 10 for each step of a dose.
  private func rows(_ first: [Double], _ second: [Double], _ value: String, hasControl: Bool = true, less: Int = 10)
    -> String
  {
    var text = ""
    for (row, one) in first.enumerated() {
      for (column, two) in second.enumerated() where hasControl || one + two > 0 {
        text += "selinexor,bortezomib,\(one),\(two),uM,nM,\(100 - less * (row + column)),\(value)\n"
      }
    }
    return text
  }

  private let head = "drug1,drug2,conc1,conc2,unit1,unit2,viability,"

  @Test(
    "values of a column with grids of doses of their own are conditions, though no dose pair stands with two of them")
  func ownGrids() {
    let text =
      head + "background\n" + rows([0, 0.1, 0.5], [0, 1, 3], "MM1S")
      + rows([0, 0.2, 1], [0, 2, 6], "H929", hasControl: false, less: 20)
    let file = read(text)
    #expect(file.blocks.map(\.sample) == ["background MM1S", "background H929"])
    #expect(file.blocks.map { $0.axes[0].doses } == [[0, 0.1, 0.5], [0, 0.2, 1]])
    // The untreated well states MM1S, and H929 has none.
    #expect(file.blocks.map(\.control) == [0, nil])
  }

  @Test("doses of one drug that lie between those of another value are of another combination")
  func interleaved() {
    let singles =
      "selinexor,bortezomib,0,0,uM,nM,100,\nselinexor,bortezomib,0.1,0,uM,nM,90,\nselinexor,bortezomib,0.5,0,uM,nM,80,\n"
    let text =
      head + "batch\n" + singles
      + rows([0, 0.1, 0.5], [1, 10], "first") + rows([0, 0.1, 0.5], [3, 30], "second")
    let file = read(text)
    #expect(file.blocks.map(\.sample) == ["batch first", "batch second"])
    #expect(file.blocks.map { $0.axes[1].doses } == [[0, 1, 10], [0, 3, 30]])
  }

  @Test("parts of one grid, and mixtures in fixed ratios, are one combination")
  func parts() {
    let halves = read(
      head + "half\n" + rows([0, 0.1, 0.5], [0, 1, 3], "left") + rows([0, 0.1, 0.5], [10, 30], "right"))
    #expect(halves.blocks.map(\.cellCount) == [15])
    var rays = head + "ratio\n" + rows([0, 1, 2, 4], [0], "") + rows([0], [1, 2, 4, 8], "")
    for (ratio, share) in [("1:1", 1.0), ("1:2", 2)] {
      for dose in [1.0, 2, 4] { rays += "selinexor,bortezomib,\(dose),\(share * dose),uM,nM,50,\(ratio)\n" }
    }
    #expect(read(rays).blocks.count == 1)
  }

  @Test(
    "killed cells and wells without cells are no untreated wells",
    arguments: [("role", "pos"), ("content", "Positive control"), ("remark", "blank"), ("well type", "no cells")])
  func otherControls(column: String, word: String) {
    var text = head + column + "\n" + rows([0, 0.1, 0.5], [0, 1, 3], "sample")
    for _ in 0..<3 { text += "selinexor,bortezomib,0,0,uM,nM,2,\(word)\n" }
    let file = read(text)
    #expect(file.blocks.map { $0.count[0] } == [1])
    #expect(file.blocks.map { $0.mean[0] } == [0])
    #expect(
      messages(file).contains {
        $0.contains("3 wells without a drug") && $0.contains("\"\(word)\"") && $0.contains(column)
      })
  }

  @Test(
    "two kinds of wells without a drug that are far from one another are refused, and two that are near are one control"
  )
  func twoControls() {
    func table(_ low: Double) -> String {
      var text = head + "role\n" + rows([0, 0.1, 0.5], [0, 1, 3], "sample", hasControl: false)
      for value in [100.0, 98] { text += "selinexor,bortezomib,0,0,uM,nM,\(value),CTRL1\n" }
      for value in [low, low + 1] { text += "selinexor,bortezomib,0,0,uM,nM,\(value),CTRL2\n" }
      return text
    }
    let far = read(table(3)) { $0.response = .viability }
    #expect(far.blocks.isEmpty)
    #expect(messages(far, .error).contains { $0.contains("\"CTRL1\" (median 99)") && $0.contains("\"CTRL2\" (3.5)") })
    #expect(read(table(96)).blocks.map { $0.count[0] } == [4])
  }

  @Test("an identifier that names samples tells them apart, and one that numbers wells does not")
  func identifiers() {
    let named = read(
      head + "ID\n" + rows([0, 0.1, 0.5], [0, 1, 3], "MM1S") + rows([0, 0.1, 0.5], [0, 1, 3], "H929", less: 20))
    #expect(named.blocks.map(\.sample) == ["ID MM1S", "ID H929"])
    for ids in [["1", "2"], ["rep1", "rep2"], ["A", "B"]] {
      let numbered = read(
        head + "ID\n" + rows([0, 0.1, 0.5], [0, 1, 3], ids[0]) + rows([0, 0.1, 0.5], [0, 1, 3], ids[1], less: 20))
      #expect(numbered.blocks.map { $0.count[4] } == [2], "\(ids)")
    }
  }

  @Test("raw signals side by side are divided by the untreated wells of their own column")
  func signalLevels() {
    var text = "drug1,drug2,conc1,conc2,unit1,unit2,RLU.1,RLU.2\n"
    for (row, one) in [0, 0.1, 0.5].enumerated() {
      for (column, two) in [0.0, 1, 3].enumerated() {
        let share = 100 - 10 * (row + column)
        text += "selinexor,bortezomib,\(one),\(two),uM,nM,\(share * 100),\(share * 10)\n"
      }
    }
    for file in [read(text), read(text.replacing("selinexor,bortezomib,0.0,0.0", with: "DMSO,DMSO,0,0"))] {
      let block = file.blocks.first
      #expect(block?.count == [Int](repeating: 2, count: 9))
      // 10, 20, 30 and 40 % of inhibition in both columns: no spread.
      #expect(block?.mean.map { ($0 * 1e9).rounded() / 1e9 } == [0, 10, 20, 10, 20, 30, 20, 30, 40])
    }
  }

  @Test("a signal that rises with the doses is no living cells', unless a person says so")
  func risingSignal() {
    var text = "drug1,drug2,conc1,conc2,unit1,unit2,RFU\n"
    for (row, one) in [0, 0.1, 0.5].enumerated() {
      for (column, two) in [0.0, 1, 3].enumerated() {
        text += "selinexor,bortezomib,\(one),\(two),uM,nM,\(200 + 150 * (row + column))\n"
      }
    }
    let file = read(text)
    #expect(file.blocks.isEmpty)
    // Both drugs high: 800 over the 200 of the untreated wells (the middle of the doses: 0.22 and 1.7).
    #expect(messages(file, .error).contains { $0.contains("400 % of that of the untreated wells") })
    let said = read(text) { $0.response = .signal }
    #expect(said.blocks.count == 1 && messages(said).contains { $0.contains("rises") })
  }

  @Test("a viability without untreated wells that rises with the doses is asked about")
  func againstItsName() {
    var text = "drug1,drug2,conc1,conc2,unit1,unit2,viability\n"
    for (row, one) in [0.1, 0.5, 2].enumerated() {
      for (column, two) in [1.0, 3, 10].enumerated() {
        text += "selinexor,bortezomib,\(one),\(two),uM,nM,\(10 + 20 * (row + column))\n"
      }
    }
    let file = read(text)
    #expect(file.blocks.isEmpty)
    #expect(messages(file, .error).contains { $0.contains("the values go from") && $0.contains("--response") })
  }

  @Test("Prism's means, deviations and numbers of wells are no replicates")
  func prism() {
    func table(_ cell: (Int, Int) -> String) -> String {
      var text = "Selinexor (nM),Venetoclax 0 nM,,,Venetoclax 10 nM,,,Venetoclax 100 nM,,\n"
      for (row, dose) in [0, 10, 100, 1000].enumerated() {
        text += "\(dose)," + (0..<3).map { cell(row, $0) }.joined(separator: ",") + "\n"
      }
      return text
    }
    let computed = read(table { "\(100 - 15 * ($0 + $1)),\(2 + $0),3" })
    #expect(computed.blocks.isEmpty)
    #expect(messages(computed, .error).contains { $0.contains("line 1") && $0.contains("no replicates") })
    let replicates = read(table { "\(100 - 15 * ($0 + $1)),\(98 - 15 * ($0 + $1)),\(103 - 15 * ($0 + $1))" })
    #expect(replicates.blocks.map { $0.count[0] } == [3])
  }

  @Test("a row that was computed of others is no untreated well", arguments: ["Mean", "average", "SD", "Total"])
  func summaries(word: String) {
    let text =
      "drug1,drug2,conc1,conc2,unit1,unit2,note,viability\n"
      + rows([0, 0.1, 0.5], [0, 1, 3], "").replacing(/,(\d+),\n/) { ",,\($0.output.1)\n" }
      + ",,,,,,\(word),60\n"
    let file = read(text)
    #expect(file.blocks.map { $0.count[0] } == [1])
    #expect(messages(file).contains { $0.hasPrefix("line 11: \"\(word)\"") })
    // Untreated cells may lack names and doses.
    let untreated = read(text.replacing(",,,,,,\(word),60", with: ",,0,0,,,,96"))
    #expect(untreated.blocks.map { $0.count[0] } == [2])
  }

  @Test("a matrix's units may stand beside one another")
  func twoUnits() {
    let file = read(
      "Drug1:,selinexor\nDrug2:,bortezomib\nCell:,MM1S\nConcUnit:,uM,nM\n,0,1,3\n0,0,12,35\n0.1,8,23,46\n")
    #expect(file.blocks.map { $0.axes.map(\.unit.symbol) } == [["uM", "nM"]])
  }

  @Test("an anchor and a drug of a library are names, and a bracket is no part of one")
  func names() {
    let anchored = read(
      "Anchor,Library,anchor_conc,library_conc,viability\na,b,0,0,100\na,b,1,0,80\na,b,0,1,70\na,b,1,1,50\n")
    #expect(anchored.blocks.map { $0.axes.map(\.drug) } == [["a", "b"]])
    let bracketed = read(
      "[selinexor] (uM),[bortezomib] (nM),viability\n0,0,100\n1,0,80\n0,1,70\n1,1,50\n")
    #expect(bracketed.blocks.map { $0.axes.map(\.drug) } == [["selinexor", "bortezomib"]])
  }
}
