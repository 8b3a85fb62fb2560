/// Reads the worksheets of an `.xlsx` file (ECMA-376) as text: shared and inline texts, numbers as they are stored,
/// the values that formulas had when the file was saved. No formula is run, nothing outside the file is looked at. Dates and
/// per cents are as people see them (`CellFormats`), times of day as they are stored.
package enum Workbook {
  /// Whether bytes are a zip archive (which a workbook is) or an old Excel workbook, rather than text.
  package static func isArchive(_ bytes: [UInt8]) -> Bool {
    ZipArchive.begins(bytes) || bytes.starts(with: oldWorkbook)
  }

  private static let oldWorkbook: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  /// The worksheets with a cell, in their order; those that are hidden are marked.
  package static func sheets(_ bytes: [UInt8], limits: WorkbookLimits) throws(WorkbookError) -> [TextSheet] {
    // An encrypted workbook is an old one that holds the new one.
    if bytes.starts(with: oldWorkbook) {
      let name = "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      throw holds(name, bytes) ? .encrypted : .oldFormat
    }
    return try ZipArchive.with(bytes, limits: limits) { (archive) throws(WorkbookError) in
      try sheets(&archive, limits: limits)
    }
  }

  private static func holds(_ word: [UInt8], _ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(1 << 20)
    return head.indices.contains { head[$0] == word[0] && head[$0...].starts(with: word) }
  }

  private static func sheets(
    _ archive: inout ZipArchive, limits: WorkbookLimits
  ) throws(WorkbookError) -> [TextSheet] {
    let main = try relations("_rels/.rels", &archive, limits).first { $0.value.type.hasSuffix("/officeDocument") }?
      .value.target
    let workbook = main.map { path($0, from: "") } ?? "xl/workbook.xml"
    guard let listing = try archive.read(workbook) else { throw .notAWorkbook }
    var isFrom1904 = false
    var listed: [(name: String, id: String, isHidden: Bool)] = []
    try WorkbookXML.walk(listing, part: workbook) { name, attributes in
      if name == "workbookPr" { isFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "") }
      if name == "sheet", let title = attributes["name"] {
        let isHidden = ["hidden", "veryHidden"].contains(attributes["state"] ?? "")
        listed.append((title, attributes.first { $0 == "id" || $0.hasSuffix(":id") } ?? "", isHidden))
      }
      return listed.count < limits.mostSheets
    } end: { _, _ in
      true
    }
    let folder = workbook.split(separator: "/").dropLast().joined(separator: "/")
    let file = workbook.split(separator: "/").last.map(String.init) ?? ""
    let targets = try relations((folder.isEmpty ? "" : folder + "/") + "_rels/\(file).rels", &archive, limits)
    let shared = targets.values.first { $0.type.hasSuffix("/sharedStrings") }.map { path($0.target, from: folder) }
    let texts = try sharedTexts(shared ?? path("sharedStrings.xml", from: folder), &archive, limits)
    let styles =
      targets.values.first { $0.type.hasSuffix("/styles") }.map { path($0.target, from: folder) }
      ?? path("styles.xml", from: folder)
    var formats = try CellFormats(archive.read(styles), part: styles)
    formats.isFrom1904 = isFrom1904
    var sheets: [TextSheet] = []
    var left = limits.mostCells
    var seen: Set<String> = []
    for (number, sheet) in listed.enumerated() {
      let part =
        targets[sheet.id].map { path($0.target, from: folder) }
        ?? path("worksheets/sheet\(number + 1).xml", from: folder)
      // A part that is listed again holds the same wells.
      guard seen.insert(part).inserted, let bytes = try archive.read(part) else { continue }
      var reader = WorksheetReader(
        name: sheet.name, texts: texts, formats: formats, cellsLeft: left, textLeft: limits.mostText)
      try reader.read(bytes, part: part)
      left = reader.cellsLeft
      guard !reader.sheet.rows.isEmpty else { continue }
      sheets.append(reader.sheet)
      sheets[sheets.count - 1].isHidden = sheet.isHidden
    }
    guard !sheets.isEmpty else { throw .noSheet }
    return sheets
  }

  /// Where the parts lie that a part names by an id.
  private static func relations(
    _ part: String, _ archive: inout ZipArchive, _ limits: WorkbookLimits
  ) throws(WorkbookError) -> [String: (type: String, target: String)] {
    guard let bytes = try archive.read(part) else { return [:] }
    var relations: [String: (type: String, target: String)] = [:]
    try WorkbookXML.walk(bytes, part: part) { name, attributes in
      if name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] {
        relations[id] = (attributes["Type"] ?? "", target)
      }
      return relations.count <= limits.mostEntries
    } end: { _, _ in
      true
    }
    guard relations.count <= limits.mostEntries else {
      throw .unreadablePart(part: part, reason: "it names more than \(limits.mostEntries) other parts")
    }
    return relations
  }

  /// A target's path in the archive.
  private static func path(_ target: String, from folder: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var parts = folder.split(separator: "/").map(String.init)
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }

  /// The texts that cells name by their number.
  private static func sharedTexts(
    _ part: String, _ archive: inout ZipArchive, _ limits: WorkbookLimits
  ) throws(WorkbookError) -> [String] {
    guard let bytes = try archive.read(part) else { return [] }
    var texts: [String] = []
    var text = ""
    var isPhonetic = false
    try WorkbookXML.walk(bytes, part: part) { name, _ in
      if name == "si" { text = "" }
      if name == "rPh" { isPhonetic = true }
      return true
    } end: { name, content in
      if name == "t", !isPhonetic { text += content }
      if name == "rPh" { isPhonetic = false }
      if name == "si" { texts.append(text.trimmingSpaces) }
      return texts.count <= limits.mostTexts
    }
    guard texts.count <= limits.mostTexts else {
      throw .unreadablePart(part: part, reason: "it has more than \(limits.mostTexts) texts")
    }
    return texts
  }
}
