import Foundation
import Testing

@testable import Genes

@Suite("Tables of counts that are not as they must be")
struct SpoiltTableTests {
  static let good = """
    sgRNA\tGene\tVeh_1\tVeh_2\tDrug_1
    A_1\tA\t10\t20\t30
    A_2\tA\t11\t21\t31
    B_1\tB\t12\t22\t32
    B_2\tB\t13\t23\t33

    """

  /// What is spoilt, how, and what the message must say.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var says: [String]
    var testDescription: String { name }

    init(_ name: String, _ old: String, _ new: String, _ says: String...) {
      (self.name, self.says) = (name, says)
      text = SpoiltTableTests.good.replacingOccurrences(of: old, with: new)
    }
  }

  static let cases: [Case] = [
    Case("empty", good, "", "counts.tsv: the file is empty"),
    Case("blank lines alone", good, "\n \n\t\n", "the file is empty"),
    Case("a header alone", good, "sgRNA\tGene\tVeh_1\tVeh_2\tDrug_1\n", "line 1", "no rows below the header"),
    Case("one column", good, "sgRNA\nA_1\nA_2\n", "line 1", "one field", "tabs, commas or semicolons"),
    Case("no header", "sgRNA\tGene\tVeh_1\tVeh_2\tDrug_1\n", "7\t8\t10\t20\t30\n", "line 1", "expected a header"),
    Case(
      "a duplicate guide", "A_2\tA", "A_1\tA", "line 3, column \"sgRNA\"", "\"A_1\" stands in line 2 too", "one row"),
    Case("a guide with two genes", "B_1\tB", "A_1\tB", "line 4", "is of \"B\" here and of \"A\" in line 2"),
    Case("two genes in a cell", "B_1\tB", "B_1\tB,C", "line 4, column \"Gene\"", "several genes, \"B,C\""),
    Case("NA", "\t21\t", "\tNA\t", "line 3, column \"Veh_2\"", "the count of \"A_2\" is missing (\"NA\")", "Write 0"),
    Case("an empty count", "\t21\t", "\t\t", "line 3, column \"Veh_2\"", "is missing ((empty))"),
    Case("a text", "\t21\t", "\tmany\t", "line 3, column \"Veh_2\"", "is \"many\"", "whole number of reads"),
    Case("a negative count", "\t21\t", "\t-21\t", "line 3, column \"Veh_2\"", "-21", "below 0", "raw counts"),
    Case("a fractional count", "\t21\t", "\t21.5\t", "line 3, column \"Veh_2\"", "21.5", "--round-counts"),
    Case("a count with thousands", "\t21\t", "\t1 021\t", "line 3, column \"Veh_2\"", "is \"1 021\""),
    Case("infinite", "\t21\t", "\tinf\t", "line 3, column \"Veh_2\"", "is \"inf\""),
    Case("a count that no sequencer makes", "\t21\t", "\t4e13\t", "line 3, column \"Veh_2\"", "below 10¹²"),
    Case("a row that is too short", "A_2\tA\t11\t21\t31", "A_2\tA\t11\t21", "line 3", "4 fields, the header 5"),
    Case("a row that is too long", "A_2\tA\t11\t21\t31", "A_2\tA\t11\t21\t31\t9", "line 3", "6 fields, the header 5"),
    Case("a guide without a name", "A_2\tA", "\tA", "line 3, column \"sgRNA\"", "the name is empty"),
    Case("a guide without a gene", "A_2\tA", "A_2\t", "line 3, column \"Gene\"", "the name is empty"),
    Case("equal column names", "Veh_2", "Veh_1", "line 1", "2 columns are called \"Veh_1\" (columns 3, 4)"),
    Case("a missing sample", "Drug_1", "Drug_2", "line 1", "no column \"Drug_1\"", "Did you mean \"Drug_2\"?"),
    Case("an open quote", "A_2\tA", "\"A_2\tA", "line 3", "no closing quote"),
    Case("no genes", "Gene", "Notes", "--gene-column", "--library"),
    Case("a spreadsheet", good, "PK\u{3}\u{4} and so on", "an Excel workbook or zip archive"),
    Case("a sample without reads", "10\t", "0\t", "\"Veh_1\" has no reads at all"),
  ]

  static let contrast = Contrast(name: "drug", controls: ["Veh_1", "Veh_2"], treatments: ["Drug_1"])

  @Test("are refused with file, line, column, what was read, what was expected and what to do", arguments: cases)
  func spoilt(_ spoilt: Case) throws {
    var text = spoilt.text
    if spoilt.name == "no genes" {
      text = text.replacingOccurrences(of: "_", with: "-").replacingOccurrences(of: "Veh-", with: "Veh_")
        .replacingOccurrences(of: "Drug-", with: "Drug_")
    }
    if spoilt.name == "a sample without reads" {
      for count in ["11", "12", "13"] { text = text.replacingOccurrences(of: "\t\(count)\t", with: "\t0\t") }
    }
    let error = #expect(throws: CountError.self) {
      let table = try CountReader.read(Array(text.utf8), file: "counts.tsv", samples: Self.contrast.samples)
      _ = try ContrastCounts(table, Self.contrast)
    }
    let message = "\(try #require(error))"
    for words in spoilt.says { #expect(message.contains(words), "\(message)") }
  }

  @Test("packed bytes that are damaged or go on for ever are refused")
  func gzip() throws {
    for bytes: [UInt8] in [[0x1F, 0x8B], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]] {
      let error = #expect(throws: CountError.self) { try CountReader.read(bytes, file: "c.tsv.gz") }
      #expect("\(try #require(error))".contains("damaged or end too early"))
    }
  }

  @Test("samples and arms that do not fit are refused before anything is read")
  func arms() {
    func message(_ contrast: Contrast) -> String {
      do { try contrast.check() } catch { return "\(error)" }
      return ""
    }
    #expect(message(Contrast(name: "d", controls: [], treatments: ["a"])).contains("no control sample"))
    #expect(message(Contrast(name: "d", controls: ["a"], treatments: [])).contains("no treatment sample"))
    #expect(message(Contrast(name: "d", controls: ["a"], treatments: ["a"])).contains("a control and a treatment"))
    #expect(message(Contrast(name: "d", controls: ["a", "a"], treatments: ["b"])).contains("named twice"))
    #expect(
      message(Contrast(name: "d", controls: ["a"], treatments: ["b", "c"], isPaired: true)).contains(
        "1 controls and 2 treatments"))
  }

  @Test("files of one sample each must have the same guides")
  func directory() throws {
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    let first = ("a.txt", bytes("sgRNA,gene,count\nA_1,A,5\nA_2,A,6\n"))
    func message(_ files: [(String, [UInt8])]) -> String {
      do { _ = try CountReader.read(files: files.map { (name: $0.0, bytes: $0.1) }) } catch { return "\(error)" }
      return ""
    }
    #expect(
      message([first, ("b.txt", bytes("sgRNA,gene,count\nA_1,A,5\nA_3,A,6\n"))]).contains("1 missing, 1 more (\"A_3\")")
    )
    #expect(
      message([first, ("b.txt", bytes("sgRNA,gene,count\nA_1,A,5\nA_2,B,6\n"))]).contains(
        "is of \"B\" here and of \"A\""))
    #expect(message([first, ("x/a.txt", first.1)]).contains("the sample \"a\" is in a.txt too"))
    #expect(message([("b.txt", bytes("sgRNA,gene,x,y\nA_1,A,5,6\n"))]).contains("several columns of counts"))
    #expect(message([]).contains("no files of counts"))
  }
}
