import Assay
import Spreadsheets

/// How a text file is written: where its table begins, what separates its fields, which decimal mark it uses, which
/// layout it has.
package struct Dialect {
  /// What the table's first row says.
  package enum Layout {
    case table(TableColumns)
    /// A matrix with labels, or one without.
    case matrix(BareMatrix?)
    /// Treatments in the header, times in the rows.
    case conditions(ConditionTable)
  }

  /// Where in the text the first row that is no comment begins.
  package var start: Int
  /// That row's line.
  package var line: Int
  /// The line of the table's first row.
  package var tableLine: Int
  /// What stands above the table.
  package var above: [String]
  package var separator: UInt8
  package var numbers: NumberReading
  /// The first number with commas between thousands that are read as such.
  package var thousands: (line: Int, text: String)?
  package var layout: Layout

  private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
  /// How many rows are looked at to tell the decimal mark.
  private static let sampleRows = 20_000

  /// Finds out from the text.
  package init(_ text: TextDecoding.Text, choices: ColumnChoices = ColumnChoices()) throws(PlateReadingError) {
    var (start, line) = (text.start, 1)
    var stated: UInt8?
    Self.skipPreamble(text.bytes, &start, &line, &stated)
    guard start < text.bytes.count else { throw .emptyFile }
    if let table = OwnTable.name(text.bytes) { throw .ownTable(line: line, name: table) }

    let table = try TableStart(
      text, start: start, line: line, separators: stated.map { [$0] } ?? Self.separators, choices: choices)
    self.start = start
    self.line = line
    separator = table.separator
    layout = table.layout
    tableLine = table.line
    above = table.above
    switch table.layout {
    case .matrix(let bare?):
      numbers = bare.numbers
      // A mark that could as well separate thousands is asked about.
      let told = try Self.decimalMark(text, self, columns: nil)
      if numbers.decimal == UInt8(ascii: ",") { numbers.readsThousands = told == Self.german }
      if numbers.decimal == UInt8(ascii: "."), let found = Thousands.first(in: text, separator: separator) {
        // Nothing but another number tells that the comma is no decimal mark.
        guard try Self.decimalMark(text, self, columns: nil).readsThousands else {
          throw .thousandsSeparator(line: found.line, text: found.text)
        }
        (thousands, numbers.readsThousands) = (found, true)
      }
    case .matrix(nil), .conditions:
      numbers = NumberReading()
      numbers = try Self.decimalMark(text, self, columns: nil)
    case .table(let columns):
      numbers = NumberReading()
      numbers = try Self.decimalMark(text, self, columns: columns)
    }
    if numbers.readsThousands, thousands == nil {
      thousands = Thousands.first(in: text, separator: separator, decimal: numbers.decimal)
      numbers.readsThousands = thousands != nil
    }
  }

  /// Passes over blank lines, comment lines (`#`) and Excel's `sep=;` before the table.
  private static func skipPreamble(_ bytes: [UInt8], _ start: inout Int, _ line: inout Int, _ separator: inout UInt8?) {
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 10, bytes[end] != 13 { end += 1 }
      var first = start
      while first < end, bytes[first] == 32 || bytes[first] == 9 { first += 1 }
      if first < end, bytes[first] != UInt8(ascii: "#") {
        guard end - first == 5, bytes[first..<first + 4].elementsEqual("sep=".utf8),
          separators.contains(bytes[first + 4])
        else {
          return
        }
        separator = bytes[first + 4]
      }
      if end + 1 < bytes.count, bytes[end] == 13, bytes[end + 1] == 10 { end += 1 }
      start = min(end + 1, bytes.count)
      line += 1
    }
  }

  /// Decimal commas, and points between thousands: `1.000,5`.
  private static let german = NumberReading(decimal: UInt8(ascii: ","), readsThousands: true)

  /// Tells the decimal mark from the numbers of the first rows: a comma when some number has one and none has a point.
  ///
  /// - Throws: `thousandsSeparator` when every comma could as well separate thousands (`1,250`).
  private static func decimalMark(
    _ text: TextDecoding.Text, _ dialect: Dialect, columns: TableColumns?
  ) throws(PlateReadingError) -> NumberReading {
    var certain = (points: 0, commas: 0)
    var doubtful: (point: (line: Int, text: String)?, comma: (line: Int, text: String)?)
    // Numbers without a mark, and those that end in `.000` as no number with a fixed number of decimals does beside them.
    var (wholes, round, both) = (0, 0, 0)
    var left = sampleRows
    let numeric = columns.map { $0.drugs.map(\.dose) + $0.responses }
    CSVRows.forEach(in: text.bytes, from: dialect.start, firstLine: dialect.line, separator: dialect.separator) { row in
      if row.line < dialect.tableLine { return true }
      for field in numeric ?? Array(0..<row.count) {
        switch mark(row.bytes, row.range(field)) {
        case .none: if isWhole(row.bytes, row.range(field)) { wholes += 1 }
        case .both: both += 1
        case .point(let isCertain):
          if isCertain {
            certain.points += 1
            continue
          }
          if doubtful.point == nil { doubtful.point = (row.line, row.text(field)) }
          if row.bytes[row.range(field)].suffix(4).elementsEqual(".000".utf8) { round += 1 }
        case .comma(let isCertain):
          if isCertain {
            certain.commas += 1
          } else if doubtful.comma == nil {
            doubtful.comma = (row.line, row.text(field))
          }
        }
      }
      left -= 1
      return left > 0 && certain.points == 0
    }
    if certain.points > 0 { return NumberReading(readsThousands: true) }
    // A number that has both tells.
    if both > 0 { return german }
    // A point that may separate thousands does so where others are decimal commas; where semicolons are for commas' sake,
    // or tables are copied out of spreadsheets, nothing tells.
    if let point = doubtful.point,
      certain.commas > 0 || dialect.separator == UInt8(ascii: ";")
        || (dialect.separator == UInt8(ascii: "\t") && round > 0 && wholes > 0)
    {
      throw .thousandsSeparator(line: point.line, text: point.text)
    }
    if doubtful.point != nil { return NumberReading() }
    if certain.commas > 0 { return NumberReading(decimal: UInt8(ascii: ",")) }
    if let comma = doubtful.comma { throw .thousandsSeparator(line: comma.line, text: comma.text) }
    return NumberReading()
  }

  package enum Mark {
    case none
    /// Certain as a comma is.
    case point(isCertain: Bool)
    /// Certain when what stands around the comma cannot be groups of thousands.
    case comma(isCertain: Bool)
    /// Points between thousands and a decimal comma: `1.000,5`.
    case both
  }

  /// Whether a field holds a number of 1 or more without any mark.
  private static func isWhole(_ bytes: [UInt8], _ field: Range<Int>) -> Bool {
    let range = NumberReading.trimmed(bytes, field)
    guard let first = range.first, bytes[first] != UInt8(ascii: "0") else { return false }
    return bytes[range].allSatisfy { NumberReading.digit($0) != nil }
  }

  static func mark(_ bytes: [UInt8], _ whole: Range<Int>) -> Mark {
    // What stands behind a number, as in `91,5 %` and `91,5 ± 2`, is no part of it.
    let end = whole.first { place in
      switch bytes[place] {
      case UInt8(ascii: "%"), UInt8(ascii: "("), 0xC2: true
      // `+/-` or `+-` behind the number, and neither a sign nor that of an exponent.
      case UInt8(ascii: "+"):
        place > whole.lowerBound && (bytes[place - 1] == 0x20 || NumberReading.digit(bytes[place - 1]) != nil)
      default: false
      }
    }
    let field =
      whole
      .lowerBound..<(end.map { end in
        end > whole.lowerBound && bytes[end - 1] == UInt8(ascii: " ") ? end - 1 : end
      } ?? whole.upperBound)
    guard let comma = bytes[field].firstIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }) else {
      return .none
    }
    let reading = NumberReading(decimal: bytes[comma])
    guard reading.number(in: bytes, field) != nil else {
      return bytes[comma] == UInt8(ascii: ".") && bytes[field].contains(UInt8(ascii: ","))
        && german.number(in: bytes, field) != nil ? .both : .none
    }
    let whole = bytes[field.lowerBound..<comma].drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let looksLikeThousands =
      (1...3).contains(whole.count) && whole.first != UInt8(ascii: "0") && field.upperBound - comma == 4
    return bytes[comma] == UInt8(ascii: ".")
      ? .point(isCertain: !looksLikeThousands) : .comma(isCertain: !looksLikeThousands)
  }
}
