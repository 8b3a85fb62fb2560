import Testing

@testable import Spreadsheets

@Suite("What a workbook's formats say of its numbers")
struct CellFormatTests {
  private let styles = """
    <styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/>\
    <numFmt numFmtId="166" formatCode="[Red]0.0%;[Blue]-0.0%"/><numFmt numFmtId="167" formatCode="[h]:mm:ss"/></numFmts>\
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="16"/><xf numFmtId="9"/><xf numFmtId="164"/>\
    <xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="21"/></cellXfs></styleSheet>
    """

  @Test("dates are as people see them, all else as it is stored; per cents are told")
  func texts() throws {
    let formats = try CellFormats(Array(styles.utf8), part: "styles.xml")
    let found = (0...8).map { formats.text("46054", style: $0) }
    #expect(found == ["46054", "2026-02-01", "46054", "2026-02-01", "46054", "46054", "46054", "46054", "46054"])
    #expect((0...8).filter { formats.isPercent($0) } == [2, 5] && formats.hasPercents)
    #expect(formats.text("46054", style: nil) == "46054" && formats.text("text", style: 1) == "text")
  }

  @Test("days are counted from 1900, with its 29th of February, or from 1904")
  func days() throws {
    var formats = try CellFormats(Array(styles.utf8), part: "styles.xml")
    let known = [
      "1": "1900-01-01", "59": "1900-02-28", "61": "1900-03-01", "36526": "2000-01-01", "36585.5": "2000-02-29 12:00",
      "45351": "2024-02-29", "2958465": "9999-12-31",
    ]
    for (serial, day) in known { #expect(formats.text(serial, style: 1) == day) }
    formats.isFrom1904 = true
    #expect(formats.text("0", style: 1) == "1904-01-01" && formats.text("44592", style: 1) == "2026-02-01")
  }

  @Test(
    "a hundred times a number is so digit by digit",
    arguments: [
      ("0.7", "70"), ("0.705", "70.5"), ("1", "100"), ("0", "0"), ("-0.071", "-7.1"), ("12.34567", "1234.567"),
      ("0.0005", "0.05"), ("0.29", "29"), ("1E-2", "1.0"),
    ])
  func hundred(stored: String, shown: String) {
    #expect(CellFormats.timesHundred(stored) == shown)
  }
}
