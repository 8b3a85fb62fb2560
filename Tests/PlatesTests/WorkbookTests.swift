import Assay
import CLibZip
import DoseTables
import Foundation
import Plates
import ReadingSamples
import ReferenceData
import Testing

/// Makes `.xlsx` files with libzip.
enum MadeWorkbook {
  /// One cell as it is stored.
  enum Cell {
    case number(String)
    case shared(Int)
    case inline(String)
    case formula(String, value: String)
  }

  /// An archive of the parts, packed, encrypted with the password where one is given.
  static func archive(_ parts: [(String, [UInt8])], password: String? = nil) throws -> [UInt8] {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/made.zip"
    var status: Int32 = 0
    try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
    let archive = try #require(zip_open(path, ZIP_CREATE, &status))
    var held: [UnsafeMutableRawBufferPointer] = []
    for (name, bytes) in parts {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
      copy.copyBytes(from: bytes)
      held.append(copy)
      let source = zip_source_buffer(archive, copy.baseAddress, UInt64(bytes.count), 0)
      let index = zip_file_add(archive, name, source, 0)
      #expect(index >= 0)
      if let password {
        #expect(zip_file_set_encryption(archive, UInt64(index), UInt16(ZIP_EM_AES_256), password) == 0)
      }
    }
    #expect(zip_close(archive) == 0)
    for copy in held { copy.deallocate() }
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// The parts of a workbook with the worksheets.
  static func parts(_ sheets: [(name: String, rows: [[Cell]])], texts: [String] = []) -> [(String, [UInt8])] {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    var parts: [(String, String)] = [
      (
        "_rels/.rels",
        "<Relationships xmlns=\"\(package)\"><Relationship Id=\"a\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
          + sheets.enumerated().map { "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"s\($0)\"/>" }.joined()
          + "</sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"\(package)\">"
          + sheets.indices.map {
            "<Relationship Id=\"s\($0)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
          }.joined()
          + "<Relationship Id=\"t\" Type=\"\(office)/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
      ),
      ("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\">" + texts.map { "<si><t>\($0)</t></si>" }.joined() + "</sst>"),
    ]
    for (number, sheet) in sheets.enumerated() {
      let rows = sheet.rows.enumerated().map { row, cells in
        "<row r=\"\(row + 1)\">" + cells.enumerated().map { xml($1, WellPosition(row: $0, column: row)) }.joined()
          + "</row>"
      }
      parts.append(
        (
          "xl/worksheets/sheet\(number + 1).xml",
          "<worksheet xmlns=\"\(main)\"><sheetData>\(rows.joined())</sheetData></worksheet>"
        ))
    }
    return parts.map { ($0, Array((head + $1).utf8)) }
  }

  /// A cell's XML; the place's row is the sheet's column, because both are named by letters.
  private static func xml(_ cell: Cell, _ place: WellPosition) -> String {
    let reference = place.description
    return switch cell {
    case .number(let text): text.isEmpty ? "" : "<c r=\"\(reference)\"><v>\(text)</v></c>"
    case .shared(let number): "<c r=\"\(reference)\" t=\"s\"><v>\(number)</v></c>"
    case .inline(let text): "<c r=\"\(reference)\" t=\"inlineStr\"><is><r><t>\(text)</t></r></is></c>"
    case .formula(let formula, let value): "<c r=\"\(reference)\"><f>\(formula)</f><v>\(value)</v></c>"
    }
  }

  /// The rows as inline texts and numbers.
  static func cells(_ rows: [[String]]) -> [[Cell]] {
    rows.map { $0.map { Double($0) == nil && !$0.isEmpty ? .inline($0) : .number($0) } }
  }
}

@Suite struct WorkbookTests {
  private let grid = [["", "1", "2", "3"], ["A", "1.5", "2.5", "OVER"], ["B", "4.5", "5.5", "6.5"]]

  private func refusal(_ bytes: [UInt8], _ options: PlateExportOptions = .init()) -> String? {
    let export = PlateExport.read(bytes, name: "x.xlsx", options: options)
    #expect(export.plates.isEmpty && export.problems.map(\.severity) == [.error])
    #expect(ScreenFile.read(bytes, name: "x.xlsx", options: .init()).blocks.isEmpty)
    return export.problems.first?.message
  }

  @Test func `shared, inline and formula cells are read, each sheet is a plate of its name`() throws {
    var first = MadeWorkbook.cells(grid)
    first[1][1] = .formula("SUM(X1:X9)", value: "7.25")
    first[1][0] = .shared(1)
    let bytes = try MadeWorkbook.archive(
      MadeWorkbook.parts(
        [("P1", first), ("P2", MadeWorkbook.cells(grid)), ("notes", [[.inline("hello")]])], texts: ["x", "A"]))
    #expect(PlateExport.recognises(bytes))
    let export = PlateExport.read(bytes, name: "x.xlsx")
    #expect(export.plates.map(\.barcode) == ["P1", "P2"] && export.plates.map { $0.value("A1") } == [7.25, 1.5])
    #expect(export.plates.allSatisfy { $0.note("A3") == .overflow && $0.wells.first?.line == 2 })
    #expect(!export.problems.contains { $0.severity == .error })
    #expect(export.problems.contains { $0.severity == .info && $0.message.hasPrefix("sheet \"notes\": no plate") })
  }

  @Test(arguments: PlateExportWriter.Dialect.allCases)
  func `every dialect reads back from a workbook`(dialect: PlateExportWriter.Dialect) throws {
    var style = PlateExportWriter.Style()
    style.separator = "\t"
    style.isUTF16 = false
    let plate = randomPlate(
      PlateFormat.standard[4], seed: 5, channel: dialect == .gridBare ? nil : "Luminescence 450", notes: false)
    let text = String(decoding: PlateExportWriter(dialect, style: style).bytes([plate]), as: UTF8.self)
    let rows = text.split(separator: "\r\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map {
        String($0).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"\"", with: "\"").replacing(
          "\"=", with: "=")
      }
    }
    let bytes = try MadeWorkbook.archive(MadeWorkbook.parts([("Sheet1", MadeWorkbook.cells(rows))]))
    #expect(PlateExport.read(bytes, name: "x.xlsx").plates.map(\.content) == [plate.wells])
  }

  @Test func `dose tables are read from worksheets, blocks of several keep the sheets' names`() throws {
    let table = TestGrid().table().split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let one = try MadeWorkbook.archive(
      MadeWorkbook.parts([("Sheet1", MadeWorkbook.cells(table)), ("notes", [[.inline("hi")]])]))
    let file = ScreenFile.read(one, name: "x.xlsx", options: .init())
    #expect(TestGrid().equals(file.blocks.first) && file.blocks.map(\.id) == ["1"] && file.problems(.error).isEmpty)
    let two = try MadeWorkbook.archive(
      MadeWorkbook.parts([("a", MadeWorkbook.cells(table)), ("b", MadeWorkbook.cells(table))]))
    #expect(ScreenFile.read(two, name: "x.xlsx", options: .init()).blocks.map(\.id) == ["a:1", "b:1"])
    #expect(!PlateExport.recognises(one))
  }

  @Test func `a part that inflates without measure is refused before it is inflated`() throws {
    var parts = MadeWorkbook.parts([("Sheet1", MadeWorkbook.cells(grid))])
    parts.append(("xl/bomb.xml", [UInt8](repeating: 32, count: 20 << 20)))
    let bytes = try MadeWorkbook.archive(parts)
    #expect(bytes.count < 100_000)
    #expect(refusal(bytes)?.contains("part \"xl/bomb.xml\" of the workbook would inflate from") == true)
  }

  @Test func `an archive of too many parts, or too large when inflated, is refused`() throws {
    let bytes = try MadeWorkbook.archive(MadeWorkbook.parts([("Sheet1", MadeWorkbook.cells(grid))]))
    var options = PlateExportOptions()
    options.workbook.mostEntries = 3
    #expect(refusal(bytes, options)?.contains("5 parts, expected at most 3") == true)
    options = PlateExportOptions()
    options.workbook.largestInflated = 1000
    #expect(refusal(bytes, options)?.contains("expected at most 1000; nothing more of it was inflated") == true)
    options = PlateExportOptions()
    options.workbook.largestFile = 100
    #expect(refusal(bytes, options)?.contains("expected at most 100;") == true)
  }

  @Test func `a worksheet of more cells than allowed is read to its bound and told`() throws {
    var rows = MadeWorkbook.cells(grid)
    rows.append([.inline("x")])
    let bytes = try MadeWorkbook.archive(MadeWorkbook.parts([("Sheet1", rows)]))
    var options = PlateExportOptions()
    options.workbook.mostCells = 12
    let export = PlateExport.read(bytes, name: "x.xlsx", options: options)
    #expect(
      export.plates.count == 1 && export.problems.contains { $0.message.contains("line 4: the table has more than") })
  }

  @Test func `encrypted, damaged, cut, foreign and old files are refused each in its words`() throws {
    let parts = MadeWorkbook.parts([("Sheet1", MadeWorkbook.cells(grid))])
    #expect(refusal(try MadeWorkbook.archive(parts, password: "secret"))?.contains("protected by a password") == true)
    let bytes = try MadeWorkbook.archive(parts)
    #expect(refusal(Array(bytes.prefix(bytes.count / 2)))?.contains("cannot be opened") == true)
    var damaged = bytes
    for place in 60..<90 { damaged[place] ^= 0xFF }
    #expect(refusal(damaged) != nil)
    #expect(refusal(try MadeWorkbook.archive([("a.txt", [65])]))?.contains("no workbook") == true)
    #expect(refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])?.contains("old Excel workbook") == true)
    let name: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
    #expect(refusal([0xD0, 0xCF, 0x11, 0xE0] + name)?.contains("protected by a password") == true)
  }

  @Test func `a document type, which could inflate by entities, is refused`() throws {
    var parts = MadeWorkbook.parts([("Sheet1", MadeWorkbook.cells(grid))])
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData/></worksheet>"
    parts[4].1 = Array(bomb.utf8)
    #expect(refusal(try MadeWorkbook.archive(parts))?.contains("declares a document type") == true)
  }
}
