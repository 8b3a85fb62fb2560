import Assay

/// A small table with known columns that stands beside a screen's files: what a person corrects or leaves out.
///
/// Comma, semicolon or tab, told from the header; point or comma as decimal mark. Every row counts: `#` begins no
/// comment, since names may begin so. A text that begins with `=`, `+`, `-` or `@` may have an apostrophe before it, as
/// result files write it, so that a spreadsheet does not run it.
package struct SideTable {
  /// A row below the header.
  package struct Row {
    /// The line on which it begins, from 1.
    package var line: Int
    fileprivate var texts: [String: String]

    /// What stands in a column; empty where nothing does.
    package subscript(column: String) -> String { texts[column] ?? "" }
  }

  /// The rows that can be used.
  package private(set) var rows: [Row] = []
  /// The header's columns, lower case, in their order.
  package private(set) var columns: [String] = []
  /// Rows that cannot be used.
  package private(set) var problems: [InputProblem] = []
  private let text: TextTable

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name for problems.
  ///   - example: A header, as it is shown to a person who wrote another.
  ///   - required: Columns that must be there, lower case.
  ///   - isKnown: Whether a column has a meaning; the required ones have.
  /// - Throws: the problem, `error`, for which nothing of the file can be used.
  package init(
    _ bytes: [UInt8], file: String, example: String, required: [String], isKnown: (String) -> Bool
  ) throws(InputProblem) {
    func refused(_ line: Int?, _ message: String) -> InputProblem {
      InputProblem(file: file, severity: .error, line: line, message: message)
    }
    do throws(PlateReadingError) {
      text = try TextTable(bytes, deciding: 1, comments: false)
    } catch {
      throw refused(
        nil, error == .emptyFile ? "the file is empty; expected the header \(example) and rows below it" : "\(error)")
    }
    switch text.ending {
    case .complete, .stopped: break
    case .rowTooLarge(let line):
      throw refused(line, "the row is longer than any row of such a table; expected the columns \(example)")
    case .openQuote(let line):
      throw refused(line, "a quote is not closed, so the rest of the file is one field; close it")
    }
    guard let header = text.rows.first else { throw refused(nil, "the file is empty; expected the header \(example)") }
    columns = header.fields.map { $0.lowercased() }
    let absent = required.filter { !columns.contains($0) }
    guard absent.isEmpty else {
      throw refused(
        header.line,
        "the header is \(PlateReadingError.list(header.fields)) and has no column \(absent.joined(separator: " and no ")); "
          + "expected \(example)")
    }
    for (place, name) in columns.enumerated() {
      guard name.isEmpty || required.contains(name) || isKnown(name) else {
        throw refused(
          header.line,
          "the column \(PlateReadingError.quoted(header.fields[place])) has no meaning here; expected \(example). "
            + "Correct its name or remove it")
      }
      guard name.isEmpty || columns.firstIndex(of: name) == place else {
        throw refused(header.line, "the column \(name) is there twice; remove one of them")
      }
    }
    for row in text.rows.dropFirst() {
      if row.fields.indices.contains(where: { $0 >= columns.count || columns[$0].isEmpty && !row.fields[$0].isEmpty }) {
        problems.append(
          refused(
            row.line,
            "the row has \(row.fields.count) fields, the header \(columns.count); it was excluded. Expected \(example); "
              + "quote texts that hold the separator"))
        continue
      }
      rows.append(
        Row(
          line: row.line,
          texts: Dictionary(
            zip(columns, row.fields.map(Self.plain)).filter { !$0.0.isEmpty }, uniquingKeysWith: { first, _ in first }))
      )
    }
  }

  /// The number that a text writes; `nil` when it writes none.
  package func number(_ field: String) -> Double? { text.number(field) }

  /// A row of such a table: texts quoted where they must be and inert in spreadsheets.
  package static func csv(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\n" }

  private static func isActive(_ text: String) -> Bool {
    text.utf8.first { $0 != UInt8(ascii: "'") }.map { "=+-@".utf8.contains($0) } ?? false
  }

  /// A text without the apostrophe that keeps spreadsheets from running it.
  private static func plain(_ text: String) -> String {
    text.utf8.first == UInt8(ascii: "'") && isActive(text) ? String(text.unicodeScalars.dropFirst()) : text
  }

  private static func quoted(_ text: String) -> String {
    let inert = isActive(text) && Double(text) == nil ? "'" + text : text
    // By scalars: a comma with an accent is one character to Swift and ends a field all the same.
    let scalars = inert.unicodeScalars
    guard scalars.contains(where: { ",\";".unicodeScalars.contains($0) || $0.properties.isWhitespace && $0 != " " })
    else { return inert }
    return "\"" + scalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
