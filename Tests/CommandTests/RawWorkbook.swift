import CLibZip
import Foundation
import Testing

/// The cells of a workbook, taken out of its XML by patterns: as simple as can be, and nothing of the product's reader.
struct RawWorkbook {
  /// The cells of each sheet, by the sheet's name and the cell's (`C12`).
  private(set) var sheets: [String: [String: String]] = [:]

  init(_ file: URL) throws {
    let book = try Self.part("xl/workbook.xml", of: file)
    let relations = try Self.part("xl/_rels/workbook.xml.rels", of: file)
    var targets: [String: String] = [:]
    for tag in relations.matches(of: /<Relationship [^>]*>/) {
      targets[Self.attribute("Id", of: tag.output)] = Self.attribute("Target", of: tag.output)
    }
    let texts = try Self.part("xl/sharedStrings.xml", of: file).split(separator: "<si>").dropFirst().map { item in
      item.matches(of: /<t[^>]*>([^<]*)</).map { String($0.output.1) }.joined()
    }
    for tag in book.matches(of: /<sheet [^>]*>/) {
      let target = targets[Self.attribute("r:id", of: tag.output)] ?? ""
      var cells: [String: String] = [:]
      // Each piece begins within the tag of a cell.
      for cell in try Self.part("xl/" + target, of: file).components(separatedBy: "<c ").dropFirst() {
        guard let value = cell.firstMatch(of: /<v>([^<]*)</)?.output.1, let end = cell.firstIndex(of: ">") else {
          continue
        }
        let isShared = Self.attribute("t", of: cell[..<end]) == "s"
        cells[Self.attribute("r", of: cell[..<end])] = isShared ? texts[Int(value) ?? 0] : String(value)
      }
      sheets[Self.attribute("name", of: tag.output)] = cells
    }
  }

  private static func attribute(_ name: String, of tag: Substring) -> String {
    guard let start = (" " + tag).range(of: " " + name + "=\"")?.upperBound else { return "" }
    return String((" " + tag)[start...].prefix { $0 != "\"" })
  }

  private static func part(_ name: String, of file: URL) throws -> String {
    var code: Int32 = 0
    let archive = try #require(zip_open(file.path, ZIP_RDONLY, &code))
    defer { zip_discard(archive) }
    let entry = try #require(zip_fopen(archive, name, 0))
    defer { zip_fclose(entry) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = zip_fread(entry, &buffer, UInt64(buffer.count))
      guard count > 0 else { break }
      bytes += buffer[..<Int(count)]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
