import Results

/// A run's store as JSON (RFC 8259): the rows of its tables by the names of their columns.
///
/// What is not a number is `null`; an infinite end of an interval is the text `inf` or `-inf`.
struct StoreJSON {
  private let store: RunStore

  /// The tables that have rows of one block.
  private static let children = [
    StoreSchema.drugs, StoreSchema.scores, StoreSchema.notes, StoreSchema.surfaceMarginals, StoreSchema.surfaceTests,
    StoreSchema.calls,
  ]

  init(_ store: RunStore) { self.store = store }

  /// A block with its drugs, scores, notes, tests and calls, and its arrays over cells.
  func writeBlock(_ number: Int, to json: inout JSONWriter) throws(ResultsError) {
    guard let head = try store.values(of: StoreSchema.blocks, block: number).first else {
      throw .blockMissing(index: number)
    }
    let arrays = try store.values(of: StoreSchema.arrays, block: number).first ?? []
    var rows: [(table: StoreTable, rows: [[StoredValue]])] = []
    for table in Self.children { rows.append((table, try store.values(of: table, block: number))) }
    json.object { json in
      Self.members(StoreSchema.blocks, head, to: &json)
      for (table, rows) in rows {
        json.key(table.name)
        json.array { json in
          for row in rows { json.object { json in Self.members(table, row, to: &json) } }
        }
      }
      Self.members(StoreSchema.arrays, arrays, to: &json)
    }
  }

  /// The columns of a row but for the block's number, which stands once.
  static func members(_ table: StoreTable, _ row: [StoredValue], to json: inout JSONWriter) {
    for (column, value) in zip(table.columns, row) where column.name != "block" {
      json.key(column.name)
      switch value {
      case .absent: json.value(String?.none)
      case .text(let text): json.value(text)
      case .integer(let number): json.value(number)
      case .real(let number): json.exact(number)
      case .reals(let numbers): json.array { json in for number in numbers { json.exact(number) } }
      case .integers(let numbers): json.array { json in for number in numbers { json.value(number) } }
      }
    }
  }
}

extension JSONWriter {
  /// A number that reads back: infinity as a text.
  fileprivate mutating func exact(_ number: Double) {
    if number.isInfinite { value(number > 0 ? "inf" : "-inf") } else { value(number) }
  }
}
