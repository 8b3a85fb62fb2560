import Results
import Foundation

/// A workbook of one sheet of texts and numbers, as somebody would type them.
public enum SimpleWorkbook {
  /// Its bytes; the same rows give the same bytes.
  ///
  /// - Parameters:
  ///   - sheet: The sheet's name, at most 31 letters.
  ///   - rows: Its cells; what reads as a number is one.
  public static func bytes(sheet name: String, rows: [[String]]) throws(ResultsError) -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("isobole-\(UUID().uuidString)")
    let path = folder.appendingPathComponent("sheet.xlsx").path
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotOpen(path: path, reason: error.localizedDescription)
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try XlsxFile(
      path: path, title: name, maker: "Isobole", created: 0, isStreamed: false, folder: folder.path)
    let sheet = try file.sheet(name)
    for cells in rows {
      try sheet.append(
        cells.map { text in
          if let number = Double(text) { return Field.number(number) }
          return .text(text.isEmpty ? nil : text)
        }, [.plain])
    }
    try file.close()
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .cannotOpen(path: path, reason: "the workbook that was written is not there")
    }
    return [UInt8](data)
  }
}
