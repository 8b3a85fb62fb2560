import Assay
import DoseTables
import Foundation
import Plates
import ReadingSamples
import Testing

/// What a sceptic and a newcomer with public files found to be wrong without a word.
@Suite("Files that were read wrongly")
struct SecondReviewTests {
  private func read(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) -> ScreenFile {
    var options = ReadingOptions()
    change(&options)
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options, otherKinds: .plates)
  }

  /// Inhibitions of a 3 × 3 matrix, all more by `shift`.
  private func board(_ shift: Int = 0) -> String {
    ",0,0.2,0.4\n"
      + [("0", [0, 20, 40]), ("1", [10, 30, 50]), ("2", [30, 50, 70])].map { dose, row in
        dose + "," + row.map { "\($0 + shift)" }.joined(separator: ",") + "\n"
      }.joined()
  }
  private let labels = "Drug1:,selinexor\nDrug2:,bortezomib\nConcUnit:,uM\n"

  @Test("two samples that are called by each other's name are exchanged once, and a chain of names moves each by one")
  func swappedSamples() {
    let rows = { (sample: String, shift: Int) in
      [(0, 0, 0), (0, 1, 20), (1, 0, 10), (1, 1, 40)].map { "a,b,\($0),\($1),\($2 + shift),\(sample)\n" }.joined()
    }
    let text = "drug1,drug2,conc1,conc2,inhibition,cell_line\n" + rows("MM1S", 0) + rows("H929", 5)
    let means = { (names: [String: String]) in
      Dictionary(
        uniqueKeysWithValues: self.read(text) { $0.sampleNames = names }.blocks.map { ($0.sample ?? "", $0.mean[3]) })
    }
    #expect(means(["MM1S": "H929", "H929": "MM1S"]) == ["H929": 40, "MM1S": 45])
    #expect(means(["MM1S": "H929", "H929": "U266"]) == ["H929": 40, "U266": 45])
    let wide = "drug1,drug2,conc1,conc2,MM1S,H929\na,b,0,0,0,5\na,b,0,1,20,25\na,b,1,0,10,15\na,b,1,1,40,45\n"
    let file = read(wide) {
      $0.columns = ColumnChoices(rawValue: "samples=MM1S,samples=H929") ?? ColumnChoices()
      $0.sampleNames = ["MM1S": "H929", "H929": "MM1S"]
      $0.response = .inhibition
    }
    #expect(file.blocks.map(\.sample) == ["H929", "MM1S"] && file.blocks.map { $0.mean[3] } == [40, 45])
  }

  @Test(
    "headings above labelled matrices keep two cell lines apart, pooled or not",
    arguments: ["Cell line:,MM.1S\n", "MM.1S\n", "Cell line: MM.1S\n", "Patient 1\n"])
  func labelledSections(heading: String) {
    let other = heading.replacing("MM.1S", with: "H929").replacing("Patient 1", with: "Patient 2")
    let text =
      heading + "\nReplicate 1\n" + labels + board() + "\nReplicate 2\n" + labels + board(2) + "\n" + other
      + "\nReplicate 1\n" + labels + board(10) + "\nReplicate 2\n" + labels + board(14)
    let pooled = read(text) { $0.replicates = .pool }
    #expect(
      pooled.blocks.map { $0.mean[0] } == [1, 12], "\(pooled.blocks.map(\.mean)) \(pooled.problems.map(\.message))")
    #expect(pooled.blocks.allSatisfy { Set($0.count) == [2] && $0.axes.map(\.drug) == ["selinexor", "bortezomib"] })
    if heading.hasPrefix("Cell") { #expect(read(text).blocks.map(\.sample) == ["MM.1S", "MM.1S", "H929", "H929"]) }
  }

  @Test("deviations below labels are no block of their own", arguments: ["SD of inhibition", "SEM of viability", "SD"])
  func deviations(title: String) {
    let file = read("Inhibition\n" + labels + board() + "\n\(title)\n" + labels + board())
    #expect(file.blocks.count == 1, "\(file.problems.map(\.message))")
  }

  @Test("the average of replicates is no replicate")
  func average() {
    let text =
      "Replicate 1\n" + labels + board() + "\nReplicate 2\n" + labels + board(4) + "\nAverage\n" + labels + board(2)
    let file = read(text) { $0.replicates = .pool }
    #expect(
      file.blocks.map { $0.count[0] } == [2, 1] && file.problems(.warning).contains { $0.message.contains("Average") })
  }

  @Test("names of blocks in a long table count when they are to be pooled")
  func blockNames() {
    let rows = { (id: String) in
      [(0, 0, 0), (0, 1, 20), (1, 0, 10), (1, 1, 40)].map { "\(id),a,b,\($0),\($1),\($2)\n" }.joined()
    }
    let header = "block_id,drug1,drug2,conc1,conc2,inhibition\n"
    let lines = read(header + rows("MM1S") + rows("H929")) { $0.replicates = .pool }
    #expect(lines.blocks.count == 2 && lines.problems(.warning).contains { $0.message.contains("were not pooled") })
    let times = read(header + rows("24h") + rows("72h")) { $0.replicates = .pool }
    #expect(times.blocks.count == 1 && times.problems(.warning).contains { $0.message.contains("Their names differ") })
    #expect(read(header + rows("1") + rows("2")) { $0.replicates = .pool }.problems(.warning).isEmpty)
  }

  @Test("a column of plates that names cell lines or times makes blocks of its own; one that counts plates does not")
  func plateNames() {
    let rows = { (plate: String) in
      [(0, 0, 0), (0, 1, 20), (1, 0, 10), (1, 1, 40)].map { "\(plate),a,b,\($0),\($1),\($2)\n" }.joined()
    }
    let header = "plate,drug1,drug2,conc1,conc2,inhibition\n"
    for (one, other, count) in [
      ("MM1S_24h", "H929_72h", 2), ("24h", "72h", 2), ("P1", "P2", 1), ("Plate A", "Plate B", 1),
      ("BR0012", "BR0013", 1), ("MM1S", "H929", 2), ("Plate I", "Plate II", 1), ("ABX1001", "QCF1002", 1),
      ("BC01H2", "BC03H4", 1), ("P1", "P2_repeat", 1),
    ] {
      #expect(read(header + rows(one) + rows(other)).blocks.count == count, "\(one) \(other)")
    }
  }

  @Test("units that are said twice and differ are warned of, in a matrix; in a layout they are refused")
  func unitsTwice() {
    let named = read("Drug1:,selinexor (nM)\nDrug2:,bortezomib\nConcUnit:,uM\n" + board())
    #expect(
      named.problems(.warning).contains { $0.message.contains("doses of selinexor are said to be in nM and in uM") })
    let layout = "well,drug1,conc1 (nM),unit\nA1,a,1,uM\nA2,a,2,uM\n"
    let set = LayoutSet(files: [("l.csv", Array(layout.utf8))])
    #expect(
      set.problems.contains { $0.severity == .error && $0.message.contains("says nM, and the column of units says uM") }
    )
  }

  @Test(
    "labels in one row with others that are not known are read one by one",
    arguments: [
      ("\"Drug1: selinexor, Drug2: bortezomib, Cell: MM.1S, Time: 72 h\"", "MM.1S"),
      ("\"Drug1: selinexor, Drug2: bortezomib, Cell: MM.1S, passage 7\"", "MM.1S, passage 7"),
      ("Drug1:,selinexor,Drug2:,bortezomib,Cell:,MM.1S,Plate:,7", "MM.1S"),
    ])
  func foreignLabels(row: String, sample: String) {
    let block = read(row + "\n" + board()).blocks.first
    #expect(block?.axes.map(\.drug) == ["selinexor", "bortezomib"] && block?.sample == sample)
    let unread = read(row + "\n" + board()).problems.contains { $0.message.contains("not read") }
    #expect(unread == (row.contains("Time") || row.contains("Plate")))
    let comma = read("\"Drug1: 2,4-dinitrophenol, Drug2: b1\"\n" + board()).blocks.first
    #expect(comma?.axes.map(\.drug) == ["2,4-dinitrophenol", "b1"])
  }

  @Test(
    "a loss of viability is no viability",
    arguments: ["Loss of viability (%)", "Reduction in viability (%)", "% viability loss", "100 - viability"])
  func lost(title: String) {
    let file = read("\(title)\nselinexor \\ bortezomib" + board())
    #expect(file.response == "inhibition, %" && file.problems(.warning).isEmpty)
    let open = read("\(title)\nselinexor \\ bortezomib" + board().replacing("0,0,20,40", with: "0,,20,40"))
    #expect(open.response == "inhibition, %" || !open.problems(.error).isEmpty)
  }

  @Test("words beside the drugs in a title are no samples, and no kind of response")
  func titleWords() {
    for end in ["all doses in nM", "final", "J. Smith", "10% FBS", "Bliss"] {
      #expect(read("\"selinexor x bortezomib, \(end)\"\n" + board()).blocks.first?.sample == nil, "\(end)")
    }
    #expect(read("\"selinexor x bortezomib, normalised to DMSO\"\n" + board()).response == "inhibition, %")
  }

  @Test("a blank among treatments and times is no untreated well", arguments: ["blank", "Blank", "empty"])
  func blankTreatment(name: String) {
    let text =
      "Elapsed,Control,A 1 uM,A 2 uM,B 1 uM,B 2 uM,A 1 uM + B 1 uM,A 1 uM + B 2 uM,A 2 uM + B 1 uM,A 2 uM + B 2 uM,\(name)\n"
      + "72,80,60,40,64,48,48,36,32,24,0.1\n"
    let block = read(text).blocks.first
    #expect(block?.mean[0] == 0 && block?.count[0] == 1)
    #expect(read(text).problems.contains { $0.message.contains(name) })
  }

  @Test("a course of times that stands again below itself is a replicate, and this is said")
  func repeatedCourse() {
    let header =
      "Elapsed,Control,A 1 uM,A 2 uM,B 1 uM,B 2 uM,A 1 uM + B 1 uM,A 1 uM + B 2 uM,A 2 uM + B 1 uM,A 2 uM + B 2 uM\n"
    let rows = [
      "0,10,10,10,10,10,10,10,10,10", "72,80,60,40,64,48,48,36,32,24", "0,9,9,9,9,9,9,9,9,9",
      "72,100,75,50,80,60,60,45,40,30",
    ]
    let file = read(header + rows.joined(separator: "\n") + "\n")
    #expect(file.blocks.first?.count == Array(repeating: 2, count: 9))
    #expect(file.problems(.warning).contains { $0.message.contains("stands in 2 rows (lines 3, 5)") })
  }

  @Test("rates of growth, and fractions above the greatest, are asked about and not taken for inhibition")
  func quiet() {
    let header = "drug1,drug2,conc1,conc2,response\n"
    let rates = read(header + "a,b,0,0,0.032\na,b,0,1,0.01\na,b,1,0,0.005\na,b,1,1,-0.028\n")
    #expect(rates.blocks.isEmpty && rates.problems(.error).first?.message.contains("--response") == true)
    let above = read(header + "a,b,0,0,1\na,b,0,1,0.6\na,b,1,0,2.735\na,b,1,1,0.1\n")
    #expect(above.blocks.isEmpty)
    // Named, it is what it is called.
    #expect(
      read(header.replacing("response", with: "inhibition") + "a,b,0,0,2\na,b,0,1,1\na,b,1,0,0\na,b,1,1,-1\n").blocks
        .count == 1)
  }

  @Test("columns of one name are the first and the second drug's, in a table and in a layout")
  func equalNames() {
    let text =
      "Drug,Concentration (nM),Drug,Concentration (nM),inhibition\na,0,b,0,0\na,0,b,1,20\na,1,b,0,10\na,1,b,1,40\n"
    let block = read(text).blocks.first
    #expect(block?.axes.map(\.drug) == ["a", "b"] && block?.mean == [0, 20, 10, 40])
    let layout =
      "Well,Concentration (nM),Drug,Concentration (nM),Drug\nB3,1,Lap,1,Dox\nB4,0,Lap,1,Dox\nB5,1,Lap,0,Dox\n"
    let set = LayoutSet(files: [("l.csv", Array(layout.utf8))])
    let treatments = set.layouts.first?.wells.map { $0.treatments.filter { $0.dose > 0 }.map(\.drug) }
    #expect(treatments == [["Lap", "Dox"], ["Dox"], ["Lap"]], "\(set.problems.map(\.message))")
  }

  @Test("rows and columns of one dose are replicates of it")
  func repeatedDoses() {
    let text = ",2,2,1,1,0,0\n0,50,51,70,71,100,101\n0,50,51,70,71,100,101\n1,30,31,50,51,80,81\n1,30,31,50,51,80,81\n"
    let block = read(text).blocks.first
    #expect(block?.shape == [2, 3] && block?.count == Array(repeating: 4, count: 6))
    #expect(block?.mean == [-0.5, 29.5, 49.5, 19.5, 49.5, 69.5])
  }

  @Test("of drugs in columns that were combined two by two, each pair is a block")
  func pairs() {
    var text = "Alpha (nM),Beta (nM),Gamma (nM),inhibition\n0,0,0,0\n"
    for (one, two, three, value) in [(1, 0, 0, 10), (0, 1, 0, 20), (0, 0, 1, 30), (1, 1, 0, 40), (0, 1, 1, 50)] {
      text += "\(one),\(two),\(three),\(value)\n"
    }
    let file = read(text)
    #expect(file.blocks.map { $0.axes.map(\.drug) } == [["Alpha", "Beta"], ["Beta", "Gamma"]])
    #expect(file.blocks.map(\.mean) == [[0, 20, 10, 40], [0, 30, 20, 50]])
  }

  @Test("a well's place, a well's own number and what was measured beside the response make no blocks of their own")
  func wellColumns() {
    let doses = (0..<3).flatMap { one in (0..<3).map { (one, $0) } }
    for column in ["coord", "uid", "cell.count"] {
      var text = "drug1,conc1,drug2,conc2,time,\(column),inhibition\n"
      for time in [24, 48, 72] {
        for (place, dose) in doses.enumerated() {
          for replicate in 0..<2 {
            let name =
              column == "coord"
              ? "\(["a", "b"][replicate])\(place + 1)"
              : column == "uid" ? "p_\(place)_\(replicate)" : "\((place + replicate) % 3)"
            text += "a,\(dose.0),b,\(dose.1),\(time),\(name),\(dose.0 * 10 + dose.1 * 5)\n"
          }
        }
      }
      let file = read(text)
      #expect(
        file.blocks.count == 3 && file.blocks.allSatisfy { Set($0.count) == [2] }, "\(column): \(file.blocks.count)")
    }
  }

  @Test("two columns called after drugs beside a named response are doses, with a warning; a time is none")
  func bareDoses() {
    let rows = "0,0,0\n0,5,20\n2,0,10\n2,5,40\n"
    let file = read("RH4,RH5,GIA\n" + rows)
    #expect(file.blocks.first?.axes.map(\.drug) == ["RH4", "RH5"])
    #expect(file.problems(.warning).contains { $0.message.contains("taken for the doses") })
    for names in ["time,RH5", "plate,RH5", "hours,day"] { #expect(read("\(names),inhibition\n" + rows).blocks.isEmpty) }
  }

  @Test("IncuCyte's own headers, cells and drugs apart by spaces, name the drugs and their doses")
  func spacedTreatments() {
    func column(_ text: String) -> String { "MCF7  10K / well " + text }
    let names = [
      "MCF7_Control 10K / well DMSO_Combination 0.34%", column("CellsOnly 100%"), column("MK-1775 45.7 nM "),
      column("prexasertib 16 nM"), column("MK-1775 45.7 nM prexasertib 16 nM"),
    ]
    let text = "Date Time\tElapsed\t" + names.joined(separator: "\t") + "\n1.2.2024\t72\t100\t90\t60\t50\t20\n"
    let block = read(text).blocks.first
    #expect(
      block?.axes.map(\.drug) == ["MK-1775", "prexasertib"] && block?.axes.map(\.doses) == [[0, 45.7], [0, 16]])
    #expect(block?.mean == [0, 50, 40, 80] && block?.sample?.hasPrefix("MCF7") == true)
  }

  @Test("rates are a signal, in percent of the untreated wells'")
  func rates() {
    let file = read("drug1,drug2,conc1,conc2,rate\na,b,0,0,0.04\na,b,0,1,0.02\na,b,1,0,0.01\na,b,1,1,-0.01\n")
    #expect(file.blocks.first?.mean.map { $0.rounded() } == [0, 50, 75, 125])
  }

  @Test("clones C1 to C10, and a count of cells that were seeded, make blocks of their own")
  func conditionsKept() {
    func table(_ column: String, _ names: [String]) -> String {
      "drug1,conc1,drug2,conc2,\(column),inhibition\n"
        + names.flatMap { name in
          [(0, 0, 0), (0, 1, 20), (1, 0, 10), (1, 1, 40)].map { "a,\($0),b,\($1),\(name),\($2)\n" }
        }.joined()
    }
    #expect(read(table("clone", (1...10).map { "C\($0)" })).blocks.count == 10)
    #expect(read(table("seeding_cell_count", ["500", "2000"])).blocks.count == 2)
    #expect(read(table("score", ["500", "2000"])).blocks.count == 2)
  }

  @Test("numbers of drugs that stand in the header are not given again by the order of equal names")
  func equalNamesBesideNumbers() {
    let text = "drug2,conc,drug1,conc,viability\nb,0,a,0,100\nb,1,a,0,80\nb,0,a,1,90\nb,1,a,1,60\n"
    #expect(read(text).blocks.isEmpty)
  }

  @Test("names of replicates are pooled, whatever they are called", arguments: ["N", "BR", "week", "Bio", "v", "run "])
  func replicateNames(stem: String) {
    let text = "\(stem)1\n" + labels + board() + "\n\(stem)2\n" + labels + board(2)
    #expect(read(text) { $0.replicates = .pool }.blocks.map { $0.count[0] } == [2], "\(stem)")
  }
}
