import Assay
import Spreadsheets

/// Tables that stand beside one another in one sheet: two checkerboards with an empty column between them, or a table and
/// another of the same columns. Each is read on its own.
struct SidePanels {
  /// One table, on the lines that it has in the file.
  struct Panel {
    /// The name of its first column, as spreadsheets have it: `A`, `G`.
    var column: String
    var bytes: [UInt8]
  }

  private(set) var panels: [Panel] = []
  /// The first columns of what stands beside the tables and is none.
  private(set) var others: [String] = []

  /// Larger files are not looked at: boards are small.
  private static let largestFile = 4 << 20
  private static let mostCells = 4_000_000
  /// So many cells tell whether there may be tables beside one another.
  private static let firstCells = 4_000

  /// Finds the tables; `nil` where there are not two of them.
  init?(_ bytes: [UInt8], choices: ColumnChoices) {
    guard bytes.count <= Self.largestFile, let text = try? TextDecoding.text(bytes) else { return nil }
    for separator in [TextSheet.Separator.comma, .semicolon, .tab] where separator.occurs(in: text) {
      let head = TextSheet(text, separator: separator, mostCells: Self.firstCells)
      guard head.openQuote == nil, Self.tables(head, choices) != nil else { continue }
      let sheet = head.cutAt == nil ? head : TextSheet(text, separator: separator, mostCells: Self.mostCells)
      guard sheet.cutAt == nil, sheet.openQuote == nil, let (tables, parts) = Self.tables(sheet, choices) else {
        continue
      }
      panels = tables
      others =
        parts.map(\.column).filter { column in !tables.contains { $0.column == column } }
        + Self.loneColumns(sheet).map(Self.letters)
      return
    }
    return nil
  }

  /// The tables of a sheet, and all parts of it.
  private static func tables(_ sheet: TextSheet, _ choices: ColumnChoices) -> (tables: [Panel], parts: [Panel])? {
    let blanks = betweenBlanks(sheet)
    let boards = blanks.flatMap { Self.boards(sheet, in: $0) }
    for columns in [boards, blanks, repeatedHeader(sheet)] where columns.count > 1 {
      let parts = columns.map { Panel(column: letters($0.lowerBound), bytes: sheet.columns($0).csv) }
      let tables = parts.filter { isTable($0.bytes, choices) }
      if tables.count > 1 { return (tables, parts) }
    }
    return nil
  }

  private static func isTable(_ bytes: [UInt8], _ choices: ColumnChoices) -> Bool {
    guard let text = try? TextDecoding.text(bytes) else { return false }
    return (try? Dialect(text, choices: choices)) != nil
  }

  /// The columns between those that no row fills.
  private static func betweenBlanks(_ sheet: TextSheet) -> [Range<Int>] {
    let width = sheet.rows.lazy.map(\.width).max() ?? 0
    var isFilled = [Bool](repeating: false, count: width)
    for row in sheet.rows {
      for column in 0..<row.width where !row.cells[column].isEmpty { isFilled[column] = true }
    }
    var ranges: [Range<Int>] = []
    var start = 0
    for column in 0...width where column == width || !isFilled[column] {
      // The corner of a board may be empty, and so the column of its doses begin lower: a lone column is no table.
      if column - start > 1 { ranges.append(start..<column) }
      start = column + 1
    }
    return ranges
  }

  /// Columns with nothing on either side, in which something stands on many rows: a time, a sample or a unit of the tables
  /// beside them may.
  private static func loneColumns(_ sheet: TextSheet) -> [Int] {
    let width = sheet.rows.lazy.map(\.width).max() ?? 0
    var filled = [Int](repeating: 0, count: width + 1)
    for row in sheet.rows {
      for column in 0..<row.width where !row.cells[column].isEmpty { filled[column] += 1 }
    }
    return (0..<width).filter { filled[$0] > 2 && ($0 == 0 || filled[$0 - 1] == 0) && filled[$0 + 1] == 0 }
  }

  /// The halves of a header that says the same twice.
  private static func repeatedHeader(_ sheet: TextSheet) -> [Range<Int>] {
    let header = sheet.rows.first { row in
      let half = row.width / 2
      // Whether the halves are alike is soon told; what names mean is not.
      guard row.width % 2 == 0, half >= 3,
        (0..<half).allSatisfy({ row.cells[$0].lowercased() == row.cells[half + $0].lowercased() })
      else { return false }
      return TableColumns.score(row.cells) >= 6
    }
    guard let header else { return [] }
    let half = header.width / 2
    guard Set(header.cells.prefix(half).map { $0.lowercased() }).count == half else { return [] }
    return [0..<half, half..<header.width]
  }

  /// The boards whose corners stand in one row of some columns, each with doses behind it; all of the columns where there are
  /// none.
  private static func boards(_ sheet: TextSheet, in columns: Range<Int>) -> [Range<Int>] {
    for row in sheet.rows.prefix(50) {
      let cells = columns.map(row.cell)
      let isDose = cells.map(Self.isDose)
      let corners = isDose.indices.filter { place in
        !isDose[place] && place + 2 < isDose.count && isDose[place + 1] && isDose[place + 2]
      }
      // Besides corners and units there is nothing but doses.
      guard corners.count > 1,
        cells.indices.allSatisfy({ place in
          cells[place].isEmpty || isDose[place] || corners.contains(place)
            || ConcentrationUnit(cells[place]).molar != nil
        })
      else { continue }
      var starts = [columns.lowerBound]
      for corner in corners.dropFirst() {
        // What stands behind the doses before is of them; what stands before the corner is of this board.
        var start = corner
        while start > 0, !isDose[start - 1], cells[start - 1].isEmpty { start -= 1 }
        starts.append(columns.lowerBound + start)
      }
      return starts.indices.map { place in
        starts[place]..<(place + 1 < starts.count ? starts[place + 1] : columns.upperBound)
      }
    }
    return [columns]
  }

  private static func isDose(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    // `DMSO` among doses is one.
    if AxisLabel.isVehicle(text), text.contains(where: \.isLetter) { return true }
    return [NumberReading(), NumberReading(decimal: UInt8(ascii: ","))].contains {
      $0.number(in: bytes, 0..<bytes.count) != nil || $0.dose(in: bytes, 0..<bytes.count) != nil
    }
  }

  /// A … Z, AA, AB, …
  private static func letters(_ column: Int) -> String {
    var letters = ""
    var rest = column
    repeat {
      letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(rest % 26))) + letters
      rest = rest / 26 - 1
    } while rest >= 0
    return letters
  }
}

extension TextSheet {
  /// Some of its columns, on the same lines.
  fileprivate func columns(_ columns: Range<Int>) -> TextSheet {
    var part = self
    part.rows = rows.map { row in Row(line: row.line, cells: columns.map(row.cell)) }
    return part
  }
}

extension ScreenFile {
  /// Reads tables that stand beside one another, each as a file of its own.
  static func read(
    _ beside: SidePanels, name: String, options: ReadingOptions,
    part: (_ panel: [UInt8], _ prefix: String) -> ScreenFile
  ) -> ScreenFile {
    var parts = beside.panels.map { part($0.bytes, "") }
    let ids = parts.flatMap { $0.blocks.map(\.id) }
    if Set(ids).count < ids.count { parts = beside.panels.map { part($0.bytes, $0.column + ":") } }
    var file = ScreenFile(format: nil, response: nil, blocks: [], problems: [])
    let columns = beside.panels.map(\.column)
    file.problems.append(
      Finding.info(.tablesBeside(columns: columns)).problem(file: name, blockID: nil))
    for other in beside.others {
      file.problems.append(Finding.warning(.columnsBeside(column: other)).problem(file: name, blockID: nil))
    }
    for (column, part) in zip(columns, parts) {
      file.format = file.format ?? part.format
      file.response = file.response ?? part.response
      file.responseKind = file.responseKind ?? part.responseKind
      if file.columns.isEmpty { file.columns = part.columns }
      file.excerpt = file.excerpt ?? part.excerpt
      file.blocks += part.blocks
      file.uses.formUnion(part.uses)
      file.places += part.places.map { place in
        var place = place
        place.column = column
        return place
      }
      file.drugNames.formUnion(part.drugNames)
      file.problems += part.problems.map { problem in
        var problem = problem
        problem.message = "table from column \(column) on: " + problem.message
        return problem
      }
    }
    // Deviations beside means look like responses of another kind.
    let kinds = zip(columns, parts).compactMap { column, part in part.response.map { (column, $0) } }
    if Set(kinds.map(\.1)).count > 1, options.response == .auto {
      (file.blocks, file.places) = ([], [])
      file.problems.append(
        Finding.error(.tablesDiffer(kinds: kinds.map { "\($0): \($1)" })).problem(file: name, blockID: nil))
    }
    return file
  }
}
