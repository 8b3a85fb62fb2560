import Assay
import Foundation
import DoseTables
import Plates
import ReferenceData
import Testing

/// Tables as labs write them by habit: percent signs, boards beside one another, drugs in one column, names once.
@Suite("Tables as labs write them by habit")
struct LabHabitTests {
  private func read(_ text: String, _ columns: String = "") -> ScreenFile {
    var options = ReadingOptions()
    options.columns = ColumnChoices(rawValue: columns) ?? ColumnChoices()
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
  }

  private func drugs(_ file: ScreenFile) -> [[String]] { file.blocks.map { $0.axes.map(\.drug) } }

  /// Four wells of viability 100, 80, 70 and 50, less a shift where there is a drug.
  private let wells = [("0", "0", 100), ("0", "1", 80), ("1", "0", 70), ("1", "1", 50)]

  // MARK: Conditions

  @Test(
    "values that are one however they are written are one condition",
    arguments: [("72", "72.0"), ("\"D1 \"", "D1"), ("48", "48.00")])
  func equalConditions(one: String, other: String) {
    var text = "conc1,conc2,viability,time\n"
    for (time, shift) in [(one, 0), (other, 2)] {
      for (a, b, value) in wells { text += "\(a),\(b),\(value - shift),\(time)\n" }
    }
    let file = read(text)
    #expect(file.blocks.map(\.wellCount) == [8])
    #expect(file.blocks.first?.mean == [1, 21, 31, 51])
    // And what differs stays apart.
    #expect(read(text.replacing(",\(other)\n", with: ",73\n")).blocks.map(\.wellCount) == [4, 4])
  }

  @Test("doses that differ by rounding are one where conditions are sought")
  func noisyDoses() {
    var text = "conc1,conc2,viability,donor\n"
    for (a, b, value) in [
      ("0", "1", 80), ("1", "0", 70), ("1", "1", 50), ("0", "2", 60), ("2", "0", 55), ("2", "2", 20),
    ] {
      text += "\(a),\(b),\(value),D1\n"
      let noisy = { (dose: String) in dose == "0" ? "0" : dose + ".00000000001" }
      text += "\(noisy(a)),\(noisy(b)),\(value - 10),D2\n"
    }
    let file = read(text)
    #expect(file.blocks.map(\.sample) == ["donor D1", "donor D2"])
    #expect(file.blocks.map { $0.mean.last } == [80, 90])
  }

  // MARK: Times across

  private let rows = "0,100,90,80,70\n0.5,90,80,70,60\n1,80,70,60,40\n"

  @Test(
    "a matrix of doses and times is refused as one",
    arguments: [
      "Time (h),0,24,48,72\n", ",0h,24h,48h,72h\n", ",0,24,48,72\n", "selinexor,,Time [h],,\n,0,2,4,8\n",
      "Time course of selinexor\n,0,2,4,8\n", "Drug1:,selinexor\nDrug2:,Time (h)\nCell:,X\n,0,2,4,8\n",
    ])
  func times(header: String) {
    let file = read(header + rows)
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).contains { $0.message.contains("times, and not doses") }, "\(file.problems)")
  }

  @Test("doses like hours are doubted where the drugs are named, and doses are doses")
  func hoursOfDays() {
    let named = read("selinexor \\ bortezomib,0,24,48,72\n" + rows)
    #expect(named.blocks.count == 1)
    #expect(named.problems(.warning).contains { $0.message.contains("look like hours of whole days") })
    for header in [",0,2,4,8\n", ",0,25,50,100\n", "MM1S 72 h\n,0,2,4,8\n"] {
      #expect(read(header + rows).blocks.count == 1, "\(header)")
    }
    let down = read(",0,1,2,3\n0,100,90,80,70\n24,90,80,70,60\n48,80,70,60,40\n")
    #expect(down.blocks.isEmpty && down.problems(.error).contains { $0.message.contains("times, and not doses") })
  }

  // MARK: Beside one another

  @Test(
    "two boards beside one another are two blocks",
    arguments: [
      (
        ["s \\ b,0,1,2", "0,100,90,80", "1,70,60,50"], ["s \\ c,0,1,2", "0,100,91,81", "1,71,61,41"],
        [["s", "b"], ["s", "c"]]
      ),
      (
        [",0,1,2", "0,100,90,80", "1,70,60,50"], [",0,1,2", "0,100,91,81", "1,71,61,41"],
        [["drug 1", "drug 2"], ["drug 1", "drug 2"]]
      ),
      (
        ["Drug1:,s,,", "Drug2:,b,,", "Cell:,X,,", ",0,1,2", "0,100,90,80", "1,70,60,50"],
        ["Drug1:,s", "Drug2:,c", "Cell:,Y", ",0,1,2", "0,100,91,81", "1,71,61,41"], [["s", "b"], ["s", "c"]]
      ),
    ])
  func boards(left: [String], right: [String], names: [[String]]) {
    let file = read(zip(left, right).map { $0 + ",," + $1 }.joined(separator: "\n") + "\n")
    #expect(drugs(file) == names, "\(file.problems)")
    #expect(file.blocks.map { $0.mean.last } == [50, 59])
    #expect(Set(file.blocks.map(\.id)).count == 2)
    #expect(file.problems(.info).contains { $0.message.contains("stand beside one another") })
  }

  @Test("boards beside one another without a column between them are two blocks")
  func boardsAtOnce() {
    let file = read("s \\ b,0,1,2,s \\ c,0,1,2\n0,100,90,80,0,100,91,81\n1,70,60,50,1,71,61,41\n")
    #expect(drugs(file) == [["s", "b"], ["s", "c"]])
    #expect(file.blocks.map { $0.mean.last } == [50, 59])
  }

  @Test("deviations beside means are no block", arguments: ["SD", ""])
  func deviations(title: String) {
    let file = read("Mean,,,,,\(title),,,\n,0,1,2,,,0,1,2\n0,100,90,80,,0,3,2,1\n1,70,60,50,,1,2,3,4\n")
    if title.isEmpty {
      #expect(file.blocks.isEmpty)
      #expect(file.problems(.error).contains { $0.message.contains("means and deviations?") })
    } else {
      #expect(file.blocks.map { $0.mean.last } == [50])
    }
  }

  @Test("two tables beside one another are not pooled", arguments: ["", ","])
  func tables(between: String) {
    let header = "drug1,drug2,conc1,conc2,viability"
    var text = header + "," + between + header + "\n"
    for (a, b, value) in wells {
      text += "s,b,\(a),\(b),\(value),\(between)s,c,\(a),\(b),\(value == 100 ? 100 : value - 7)\n"
    }
    let file = read(text)
    #expect(drugs(file) == [["s", "b"], ["s", "c"]])
    #expect(file.blocks.map(\.wellCount) == [4, 4] && file.blocks.map { $0.mean.last } == [50, 57])
  }

  // MARK: Percent signs and errors

  @Test(
    "a percent sign and an error behind a response are no part of it",
    arguments: ["%", " %", " ± 2", "±2", " +/- 2.5", " (2)", "% ± 2%", " ± 2 %", " (± 2)"])
  func marks(mark: String) {
    let table = read("conc1,conc2,viability\n" + wells.map { "\($0),\($1),\($2)\(mark)\n" }.joined())
    let board = read("s \\ b,0,1\n0,100\(mark),80\(mark)\n1,70\(mark),50\(mark)\n")
    for file in [table, board] {
      #expect(file.blocks.first?.mean == [0, 20, 30, 50], "\(file.problems)")
      let isError = mark.contains("2")
      #expect(file.problems.contains { $0.message.contains("4 responses have an error behind them") } == isError)
    }
  }

  @Test("percents with a decimal comma are read; small ones are percents and no fractions; a mixture is doubted")
  func percents() {
    let comma = read("conc1;conc2;viability\n0;0;100,0 %\n0;1;80,5 %\n1;0;70,0 %\n1;1;50,25 %\n")
    #expect(comma.blocks.first?.mean == [0, 19.5, 30, 49.75])
    let small = read("conc1,conc2,inhibition\n0,0,0%\n0,1,0.5%\n1,0,1%\n1,1,2%\n")
    #expect(small.blocks.first?.mean == [0, 0.5, 1, 2])
    let mixed = read("conc1,conc2,viability\n0,0,100%\n0,1,80\n1,0,70\n1,1,50\n")
    #expect(mixed.problems(.warning).contains { $0.message.contains("1 response is written with a percent sign") })
    let fractions = read("conc1,conc2,viability\n0,0,100%\n0,1,0.8\n1,0,0.7\n1,1,0.5\n0,2,0.6\n2,0,0.6\n2,2,0.1\n")
    #expect(fractions.blocks.isEmpty || fractions.response == "viability, %")
    let cell = read("conc1,conc2,viability\n0,0,1\n0,1,0.8\n1,0,0.7\n1,1,0.5\n2,2,1%\n")
    #expect(
      cell.blocks.isEmpty && cell.problems(.error).contains { $0.message.contains("written with a percent sign") })
    for text in ["91 (a)", "(91)", "91 ± ", "± 2", "91 2", "%"] {
      let file = read("conc1,conc2,viability\n0,0,100\n0,1,80\n1,0,70\n1,1,50\n1,1,\(text)\n")
      #expect(file.problems(.warning).contains { $0.line == 6 && $0.message.contains("is not a number") }, "\(text)")
    }
  }

  // MARK: Shapes of other screens

  private let almanac =
    "COMBODRUGSEQ,SCREENER,STUDY,TESTDATE,PLATE,PANELNBR,CELLNBR,PREFIX1,NSC1,SAMPLE1,CONCINDEX1,CONC1,CONCUNIT1,PREFIX2,NSC2,"
    + "SAMPLE2,CONCINDEX2,CONC2,CONCUNIT2,PERCENTGROWTH,PERCENTGROWTHNOTZ,TESTVALUE,CONTROLVALUE,TZVALUE,EXPECTEDGROWTH,SCORE,"
    + "VALID,PANEL,CELLNAME\n"

  @Test(
    "NCI-ALMANAC's file: NSC numbers are drugs, growth in percent of the untreated is the response",
    arguments: ["", "-9999"])
  func almanac(absent: String) {
    var text = almanac
    var number = 0
    for (cell, shift) in [("786-0", 0), ("A498", 10)] {
      func row(_ one: String, _ other: String, _ growth: Int, _ expected: String) {
        number += 1
        text +=
          "\(number),1A,CB1,05/13/2012,\(number % 2)_P,9,18,\(one),\(other),\(growth * 2 - 100),\(growth),\(growth * 10),1000,500,"
        text += "\(expected),Y,Renal Cancer,\(cell)\n"
      }
      row("S,740,67,1,1E-06,M", ",\(absent),,0,,", 60 - shift, ",")
      row("S,740,67,2,2E-06,M", ",\(absent),,0,,", 40 - shift, ",")
      row("S,3088,1,1,1E-08,M", ",\(absent),,0,,", 70, ",")
      row("S,740,67,1,1E-06,M", "S,3088,1,1,1E-08,M", 30, "42,12")
      row("S,740,67,2,2E-06,M", "S,3088,1,1,1E-08,M", 20, "28,8")
    }
    let file = read(text)
    #expect(file.format == "NCI-ALMANAC table")
    #expect(drugs(file) == [["NSC 740", "NSC 3088"], ["NSC 740", "NSC 3088"]])
    #expect(file.blocks.map(\.sample) == ["786-0", "A498"])
    // 100 less the growth in percent of the untreated.
    #expect(file.blocks.map { $0.response(at: 1e-6, 0) } == [40, 50])
    #expect(file.blocks.map { $0.response(at: 0, 1e-8) } == [30, 30])
    #expect(file.blocks.map { $0.response(at: 2e-6, 1e-8) } == [80, 80])
    #expect(file.blocks.first?.axes.map(\.unit.symbol) == ["M", "M"])
    #expect(file.problems(.info).contains { $0.message.contains("PERCENTGROWTH") && $0.message.contains("time zero") })
  }
}
