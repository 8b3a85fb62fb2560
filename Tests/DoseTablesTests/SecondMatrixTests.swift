import DoseTables
import ReadingSamples
import Testing

/// Matrices below one another, and what stands in their corners: nothing is pooled or named unseen.
@Suite("Matrices below one another")
struct SecondMatrixTests {
  private static let first = "Drug1:,selinexor\nDrug2:,venetoclax\nConcUnit:,nM\n"
  private static let means = ",0,100,1000\n0,100,71,20\n30,75,47,9\n300,23,10,3\n"

  private func viability(_ text: String) -> ScreenFile {
    var options = ReadingOptions()
    options.response = .viability
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
  }

  @Test(
    "a second row of doses under one heading is an error, and its wells are in no block",
    arguments: [
      "\nH929\n,0,10,50\n0,100,60,15\n30,70,40,8\n300,20,9,2\n", ",0,10,50\n0,100,60,15\n30,70,40,8\n300,20,9,2\n",
      "\nReplicate 2\n,0,200,2000\n0,100,60,15\n30,70,40,8\n", ",1000,100,0\n0,21,70,100\n30,8,40,70\n",
    ])
  func second(below: String) {
    let file = viability(Self.first + Self.means + below)
    #expect(file.blocks.map(\.wellCount) == [9], "\(file.problems)")
    #expect(file.blocks.first?.mean == [0, 29, 80, 25, 53, 91, 77, 90, 97])
    let refused = file.problems(.error)
    #expect(refused.count == 1 && refused.first?.message.contains("looks like a new row of doses") == true)
    #expect(!file.problems.contains { $0.message.contains("the well was excluded") }, "\(file.problems)")
  }

  @Test("labels above a second matrix begin a block")
  func labelled() {
    let file = viability(Self.first + Self.means + "\n" + Self.first + Self.means)
    #expect(file.blocks.map(\.wellCount) == [9, 9] && file.problems(.error).isEmpty, "\(file.problems)")
    let after = viability(Self.first + Self.means + "SD\n" + Self.means + Self.first + Self.means)
    #expect(after.blocks.map(\.wellCount) == [9, 9] && after.problems(.error).isEmpty, "\(after.problems)")
  }

  @Test("deviations below a matrix are not read", arguments: ["SD", "SEM", "Bliss excess", "Standard deviation"])
  func deviations(word: String) {
    let below = "\n\(word)\n,0,100,1000\n0,3,4,5\n30,4,5,4\n300,5,3,2\n"
    for text in [Self.first + Self.means + below, Self.means + below, Self.first + "Mean\n" + Self.means + below] {
      let file = viability(text)
      #expect(file.blocks.map(\.wellCount) == [9], "\(word): \(file.problems)")
      #expect(file.blocks.first?.mean == [0, 29, 80, 25, 53, 91, 77, 90, 97])
    }
  }

  @Test("a name and its unit in the corner are those of the drug that goes down alone")
  func corner() {
    let file = viability("Selinexor (nM),0,0.1,1\n0,100,71,20\n30,75,47,9\n300,23,10,3\n")
    #expect(file.blocks.first?.axes.map(\.drug) == ["Selinexor", "drug 2"], "\(file.problems)")
    #expect(file.blocks.first?.axes.map(\.unit.symbol) == ["nM", ""])
    #expect(file.problems.contains { $0.message.contains("Selinexor") })
  }

  @Test("axes that count rows and columns from 0 are doubted; with a unit they are doses")
  func counting() {
    let rows = "0,100,84,71,20\n1,90,75,47,9\n2,70,60,30,6\n3,23,20,10,3\n"
    for (corner, isDoubted) in [("", true), ("nM", false)] {
      let file = viability("\(corner),0,1,2,3\n" + rows)
      #expect(file.blocks.count == 1)
      #expect(file.problems(.warning).contains { $0.message.contains("row and column numbers") } == isDoubted)
    }
  }

  @Test("raw readings that are called viability are refused with the option that reads them")
  func counts() {
    let file = viability("drug1,conc1,drug2,conc2,value\na,0,b,0,78000\na,1,b,0,60000\na,0,b,1,50000\na,1,b,1,9000\n")
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).contains { $0.message.contains("--response signal") }, "\(file.problems)")
  }
}
