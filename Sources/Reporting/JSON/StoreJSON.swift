import Results

/// A run's store as JSON (RFC 8259): the rows of its tables by the names of their columns.
///
/// What is not a number is `null`; an infinite end of an interval is the text `inf` or `-inf`.
struct StoreJSON {
  private let store: RunStore

  init(_ store: RunStore) { self.store = store }

  /// Writes the whole run, block after block: what `RunStore(json:)` reads back.
  func write(_ write: ([UInt8]) throws -> Void) throws {
    func json(_ body: (inout JSONWriter) -> Void) throws {
      var json = JSONWriter()
      body(&json)
      try write(json.bytes)
    }
    let run = Dictionary(
      uniqueKeysWithValues: try store.values(of: StoreSchema.run).compactMap { row -> (String, String)? in
        guard case .text(let name) = row[0], case .text(let value) = row[1] else { return nil }
        return (name, value)
      })
    try write(Array("{\"format\":\"isobole-results\",\"format_version\":\(StoreSchema.version),\n".utf8))
    for name in ["isobole_version", "title"] {
      try write(Array("\"\(name)\":".utf8))
      try json { $0.value(run[name]) }
      try write(Array(",\n".utf8))
    }
    for name in ["options", "annotations"] { try write(Array("\"\(name)\":\(run[name] ?? "null"),\n".utf8)) }
    if let genes = run["genes"] { try write(Array("\"genes\":\(genes),\n".utf8)) }
    for table in [StoreSchema.inputs, StoreSchema.problems] {
      try self.write(table, try store.values(of: table), write)
    }
    try write(Array("\"blocks\":[".utf8))
    for (place, row) in try store.values(of: StoreSchema.blocks).enumerated() {
      guard case .integer(let number) = row[0] else { continue }
      try write(Array(place == 0 ? "\n".utf8 : ",\n".utf8))
      // What cannot be read as a block is not handed on as one.
      _ = try store.analysis(of: number)
      var json = JSONWriter()
      try writeBlock(number, to: &json)
      try write(json.bytes)
    }
    try write(Array("\n],\n".utf8))
    for table in [StoreSchema.ranking, StoreSchema.plates, StoreSchema.blockQuality] {
      try self.write(table, try store.values(of: table), write, isLast: table.name == StoreSchema.blockQuality.name)
    }
  }

  private func write(
    _ table: StoreTable, _ rows: [[StoredValue]], _ write: ([UInt8]) throws -> Void, isLast: Bool = false
  ) throws {
    try write(Array("\"\(table.name)\":[".utf8))
    for (place, row) in rows.enumerated() {
      var json = JSONWriter()
      json.object { json in Self.members(table, row, leavingOut: [], to: &json) }
      try write(Array(place == 0 ? "\n".utf8 : ",\n".utf8))
      try write(json.bytes)
    }
    try write(Array(isLast ? "\n]}\n".utf8 : "\n],\n".utf8))
  }

  /// A block with its drugs, scores, notes, tests and calls, and its arrays over cells.
  func writeBlock(_ number: Int, to json: inout JSONWriter) throws(ResultsError) {
    guard let head = try store.values(of: StoreSchema.blocks, block: number).first else {
      throw .blockMissing(index: number)
    }
    let arrays = try store.values(of: StoreSchema.arrays, block: number).first ?? []
    var rows: [(table: StoreTable, rows: [[StoredValue]])] = []
    for table in StoreSchema.ofBlock { rows.append((table, try store.values(of: table, block: number))) }
    json.object { json in
      Self.members(StoreSchema.blocks, head, leavingOut: [], to: &json)
      for (table, rows) in rows {
        json.key(table.name)
        json.array { json in
          for row in rows { json.object { json in Self.members(table, row, leavingOut: ["block"], to: &json) } }
        }
      }
      Self.members(StoreSchema.arrays, arrays, leavingOut: ["block"], to: &json)
    }
  }

  /// The columns of a row; what is JSON already (`record`) is a value and no text.
  private static func members(
    _ table: StoreTable, _ row: [StoredValue], leavingOut: Set<String>, to json: inout JSONWriter
  ) {
    for (column, value) in zip(table.columns, row) where !leavingOut.contains(column.name) {
      json.key(column.name)
      switch value {
      case .text(let text) where column.name == "record": json.raw(text)
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
