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

  private static func words(_ row: TextRow) -> String {
    row.texts.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// A matrix of responses without labels: doses across in its first row, doses down in its first column.
///
/// ```
/// conc,0 uM,0.25 uM,0.5 uM
/// 0 uM,0.88,0.84,0.89
/// 0.5 uM,0.82,0.76,0.81
/// ```
package struct BareMatrix: Hashable {
  /// The column that holds the doses down.
  package var column: Int
  /// The line of the doses across.
  package var headerLine: Int
  /// The line of the first row that may say something about the matrix.
  package var firstLine: Int
  /// The decimal mark.
  package var numbers: NumberReading

  /// Finds the first one. Both axes are strictly ordered and at least one has the dose 0, so that a plate's numbers, or its
  /// row and column numbers, are none.
  package init?(_ rows: [TextRow]) {
    for numbers in [NumberReading(), NumberReading(decimal: UInt8(ascii: ","))] {
      for place in rows.indices {
        for column in 0...2 {
          guard Self.isMatrix(rows[place...], column, numbers) else { continue }
          (self.column, headerLine, self.numbers) = (column, rows[place].line, numbers)
          firstLine = rows[0].line
          return
        }
      }
    }
    return nil
  }

  private static func isMatrix(_ rows: ArraySlice<TextRow>, _ column: Int, _ numbers: NumberReading) -> Bool {
    guard let header = rows.first, let across = doses(across: header, from: column, numbers), across.count >= 2,
      !isTime(header.text(column))
    else { return false }
    var down: [Double] = []
    var values = 0
    for row in rows.dropFirst() {
      guard row.count > column + 1, let dose = dose(row, column, numbers) else { break }
      down.append(dose)
      for field in column + 1..<min(row.count, column + 1 + across.count)
      where numbers.response(in: row.bytes, row.range(field)) != nil { values += 1 }
    }
    // A zero with and without the other drug is on each axis' own.
    return down.count >= 2 && isOrdered(down) && isOrdered(across) && (down.contains(0) || across.contains(0))
      && 2 * values >= down.count * across.count
  }

  /// Whether a corner says that times go across or down.
  private static func isTime(_ corner: String) -> Bool {
    let text = corner.lowercased()
    return ["time", "hours", "(h)", "(min)", "days", "cycle"].contains(where: text.contains)
  }

  /// The doses of a row that has nothing but them behind a corner that is no number.
  static func doses(across row: borrowing TextRow, from column: Int, _ numbers: NumberReading) -> [Double]? {
    var filled = row.countWithoutTrailingEmpties
    guard filled > column + 2, dose(row, column, numbers) == nil, dose(row, column + 1, numbers) != nil else {
      return nil
    }
    // The unit may stand behind the doses.
    if unitBehind(row) != nil {
      filled -= 1
      guard filled > column + 2 else { return nil }
    }
    for field in 0..<column where !row.isEmpty(field) { return nil }
    var doses: [Double] = []
    for field in column + 1..<filled {
      guard let dose = dose(row, field, numbers) else { return nil }
      doses.append(dose)
    }
    return doses
  }

  /// The unit that stands alone in a row's last field.
  static func unitBehind(_ row: borrowing TextRow) -> ConcentrationUnit? {
    let unit = ConcentrationUnit(row.text(row.countWithoutTrailingEmpties - 1))
    return unit.molar == nil ? nil : unit
  }

  private static func dose(_ row: borrowing TextRow, _ field: Int, _ numbers: NumberReading) -> Double? {
    guard
      let dose = numbers.number(in: row.bytes, row.range(field)) ?? numbers.dose(in: row.bytes, row.range(field))?.dose,
      dose >= 0
    else { return nil }
    return dose
  }

  package static func isOrdered(_ doses: [Double]) -> Bool {
    zip(doses, doses.dropFirst()).allSatisfy { $0 < $1 } || zip(doses, doses.dropFirst()).allSatisfy { $0 > $1 }
  }
}
