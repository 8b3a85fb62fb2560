import Assay
import DoseTables
import Plates
import ReadingSamples
import Testing

@Suite("Matrices of the same drugs, doses and sample")
struct ReplicateMatrixTests {
  /// A matrix of viability, each response less a shift.
  private func board(_ corner: String, less shift: Int = 0) -> String {
    corner + ",0,5,50\n"
      + [("0", [100, 80, 60]), ("10", [70, 50, 30]), ("100", [40, 20, 10])].map { dose, row in
        dose + "," + row.map { "\($0 - shift)" }.joined(separator: ",") + "\n"
      }.joined()
  }

  private let corner = "Selinexor (nM) \\ Bortezomib (nM)"

  private func read(_ text: String, _ replicates: ReadingOptions.Replicates = .pool) -> ScreenFile {
    var options = ReadingOptions()
    options.replicates = replicates
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
  }

  /// The means of a board and of the same less 4.
  private let means = [2.0, 22, 42, 32, 52, 72, 62, 82, 92]

  @Test(
    "are pooled where a person says that they are replicates; a word alone pools nothing",
    arguments: [
      ("Rep 1", "Rep 2"), ("Replicate 1", "Replicate 2"), ("R1", "R2"), ("#1", "#2"), ("n=1", "n=2"),
      ("n = 1", "N = 2"),
      ("biological replicate 1", "Biological Replicate 2"), ("1st replicate", "2nd replicate"), ("rep A", "rep B"),
      ("MM.1S rep1", "MM.1S rep2"), ("MM.1S, 72 h (Rep 1)", "MM.1S, 72 h (Rep 2)"),
      ("Wiederholung 1", "Wiederholung 2"),
    ])
  func pooled(one: String, other: String) throws {
    let file = read("\"\(one)\"\n" + board(corner) + "\n\"\(other)\"\n" + board(corner, less: 4))
    let told = read("\"\(one)\"\n" + board(corner) + "\n\"\(other)\"\n" + board(corner, less: 4), .auto)
    #expect(told.blocks.count == 2 && told.problems(.warning).contains { $0.message.contains("--replicates pool") })
    let block = try #require(file.blocks.first)
    #expect(file.blocks.count == 1 && block.mean == means && Set(block.count) == [2])
    let notes = file.problems.filter { $0.message.contains("replicates of one another and were pooled") }
    #expect(notes.count == 1 && notes.first?.severity == .info && notes.first?.blockID == block.id)
    #expect(notes.first?.message.contains(one) == true && notes.first?.message.contains("line 8") == true)
  }

  @Test("are pooled by the word in their corners, beside one another and in either order of the drugs")
  func corners() {
    let below = read(board("Rep 1: " + corner) + "\n" + board("Rep 2: " + corner, less: 4))
    #expect(below.blocks.map(\.mean) == [means])
    let rows = zip(
      ("Replicate 1,,,\n" + board(corner)).split(separator: "\n"),
      ("Replicate 2,,,\n" + board(corner, less: 4)).split(separator: "\n"))
    let beside = read(rows.map { "\($0),,\($1)\n" }.joined())
    #expect(beside.blocks.map(\.mean) == [means])
    let labels = { (sample: String) in "Drug1:,Selinexor\nDrug2:,Bortezomib\nCell:,\(sample)\nConcUnit:,nM\n" }
    let labelled = read(labels("MM.1S rep 1") + board("") + labels("MM.1S rep 2") + board("", less: 4))
    #expect(labelled.blocks.map(\.mean) == [means] && labelled.blocks.map(\.sample) == ["MM.1S"])
    let turned =
      "Rep 2\nBortezomib (nM) \\ Selinexor (nM),0,10,100\n0,96,66,36\n5,76,46,16\n50,56,26,6\n"
    #expect(read("Rep 1\n" + board(corner) + "\n" + turned).blocks.map(\.mean) == [means])
  }

  @Test(
    "stay apart with a warning; pooled, they have one too where their names differ",
    arguments: [
      ("24 h, rep 1", "48 h, rep 2"), ("passage 3", "passage 4"), ("rep 1", "rep 1"), ("Clone R1", "Clone R2"),
      ("clone #1", "clone #2"),
      ("Exp 1", "Exp 2"),
    ])
  func apart(one: String, other: String) {
    let text = "\"\(one)\"\n" + board(corner) + "\n\"\(other)\"\n" + board(corner, less: 4)
    let file = read(text, .auto)
    #expect(file.blocks.count == 2)
    let isAlike = ReplicateWord(one)?.isCertain == true && ReplicateWord(one)?.rest == ReplicateWord(other)?.rest
    #expect(read(text).problems(.warning).contains { $0.message.contains("Their names differ") } == !isAlike)
    let doubts = file.problems(.warning)
    #expect(doubts.count == 1 && doubts.first?.message.contains("was measured 2 times at the same doses") == true)
    #expect(doubts.first?.message.contains("--replicates pool") == true && doubts.first?.message.contains(one) == true)
  }

  @Test(
    "stay apart with a warning, asked to be pooled too, where the names beside them may be those of samples",
    arguments: [("MM.1S rep 1", "U266 rep 2"), ("donor 1 rep 1", "donor 2 rep 1"), ("MM.1S", "U266")])
  func samples(one: String, other: String) {
    let file = read("\"\(one)\"\n" + board(corner) + "\n\"\(other)\"\n" + board(corner, less: 4))
    #expect(file.blocks.count == 2 && file.problems(.warning).count == 1)
    #expect(file.problems(.warning).first?.message.contains("were not pooled with one another") == true)
  }

  @Test("stay apart and are doubted without a word; the option pools them, or says nothing")
  func option() {
    let text = board(corner) + "\n" + board(corner, less: 4)
    #expect(read(text, .auto).blocks.count == 2 && read(text, .auto).problems(.warning).count == 1)
    #expect(read(text, .pool).blocks.map(\.mean) == [means])
    #expect(read(text, .separate).blocks.count == 2 && read(text, .separate).problems(.warning).isEmpty)
    let named = "Rep 1\n" + board(corner) + "\nRep 2\n" + board(corner, less: 4)
    #expect(read(named, .separate).blocks.map(\.id) == ["Rep 1", "Rep 2"])
  }

  @Test("of other doses are no replicates, whatever they are called")
  func doses() {
    let file = read("Rep 1\n" + board(corner) + "\nRep 2\n" + board(corner).replacing("100,40", with: "200,40"), .auto)
    #expect(file.blocks.count == 2)
    #expect(file.problems(.warning).contains { $0.message.contains("have different doses") })
  }

  @Test("a word for a replicate is found in a text, and the rest of it")
  func words() {
    #expect(ReplicateWord("MM1S_rep2")?.rest == "MM1S" && ReplicateWord("MM1S_rep2")?.number == "2")
    #expect(ReplicateWord("plates/2024_biorep-3")?.rest == "plates/2024")
    #expect(ReplicateWord("R1")?.isCertain == true && ReplicateWord("MM1S R1")?.isCertain == false)
    for text in [
      "report 1", "MM1R", "MM1S-R1", "KPT-330", "selinexor", "repeated", "mean of 3 replicates", "HCT116", "n=3.5",
    ] {
      #expect(ReplicateWord(text) == nil, "\(text)")
    }
  }
}
