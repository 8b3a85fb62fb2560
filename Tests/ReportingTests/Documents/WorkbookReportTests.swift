import Assay
import Foundation
import Screening
import Testing

@testable import Reporting
@testable import Spreadsheets

/// `report.xlsx`, read back as a workbook and as the XML in its archive.
@Suite("report.xlsx")
struct WorkbookReportTests {
  private func sheets(_ document: WrittenDocument) throws -> [String: [[String]]] {
    let sheets = try Workbook.sheets(document.bytes, limits: WorkbookLimits())
    return Dictionary(uniqueKeysWithValues: sheets.map { ($0.name ?? "", $0.rows.map(\.cells)) })
  }

  private func parts(_ document: WrittenDocument, _ names: [String]) throws -> [String] {
    let bytes = try document.bytes
    return try ZipArchive.with(bytes, limits: WorkbookLimits()) { (archive) throws(WorkbookError) in
      var texts: [String] = []
      for name in names { texts.append(String(decoding: try archive.read(name) ?? [], as: UTF8.self)) }
      return texts
    }
  }

  @Test("the sheets are there, and the ranking has a row a block with its numbers")
  func ranking() throws {
    let analyses = try SampleScreen.varied()
    let source = DocumentSample.source(analyses)
    let sheets = try sheets(.workbook(source))
    #expect(Set(sheets.keys) == ["Summary", "Ranking", "Cells", "Fits", "Problems", "Methods"])
    let rows = try #require(sheets["Ranking"])
    #expect(rows.count == 1 + analyses.count)
    let consensus = try #require(rows[0].firstIndex(of: "Consensus"))
    #expect(rows[0].prefix(5) == ["Rank", "Block", "Drug 1", "Drug 2", "Sample"])
    for (row, summary) in zip(rows.dropFirst(), source.ranked) {
      #expect(row[1] == summary.id && row[2] == summary.drugs[0])
      let written = try #require(Double(row[consensus]))
      #expect(abs(written - (summary.consensus ?? .nan)) < 1e-9)
    }
  }

  @Test("every measured cell has a row with its response and its synergy")
  func cells() throws {
    let analysis = try SampleScreen.analysis(.init(missing: [[1, 1]], unscored: [[5, 5]]))
    let rows = try #require(try sheets(.workbook(DocumentSample.source([analysis])))["Cells"])
    #expect(rows.count == 1 + 35)
    let column = try #require(rows[0].firstIndex(of: "Bliss synergy"))
    let last = analysis.matrix.cell(at: [5, 5])
    #expect(abs((Double(rows[35][column]) ?? .nan) - (analysis.score(of: .bliss)?.synergy[last] ?? 0)) < 1e-9)
    let loewe = try #require(rows[0].firstIndex(of: "Loewe synergy"))
    #expect(rows[35][loewe].isEmpty, "no score is an empty cell, not a 0")
  }

  @Test("cells and fits are those of the best combinations, and the summary says which and where the others are")
  func bounded() throws {
    let blocks = try (0..<BlockSheets.mostBlocks + 3).map {
      try SampleScreen.analysis(.init(id: "\($0)", effect: Double($0 * 7 % 10)))
    }
    let source = DocumentSample.source(blocks)
    let sheets = try sheets(.workbook(source))
    let best = source.ranked.prefix(BlockSheets.mostBlocks).map(\.id)
    for name in ["Cells", "Fits"] {
      let rows = try #require(sheets[name]).dropFirst()
      #expect(Set(rows.map { $0[0] }) == Set(best), "\(name)")
    }
    #expect(sheets["Ranking"]?.count == 1 + blocks.count)
    let summary = try #require(sheets["Summary"]).joined()
    #expect(
      summary.contains { $0.contains("of the best 20 of 23 combinations") && $0.contains("cells.csv has all") })
    let whole = try #require(try self.sheets(.workbook(DocumentSample.source([blocks[0]])))["Summary"]).joined()
    #expect(!whole.contains { $0.contains("of the best") })
  }

  @Test("a text that begins like a formula is a text, and no cell has a formula")
  func inert() throws {
    let document = try WrittenDocument.workbook(DocumentSample.source(DocumentSample.hostileBlocks()))
    let rows = try #require(try sheets(document)["Ranking"])
    #expect(rows.contains { $0.contains("=cmd|' /C calc'!A0") })
    let xml = try parts(document, (1...6).map { "xl/worksheets/sheet\($0).xml" })
    for sheet in xml {
      #expect(sheet.contains("<sheetData>"))
      #expect(!sheet.contains("<f>") && !sheet.contains("<f ") && !sheet.contains("<hyperlink"))
    }
  }

  @Test("the header stays in sight, has filters, and scores have a scale centred on 0")
  func header() throws {
    let xml = try parts(.workbook(DocumentSample.source(SampleScreen.varied())), ["xl/worksheets/sheet2.xml"])[0]
    #expect(xml.contains("state=\"frozen\"") && xml.contains("<autoFilter"))
    #expect(
      xml.contains("<cfvo type=\"num\" val=\"-50\"/><cfvo type=\"num\" val=\"0\"/><cfvo type=\"num\" val=\"50\"/>"))
  }

  @Test("the same source gives the same bytes")
  func deterministic() throws {
    let source = try DocumentSample.source(SampleScreen.varied())
    #expect(try WrittenDocument.workbook(source).bytes == WrittenDocument.workbook(source).bytes)
  }

  @Test("a text longer than a cell holds is cut, and the summary says so")
  func longText() throws {
    let problem = InputProblem(file: "a.csv", severity: .error, message: String(repeating: "x", count: 40_000))
    let sheets = try sheets(.workbook(DocumentSample.source([], problems: [problem])))
    let message = try #require(sheets["Problems"]?.last?.last)
    #expect(message.utf16.count == XlsxFile.mostUnits && message.hasSuffix("…"))
    #expect(sheets["Summary"]?.joined().contains { $0.contains("longer than Excel’s 32767 characters") } == true)
  }

  @Test("three-drug blocks have their third drug and dose; an empty screen has its sheets")
  func shapes() throws {
    let three = try SampleScreen.analysis(
      .init(drugs: ["a", "b", "c"], units: ["nM", "nM", "nM"], shape: [3, 3, 4]))
    let rows = try #require(try sheets(.workbook(DocumentSample.source([three])))["Cells"])
    #expect(rows[0].contains("Drug 3") && rows[0].contains("Dose 3") && rows.count == 1 + 36)
    #expect(try sheets(.workbook(DocumentSample.source([])))["Ranking"]?.count == 1)
  }

  @Test(
    "LibreOffice opens it and shows the same ranking",
    .enabled(if: Viewer.has("soffice"), "LibreOffice is not installed"), .timeLimit(.minutes(10)))
  func libreOffice() throws {
    let source = try DocumentSample.source(SampleScreen.varied())
    let document = try WrittenDocument.workbook(source)
    _ = try Viewer.run(
      "soffice",
      [
        "-env:UserInstallation=file://\(document.directory)/profile", "--headless", "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2", "--outdir", document.directory,
        document.path,
      ])
    let csv = try String(contentsOfFile: document.directory + "/report-Ranking.csv", encoding: .utf8)
    #expect(csv.hasPrefix("Rank,Block,Drug 1"))
    #expect(csv.contains("=cmd|' /C calc'!A0"))
  }
}
