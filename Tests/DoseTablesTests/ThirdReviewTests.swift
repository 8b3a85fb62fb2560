import Assay
import DoseTables
import Foundation
import Plates
import ReadingSamples
import Testing

/// What a sceptic with small files and a newcomer with public ones found to be wrong without a word, or refused.
@Suite("Files that were read wrongly, third look")
struct ThirdReviewTests {
  private func read(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) -> ScreenFile {
    var options = ReadingOptions()
    change(&options)
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options, otherKinds: .plates)
  }

  /// Doses of selinexor and bortezomib with their inhibitions.
  private static let wells: [(Double, Double, Double)] = [
    (0, 0, 0), (0, 1, 12), (0, 3, 35), (0.1, 0, 8), (0.1, 1, 23), (0.1, 3, 46), (0.5, 0, 21), (0.5, 1, 38),
    (0.5, 3, 62),
  ]

  /// A long table; each well once for each value of a further column, all more by 2 for each value.
  private func table(_ column: String, _ values: [String], where isUsed: (Double, Double) -> Bool = { _, _ in true })
    -> String
  {
    var text = "drug1,drug2,conc1,conc2,unit1,unit2,inhibition,\(column)\n"
    for (one, two, response) in Self.wells {
      for (place, value) in values.enumerated() where place == 0 || isUsed(one, two) {
        text += "selinexor,bortezomib,\(one),\(two),uM,nM,\(response + 2 * Double(place)),\(value)\n"
      }
    }
    return text
  }

  private func messages(_ file: ScreenFile, _ severity: InputProblem.Severity = .warning) -> [String] {
    file.problems.filter { $0.severity == severity }.map(\.message)
  }

  @Test(
    "an empty field beside one value at each dose pair is a condition of its own",
    arguments: ["time", "siRNA", "donor", "pretreatment"])
  func emptyAndValue(column: String) {
    let file = read(table(column, ["", "72"]))
    #expect(file.blocks.map(\.sample) == ["\(column) empty", "\(column) 72"])
    #expect(file.blocks.map { $0.mean[4] } == [23, 25])
    #expect(messages(file).contains { $0.contains("\"\(column)\"") && $0.contains("\"72\", \"\"") })
  }

  @Test("a remark at some wells is none, and what the single drugs leave open is of every condition")
  func openFields() {
    let remarks = read(table("comment", ["", "repeated"]))
    #expect(remarks.blocks.map { $0.count[4] } == [2])
    // The single drugs state no time, or say that there is none.
    for nothing in ["", "NA", "-"] {
      var text = "drug1,drug2,conc1,conc2,unit1,unit2,inhibition,time\n"
      for (one, two, response) in Self.wells {
        for (time, more) in one * two > 0 ? [("24", 0.0), ("72", 2)] : [(nothing, 0)] {
          text += "selinexor,bortezomib,\(one),\(two),uM,nM,\(response + more),\(time)\n"
        }
      }
      let file = read(text)
      #expect(file.blocks.map(\.sample) == ["time 24", "time 72"], "\(nothing)")
      #expect(file.blocks.map { $0.mean[4] } == [23, 25] && file.blocks.allSatisfy { Set($0.count) == [1] })
    }
  }

  @Test("drugs alone under names of their own are the reference of each arm")
  func arms() {
    var text = "arm,drug1,drug2,conc1,conc2,unit,inhibition\n"
    for (one, two, response) in Self.wells where one * two == 0 {
      text += "\(one > 0 ? "S" : two > 0 ? "V" : "none"),selinexor,bortezomib,\(one),\(two),nM,\(response)\n"
    }
    for (arm, more) in [("together", 0.0), ("S first", 5), ("V first", -5)] {
      for (one, two, response) in Self.wells where one * two > 0 {
        text += "\(arm),selinexor,bortezomib,\(one),\(two),nM,\(response + more)\n"
      }
    }
    let file = read(text)
    #expect(file.blocks.map(\.sample) == ["arm together", "arm S first", "arm V first"])
    #expect(file.blocks.map { $0.mean[4] } == [23, 28, 18] && file.blocks.allSatisfy { $0.mean[1] == 12 })
    #expect(messages(file).contains { $0.contains("are the reference of each") && $0.contains("\"S\"") })
    // Of donors and times the single drugs must be of the same.
    #expect(read(text.replacing("arm,", with: "donor,")).blocks.isEmpty)
  }

  @Test("words in a column called as responses are, and a third drug without doses, tell wells apart")
  func wordsAndThirdDrug() {
    #expect(read(table("readout", ["CTG", "LDH"])).blocks.map(\.sample) == ["readout CTG", "readout LDH"])
    #expect(
      read(table("drug3", ["", "dexamethasone"])).blocks.map(\.sample) == ["drug3 empty", "drug3 dexamethasone"])
    // Numbers there are another measurement.
    let numbers = read(table("viability", ["90"]))
    #expect(numbers.blocks.count == 1 && messages(numbers).contains { $0.contains("\"viability\" was not read") })
  }

  @Test(
    "plates that are called after what was done are conditions, those of one series are not",
    arguments: [
      (["normoxia", "hypoxia"], 2), (["siCtrl", "siXPO1"], 2), (["day1", "day3"], 2), (["plate A", "plate B"], 1),
      (["P001", "P002"], 1), (["A", "B"], 1), (["first", "second"], 1), (["left plate", "right plate"], 1),
      (["Plate one", "Plate two"], 1), (["original", "repeat"], 1),
    ])
  func plates(names: [String], blocks: Int) {
    #expect(read(table("plate", names)).blocks.count == blocks)
  }

  @Test("words for technical replicates are replicates, and a word at single wells is no condition")
  func wordsOfReplicates() {
    #expect(read(table("tech_rep", ["left", "right"])).blocks.count == 1)
    #expect(read(table("operator", ["", "AK"])).blocks.count == 1)
    var lines = table("signal", ["ok"]).split(separator: "\n").map(String.init)
    lines[5] = lines[5].replacing(",ok", with: ",low")
    #expect(read(lines.joined(separator: "\n") + "\n").blocks.map(\.wellCount) == [9])
  }

  @Test(
    "a column that says which wells to exclude is doubted, since it is not read", arguments: ["exclude", "QC", "use"])
  func exclusions(column: String) {
    var lines = table(column, [column == "use" ? "1" : ""]).split(separator: "\n").map(String.init)
    lines[4] = String(lines[4].prefix { $0 != "\n" }).replacing(/,[^,]*$/, with: column == "use" ? ",0" : ",x")
    let file = read(lines.joined(separator: "\n") + "\n")
    #expect(file.blocks.map(\.wellCount) == [9])
    #expect(messages(file).contains { $0.contains("\"\(column)\"") && $0.contains("--exclude-wells") })
  }

  @Test(
    "rows of what is not understood between labelled matrices tell them apart", arguments: ["Time", "Donor", "Clone"])
  func unknownLabels(word: String) {
    func board(_ value: String, _ more: Int) -> String {
      "Drug1:,selinexor\nDrug2:,bortezomib\nCell:,MM1S\nConcUnit:,uM\n\(word):,\(value)\n,0,1,3\n0,0,\(12 + more),35\n"
        + "0.1,8,23,46\n0.5,21,38,62\n\n"
    }
    let pooled = { (one: String, two: String) in
      self.read(board(one, 0) + board(two, 2)) { $0.replicates = .pool }
    }
    let apart = pooled("24 h", "72 h")
    #expect(apart.blocks.map { $0.mean[1] } == [12, 14])
    #expect(messages(apart).contains { $0.contains("\(word):") && $0.contains("72 h") })
    #expect(pooled("24 h", "24 h").blocks.map { $0.mean[1] } == [13])
  }

  @Test("a dose that stands twice among others that do not is doubted")
  func repeatedDose() {
    let rows = read("selinexor (uM) \\ bortezomib (nM),0,1,3\n0,0,12,35\n0.1,8,23,46\n0.1,21,38,62\n2.5,44,57,78\n")
    #expect(messages(rows).contains { $0.contains("0.1 of selinexor") && $0.contains("rows") })
    let columns = read("selinexor (uM) \\ bortezomib (nM),0,1,1,3\n0,0,12,35,71\n0.1,8,23,46,79\n0.5,21,38,62,88\n")
    #expect(messages(columns).contains { $0.contains("1 of bortezomib") && $0.contains("columns") })
    let design = read("selinexor \\ bortezomib (nM),0,1\n0,0,12\n0,2,14\n0.1,8,23\n0.1,10,25\n0.5,21,38\n0.5,23,40\n")
    #expect(design.blocks.map { Set($0.count) } == [[2]] && messages(design).isEmpty, "\(messages(design))")
    #expect(messages(design, .info).contains { $0.contains("6 rows of 3 doses") })
  }

  @Test(
    "p-values, counts of wells and scores beside a matrix are no block",
    arguments: ["p-value", "Number of wells", "Rank"])
  func statistics(title: String) {
    let board = "selinexor (uM) \\ bortezomib (nM),0,1,3\n0,0,12,35\n0.1,8,23,46\n0.5,21,38,62\n"
    let file = read("Inhibition (%)\n" + board + "\n\(title)\n" + board)
    #expect(file.blocks.count == 1 && messages(file, .info).contains { $0.contains("\"\(title)\"") })
    #expect(read("P\n" + board + "\nR\n" + board) { $0.response = .inhibition }.blocks.count == 2)
    // Counts may be the measurement.
    #expect(read("Counts\n" + board) { $0.response = .inhibition }.blocks.count == 1)
  }

  @Test("a matrix whose single drugs all read exactly 0 holds scores")
  func scores() {
    let board = "a \\ b,0,1,3\n0,0,0,0\n0.1,0,3,6\n0.5,0,8,2\n"
    let file = read(board)
    #expect(file.blocks.isEmpty && messages(file, .error).contains { $0.contains("look like synergy scores") })
    let said = [read(board) { $0.response = .inhibition }, read("Inhibition (%)\n" + board)]
    for file in said {
      #expect(file.blocks.count == 1 && messages(file).isEmpty)
      #expect(messages(file, .info).contains { $0.contains("look like synergy scores") })
    }
  }

  @Test("what a corner says: the sample behind the drugs, arrows with units")
  func corners() {
    let rows = ",0,1,3\n0,0,12,35\n0.1,8,23,46\n0.5,21,38,62\n"
    let sample = read("selinexor (uM) \\ bortezomib (nM) in H929" + rows)
    #expect(
      sample.blocks.map(\.sample) == ["H929"] && sample.blocks[0].axes.map(\.drug) == ["selinexor", "bortezomib"])
    for corner in ["selinexor (uM) ↓ bortezomib (nM) →", "↓ selinexor (uM) → bortezomib (nM)"] {
      let file = read(corner + rows)
      #expect(file.blocks.first?.axes.map(\.drug) == ["selinexor", "bortezomib"], "\(corner)")
      #expect(file.blocks.first?.axes.map(\.unit.symbol) == ["uM", "nM"], "\(corner)")
    }
    let across = read("selinexor (uM) → bortezomib (nM) ↓" + rows)
    #expect(across.blocks.first?.axes.map(\.drug) == ["bortezomib", "selinexor"])
    // What is not about drugs is no contradiction.
    #expect(messages(read("HeLa with siCtrl\nselinexor (uM) \\ bortezomib (nM)" + rows)).isEmpty)
  }

  @Test("units behind drugs' names, beside a dose of 0 alone, of a few drugs, and not molar")
  func units() {
    let names = read(
      "drug1,drug2,conc1,conc2,inhibition\n"
        + Self.wells.map { "selinexor (uM),bortezomib (nM),\($0),\($1),\($2)\n" }.joined())
    #expect(names.blocks.first?.axes.map { "\($0.drug) \($0.unit.symbol)" } == ["selinexor uM", "bortezomib nM"])
    let empty = read(
      "drug1,drug2,conc1,conc2,unit1,unit2,inhibition\n"
        + Self.wells.map {
          "selinexor,bortezomib,\($0),\($1),\($0 > 0 ? "uM" : ""),\($1 > 0 ? "nM" : ""),\($2)\n"
        }.joined())
    #expect(empty.blocks.first?.axes.map(\.unit.symbol) == ["uM", "nM"] && messages(empty).isEmpty)
    let lacking = read(
      "drug1,drug2,conc1,conc2,unit1,unit2,inhibition\n"
        + Self.wells.map { "selinexor,bortezomib,\($0),\($1),\($0 > 0.2 ? "uM" : ""),nM,\($2)\n" }.joined())
    #expect(messages(lacking).count { $0.contains("some rows of selinexor state no unit") } == 1)
    let gray = read(
      "drug1,drug2,conc1,conc2,inhibition\n" + Self.wells.map { "radiation,nutlin,\($0) Gy,\($1) uM,\($2)\n" }.joined())
    #expect(gray.blocks.first?.axes.map(\.unit.symbol) == ["Gy", "uM"])
    let one = read(
      "drug1,drug2,conc1,conc2,unit1,inhibition\n" + Self.wells.map { "a,b,\($0),\($1),uM,\($2)\n" }.joined())
    #expect(messages(one, .info).contains { $0.contains("no concentration unit is stated for \"b\"") })
  }

  @Test("minus signs of typesetting are read", arguments: ["−", "–"])
  func minus(sign: String) {
    let file = read("a \\ b,0,1,3\n0,0,\(sign)2.5,35\n0.1,\(sign)8,23,46\n0.5,21,38,62\n")
    #expect(file.blocks.first?.mean[1] == -2.5 && file.blocks.first?.mean[3] == -8)
  }

  @Test("E is viability where it falls from the lower doses to the higher, and asked about where it rises")
  func effect() {
    let falling = Self.wells.dropFirst().map { "\($0),\($1),\(1 - $2 / 100)\n" }.joined()
    let rising = Self.wells.dropFirst().map { "\($0),\($1),\($2 / 100)\n" }.joined()
    #expect(read("d1,d2,E\n" + falling).response == "viability, fraction")
    let asked = read("d1,d2,E\n" + rising)
    #expect(asked.blocks.isEmpty && messages(asked, .error).contains { $0.contains("--response") })
  }

  @Test("columns called after drugs that hold numbers are their doses, and doses are not offered as responses")
  func numericDrugs() {
    let file = read("value,rep,drugA,drugB\n" + Self.wells.map { "\(1 - $2 / 100),1,\($0),\($1)\n" }.joined())
    #expect(file.blocks.count == 1 && messages(file, .info).contains { $0.contains("\"drugA\", \"drugB\"") })
    let matrix = read(
      "Row Drug Concentration,Column Drug Concentration,Normalized Mean\n"
        + Self.wells.map { "\($0),\($1),\(1 - $2 / 100)\n" }.joined())
    #expect(matrix.blocks.count == 1)
    let gdr = read(
      "clid,ReferenceDivisionTime,DrugName,Concentration,DrugName_2,Concentration_2,Reading,BackgroundValue\n"
        + Self.wells.map { "MM1S,46,a,\($0),b,\($1),\(100 - $2),0\n" }.joined())
    let asked = messages(gdr, .error).joined()
    #expect(asked.contains("response=Reading") && !asked.contains("response=Concentration"), "\(asked)")
  }

  @Test("the time that was asked for is no column that was not needed")
  func timeUsed() {
    let file = read(table("time", ["24", "72"])) { $0.time = 72 }
    #expect(file.blocks.map { $0.mean[4] } == [25])
    #expect(!messages(file, .info).contains { $0.contains("not needed") && $0.contains("\"time\"") })
  }
}
