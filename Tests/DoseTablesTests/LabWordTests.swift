import DoseTables
import ReadingSamples
import Testing

/// Words and marks that people put beside numbers and in the place of drugs.
@Suite("Words and marks in tables")
struct LabWordTests {
  private func drugs(_ file: ScreenFile) -> [[String]] { file.blocks.map { $0.axes.map(\.drug) } }

  @Test("errors behind decimal commas, and a dash for no drug", arguments: ["+/-", "±", "+-"])
  func commasAndDashes(mark: String) {
    let file = read(
      """
      drug1;conc1;drug2;conc2;viability
      -;-;-;-;100,5 \(mark) 2,1
      s;1,5;-;-;80,5 \(mark) 1,5
      -;-;b;2;70,5 \(mark) 1,5
      s;1,5;b;2;50,5 \(mark) 0,5

      """)
    #expect(drugs(file) == [["s", "b"]], "\(file.problems)")
    #expect(file.blocks.first?.axes.map(\.doses) == [[0, 1.5], [0, 2]])
    #expect(file.blocks.first?.mean == [-0.5, 29.5, 19.5, 49.5])
  }

  @Test("a dash in a dose column that is called after its drug is the dose 0, and that is said")
  func dashDoses() {
    let file = read("Selinexor (nM),Bortezomib (nM),viability\n-,-,100\n10,-,80\n–,5,70\n10,5,40\n")
    #expect(drugs(file) == [["Selinexor", "Bortezomib"]], "\(file.problems)")
    #expect(file.blocks.first?.mean == [0, 30, 20, 60])
    #expect(file.problems.contains { $0.severity == .info && $0.message.contains("4 doses are written as a dash") })
  }

  @Test("wells that are called blank are no untreated wells")
  func blanks() {
    var text = "drug1,conc1,drug2,conc2,viability\nblank,,,,2\nblank,0,blank,0,3\n"
    for (a, b, value) in [(0, 0, 100), (0, 1, 80), (1, 0, 70), (1, 1, 50)] { text += "s,\(a),b,\(b),\(value)\n" }
    text += "s,1,blank,,71\nDMSO,,,,101\n"
    let file = read(text)
    #expect(file.blocks.first?.wellCount == 6 && file.blocks.first?.mean.first == -0.5, "\(file.problems)")
    #expect(
      file.problems.filter { $0.severity == .warning && $0.message.contains("without cells") }.map(\.line) == [2, 3])
  }

  @Test(
    "one column of drugs with their doses",
    arguments: [
      ("Selinexor", "10 nM", "Bortezomib", "1 nM", " + "), ("Selinexor", "10nM", "Bortezomib", "1nM", "+"),
      ("Selinexor", "(10 nM)", "Bortezomib", "(1 nM)", " & "), ("10 nM", "Selinexor", "1 nM", "Bortezomib", " and "),
      ("KPT-330", "0.01 µM", "MK 2206", "1 nM", "; "), ("Selinexor", "10nM", "Bortezomib", "1nM", "/"),
      ("KPT-330", "10 nM", "MK 2206", "1 nM", " with "),
    ])
  func treatmentTexts(a: String, b: String, c: String, d: String, mark: String) throws {
    let (first, second) = (a + " " + b, c + " " + d)
    let file = read(
      "cell line,treatment,viability\nX,DMSO,100\nX,\(first),80\nX,\(second),70\nX,\(first)\(mark)\(second),40\n")
    let block = try #require(file.blocks.first, "\(file.problems)")
    #expect(block.sample == "X" && block.mean == [0, 30, 20, 60])
    let names = a.contains("nM") ? [b, d] : [a, c]
    #expect(block.axes.map(\.drug) == names && block.axes[1].doses == [0, 1] && block.axes[1].unit.symbol == "nM")
    #expect(file.problems.contains { $0.severity == .info && $0.message.contains("drugs with their doses") })
  }

  @Test("a dash joins a name and its dose")
  func dashBeforeDose() {
    let file = read(
      "treatment,viability\nDMSO,100\nselinexor-10nM,80\nMK-2206-1nM,70\nselinexor-10nM+MK-2206-1nM,40\n")
    #expect(file.blocks.first?.axes.map(\.drug) == ["selinexor", "MK-2206"], "\(file.problems)")
  }

  @Test("a treatment that is not recognised among others that are is refused with its line")
  func treatmentText() {
    let file = read("treatment,viability\nDMSO,100\na 1 nM,80\nb 1 nM,70\na 1 nM + b,40\na 1 nM + b 1 nM,40\n")
    #expect(file.blocks.isEmpty)
    #expect(file.problems.contains { $0.severity == .error && $0.line == 5 && $0.message.contains("\"a 1 nM + b\"") })
  }
}
