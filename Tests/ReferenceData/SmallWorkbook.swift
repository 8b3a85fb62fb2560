import Foundation

/// Small `.xlsx` files whose parts are bytes of any kind, stored and not packed: what no spreadsheet program writes.
public enum SmallWorkbook {
  /// The parts that the tests spoil, by their names in the archive.
  public enum Part: String, CaseIterable, Sendable {
    case roots = "_rels/.rels"
    case workbook = "xl/workbook.xml"
    case relations = "xl/_rels/workbook.xml.rels"
    case texts = "xl/sharedStrings.xml"
    case sheet = "xl/worksheets/sheet1.xml"
  }

  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// The parts of a workbook with a plate of two rows and three columns, whose first value is 1.5.
  public static let parts: [Part: String] = [
    .roots:
      "<Relationships><Relationship Id=\"a\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    .workbook:
      "<workbook xmlns:r=\"\(office)\"><sheets><sheet name=\"P1\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>",
    .relations:
      "<Relationships><Relationship Id=\"s\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
      + "<Relationship Id=\"t\" Type=\"\(office)/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
    .texts: "<sst><si><t>A</t></si><si><t>B</t></si></sst>",
    .sheet: "<worksheet><sheetData>"
      + "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"C1\"><v>2</v></c><c r=\"D1\"><v>3</v></c></row>"
      + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\"><v>1.5</v></c><c r=\"C2\"><v>2.5</v></c><c r=\"D2\"><v>3.5</v></c></row>"
      + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\"><v>4.5</v></c><c r=\"C3\"><v>5.5</v></c><c r=\"D3\"><v>6.5</v></c></row>"
      + "</sheetData></worksheet>",
  ]

  /// The workbook with some parts in the place of the good ones.
  public static func bytes(_ changed: [Part: [UInt8]] = [:]) -> [UInt8] {
    archive(Part.allCases.map { ($0.rawValue, changed[$0] ?? Array((parts[$0] ?? "").utf8)) })
  }

  /// The workbook with one byte that is no UTF-8 put after the first `mark` of a part.
  public static func bytes(_ part: Part, byte: UInt8 = 0xC1, after mark: String) -> [UInt8] {
    let text = parts[part] ?? ""
    guard let place = text.range(of: mark)?.upperBound else { return [] }
    return bytes([part: Array(text[..<place].utf8) + [byte] + Array(text[place...].utf8)])
  }

  /// A zip archive of parts, stored (PKWARE APPNOTE 4.3).
  public static func archive(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var listing: [UInt8] = []
    for part in parts {
      let name = Array(part.name.utf8)
      let start = archive.count
      let size = number(part.bytes.count, 4)
      // Version 2.0, no flags, stored, 1 January 1980; the check sum and both sizes; no extra field.
      let common =
        number(20, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(33, 2) + number(Int(crc(part.bytes)), 4)
        + size
        + size + number(name.count, 2) + number(0, 2)
      archive += number(0x0403_4B50, 4) + common + name + part.bytes
      listing +=
        number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
        + number(start, 4) + name
    }
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(parts.count, 2) + number(parts.count, 2) + number(listing.count, 4)
      + number(archive.count, 4) + number(0, 2)
    return archive + listing + end
  }

  private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : 0xEDB8_8320 ^ (value >> 1) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }
}
