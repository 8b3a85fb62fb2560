import Assay
import DoseTables
import Spreadsheets

/// Tells a table that is layout and reading in one: a row a well, with its drugs and its raw signal.
public enum WellTable {
  /// Columns of a raw signal. `response` and its like may be a part of the untreated level.
  private static let signals: Set<String> = [
    "signal", "raw", "rawsignal", "rawdata", "rawvalue", "rawvalues", "rlu", "rfu", "luminescence", "lum",
    "fluorescence",
    "absorbance", "od", "counts", "cps", "intensity",
  ]
  /// Those that are one where the table also says what the wells are for.
  private static let values: Set<String> = ["value", "readout", "reading", "measurement"]

  /// Whether a column of a raw signal is among these.
  static func hasSignal(_ names: [String]) -> Bool {
    let folded = Set(names.map(ColumnRole.fold))
    return !folded.isDisjoint(with: signals) || !folded.isDisjoint(with: values)
  }

  /// Whether a table with these columns is one.
  static func isHeader(_ names: [String]) -> Bool {
    let columns = Set(names.compactMap { LayoutColumn(name: $0) })
    guard columns.contains(.well) || (columns.contains(.row) && columns.contains(.column)) else { return false }
    let hasRole = columns.contains(.role)
    // A reader's own list has wells, contents and signals, and no drugs.
    guard columns.contains(.drug(1)), hasRole || columns.contains(.dose(1)) else { return false }
    // Where the signal was normalised already, the table holds what it needs.
    let isNormalised = names.contains { name in
      switch ColumnRole(columnName: name) {
      case .response(.viability), .response(.inhibition): true
      default: false
      }
    }
    guard !isNormalised else { return false }
    let folded = Set(names.map(ColumnRole.fold))
    return !folded.isDisjoint(with: signals)
      || (hasRole && !folded.isDisjoint(with: values))
  }

  /// Whether a file's table is one; looks at its beginning.
  public static func recognises(_ bytes: [UInt8]) -> Bool {
    let head = Workbook.isArchive(bytes) || bytes.count <= 1 << 16 ? bytes : Array(bytes.prefix(1 << 16))
    guard let tables = try? TextTable.tables(head) else { return false }
    return tables.contains { $0.table.rows.first.map { isHeader($0.fields) } ?? false }
  }
}
