import Foundation

/// A run that was written as JSON, in a store that is held in memory: the rows of its tables by the names of their columns,
/// in whatever order and layout a program has written them.
struct StoreImport {
  private let path: String
  private let database: Database

  /// Reads a file.
  ///
  /// - Returns: A store of its rows. A column that a row lacks is an error, and so is a name that no table has.
  static func database(_ path: String) throws(ResultsError) -> sending Database {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw .cannotOpen(path: path, reason: "no such file, or it may not be read")
    }
    let value: JSONValue
    do { value = try JSONDecoder().decode(JSONValue.self, from: bytes) } catch {
      throw .notResults(path: path, reason: "it is no JSON")
    }
    guard case .object(let members) = value, case .text("isobole-results") = members["format"] else {
      throw .notResults(path: path, reason: "its format is not isobole-results")
    }
    guard case .integer(StoreSchema.version) = members["format_version"] else {
      if case .integer(let found) = members["format_version"] {
        throw .otherFormatVersion(path: path, found: found, expected: StoreSchema.version)
      }
      throw .notResults(path: path, reason: "it has no format_version")
    }
    let reader = StoreImport(path: path, database: try Database(path: ":memory:", access: .create))
    try reader.database.execute("BEGIN;" + StoreSchema.tables.map(\.creation).joined())
    try reader.read(members)
    try reader.database.execute("COMMIT")
    return reader.database
  }

  private func wrong(_ reason: String) -> ResultsError { .notResults(path: path, reason: reason) }

  private func read(_ members: [String: JSONValue]) throws(ResultsError) {
    var members = members
    for name in ["format", "format_version", "isobole_version", "title", "options", "annotations", "genes"] {
      guard let value = members.removeValue(forKey: name) else { continue }
      let text: String
      switch value {
      case .null: continue
      case .text(let known): text = known
      case .integer(let number): text = "\(number)"
      default: text = try StoredOptions.plain(value)
      }
      try add(StoreSchema.run, ["name": .text(name), "value": .text(text)])
    }
    try add(StoreSchema.run, ["name": .text("state"), "value": .text("finished")])
    for table in [
      StoreSchema.inputs, StoreSchema.problems, StoreSchema.ranking, StoreSchema.plates, StoreSchema.blockQuality,
    ] {
      for var row in try rows(members.removeValue(forKey: table.name), table.name) {
        if let record = row["record"] { row["record"] = .text(try StoredOptions.plain(record)) }
        try add(table, row)
      }
    }
    for var block in try rows(members.removeValue(forKey: "blocks"), "blocks") {
      guard case .integer(let number)? = block["number"] else { throw wrong("a block has no number") }
      for table in StoreSchema.ofBlock {
        for var row in try rows(block.removeValue(forKey: table.name), table.name) {
          row["block"] = .integer(number)
          try add(table, row)
        }
      }
      var arrays: [String: JSONValue] = ["block": .integer(number)]
      for column in StoreSchema.arrays.columns.dropFirst() {
        arrays[column.name] = block.removeValue(forKey: column.name)
      }
      try add(StoreSchema.arrays, arrays)
      try add(StoreSchema.blocks, block)
    }
    if let name = members.keys.sorted().first { throw wrong("it has \"\(name)\", which no results have") }
  }

  private func rows(_ value: JSONValue?, _ name: String) throws(ResultsError) -> [[String: JSONValue]] {
    switch value {
    case nil, .null: return []
    // A list of nothing.
    case .numbers(let numbers) where numbers.isEmpty: return []
    case .list(let list):
      var rows: [[String: JSONValue]] = []
      for item in list {
        guard case .object(let row) = item else { throw wrong("a row of \(name) is no object") }
        rows.append(row)
      }
      return rows
    default: throw wrong("\(name) is no list")
    }
  }

  private func add(_ table: StoreTable, _ row: [String: JSONValue]) throws(ResultsError) {
    var values: [StoredValue] = []
    if let name = Set(row.keys).subtracting(table.columns.map(\.name)).min() {
      throw wrong("\(table.name) has no column \"\(name)\"")
    }
    for column in table.columns {
      guard let stated = row[column.name] else {
        throw wrong("a row of \(table.name) has no \(column.name)")
      }
      values.append(try value(stated, column, table))
    }
    do throws(ResultsError) {
      try database.prepare(table.insertion).run { binder in for value in values { binder.add(value) } }
    } catch {
      guard case .cannotWrite(_, let reason) = error else { throw error }
      throw wrong("a row of \(table.name) does not go with the others (\(reason))")
    }
  }

  private func value(
    _ value: JSONValue, _ column: StoreTable.Column, _ table: StoreTable
  ) throws(ResultsError) -> StoredValue {
    switch (column.kind, value) {
    case (_, .null): return .absent
    case (.text, .text(let text)): return .text(text)
    case (.integer, .integer(let number)): return .integer(number)
    case (.real, .integer(let number)): return .real(Double(number))
    case (.real, .number(let number)): return .real(number)
    case (.real, .text(let text)):
      if let number = Self.end(text) { return .real(number) }
    case (.reals, .numbers(let numbers)): return .reals(numbers)
    case (.reals, .list(let list)):
      let numbers = list.compactMap { item -> Double? in
        switch item {
        case .null: .nan
        case .integer(let number): Double(number)
        case .number(let number): number
        case .text(let text): Self.end(text)
        default: nil
        }
      }
      if numbers.count == list.count { return .reals(numbers) }
    case (.integers, .numbers(let numbers)):
      let whole = numbers.compactMap { Int(exactly: $0) }
      if whole.count == numbers.count { return .integers(whole) }
    default: break
    }
    throw wrong("\(column.name) of \(table.name) is not what it should be: \(column.meaning)")
  }

  /// An end of an interval that is not finite.
  private static func end(_ text: String) -> Double? { ["inf": .infinity, "-inf": -.infinity][text] }
}

extension Statement.Binder {
  fileprivate mutating func add(_ value: StoredValue) {
    switch value {
    case .absent: add(Int?.none)
    case .text(let text): add(text)
    case .integer(let number): add(number)
    case .real(let number): add(number)
    case .reals(let numbers): add(numbers)
    case .integers(let numbers): add(counts: numbers)
    }
  }
}
