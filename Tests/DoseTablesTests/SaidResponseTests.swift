import Assay
import DoseTables
import Foundation
import ReadingSamples
import Testing

@Suite("What titles say of the responses")
struct SaidResponseTests {
  private let matrix = "selinexor (nM) \\ bortezomib (nM),0,5,50\n0,99,80,60\n10,70,50,30\n100,40,20,10\n"

  private func read(_ text: String, name: String = "test.csv") -> ScreenFile {
    ScreenFile.read(Array(text.utf8), name: name, options: ReadingOptions())
  }

  @Test(
    "inhibition above values whose untreated wells read 99 is asked about, as a column's name is",
    arguments: [
      "Inhibition (%)", "% inhibition", "MM.1S - percent inhibition", "Growth inhibition [%]", "Response: inhibition",
      "Figure 2: % growth inhibition of MM.1S", "Hemmung",
    ])
  func contradicted(title: String) {
    let file = read(title + "\n" + matrix)
    #expect(file.blocks.isEmpty && file.problems(.error).count == 1)
    let message = file.problems(.error).first?.message ?? ""
    #expect(message.contains("\"\(title)\" in line 1 says inhibition but") && message.contains("read 99"), "\(message)")
    #expect(message.contains("--response"))
  }

  @Test(
    "what says the same, or names something else, changes nothing",
    arguments: [
      "Viability (%)", "Cell viability of MM.1S", "XPO1 inhibition in MM.1S", "Inhibition of XPO1",
      "inhibition screen 3",
      "Viability assay", "% viability after XPO1 inhibition", "selinexor x bortezomib",
      "Inhibition of cell viability (%)", "Effect on viability", "Suppression of viability (%)",
    ])
  func agreed(title: String) {
    let file = read(title + "\n" + matrix)
    #expect(file.blocks.count == 1 && file.response == "viability, %")
    #expect(!file.problems.contains { $0.message.contains("inhibition") && $0.severity != .info })
  }

  @Test("a title alone tells the kind where no untreated well does")
  func alone() {
    let open = "selinexor (nM) \\ bortezomib (nM),0,5,50\n0,,80,60\n10,70,50,30\n100,40,20,10\n"
    #expect(read(open).blocks.isEmpty)
    #expect(read("Viability (%)\n" + open).response == "viability, %")
    let rising = "selinexor (nM) \\ bortezomib (nM),0,5,50\n0,,20,40\n10,30,50,70\n100,60,80,90\n"
    #expect(read("Inhibition (%)\n" + rising).response == "inhibition, %")
    // Numbers that go the other way than the title says are asked about.
    #expect(read("Inhibition (%)\n" + open).blocks.isEmpty && read("Viability (%)\n" + rising).blocks.isEmpty)
  }

  @Test("a title does not tell the scale of untreated wells that are neither 0 nor 100")
  func signals() {
    let signals = "selinexor (nM) \\ bortezomib (nM),0,5,50\n0,820,700,600\n10,700,500,300\n100,400,200,100\n"
    #expect(read("Viability\n" + signals).blocks.isEmpty)
  }

  @Test("two titles of two kinds are asked about, with their lines")
  func both() {
    let file = read("Inhibition (%)\n" + matrix + "\nViability (%)\n" + matrix)
    #expect(file.blocks.isEmpty)
    let message = file.problems(.error).first?.message ?? ""
    #expect(message.contains("in line 1 says inhibition and \"Viability (%)\" in line 7 says viability"))
  }

  @Test("a word within a sentence, and a file's name, are warned of where the values say otherwise")
  func warned() {
    let inhibition = "selinexor (nM) \\ bortezomib (nM),0,5,50\n0,1,20,40\n10,30,50,70\n100,60,80,90\n"
    let sentence = read("Viability after three days with both drugs\n" + inhibition)
    #expect(sentence.blocks.count == 1 && sentence.response == "inhibition, %")
    #expect(
      sentence.problems(.warning).count { $0.message.contains("If they are viability, give --response viability") } == 1
    )
    let named = read(matrix, name: "screens/MM1S_inhibition.csv")
    #expect(named.blocks.count == 1 && named.problems(.warning).count == 1)
    #expect(
      named.problems(.warning).first?.message.contains("the file’s name, \"MM1S_inhibition\", says inhibition") == true)
    #expect(read(matrix, name: "XPO1_inhibition_MM1S.csv").problems(.warning).isEmpty)
  }

  @Test("a title above a long table counts where its column says nothing")
  func table() {
    let rows = { (column: String) in
      "Inhibition (%)\n\ndrug1,drug2,conc1,conc2,\(column)\na,b,0,0,99\na,b,0,1,80\na,b,1,0,70\na,b,1,1,20\n"
    }
    #expect(
      read(rows("response")).problems(.error).first?.message.contains(
        "\"Inhibition (%)\" above the table says inhibition") == true)
    #expect(read(rows("viability")).response == "viability, %")
  }
}

@Suite("Labels and titles as people write them")
struct SaidNameTests {
  private let board = ",0,5,50\n0,100,80,60\n10,70,50,30\n100,40,20,10\n"
  private let corner = "selinexor (nM) \\ bortezomib (nM)"

  private func read(_ text: String, _ replicates: ReadingOptions.Replicates = .auto) -> ScreenFile {
    var options = ReadingOptions()
    options.replicates = replicates
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
  }

  @Test(
    "several labels in one row are read one by one",
    arguments: [
      "Drug1: a1,Drug2: b2,Cell: MM.1S", "\"Drug1: a1, Drug2: b2, Cell: MM.1S\"",
      "\"Drug1: a1; Drug2: b2; Cell: MM.1S\"",
      "Drug1,a1,Drug2,b2,Cell,MM.1S", "Drug 1 = a1,Drug 2 = b2,Cell line = MM.1S",
    ])
  func oneRow(labels: String) {
    let block = read(labels + "\n" + board).blocks.first
    #expect(block?.axes.map(\.drug) == ["a1", "b2"] && block?.sample == "MM.1S")
  }

  @Test("a title that names other drugs than the matrix is warned of")
  func others() {
    let file = read("eltanexor + venetoclax in RPMI 8226\n" + corner + board)
    #expect(file.blocks.first?.axes.map(\.drug) == ["selinexor", "bortezomib"] && file.blocks.first?.sample == nil)
    let warnings = file.problems(.warning).filter { $0.message.contains("names other drugs than the matrix below it") }
    #expect(warnings.count == 1 && warnings.first?.message.contains("selinexor × bortezomib") == true)
    // The next matrix is not of that title.
    let two = read("eltanexor + venetoclax\n" + corner + board + "\n" + corner + board)
    #expect(two.problems(.warning).count { $0.message.contains("names other drugs") } == 1)
  }

  @Test(
    "a word for a replicate between the parts of a title is none of a name",
    arguments: ["selinexor x bortezomib, Replicate 1, MM.1S", "MM.1S, rep 1, selinexor x bortezomib"])
  func replicateBetween(title: String) {
    let block = read("\"\(title)\"\n" + board).blocks.first
    #expect(block?.axes.map(\.drug) == ["selinexor", "bortezomib"] && block?.sample == "MM.1S")
  }

  @Test("words for what was seen are no drugs, and a patient's number keeps its word")
  func words() {
    #expect(
      read("Effect on proliferation and survival\n" + board).blocks.first?.axes.map(\.drug) == ["drug 1", "drug 2"])
    let patient = read("\"Patient 7 (relapsed), selinexor + bortezomib\"\n" + board).blocks.first
    #expect(patient?.sample == "Patient 7 (relapsed)" && patient?.axes.first?.drug == "selinexor")
    #expect(read("\"Cell line 22Rv1, selinexor + bortezomib\"\n" + board).blocks.first?.sample == "22Rv1")
  }

  @Test("two cell lines whose replicates have headings of their own are not pooled, and each line's replicates are")
  func sections() {
    let text =
      "RPMI 8226\nReplicate 1\n" + corner + board + "\nReplicate 2\n" + corner + board + "\nMM.1S\nReplicate 1\n"
      + corner
      + board + "\nReplicate 2\n" + corner + board
    let file = read(text, .pool)
    #expect(file.blocks.count == 2 && file.blocks.allSatisfy { Set($0.count) == [2] })
    let unlike = file.problems(.warning).filter { $0.message.contains("were not pooled with one another") }
    #expect(unlike.count == 1)
    #expect(unlike.first?.message.contains("RPMI 8226") == true && unlike.first?.message.contains("MM.1S") == true)
    // Dates part nothing, and are warned of.
    let dates = read("12 May 2024\nRep 1\n" + corner + board + "\n14 May 2024\nRep 2\n" + corner + board, .pool)
    #expect(dates.blocks.count == 1 && dates.problems(.warning).contains { $0.message.contains("Their names differ") })
  }
}
