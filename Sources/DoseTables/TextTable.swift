import Assay
import Spreadsheets

/// The rows of a small delimited file (a layout, a transfer log, a mask), as text, with their lines.
package struct TextTable {
  /// One row that has a field.
  package struct Row {
    /// The line on which it begins, from 1.
    package var line: Int
    /// Its fields, white space trimmed, without the empty ones at the end.
    package var fields: [String]

    /// Makes a row.
    package init(line: Int, fields: [String]) { (self.line, self.fields) = (line, fields) }

    /// A field; empty beyond the end.
    package func field(_ column: Int) -> String { column < fields.count ? fields[column] : "" }
  }

  /// The rows, blank ones and those that begin with `#` left out.
  package private(set) var rows: [Row] = []
  /// How its numbers are written.
  package private(set) var numbers = NumberReading()
  /// How the text ended.
  package private(set) var ending = CSVRows.Ending.complete

  /// The most rows that are read; a screen of a thousand 1536-well plates has as many wells.
  package static let mostRows = 2_000_000

  /// Splits a file. The separator (comma, semicolon, tab) is the one that makes most fields of the first rows.
  ///
  /// - Parameters:
  ///   - file: The bytes.
  ///   - deciding: How many rows tell the separator: 1 where the header is known and fields may hold separators.
  ///   - comments: Whether rows that begin with `#` are passed over.
  package init(_ file: [UInt8], deciding: Int = 200, comments: Bool = true) throws(PlateReadingError) {
    let text = try TextDecoding.text(file)
    var best = (separator: UInt8(ascii: ","), fields: -1)
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      var fields = 0
      var left = deciding
      CSVRows.forEach(in: text.bytes, from: text.start, separator: separator) { row in
        fields += row.countWithoutTrailingEmpties
        left -= 1
        return left > 0
      }
      if fields > best.fields { best = (separator, fields) }
    }
    var rows: [Row] = []
    var marks = (points: 0, commas: 0, certain: 0, certainPoints: 0)
    var doubtful: (line: Int, text: String)?
    // Whether a number has points between thousands and a decimal comma.
    var isGerman = false
    ending = CSVRows.forEach(in: text.bytes, from: text.start, separator: best.separator) { row in
      let fields = row.texts
      guard let first = fields.first(where: { !$0.isEmpty }), !(comments && first.hasPrefix("#")) else { return true }
      rows.append(Row(line: row.line, fields: fields))
      for field in 0..<row.count {
        switch Dialect.mark(row.bytes, row.range(field)) {
        case .none: continue
        case .point(let isCertain):
          marks.points += 1
          if isCertain {
            marks.certainPoints += 1
          } else if doubtful == nil {
            doubtful = (row.line, row.text(field))
          }
        case .comma(let isCertain):
          marks.commas += 1
          if isCertain { marks.certain += 1 }
        case .both: isGerman = true
        }
      }
      return rows.count < Self.mostRows
    }
    guard !rows.isEmpty else { throw .emptyFile }
    // A point that may separate thousands does so where others are decimal commas; where semicolons are for commas' sake,
    // nothing tells.
    if let doubtful, marks.certainPoints == 0, !isGerman, marks.certain > 0 || best.separator == UInt8(ascii: ";") {
      throw .thousandsSeparator(line: doubtful.line, text: doubtful.text)
    }
    if isGerman, marks.certainPoints == 0 {
      numbers = NumberReading(decimal: UInt8(ascii: ","), readsThousands: true)
    } else if marks.points == 0, marks.certain > 0 {
      numbers = NumberReading(decimal: UInt8(ascii: ","))
    }
    self.rows = rows
  }

  /// The number a text writes; `nil` when it writes none.
  package func number(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return numbers.number(in: bytes, 0..<bytes.count)
  }

  /// A number with an optional unit behind it: `10`, `0.1 uM`, `10uM`.
  package func quantity(_ text: String) -> (value: Double, unit: ConcentrationUnit?)? {
    if let value = number(text) { return (value, nil) }
    guard let cut = text.firstIndex(where: { $0.isLetter && $0 != "e" && $0 != "E" }),
      let value = number(String(text[..<cut]))
    else { return nil }
    let unit = ConcentrationUnit(String(text[cut...]))
    return unit.molar == nil ? nil : (value, unit)
  }
}
