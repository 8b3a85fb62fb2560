/// A table of the store: its columns, and what they mean.
public struct StoreTable: Sendable {
  /// A column.
  public struct Column: Sendable {
    /// What its values are.
    public enum Kind: String, Sendable {
      case text, integer, real
      /// Numbers of eight bytes each, little-endian, in a blob; not-a-number where there is none.
      case reals
      /// Whole numbers of four bytes each, little-endian, in a blob.
      case integers
    }

    /// Its name.
    public var name: String
    /// What its values are.
    public var kind: Kind
    /// The unit of a number; empty for a number without one, and for a text.
    public var unit: String
    /// What it says.
    public var meaning: String
  }

  /// Its name.
  public var name: String
  /// What a row is.
  public var row: String
  /// The columns, in their order.
  public var columns: [Column]
  /// What tells the rows apart, as SQL; empty where their order does.
  var key = ""

  /// The statement that makes it.
  var creation: String {
    let types: [Column.Kind: String] = [
      .text: "TEXT", .integer: "INTEGER", .real: "REAL", .reals: "BLOB", .integers: "BLOB",
    ]
    let parts = columns.map { "\($0.name) \(types[$0.kind, default: "BLOB"])" } + (key.isEmpty ? [] : [key])
    let tail = key.contains(",") ? " WITHOUT ROWID" : ""
    return "CREATE TABLE \(name) (\(parts.joined(separator: ", ")))\(tail);"
  }

  /// The statement that adds a row.
  var insertion: String {
    "INSERT INTO \(name) VALUES (\(columns.map { _ in "?" }.joined(separator: ",")))"
  }

  /// The statement that reads rows.
  func selection(_ rest: String = "") -> String {
    "SELECT \(columns.map(\.name).joined(separator: ",")) FROM \(name) \(rest)"
  }
}

extension StoreTable.Column {
  static func text(_ name: String, _ meaning: String) -> Self {
    Self(name: name, kind: .text, unit: "", meaning: meaning)
  }
  static func integer(_ name: String, _ meaning: String) -> Self {
    Self(name: name, kind: .integer, unit: "", meaning: meaning)
  }
  static func real(_ name: String, _ unit: String, _ meaning: String) -> Self {
    Self(name: name, kind: .real, unit: unit, meaning: meaning)
  }
  static func reals(_ name: String, _ unit: String, _ meaning: String) -> Self {
    Self(name: name, kind: .reals, unit: unit, meaning: meaning)
  }
  static func integers(_ name: String, _ meaning: String) -> Self {
    Self(name: name, kind: .integers, unit: "", meaning: meaning)
  }
}
