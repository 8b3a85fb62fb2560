import DoseTables
import Foundation
import Plates
import ReadingSamples
import ReferenceData
import Testing

/// The XML inside of a workbook: whatever it holds, the answer is a sentence, and never the end of the program.
@Suite struct WorkbookXMLTests {
  private func refusal(_ bytes: [UInt8]) -> String {
    let export = PlateExport.read(bytes, name: "x.xlsx")
    #expect(export.plates.isEmpty && export.problems.map(\.severity) == [.error])
    #expect(ScreenFile.read(bytes, name: "x.xlsx", options: .init()).blocks.isEmpty)
    return export.problems.first?.message ?? ""
  }

  private func sheet(_ inner: String) -> [UInt8] {
    SmallWorkbook.bytes([.sheet: Array("<worksheet>\n<sheetData>\n\(inner)</sheetData></worksheet>".utf8)])
  }

  @Test func `the workbook that the tests spoil is read as it stands`() {
    let export = PlateExport.read(SmallWorkbook.bytes(), name: "x.xlsx")
    #expect(export.plates.map(\.barcode) == ["P1"] && export.plates.first?.value("A1") == 1.5)
  }

  @Test(arguments: [
    (SmallWorkbook.Part.roots, "<Relationship "), (.roots, "<Rel"), (.workbook, "<she"), (.workbook, "name=\"P1"),
    (.workbook, "<sheet n"), (.relations, "<Relationship I"), (.texts, "<s"), (.texts, "<si><t>"),
    (.sheet, "<row r=\"1\"><c"),
    (.sheet, "<v"), (.sheet, "<c r"), (.sheet, "<c r=\"B"), (.sheet, "<v>1"), (.sheet, "</v"),
  ])
  func `a byte that is no UTF-8 is refused with its part, line and value, wherever it stands`(
    part: SmallWorkbook.Part, mark: String
  ) {
    for byte: UInt8 in [0xC1, 0x80, 0xFF, 0xED] {
      let message = refusal(SmallWorkbook.bytes(part, byte: byte, after: mark))
      #expect(message.contains("part \"\(part.rawValue)\" of the workbook cannot be read (line 1: "))
      #expect(message.contains("save the workbook again as .xlsx"))
    }
    let message = refusal(SmallWorkbook.bytes(part, after: mark))
    #expect(message.contains("byte 0xC1 is not valid text there"), "\(message)")
  }

  @Test func `a cell with more attributes than any workbook has is refused`() {
    let attributes = (0..<100_000).map { " a\($0)=\"\"" }.joined()
    #expect(
      refusal(sheet("<row r=\"1\"><c r=\"A1\"\(attributes)><v>1</v></c></row>")).contains(
        "an element with 100001 attributes, expected at most 1000"))
  }

  @Test func `a tag or comment of more than a mebibyte is refused before all of it is taken in`() {
    let long = String(repeating: "x", count: 3 << 20)
    for inner in ["<row r=\"1\" a=\"\(long)\"/>", "<!-- \(long) -->", "<?x \(long)?>", "<\(long)/>"] {
      #expect(refusal(sheet(inner)).contains("line 3: a tag or comment of more than 1048576 bytes"))
    }
  }

  @Test func `elements within elements without end are refused`() {
    let message = refusal(sheet(String(repeating: "<a>", count: 100_000)))
    #expect(message.contains("line 3: elements within elements to a depth of more than 256"))
  }

  @Test(arguments: [
    ("<row><c></row>", "an element is closed by another one's end tag"),
    ("<row r=\"1\" r=\"1\"/>", "the same attribute twice"),
    ("<row>&amp;&x;</row>", "an entity that XML does not define"), ("<row>\u{1}</row>", "the control character 0x01"),
    ("<row <c/>", "“<” was read where XML allows none"), ("<row>&#xD800;</row>", "no valid XML"),
    ("<!--", "in the middle of a tag"),
  ])
  func `what is wrong is told in words, with the line`(inner: String, words: String) {
    let message = refusal(sheet(inner))
    #expect(message.contains(words) && message.contains("(line 3: "), "\(message)")
  }

  @Test(arguments: ["", " ", "no XML", "<worksheet>", "\u{FEFF}"])
  func `an empty or broken part is refused`(text: String) {
    #expect(refusal(SmallWorkbook.bytes([.sheet: Array(text.utf8)])).contains("cannot be read (line 1: "))
  }

  @Test func `a document type is refused, the word within a text is not`() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>"
    #expect(refusal(SmallWorkbook.bytes([.sheet: Array(bomb.utf8)])).contains("declares a document type"))
    let texts = Array("<sst><!-- <!DOCTYPE --><si><t>A</t></si><si><t><![CDATA[B]]></t></si></sst>".utf8)
    #expect(PlateExport.read(SmallWorkbook.bytes([.texts: texts]), name: "x.xlsx").plates.count == 1)
  }

  @Test func `UTF-16, which the standard allows, is read; UTF-32 is refused`() throws {
    for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian] {
      let text = "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + (SmallWorkbook.parts[.sheet] ?? "")
      let bytes = [UInt8](try #require(text.data(using: encoding)))
      #expect(PlateExport.read(SmallWorkbook.bytes([.sheet: bytes]), name: "x.xlsx").plates.first?.value("A1") == 1.5)
    }
    let text = [UInt8](try #require(SmallWorkbook.parts[.sheet]?.data(using: .utf32LittleEndian)))
    #expect(refusal(SmallWorkbook.bytes([.sheet: text])).contains("cannot be read (line 1: "))
  }

  @Test func `a part is read in pieces, and no text is lost or doubled where they meet`() {
    // Rows of many lengths, so that pieces end within texts, tags and letters of several bytes.
    let rows = (1...40_000).map { row in
      "<row r=\"\(row)\"><c r=\"A\(row)\" t=\"inlineStr\"><is><t>µ実\(String(repeating: "é", count: row % 11))\(row)</t></is></c></row>"
    }
    let other = PlateExport.read(sheet(rows.joined()), name: "x.xlsx")
    #expect(other.problems.contains { $0.message.contains("no plate") })
    let table =
      "block_id,drug1,drug2,cell_line,conc1,conc2,inhibition,conc_unit".split(separator: ",").map(String.init)
    var cells: [[String]] = [table]
    for block in 0..<900 {
      for well in 0..<4 {
        cells.append([
          "µ\(block)", "ä\(block % 7)", "実", "s", "\(well % 2)", "\(well / 2)", "\(block % 90).\(well)", "uM",
        ])
      }
    }
    let text = cells.enumerated().map { number, row in
      "<row r=\"\(number + 1)\">" + row.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }
    let read = ScreenFile.read(sheet(text.joined()), name: "x.xlsx", options: .init())
    let csv = ScreenFile.read(
      Array(cells.map { $0.joined(separator: ",") + "\n" }.joined().utf8), name: "x.csv", options: .init())
    #expect(read.blocks.count == 900 && read.blocks.map(\.id) == csv.blocks.map(\.id))
    #expect(zip(read.blocks, csv.blocks).allSatisfy { $0.mean == $1.mean && $0.axes == $1.axes })
  }

  @Test func `elements with prefixes are the same elements`() {
    let text = (SmallWorkbook.parts[.sheet] ?? "").replacing("</", with: "</x:").replacing("<", with: "<x:")
      .replacing("<x:/x:", with: "</x:").replacing("<x:worksheet>", with: "<x:worksheet xmlns:x=\"y\">")
    #expect(
      PlateExport.read(SmallWorkbook.bytes([.sheet: Array(text.utf8)]), name: "x.xlsx").plates.first?.value("A1") == 1.5
    )
  }

  @Test func `more shared texts or named parts than a workbook can use are refused`() {
    var options = PlateExportOptions()
    options.workbook.mostCells = 100
    let texts = "<sst>" + String(repeating: "<si/>", count: 401) + "</sst>"
    let many = PlateExport.read(SmallWorkbook.bytes([.texts: Array(texts.utf8)]), name: "x.xlsx", options: options)
    #expect(many.problems.first?.message.contains("it has more than 400 texts") == true)
    let parts = (0...4_096).map { "<Relationship Id=\"\($0)\" Target=\"\"/>" }.joined()
    #expect(
      refusal(SmallWorkbook.bytes([.relations: Array("<Relationships>\(parts)</Relationships>".utf8)])).contains(
        "it names more than 4096 other parts"))
  }

  @Test func `a worksheet whose cells all name one long text is read up to the bound on its text`() {
    var options = PlateExportOptions()
    options.workbook.mostText = 10_000
    let texts = "<sst><si><t>\(String(repeating: "x", count: 1_000))</t></si></sst>"
    let rows = (1...20).map { "<row r=\"\($0)\"><c r=\"A\($0)\" t=\"s\"><v>0</v></c></row>" }.joined(separator: "\n")
    let bytes = SmallWorkbook.bytes([
      .texts: Array(texts.utf8), .sheet: Array("<worksheet><sheetData>\(rows)</sheetData></worksheet>".utf8),
    ])
    let export = PlateExport.read(bytes, name: "x.xlsx", options: options)
    #expect(export.problems.contains { $0.message.contains("line 11") }, "\(export.problems)")
    options.workbook.mostText = 20_000
    #expect(
      !PlateExport.read(bytes, name: "x.xlsx", options: options).problems.contains { $0.message.contains("line 11") })
  }

  @Test(
    .enabled(if: !ReferenceData.killers.isEmpty, "\(ReferenceData.killersAbsence)"), arguments: ReferenceData.killers)
  func `a workbook that ended an earlier version is read or refused in words`(file: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: file))
    let export = PlateExport.read(bytes, name: file.lastPathComponent)
    #expect(!export.plates.isEmpty || export.problems.contains { $0.severity == .error })
    let screen = ScreenFile.read(bytes, name: file.lastPathComponent, options: .init())
    #expect(!screen.blocks.isEmpty || screen.problems.contains { $0.severity == .error })
    _ = PlateExport.recognises(bytes)
    _ = LayoutSet(files: [(file.lastPathComponent, bytes)])
    _ = WellMask(bytes, file: file.lastPathComponent)
  }

  @Test("a worksheet that is listed a hundred times is read once")
  func sheetTwice() {
    let listed = (1...100).map { "<sheet name=\"P\($0)\" sheetId=\"1\" r:id=\"s\"/>" }.joined()
    let text = (SmallWorkbook.parts[.workbook] ?? "").replacing(/<sheet .*\/>/, with: listed)
    let export = PlateExport.read(SmallWorkbook.bytes([.workbook: Array(text.utf8)]), name: "x.xlsx")
    #expect(export.plates.map(\.barcode) == ["P1"])
  }
}
