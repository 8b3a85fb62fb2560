/// A column of a table that a run or a report leaves: a row of `columns.csv`.
struct TableColumn: Sendable {
  /// What its fields are; an empty field is a value that is not known, or that the row does not have.
  enum Kind: String, Sendable {
    case text, number, integer
  }

  /// Its name, as the table's first line has it.
  var name: String
  /// What its fields are.
  var kind: Kind
  /// The unit of a number; empty for one without, and for a text.
  var unit: String
  /// What it says.
  var meaning: String

  static func text(_ name: String, _ meaning: String) -> Self {
    Self(name: name, kind: .text, unit: "", meaning: meaning)
  }
  static func integer(_ name: String, _ meaning: String) -> Self {
    Self(name: name, kind: .integer, unit: "", meaning: meaning)
  }
  static func number(_ name: String, _ unit: String, _ meaning: String) -> Self {
    Self(name: name, kind: .number, unit: unit, meaning: meaning)
  }
  /// A number in percentage points of inhibition.
  static func points(_ name: String, _ meaning: String) -> Self { number(name, "percentage points", meaning) }
  /// A response.
  static func response(_ name: String, _ meaning: String) -> Self { number(name, "% inhibition", meaning) }

  /// What tells a block: the first columns of every table about blocks.
  static let block = text("block_id", "the block's name in its file")
  /// The cell line or the patient.
  static let sample = text("sample", "cell line or patient sample")

  /// For each drug its name, dose and unit.
  static func treatment(drugs: Int) -> [TableColumn] {
    (1...max(2, drugs)).flatMap { drug in
      [
        text("drug\(drug)", "drug \(drug)"), number("conc\(drug)", "unit\(drug)", "its dose in the well; 0 for none"),
        text("unit\(drug)", "the unit of its dose"),
      ]
    }
  }
}

extension [TableColumn] {
  /// The first line of the table.
  var header: String { map(\.name).joined(separator: ",") + "\n" }
}

/// The dictionary of a directory's tables: `columns.csv`.
enum ColumnTable {
  static let columns: [TableColumn] = [
    .text("table", "the file"), .text("column", "the column"), .text("type", "text, number or integer"),
    .text("unit", "the unit of its numbers; the name of a column where that has the unit"),
    .text("meaning", "what it says"),
  ]

  /// A row for each column of each of these files, and of this one.
  static func text(of tables: [(file: String, columns: [TableColumn])]) -> [UInt8] {
    Array(columns.header.utf8) + rows(of: tables)
  }

  /// The same without its first line.
  static func rows(of tables: [(file: String, columns: [TableColumn])]) -> [UInt8] {
    var out = ByteWriter()
    for table in tables + [(file: "columns.csv", columns: columns)] {
      for column in table.columns {
        out.csv([
          .text(table.file), .text(column.name), .text(column.kind.rawValue), .text(column.unit), .text(column.meaning),
        ])
      }
    }
    return out.bytes
  }
}
