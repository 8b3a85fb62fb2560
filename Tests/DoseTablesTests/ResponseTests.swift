import Assay
import DoseTables
import ReadingSamples
import Testing

private let grid = TestGrid()
private func viability(_ v: Double) -> String { "\(100 - v)" }
private func fraction(_ v: Double) -> String { "\(v / 100)" }
private func viabilityFraction(_ v: Double) -> String { "\(1 - v / 100)" }

private func columns(_ response: String) -> String {
  "block_id,drug1,drug2,conc1,conc2,\(response),conc_unit,cell_line_name"
}

@Suite struct ResponseTests {
  @Test(arguments: ["response", "E"])
  func `the controls and the range tell what an unnamed response means`(name: String) throws {
    let expected: [(String, (Double) -> String)] = [
      ("inhibition, %", { "\($0)" }), ("viability, %", viability), ("inhibition, fraction", fraction),
      ("viability, fraction", viabilityFraction),
    ]
    for (words, value) in expected {
      let file = read(grid.table(columns: columns(name), value: value))
      #expect(file.response == words)
      #expect(grid.equals(file.blocks.first, tolerance: 1e-12))
      #expect(file.problems.isEmpty)
    }
  }

  @Test(arguments: [("viability", "inhibition"), ("inhibition", "viability")])
  func `a name that the controls contradict is asked about`(name: String, other: String) {
    let file = read(grid.table(columns: columns(name), value: name == "viability" ? { "\($0)" } : viability))
    #expect(file.blocks.isEmpty && file.response == nil && file.problems.count == 1)
    let message = file.problems(.error).first?.message ?? ""
    #expect(message.contains("\"\(name)\"") && message.contains("as \(other) would") && message.contains("--response"))
  }

  @Test func `controls in the middle are asked about`() {
    let file = read(grid.table { "\($0 + 50)" })
    #expect(file.blocks.isEmpty && file.problems(.error).first?.message.contains("controls read 51") == true)
  }

  @Test func `without controls and without a name it is asked, with a name it is not`() {
    let text = grid.table().split(separator: "\n").filter { !$0.contains(",0.0,0.0,") }.joined(separator: "\n")
    #expect(read(text).blocks.isEmpty)
    #expect(read(text).problems(.error).first?.message.contains("no untreated control") == true)
    #expect(read(text.replacingOccurrences(of: "response", with: "inhibition")).blocks.count == 1)
  }

  @Test func `a quiet block that could be percent or fractions is asked about`() {
    let file = read(grid.table(columns: columns("inhibition")) { "\($0 / 40 - 0.3)" })
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).first?.message.contains("may be fractions or percent") == true)
  }

  @Test func `a kind that was asked for is obeyed and doubted when viability in percent contradicts it`() {
    let file = read(grid.table(value: viability), .inhibition)
    #expect(file.blocks.count == 1)
    let doubted = file.problems(.warning).first { $0.blockID == nil }
    #expect(doubted?.message.hasSuffix("give --response viability") == true)
  }

  @Test(arguments: [ReadingOptions.Response.viabilityFraction, .inhibitionFraction])
  func `percents that were to be read as fractions are an error`(asked: ReadingOptions.Response) {
    let file = read(grid.table(value: viability), asked)
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).first?.message.contains("give --response viability or inhibition") == true)
  }

  @Test func `fractions read as percent are doubted with the option that fits`() {
    let file = read(grid.table(value: fraction), .inhibition)
    #expect(file.blocks.first?.mean[15] == 0.85)
    #expect(file.problems(.warning).map(\.message).first?.hasSuffix("give --response inhibition-fraction") == true)
  }

  @Test func `a kind that was asked for and fits is not doubted`() {
    #expect(read(grid.table(value: viabilityFraction), .viabilityFraction).problems.isEmpty)
    #expect(read(grid.table(), .inhibition).problems.isEmpty)
  }

  @Test func `a block the other way round than its file is refused`() {
    let file = read(
      grid.table() + grid.table(block: "2", header: false) + grid.table(block: "3", header: false, value: viability)
        + grid.table(block: "4", header: false))
    #expect(file.blocks.map(\.id) == ["1", "2", "4"])
    let problem = file.problems(.error).first
    #expect(problem?.blockID == "3" && problem?.message.contains("--response viability") == true)
  }

  @Test func `a block whose control alone is off is doubted`() {
    let text =
      grid.table() + grid.table(block: "2", header: false)
      + grid.table(block: "3", header: false) { $0 == 1 ? "95" : "\($0)" }
    let file = read(text)
    #expect(file.blocks.count == 3)
    #expect(
      file.problems.map(\.severity) == [.warning] && file.problems.first?.blockID == "3"
        && file.problems.first?.line == 34)
  }

  @Test func `a block on another scale than its file is doubted with the option that fits`() {
    let percentFile = read(
      grid.table() + grid.table(block: "2", header: false) + grid.table(block: "3", header: false, value: fraction))
    #expect(percentFile.blocks.count == 3)
    #expect(percentFile.problems(.warning).map(\.blockID) == ["3"])
    #expect(percentFile.problems.first?.message.contains("--response inhibition-fraction") == true)
    let fractionFile = read(
      grid.table(value: viabilityFraction) + grid.table(block: "2", header: false, value: viabilityFraction)
        + grid.table(block: "3", header: false, value: viability))
    #expect(fractionFile.response == "viability, fraction")
    #expect(
      fractionFile.problems(.warning).contains { $0.blockID == "3" && $0.message.contains("--response viability") })
  }

  @Test func `thresholds are the caller's`() {
    var options = ReadingOptions()
    options.controlTolerance = 0.5
    let file = ScreenFile.read(Array(grid.table().utf8), name: "x", options: options)
    #expect(file.blocks.isEmpty)
  }
}
