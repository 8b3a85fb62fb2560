/// Reads one worksheet's cells into rows of text.
struct WorksheetReader {
  private(set) var sheet: TextSheet
  /// How many more cells the workbook may have, the empty ones before a filled one included.
  private(set) var cellsLeft: Int
  private let textLeft: Int
  private let texts: [String]
  private let formats: CellFormats

  /// The largest worksheet that Excel writes.
  private static let mostRows = 1 << 20
  private static let mostColumns = 1 << 14

  init(name: String, texts: [String], formats: CellFormats, cellsLeft: Int, textLeft: Int) {
    sheet = TextSheet(name: name)
    self.texts = texts
    self.formats = formats
    self.cellsLeft = cellsLeft
    self.textLeft = textLeft
  }

  /// Reads the worksheet. Stops where there are too many cells, or too much text.
  mutating func read(_ bytes: [UInt8], part: String) throws(WorkbookError) {
    var state = State(rows: [], left: cellsLeft, textLeft: textLeft, texts: texts, formats: formats)
    try WorkbookXML.walk(bytes, part: part) { name, attributes in
      state.begin(name, attributes)
    } end: { name, text in
      state.end(name, text)
    }
    sheet.rows = state.rows.sorted { $0.line < $1.line }
    for (column, cells) in state.percents {
      // Among numbers that are per cents as they stand, `70%` is one of them.
      let beside = (state.numbers[column] ?? []).sorted()
      guard beside.count > 1, beside[beside.count / 2] > CellFormats.largestFraction else { continue }
      for line in cells {
        guard let place = sheet.rows.firstIndex(where: { $0.line == line }), column < sheet.rows[place].cells.count,
          let shown = CellFormats.timesHundred(sheet.rows[place].cells[column])
        else { continue }
        sheet.rows[place].cells[column] = shown + "%"
      }
    }
    sheet.merges = state.merges
    sheet.hiddenLines = state.hiddenLines
    fill(state.merges)
    sheet.cutAt = state.cutAt
    cellsLeft = state.left
  }

  /// Writes the text of cells that are merged downwards into each of them, as a person sees it.
  /// Cells that are merged sideways are titles as often as they are values: who reads the sheet tells.
  private mutating func fill(_ merges: [TextSheet.Merge]) {
    guard !merges.isEmpty else { return }
    let places = Dictionary(sheet.rows.enumerated().map { ($1.line, $0) }, uniquingKeysWith: { first, _ in first })
    for merge in merges where merge.columns.count == 1 {
      let column = merge.columns.lowerBound
      guard let top = places[merge.lines.lowerBound], column < sheet.rows[top].cells.count else { continue }
      let text = sheet.rows[top].cells[column]
      guard !text.isEmpty else { continue }
      for line in merge.lines.dropFirst() {
        guard let place = places[line], cellsLeft > 0 else { continue }
        let missing = column + 1 - sheet.rows[place].cells.count
        if missing > 0 {
          sheet.rows[place].cells += [String](repeating: "", count: missing)
          cellsLeft -= missing
        }
        if sheet.rows[place].cells[column].isEmpty { sheet.rows[place].cells[column] = text }
      }
    }
  }

  /// What was read so far of a worksheet.
  private struct State {
    var rows: [TextSheet.Row]
    var left: Int
    /// Bytes of text that may still come.
    var textLeft: Int
    let texts: [String]
    let formats: CellFormats
    var cutAt: Int?
    /// Of each column the lines of cells that are shown as per cents, and the sizes of its other numbers, in a workbook that has
    /// such cells.
    var percents: [Int: [Int]] = [:]
    var numbers: [Int: [Double]] = [:]
    /// Cells that are merged.
    var merges: [TextSheet.Merge] = []
    var hiddenLines: [Int] = []
    private var isHidden = false
    private var line = 0
    private var cells: [String] = []
    private var column = 0
    private var type = ""
    private var style: Int?
    private var value = ""
    private var inline = ""
    private var isPhonetic = false

    init(rows: [TextSheet.Row], left: Int, textLeft: Int, texts: [String], formats: CellFormats) {
      self.formats = formats
      self.rows = rows
      self.left = left
      self.textLeft = textLeft
      self.texts = texts
    }

    mutating func begin(_ name: String, _ attributes: WorkbookXML.Attributes) -> Bool {
      switch name {
      case "row":
        let stated = attributes["r"].flatMap { Int($0) } ?? line + 1
        guard (1...WorksheetReader.mostRows).contains(stated) else { return stop(at: line) }
        line = stated
        isHidden = ["1", "true"].contains(attributes["hidden"] ?? "")
        cells = []
      case "c":
        column = attributes["r"].flatMap(Self.column) ?? cells.count
        type = attributes["t"] ?? "n"
        style = attributes["s"].flatMap { Int($0) }
        value = ""
        inline = ""
      case "rPh": isPhonetic = true
      case "mergeCell": if let merge = attributes["ref"].flatMap(Self.merge) { merges.append(merge) }
      default: break
      }
      return true
    }

    mutating func end(_ name: String, _ text: String) -> Bool {
      switch name {
      case "v": value = text
      case "t": if !isPhonetic { inline += text }
      case "rPh": isPhonetic = false
      case "c":
        let content = content
        guard !content.isEmpty else { return true }
        let new = max(0, column + 1 - cells.count)
        left -= new
        textLeft -= content.utf8.count
        guard left >= 0, textLeft >= 0, column < WorksheetReader.mostColumns else { return stop(at: line) }
        cells.append(contentsOf: repeatElement("", count: new))
        cells[column] = content
        if type == "n", formats.hasPercents {
          if formats.isPercent(style) {
            percents[column, default: []].append(line)
          } else if let number = Double(content) {
            numbers[column, default: []].append(abs(number))
          }
        }
      case "row":
        if !cells.isEmpty {
          rows.append(.init(line: line, cells: cells))
          if isHidden { hiddenLines.append(line) }
        }
        cells = []
      default: break
      }
      return true
    }

    private mutating func stop(at line: Int) -> Bool {
      cutAt = line
      return false
    }

    /// The cell as text: as it is stored, or the text that its number names; dates and per cents as people see them.
    private var content: String {
      switch type {
      case "s": Int(value).flatMap { texts.indices.contains($0) ? texts[$0] : nil } ?? ""
      case "inlineStr": inline.trimmingSpaces
      case "n": formats.text((value.isEmpty ? inline : value).trimmingSpaces, style: style)
      case "b": value == "1" ? "TRUE" : "FALSE"
      default: (value.isEmpty ? inline : value).trimmingSpaces
      }
    }

    /// `A2:C26`: columns and lines; `nil` for a single cell, and for what is no such reference.
    private static func merge(_ reference: String) -> TextSheet.Merge? {
      let ends = reference.split(separator: ":").map(String.init)
      guard ends.count == 2, let first = column(ends[0]), let last = column(ends[1]), first <= last,
        last < WorksheetReader.mostColumns, let top = Int(ends[0].drop { $0.isLetter }),
        let bottom = Int(ends[1].drop { $0.isLetter }), 1 <= top, top <= bottom, bottom <= WorksheetReader.mostRows,
        first < last || top < bottom
      else { return nil }
      return .init(lines: top...bottom, columns: first...last)
    }

    /// A cell's column, from 0: `C7` is 2.
    private static func column(_ reference: String) -> Int? {
      var column = 0
      var letters = 0
      for byte in reference.utf8 {
        let letter = byte | 0x20
        guard (0x61...0x7A).contains(letter) else { break }
        letters += 1
        guard letters <= 3 else { return nil }
        column = column * 26 + Int(letter - 0x60)
      }
      return letters > 0 ? column - 1 : nil
    }
  }
}
