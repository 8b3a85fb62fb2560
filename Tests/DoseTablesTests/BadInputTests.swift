import Assay
import DoseTables
import Foundation
import ReadingSamples
import Testing

/// A table of the test grid with one row changed: `row` counts from 1, so that it stands on line `row + 1`.
private func table(changing row: Int, _ change: (inout [String]) -> Void) -> String {
  var lines = TestGrid().table().split(separator: "\n").map(String.init)
  var fields = lines[row].components(separatedBy: ",")
  change(&fields)
  lines[row] = fields.joined(separator: ",")
  return lines.joined(separator: "\n") + "\n"
}

/// The rows of the test grid for which the condition on (dose 1, dose 2) holds.
private func table(where keep: (Double, Double) -> Bool) -> String {
  let lines = TestGrid().table().split(separator: "\n")
  let kept = lines.dropFirst().filter { line in
    let fields = line.split(separator: ",")
    return keep(Double(fields[3]) ?? -1, Double(fields[4]) ?? -1)
  }
  return ([lines[0]] + kept).joined(separator: "\n")
}

@Suite struct BadWellTests {
  @Test(arguments: ["NaN", "Inf", "-inf", "N/A", "NA", "", "OVRFLW", "*****", ">9999", "1e999", "12$", "0.5.1", "1,5"])
  func `a response that is no number leaves out its well and names the line`(text: String) throws {
    let file = read(table(changing: 7) { $0[5] = text.contains(",") ? "\"\(text)\"" : text })
    let block = try #require(file.blocks.first)
    #expect(block.wellCount == 15 && block.count[6] == 0 && block.mean[6].isNaN)
    let problem = try #require(file.problems(.warning).first)
    #expect(problem.line == 8 && problem.blockID == "1" && problem.file == "test.csv")
    #expect(problem.message.contains(text.isEmpty ? "(empty)" : "\"\(text)\""))
    #expect(file.problems(.info).contains { $0.message.hasPrefix("1 of 16 cells") })
  }

  @Test(arguments: [("-1", "negative"), ("", "(empty)"), ("ten", "\"ten\""), ("NA", "\"NA\""), ("1e999", "\"1e999\"")])
  func `a dose that is no dose leaves out its well and names line and drug`(text: String, words: String) throws {
    let file = read(table(changing: 7) { $0[3] = text })
    #expect(file.blocks.first?.wellCount == 15)
    let problem = try #require(file.problems(.warning).first)
    #expect(problem.line == 8 && problem.message.contains(words) && problem.message.contains("selinexor"))
  }

  @Test func `a block of which most wells are unreadable is refused, and the rows are summarised`() {
    let text = TestGrid().table { $0 > 20 ? "OVRFLW" : "\($0)" }
    let file = read(text, .inhibition)
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).first?.message.hasPrefix("13 of 16 wells could not be read") == true)
    #expect(file.problems(.warning).count == 6)
    #expect(
      file.problems(.warning).last?.message.hasPrefix("8 more wells without a readable response (lines 10 to 17)")
        == true)
  }

  @Test func `a bad block leaves the others as they are`() throws {
    let good = TestGrid()
    let file = read(
      good.table() + good.table(block: "2", header: false) { $0 > 20 ? "NA" : "\($0)" }
        + good.table(block: "3", header: false))
    #expect(file.blocks.map(\.id) == ["1", "3"])
    #expect(file.blocks.allSatisfy { good.equals($0) })
    #expect(file.problems(.error).map(\.blockID) == ["2"])
  }

  @Test func `an unquoted comma in a name leaves out the row`() throws {
    let file = read(table(changing: 7) { $0[1] = "5,6-dimethyl" })
    let problem = try #require(file.problems(.warning).first)
    #expect(problem.line == 8 && problem.message.contains("9 fields where the header has 8"))
  }

  @Test func `a last line that was cut off is left out and named`() throws {
    let text = TestGrid().table()
    let cut = String(text.dropLast(1 + "85.0,nM,OCUBM".count))
    let file = read(cut)
    #expect(file.blocks.first?.wellCount == 15)
    let problem = try #require(file.problems(.warning).first)
    #expect(problem.line == 17 && problem.message.contains("not a number"))
    let shorter = read(String(cut.dropLast(5)))
    #expect(shorter.problems(.warning).first?.message.contains("the file was cut off") == true)
  }

  @Test func `a file cut off within its last number is doubted where its block is not whole`() throws {
    let grid = TestGrid()
    let (text, again) = (grid.table(), grid.table(header: false, value: { "\($0 + 0.75)" }))
    // Replicates to half of a second series, within the digits of a response in the last column.
    let columns = "block_id,drug1,drug2,conc1,conc2,conc_unit,response\n"
    let rows = [text, again].flatMap { $0.split(separator: "\n").filter { $0.hasPrefix("1,") } }.map { row in
      let fields = row.split(separator: ",")
      return (fields[0...4] + ["nM", fields[5]]).joined(separator: ",")
    }
    let half = columns + rows.prefix(26).joined(separator: "\n")
    let doubts = read(String(half.dropLast())).problems(.warning)
    let line = try #require(doubts.first { $0.message.contains("ends here without a line end") })
    #expect(line.line == 27 && line.blockID == "1" && doubts.count == 1)
    #expect(read(half + "\n").problems(.warning).isEmpty)
    // A whole block without a line end is as good as one with it.
    #expect(read(columns + rows.joined(separator: "\n")).problems(.warning).isEmpty)
  }

  @Test func `a row without a drug name is left out`() throws {
    let file = read(table(changing: 7) { $0[2] = "" })
    let problem = try #require(file.problems(.warning).first)
    #expect(problem.line == 8 && problem.message.contains("no drug name in column \"drug2\""))
    #expect(file.blocks.first?.wellCount == 15)
  }

  @Test func `a quote that is never closed is told`() {
    let file = read(
      TestGrid().table() + "1,\"selinexor,bortezomib,0,0,1,nM,OCUBM\n1,selinexor,bortezomib,0,0,1,nM,OCUBM\n")
    #expect(file.blocks.count == 1)
    #expect(file.problems(.warning).contains { $0.line == 18 && $0.message.contains("never closed") })
  }
}

@Suite struct BadBlockTests {
  @Test func `a block without an untreated control is kept and doubted`() {
    let file = read(table { $0 + $1 > 0 }.replacingOccurrences(of: "response", with: "inhibition"))
    #expect(file.blocks.first?.wellCount == 15)
    #expect(file.problems(.warning).map(\.message).first?.hasPrefix("no untreated control") == true)
  }

  @Test(arguments: [(true, "selinexor"), (false, "bortezomib")])
  func `a block without one drug's single-drug wells is refused and names that drug`(first: Bool, drug: String) {
    let file = read(table { one, two in first ? one == 0 || two > 0 : two == 0 || one > 0 })
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).first?.message.hasPrefix("no well holds \(drug) alone (") == true)
  }

  @Test func `a dose off the grid is doubted with the dose that was probably meant`() throws {
    let typo = read(table(changing: 11) { $0[3] = "19" })  // was (10, 5)
    #expect(typo.blocks.first?.shape == [5, 4])
    let problem = try #require(typo.problems(.warning).first)
    #expect(problem.line == 12)
    #expect(
      problem.message.hasPrefix("dose 19 nM of selinexor has 1 well in a grid")
        && problem.message.contains("error for 10?"))
  }

  @Test func `single-drug wells at doses of their own are a design, not a typing error`() {
    let file = read(
      TestGrid().table() + "1,selinexor,bortezomib,30,0,40,nM,OCUBM\n1,selinexor,bortezomib,300,0,44,nM,OCUBM\n")
    #expect(file.blocks.first?.shape == [6, 4])
    #expect(file.problems(.warning).isEmpty)
  }

  @Test func `copied wells are kept as replicates and doubted once`() throws {
    let grid = TestGrid()
    let file = read(grid.table() + grid.table(header: false))
    #expect(file.blocks.first?.count == [Int](repeating: 2, count: 16))
    #expect(file.problems(.warning).count == 1)
    #expect(
      file.problems(.warning).first?.message.hasPrefix(
        "16 of 16 cells hold the same value more than once (1 on lines 2, 18)") == true)
  }

  @Test func `a cell with more wells than the rest is kept and doubted with its values`() throws {
    let file = read(TestGrid().table() + "1,selinexor,bortezomib,10,5,12,nM,OCUBM\n")
    #expect(file.blocks.first?.wellCount == 17)
    let problem = try #require(file.problems(.warning).first)
    #expect(
      problem.message.hasPrefix("2 wells at selinexor 10, bortezomib 5, elsewhere 1 (57.125, 12 on lines 12, 18)"))
  }

  @Test func `several control wells are a design`() {
    let file = read(
      TestGrid().table() + "1,selinexor,bortezomib,0,0,2,nM,OCUBM\n1,selinexor,bortezomib,0,0,-1,nM,OCUBM\n")
    #expect(file.blocks.first?.count[0] == 3 && file.problems.isEmpty)
  }

  @Test func `a 2 × 2 block is kept`() {
    let file = read(table { $0 <= 1 && $1 <= 0.5 })
    #expect(file.blocks.map(\.shape) == [[2, 2]] && file.problems(.error).isEmpty)
  }

  @Test(arguments: [true, false])
  func `a grid of one dose of a drug has no combination or no reference and is refused`(zero: Bool) {
    let file = read(table { one, _ in zero ? one == 0 : one == 10 }, .inhibition)
    #expect(file.blocks.isEmpty && file.problems(.error).count == 1)
    #expect(file.problems(.error).first?.message.contains(zero ? "a 1 × 4 grid" : "alone") == true)
  }

  @Test(arguments: [0.0, 50])
  func `a constant block is kept and noted`(value: Double) {
    let file = read(TestGrid().table { _ in "\(value)" }, .inhibition)
    #expect(file.blocks.count == 1)
    #expect(file.problems(.info).first?.message.hasPrefix("every response is \(Int(value))") == true)
  }

  @Test func `responses far outside are kept as they are and doubted once`() throws {
    let file = read(TestGrid().table { $0 > 60 ? "300" : $0 > 50 ? "-310" : "\($0)" })
    let block = try #require(file.blocks.first)
    #expect(block.mean.max() == 300 && block.mean.min() == -310)
    #expect(file.problems(.warning).count == 1)
    #expect(
      file.problems(.warning).first?.message.contains("outside -150…150 % inhibition (the farthest: -310)") == true)
  }

  @Test func `a drug combined with itself is noted`() {
    var grid = TestGrid()
    grid.drug2 = "Selinexor"
    let file = read(grid.table())
    #expect(file.blocks.count == 1)
    #expect(file.problems(.info).first?.message.contains("combined with itself") == true)
  }

  @Test func `two pairs under one block id become two blocks and nothing is lost`() throws {
    var other = TestGrid()
    other.drug2 = "venetoclax"
    let file = read(TestGrid().table() + other.table(header: false), prefix: "f1:")
    #expect(file.blocks.map(\.id) == ["f1:1/a", "f1:1/b"])
    #expect(file.blocks.map(\.wellCount) == [16, 16] && other.equals(file.blocks.last))
    #expect(file.problems(.warning).first?.message.contains("hold several drug pairs") == true)
  }

  @Test func `two samples under one block id become two blocks, noted`() throws {
    var other = TestGrid()
    other.sample = "HL-60"
    let file = read(TestGrid().table() + other.table(header: false))
    #expect(file.blocks.map(\.id) == ["1/a", "1/b"] && file.blocks.map(\.sample) == ["OCUBM", "HL-60"])
    #expect(file.problems.map(\.severity) == [.info])
  }

  @Test func `without a block column the rows are grouped by drugs and sample`() {
    var other = TestGrid()
    other.sample = "HL-60"
    let text = (TestGrid().table() + other.table(header: false)).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst().joined(separator: ",")
    }
    let file = read(text.joined(separator: "\n"))
    #expect(file.blocks.map(\.id) == ["1", "2"] && file.blocks.map(\.sample) == ["OCUBM", "HL-60"])
    #expect(file.problems.map(\.severity) == [.info])
  }

  @Test func `wells that are no grid are refused`() {
    var grid = TestGrid()
    grid.doses1 = [0] + (0..<1000).map { pow(1.02, Double($0)) }
    grid.doses2 = [0]
    grid.responses = grid.doses1.indices.map { Double($0) / 20 }
    var other = grid
    swap(&other.doses1, &other.doses2)
    other.doses2 = [0] + (0..<1000).map { pow(1.02, Double($0)) / 7 }
    let file = read(grid.table() + other.table(header: false))
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).first?.message.contains("not a dose matrix") == true)
  }
}

@Suite struct UnitTests {
  @Test func `molar units within a block are converted to the first one met and noted`() throws {
    let text = TestGrid().table().split(separator: "\n").map { line -> String in
      line.contains(",100.0,")
        ? line.replacingOccurrences(of: ",100.0,", with: ",0.1,").replacingOccurrences(of: ",nM,", with: ",uM,")
        : String(line)
    }.joined(separator: "\n")
    let file = read(text.replacingOccurrences(of: "conc_unit", with: "conc_r_unit"))
    let block = try #require(file.blocks.first)
    #expect(TestGrid().equals(block))
    #expect(
      file.problems(.info).contains {
        $0.message.contains("doses of selinexor in uM were converted to nM") && $0.line == 14
      })
  }

  @Test func `converted doses that differ by rounding only are one dose`() throws {
    var text = "drug1,drug2,conc1,conc2,conc_unit1,conc_unit2,response\n"
    for (one, unit) in [("0", "uM"), ("0.1", "uM"), ("100", "nM"), ("0.3", "uM"), ("300", "nM")] {
      for two in ["0", "5"] { text += "a,b,\(one),\(two),\(unit),nM,\(Double(one) == 0 ? 0 : 20)\n" }
    }
    #expect(read(text).blocks.first?.axes[0].doses.count == 3)
  }

  @Test func `a molar unit beside one that is not refuses the block`() {
    let file = read(TestGrid().table().replacingOccurrences(of: ",85.0,nM", with: ",85.0,mg/mL"))
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).first?.line == 17)
    #expect(file.problems(.error).first?.message.contains("\"nM\" and in \"mg/mL\"") == true)
  }

  @Test func `a missing unit is noted once a file`() {
    let grid = TestGrid()
    let file = read(grid.table(unit: "") + grid.table(block: "2", unit: "", header: false))
    #expect(file.blocks.count == 2 && file.blocks.first?.axes[0].unit == .unstated)
    #expect(file.problems.map(\.severity) == [.info])
    #expect(file.problems.first?.message.hasPrefix("no concentration unit is stated") == true)
  }

  @Test func `drugs may have different units`() {
    let file = read(
      "drug_row,drug_col,conc_r,conc_c,conc_r_unit,conc_c_unit,inhibition\na,b,0,0,nM,mg/mL,0\na,b,1,0,nM,mg/mL,20\na,b,0,1,nM,mg/mL,20\na,b,1,1,nM,mg/mL,40\n"
    )
    #expect(file.blocks.first?.axes.map(\.unit.symbol) == ["nM", "mg/mL"])
  }
}
