import DoseTables
import ReadingSamples
import Testing

@Suite("Tables of samples")
struct SampleTableTests {
  private func read(_ text: String) -> (table: SampleTable?, told: [String]) {
    let (table, problems) = SampleTable.read(Array(text.utf8), file: "samples.csv")
    return (table, problems.map { "\($0.severity.rawValue) \($0.line.map(String.init) ?? "-"): \($0.message)" })
  }

  @Test("the first column names the samples; words and numbers are told apart; what is not known has no value")
  func columns() throws {
    let (found, told) = read("sample;subtype;MYC\n# a comment\nMM.1S;\"plasma; cell\";1,5\nOPM-2;NA;\nHL-60;AML;2\n")
    let table = try #require(found)
    #expect(told.isEmpty)
    #expect(table.samples == ["MM.1S", "OPM-2", "HL-60"])
    #expect(table.columns.map(\.name) == ["subtype", "MYC"])
    #expect(table.columns[0].values == ["plasma; cell", nil, "AML"])
    #expect(table.columns[0].numbers == nil)
    #expect(table.columns[1].numbers == [1.5, nil, 2])
  }

  @Test(
    "a sample twice with other annotations is excluded, with the same it is told",
    arguments: [
      (
        "A,wt\nB,mut\nA,mut\n", ["B"],
        "error 4: A has other annotations than on line 2; both rows were excluded, keep the right one"
      ),
      ("A,wt\nB,mut\nA,wt\n", ["A", "B"], "info 4: A stands in the table twice, with the same annotations"),
    ])
  func twice(rows: String, samples: [String], message: String) throws {
    let (table, told) = read("sample,TP53\n" + rows)
    #expect(table?.samples == samples)
    #expect(told == [message])
  }

  @Test("rows and columns that cannot be used are refused by line and the rest is read")
  func bad() throws {
    let (table, told) = read("sample,TP53,tp53,,MYC\nA,wt,wt,x,1\n,wt,wt,,2\nB,mut,mut,,3,4,5\nC,mut,mut,,6\n")
    #expect(table?.samples == ["A", "C"])
    #expect(table?.columns.map(\.name) == ["TP53", "MYC"])
    #expect(
      told == [
        "error 1: column 3 is called tp53 like column 2; it was excluded, rename one of them",
        "error 1: column 4 has no name; it was excluded, name it",
        "error 3: the row names no sample; it was excluded",
        "error 4: the row of B has 7 fields, the header 5; it was excluded, quote texts that hold the separator",
      ])
  }

  @Test(
    "what is no table is refused whole",
    arguments: [
      ("", "error -: the file holds no data"),
      (
        "sample\nA\n",
        "error 1: expected a header with a column of samples and at least one annotation, as sample,subtype,TP53"
      ),
      (
        "sample,TP53\nA,\"wt\nB,mut\n",
        "error 2: a quote is not closed, so the rest of the file is one field; close it"
      ),
    ])
  func none(text: String, message: String) {
    let (table, told) = read(text)
    #expect(table == nil)
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix(String(message.prefix(11))) ?? false)
    if !text.isEmpty { #expect(told == [message]) }
  }

  @Test("more annotations than any table has are refused before they are read")
  func tooMany() {
    let (table, told) = read(
      "sample" + (0...200).map { ",a\($0)" }.joined() + "\nA" + String(repeating: ",1", count: 201))
    #expect(table == nil)
    #expect(told == ["error -: 1 samples with 201 annotations; expected at most 100000 and 200"])
  }
}
