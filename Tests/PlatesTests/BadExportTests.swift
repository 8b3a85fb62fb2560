import Assay
import DoseTables
import Plates
import ReadingSamples
import ReferenceData
import Testing

/// What is wrong with an export is told with its place; the rest is read.
@Suite struct BadExportTests {
  private func grid(_ letters: String, columns: Int = 12) -> String {
    "," + (1...columns).map(String.init).joined(separator: ",") + "\n"
      + letters.map { "\($0)," + (1...columns).map { "\($0).5" }.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  private func messages(_ export: PlateExport, _ severity: InputProblem.Severity) -> [String] {
    export.problems.filter { $0.severity == severity }.map(\.message)
  }

  @Test func `a row past the plate is left out and named`() {
    let export = readExport("Barcode: B1\n" + grid("ABCDEFGHI"))
    #expect(export.plates.first?.wells.count == 96 && export.plates.first?.format.wells == 96)
    let doubts = messages(export, .warning)
    #expect(doubts.first?.contains("line 11: plate \"B1\" has well I1, past the end of a plate of 96 wells") == true)
    #expect(doubts.count == 6 && doubts.last == "7 more wells past the plate, from line 11 on, not listed")
  }

  @Test func `a well past a full plate's list is left out and named`() {
    let wells = (0..<96).map { "\("ABCDEFGH".map(String.init)[$0 / 12])\($0 % 12 + 1),\($0)" }
    let export = readExport("Well,Value\n" + (wells + ["K3,7"]).joined(separator: "\n"))
    #expect(export.plates.first?.wells.count == 96)
    #expect(
      messages(export, .warning) == [
        "line 98: the plate has well K3, past the end of a plate of 96 wells (rows A to H, columns 1 to 12); the well was excluded. "
          + "Correct the name"
      ])
  }

  @Test func `a well twice with two values has none, with one value it is taken once`() {
    let export = readExport("Well,Value\nA1,1\nA2,2\nA3,3\nA2,5\nA3,3\n")
    let plate = export.plates.first
    #expect(plate?.value("A2") == nil && plate?.note("A2") == .unreadable && plate?.value("A3") == 3)
    #expect(
      messages(export, .warning) == [
        "line 5: the plate has well A2 twice, \"2\" on line 3 and \"5\" here; neither is used. Remove the wrong one"
      ])
    #expect(messages(export, .info).count == 1)
  }

  @Test func `a row's letter twice doubts its wells`() {
    let export = readExport("," + (1...3).map(String.init).joined(separator: ",") + "\nA,1,2,3\nB,4,5,6\nB,7,8,9\n")
    #expect(
      export.plates.first?.wells.filter { $0.note == .unreadable }.map(\.position.description) == ["B1", "B2", "B3"])
    #expect(messages(export, .warning).count == 3)
  }

  @Test func `a text among the numbers has no value and is told`() {
    let export = readExport(",1,2,3\nA,1,oops,3\nB,4,5,6\n")
    #expect(export.plates.first?.note("A2") == .unreadable)
    #expect(messages(export, .warning).first?.contains("line 2: the plate, well A2: \"oops\" is no number") == true)
  }

  @Test func `a name that is no well is told, the list goes on`() {
    let export = readExport("Well,Value\nA1,1\nZZ9,2\nA3,3\n")
    #expect(export.plates.first?.wells.map(\.position.description) == ["A1", "A3"])
    #expect(messages(export, .warning).first?.contains("line 3: \"ZZ9\" is no well") == true)
  }

  @Test func `a grid cut off within its last row: the row's last number is not used`() {
    let text = grid("ABCDEFGH")
    let export = readExport(String(text.dropLast(9)))  // "…,10.5,11.5,12.5" ends with "…,10.5,1"
    let plate = export.plates.first
    #expect(plate?.value("H10") == 10.5 && plate?.note("H11") == .unreadable && plate?.wells.count == 95)
    #expect(messages(export, .error).first?.contains("it was cut off") == true)
  }

  @Test func `a SoftMax Pro section without its end was cut off`() {
    let bytes = PlateExportWriter(.softMax).bytes([randomPlate(PlateFormat.standard[4], seed: 3)])
    let export = PlateExport.read(Array(bytes.prefix(bytes.count * 2 / 3)), name: "cut")
    #expect(!export.plates.isEmpty)
    #expect(messages(export, .error).contains { $0.contains("the section that begins here has no end") })
  }

  @Test func `rows of numbers that fill no plate are refused: which rows they are can not be told`() {
    let row = (1...12).map { "\($0).5" }.joined(separator: ",") + "\n"
    let export = readExport(String(repeating: row, count: 5))
    #expect(export.plates.isEmpty)
    #expect(messages(export, .error).first?.contains("5 rows of 12 numbers, expected 8 for each plate") == true)
  }

  @Test(arguments: [
    "", "\n\n\n", "hello", "a,b,c\n1,2,3\n4,5,6", ",,,,,\n,,,,", "Well,Value\n", "\"", "A1", "1,2,3", "~End", "Plate:",
    "##BLOCKS= 1\nPlate:\n~End", "Well,Value\nA1,\n",
  ])
  func `what holds no plate is refused in one problem`(text: String) {
    let export = readExport(text)
    #expect(export.plates.isEmpty && messages(export, .error).count == 1, "\(export.problems)")
    #expect(!PlateExport.recognises(Array(text.utf8)))
  }

  @Test func `a layout is refused and says where it belongs`() {
    let names = ",1,2,3\nA,dmso,sel,bor\nB,dmso,sel,bor\n"
    #expect(messages(readExport(names), .error).first?.contains("give it with --layout") == true)
    let table = "plate,well,role,drug1,conc1\nP1,A1,sample,selinexor,10\nP1,A2,negative,,0\n"
    #expect(
      messages(readExport(table), .error).first?.contains("give a layout or a transfer log with --layout") == true)
  }

  @Test func `random bytes and cut files never end the program`() {
    var random = SplitMix64(seed: 11)
    for seed: UInt64 in 1...40 {
      let dialect = PlateExportWriter.Dialect.allCases[Int(seed) % PlateExportWriter.Dialect.allCases.count]
      var bytes = PlateExportWriter(dialect).bytes([randomPlate(PlateFormat.standard[3], seed: seed)])
      for _ in 0..<20 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let cut = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
      for file in [bytes, cut, cut.map { $0 ^ 0x55 }] {
        let export = PlateExport.read(file, name: "file")
        #expect(!export.plates.isEmpty || export.problems.contains { $0.severity == .error })
        for plate in export.plates { #expect(plate.wells.allSatisfy { plate.format.contains($0.position) }) }
      }
    }
  }

  @Test func `a file of very many lines is read to its bound`() {
    var options = PlateExportOptions()
    options.mostCells = 10_000
    let export = PlateExport.read(
      Array(String(repeating: "A1,1\n", count: 100_000).utf8), name: "long", options: options)
    #expect(messages(export, .error).first?.contains("more than 10000 cells") == true)
    options.largestText = 1000
    let large = PlateExport.read(Array(String(repeating: "x", count: 1001).utf8), name: "large", options: options)
    #expect(
      messages(large, .error) == [
        "the file has 1001 bytes, expected at most 1000; a plate has some kilobytes. Export fewer plates a file"
      ])
  }

  @Test func `rows without end in a SoftMax Pro section are past the plate, not past the letters`() {
    let export = readExport("##BLOCKS= 1\nPlate:\tP\t1\n\tTemp\t1\t2\n" + String(repeating: "\t\t5\t6\n", count: 2000))
    #expect(export.plates.first?.format.wells == 1536)
    #expect(messages(export, .warning).contains { $0.contains("has well AG1, past the end") })
    #expect(WellPosition(row: 701, column: 0).rowName == "ZZ" && WellPosition(row: 702, column: 0).rowName == "AAA")
    #expect(WellPosition(row: 26, column: 0).rowName == "AA" && WellPosition(row: 31, column: 0).rowName == "AF")
  }
}
