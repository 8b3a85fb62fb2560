/// A value of the store, as it lies there.
public enum StoredValue: Sendable, Hashable {
  case absent
  case text(String)
  case integer(Int)
  case real(Double)
  case reals([Double])
  case integers([Int])
}

extension RunStore {
  /// The rows of a table as they lie there, in the order of its columns; those of one block where one is given.
  public func values(of table: StoreTable, block: Int? = nil) throws(ResultsError) -> [[StoredValue]] {
    let key = table.columns.contains { $0.name == "block" } ? "block" : "number"
    @Sendable func read(_ row: inout Statement.Row) throws(ResultsError) -> [StoredValue] {
      var values: [StoredValue] = []
      for column in table.columns {
        switch column.kind {
        case .text: values.append(row.text().map(StoredValue.text) ?? .absent)
        case .integer: values.append(row.integer().map(StoredValue.integer) ?? .absent)
        case .real: values.append(row.real().map(StoredValue.real) ?? .absent)
        case .reals: values.append(try row.reals().map(StoredValue.reals) ?? .absent)
        case .integers: values.append(.integers(try row.counts()))
        }
      }
      return values
    }
    guard let block else { return try rows(table.selection(), row: read) }
    return try rows(table.selection("WHERE \(key) = ?"), block, row: read)
  }
}
