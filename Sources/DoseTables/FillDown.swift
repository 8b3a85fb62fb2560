import Spreadsheets

/// Names that stand in the first row of those that they are said of, as in a sheet whose cells were merged. Below it their
/// column is empty.
enum FillDown {
  /// The columns of a table that are written so, without a doubt: the first row is named, and every name is followed by rows
  /// without one, but for names that stand alone in the whole column.
  ///
  /// - Parameter columns: Those that are looked at.
  static func evident(
    _ columns: Set<Int>, in text: TextDecoding.Text, _ dialect: Dialect
  ) -> Set<Int> {
    struct Column {
      var names = 0
      var blanks = 0
      /// Rows without a name since the last name.
      var since = 0
      var isEvident = true
    }
    var found: [Int: Column] = [:]
    for column in columns { found[column] = Column() }
    CSVRows.forEach(in: text.bytes, from: dialect.start, firstLine: dialect.line, separator: dialect.separator) { row in
      guard row.line > dialect.tableLine, row.countWithoutTrailingEmpties > 0 else { return true }
      for column in columns {
        if row.isEmpty(column) || row.text(column).isEmpty {
          if found[column]?.names == 0 { found[column]?.isEvident = false }
          found[column]?.blanks += 1
          found[column]?.since += 1
        } else {
          if let own = found[column], own.names > 0, own.since == 0 { found[column]?.isEvident = false }
          found[column]?.names += 1
          found[column]?.since = 0
        }
      }
      return true
    }
    return Set(
      found.filter { _, column in
        column.isEvident && column.names > 0 && column.since > 0 && column.blanks >= 3 * column.names
      }.keys)
  }
}

/// The last name that was met in each of some columns.
struct FilledColumns {
  /// The columns that are filled.
  let columns: [Int]
  private var last: [Int: [UInt8]] = [:]
  /// The first line that was filled.
  private(set) var firstLine: Int?

  /// Columns to fill.
  init(_ columns: Set<Int> = []) { self.columns = columns.sorted() }

  /// A row with the names from above where it has none.
  mutating func filled(_ row: borrowing TextRow) -> TextRow {
    var filled = copy row
    for column in columns {
      let own = row.bytes[row.range(column)]
      if String(trimming: own).isEmpty {
        if let name = last[column] {
          filled.replace(field: column, by: name)
          firstLine = firstLine ?? row.line
        }
      } else {
        last[column] = Array(own)
      }
    }
    return filled
  }
}

extension TextRow {
  /// Puts other bytes into a field that the row has.
  mutating func replace(field: Int, by text: [UInt8]) {
    guard field < count else { return }
    let start = bytes.count
    bytes.append(contentsOf: text)
    setRange(start..<bytes.count, of: field)
  }
}
