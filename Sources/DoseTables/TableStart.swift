import Assay
import Spreadsheets

/// Where a table begins in a text, which layout it has, and what separates its fields. Above it a title, a legend or a
/// list of what an experiment was may stand.
struct TableStart {
  var layout: Dialect.Layout
  var separator: UInt8
  /// The line of the table's first row.
  var line: Int
  /// What stands in the rows above it.
  var above: [String] = []

  /// How many rows are looked at.
  private static let mostRows = 200
  /// How many fields of one row, and of all rows together, are looked at: a table has some dozens of columns, treatments
  /// of a plate in a header some thousands.
  private static let mostColumns = 5_000
  private static let mostFields = 50_000
  /// How many fields the row of a label may have: its name, its value, and a remark.
  private static let mostLabelFields = 3

  /// Finds the table.
  ///
  /// - Parameters:
  ///   - text: The file.
  ///   - start: Where its first row that is no comment begins.
  ///   - line: That row's line.
  ///   - separators: What may separate fields.
  ///   - choices: The columns that a person has chosen.
  /// - Throws: What the row that looks most like a header lacks; `emptyFile`, `rowTooLarge`.
  init(
    _ text: TextDecoding.Text, start: Int, line: Int, separators: [UInt8], choices: ColumnChoices
  ) throws(PlateReadingError) {
    var tables: [TableStart] = []
    var bare: [TableStart] = []
    var best: (error: PlateReadingError, score: Int)?
    var tooLarge: Int?
    for separator in separators {
      var rows: [TextRow] = []
      var fields = 0
      let ending = CSVRows.forEach(in: text.bytes, from: start, firstLine: line, separator: separator) { row in
        if row.countWithoutTrailingEmpties > 0 { rows.append(copy row) }
        fields += row.count
        return rows.count < Self.mostRows && fields < Self.mostFields
      }
      if case .rowTooLarge(let line) = ending, rows.isEmpty { tooLarge = line }
      for (place, row) in rows.enumerated() {
        // Another separator has found a table in the first row: this one must too.
        if place > 0, tables.contains(where: { $0.line == rows[0].line }) { break }
        let names = row.texts(first: Self.mostColumns)
        if place == 0, let table = OwnTable.name(columns: names) { throw .ownTable(line: row.line, name: table) }
        if let layout = Self.layout(names, row.line, following: rows[(place + 1)...], choices) {
          let columns = row.countWithoutTrailingEmpties
          guard columns <= Self.mostColumns else {
            throw .tooManyColumns(line: row.line, found: columns, most: Self.mostColumns)
          }
          if case .matrix(nil) = layout, let shape = BareMatrix(rows), Self.hasTitles(rows) {
            // Titles and headings between labels are of the matrices below them.
            tables.append(TableStart(layout: .matrix(shape), separator: separator, line: rows[0].line))
            break
          }
          tables.append(
            TableStart(layout: layout, separator: separator, line: row.line, above: rows[..<place].map(Self.words)))
          break
        }
        // A recognised column weighs more than any number of fields that mean nothing.
        let score = TableColumns.score(names) * 10_000 + min(names.count, 9_000) + (place == 0 ? 999 : 0)
        if score > best?.score ?? -1 {
          do throws(PlateReadingError) {
            _ = try TableColumns(names: names, line: row.line, choices: choices)
          } catch {
            best = (error, score)
          }
        }
      }
      if let shape = BareMatrix(rows) {
        bare.append(TableStart(layout: .matrix(shape), separator: separator, line: shape.firstLine))
      }
    }
    if let first = tables.min(by: { ($0.line, $1.fields) < ($1.line, $0.fields) }) ?? bare.first {
      self = first
      return
    }
    if let best { throw best.error }
    if let tooLarge { throw .rowTooLarge(line: tooLarge) }
    throw .emptyFile
  }

  private init(layout: Dialect.Layout, separator: UInt8, line: Int, above: [String] = []) {
    (self.layout, self.separator, self.line, self.above) = (layout, separator, line, above)
  }

  private var fields: Int {
    if case .table(let columns) = layout { columns.names.count } else { 0 }
  }

  /// The layout that begins with a row; `nil` for a row of something else.
  private static func layout(
    _ names: [String], _ line: Int, following: ArraySlice<TextRow>, _ choices: ColumnChoices
  ) -> Dialect.Layout? {
    if names.count <= mostLabelFields, let first = names.first, MatrixReader.Label(first) != nil,
      isMatrix(names, following)
    {
      return .matrix(nil)
    }
    // Two doses and a response at least.
    guard names.count >= 3 else { return nil }
    if let conditions = ConditionTable(names) { return .conditions(conditions) }
    return (try? TableColumns(names: names, line: line, choices: choices)).map { .table($0) }
  }

  /// Whether labels begin here, a drug's among them, that a row of doses follows.
  private static func isMatrix(_ names: [String], _ following: ArraySlice<TextRow>) -> Bool {
    var labels = 0
    var hasDrug = false
    for texts in [names] + following.prefix(12).map(\.texts) {
      guard texts.count <= mostLabelFields, let first = texts.first, let label = MatrixReader.Label(first) else {
        break
      }
      labels += 1
      if case .drug = label { hasDrug = true }
    }
    // Then doses across: numbers behind a corner, and no table of its own.
    guard hasDrug, labels <= following.count, following.count >= labels else { return hasDrug }
    let next = following[following.startIndex + labels - 1].texts
    let numbers = next.dropFirst().filter { text in
      [NumberReading(), NumberReading(decimal: UInt8(ascii: ","))].contains { reading in
        let bytes = Array(text.utf8)
        return reading.number(in: bytes, 0..<bytes.count) != nil || reading.dose(in: bytes, 0..<bytes.count) != nil
      }
    }
    return TableColumns.score(next) < 3 || !numbers.isEmpty
  }

  /// Whether texts stand above labels, as titles of the matrices below them do.
  private static func hasTitles(_ rows: [TextRow]) -> Bool {
    rows.indices.contains { place in
      guard isTitle(rows[place]), let next = rows[(place + 1)...].first(where: { !isTitle($0) }) else { return false }
      let texts = next.texts.filter { !$0.isEmpty }
      return MatrixReader.severalLabels(next) != nil
        || MatrixReader.labelled(texts[0], second: texts.count > 1 ? texts[1] : "", isBare: true) != nil
    }
  }

  /// Whether a row is a text that is no label and stands beside no numbers.
  private static func isTitle(_ row: TextRow) -> Bool {
    let texts = row.texts.filter { !$0.isEmpty }
    guard let first = texts.first, texts.count <= mostLabelFields, first.contains(where: \.isLetter),
      MatrixReader.labelled(first, second: texts.count > 1 ? texts[1] : "", isBare: true) == nil,
      MatrixReader.severalLabels(row) == nil, !MatrixReader.isStatistic(first)
    else { return false }
    return !texts.dropFirst().contains { text in text.allSatisfy { $0.isNumber || ".,-+eE %".contains($0) } }
  }

  private static func words(_ row: TextRow) -> String {
    row.texts.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
