import Assay
import ReferenceData
import Testing

@testable import DoseTables

@Suite struct ColumnRoleTests {
  @Test(arguments: ["block_id", "BlockId", "blockID", "PairIndex", "pair_index", "Block Id", "block.id"])
  func `a block column is known in every spelling`(name: String) { #expect(ColumnRole(columnName: name) == .block) }

  @Test(arguments: [
    ("drug1", 1), ("Drug1", 1), ("drug_row", 1), ("DrugRow", 1), ("RowName", 1), ("Drug 2", 2), ("drug_col", 2),
    ("DrugCol", 2), ("drug.3", 3), ("Drug1:", 1),
  ])
  func `a drug column is known in every spelling`(name: String, drug: Int) {
    #expect(ColumnRole(columnName: name) == .drug(drug))
  }

  @Test(arguments: [
    ("conc1", 1), ("Conc1", 1), ("conc_r", 1), ("ConcR", 1), ("ConcRow", 1), ("conc_row", 1), ("RowConcs", 1),
    ("d1", 1), ("drug1.conc", 1),
    ("conc_c", 2), ("ConcCol", 2), ("ColConcs", 2), ("d2", 2), ("drug4.conc", 4), ("conc1 (nM)", 1),
  ])
  func `a dose column is known in every spelling`(name: String, drug: Int) {
    #expect(ColumnRole(columnName: name) == .dose(drug))
  }

  @Test(
    arguments: [
      ("conc_unit", nil), ("ConcUnit", nil), ("ConcUnit:", nil), ("conc_r_unit", 1), ("RowConcUnit", 1),
      ("conc_c_unit", 2),
      ("ColConcUnit", 2), ("conc_unit3", 3), ("ConcUnit1", 1),
    ] as [(String, Int?)])
  func `a unit column is known in every spelling`(name: String, drug: Int?) {
    #expect(ColumnRole(columnName: name) == .unit(drug))
  }

  @Test(arguments: ["cell_line_name", "cell_line", "CellLine", "sample", "sampleid", "Cell", "Cell:", "Cell line"])
  func `a sample column is known in every spelling`(name: String) { #expect(ColumnRole(columnName: name) == .sample) }

  @Test(
    arguments: [
      ("response", .unspecified), ("Response", .unspecified), ("inhibition", .inhibition),
      ("% Inhibition", .inhibition),
      ("viability", .viability), ("Viability (%)", .viability), ("E", .effect),
    ] as [(String, ColumnRole.ResponseWord)])
  func `a response column says what its name says`(name: String, word: ColumnRole.ResponseWord) {
    #expect(ColumnRole(columnName: name) == .response(word))
  }

  @Test(arguments: [
    "Row", "Col", "RowSid", "RowTarget", "RowIC50", "tech_rep", "AssayId", "Size", "synergy_zip", "d", "drug.conc",
    "drug0", "",
  ])
  func `other columns have no role`(name: String) { #expect(ColumnRole(columnName: name) == nil) }

  @Test func `a text far longer than a name has no role`() {
    let remark = String(repeating: "relative to DMSO ", count: 100)
    #expect(ColumnRole(columnName: "viability (relative to DMSO)") == .response(.viability))
    #expect(ColumnRole(columnName: "viability (\(remark))") == nil)
    #expect(ColumnRole.doseOfNamedDrug(remark + "(nM)") == nil)
    #expect(ColumnRole.replicate("response\(String(repeating: "1", count: 2_000))") == nil)
  }

  @Test func `names in ASCII are folded as all others`() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<5_000 {
      let length = Int.random(in: 0...12, using: &random)
      let letters = Array("aZ09 _.()[]-\r\n\t%")
      let name = String((0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
      var text = Substring(name.lowercased())
      if let last = text.last, ")]".contains(last), let open = text.lastIndex(where: { "([".contains($0) }),
        open > text.startIndex
      {
        text = text[..<open]
      }
      #expect(ColumnRole.fold(name) == String(text.filter { $0.isLetter || $0.isNumber }))
    }
  }

  @Test func `a unit in the dose column's name is read`() {
    #expect(ColumnRole.unit(inColumnName: "conc1 (nM)") == ConcentrationUnit("nM"))
    #expect(ColumnRole.unit(inColumnName: "conc1 (row)") == nil)
  }
}
