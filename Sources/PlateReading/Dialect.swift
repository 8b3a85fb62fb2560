import Assay

/// How a text file is written: where its table begins, what separates its fields, which decimal mark it uses, which
/// layout it has.
struct Dialect {
  /// What the table's first row says.
  enum Layout {
    case table(TableColumns)
    case matrix
  }

  /// Where in the text the table's first row begins.
  var start: Int
  /// That row's line.
  var line: Int
  var separator: UInt8
  var numbers: NumberReading
  var layout: Layout

  private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
  /// How many rows are looked at to tell the decimal mark.
  private static let sampleRows = 20_000

  /// Finds out from the text.
  init(_ text: TextDecoding.Text) throws(PlateReadingError) {
    var (start, line) = (text.start, 1)
    var stated: UInt8?
    Self.skipPreamble(text.bytes, &start, &line, &stated)
    guard start < text.bytes.count else { throw .emptyFile }
    if let table = OwnTable.name(text.bytes) { throw .ownTable(line: line, name: table) }

    var best: (separator: UInt8, names: [String], score: Int, line: Int, isMatrix: Bool)?
    var tooLarge: Int?
    for separator in stated.map({ [$0] }) ?? Self.separators {
      var names: [String]?
      var next: [String]?
      var firstLine = line
      let ending = CSVRows.forEach(in: text.bytes, from: start, firstLine: line, separator: separator) { row in
        guard names == nil || names == [] else {
          next = row.texts
          return next == []
        }
        firstLine = row.line
        names = row.texts
        return true
      }
      if case .rowTooLarge(let line) = ending { tooLarge = line }
      guard let names, !names.isEmpty else { continue }
      // A label has its value beside it, and another label below it; a table's header has the names of its other columns.
      let isMatrix =
        MatrixReader.Label(names[0]) != nil
        && (names.count { !$0.isEmpty } <= 2 || names[0].hasSuffix(":")
          || (next?.first.flatMap { MatrixReader.Label($0) }) != nil)
      // A recognised column weighs more than any number of fields that mean nothing.
      let score = (isMatrix ? 2 : TableColumns.score(names)) * 10_000 + min(names.count, 9_999)
      if score > best?.score ?? -1 { best = (separator, names, score, firstLine, isMatrix) }
    }
    guard let best else {
      if let tooLarge { throw .rowTooLarge(line: tooLarge) }
      throw .emptyFile
    }
    if let table = OwnTable.name(columns: best.names) { throw .ownTable(line: best.line, name: table) }
    self.start = start
    self.line = line
    separator = best.separator
    if best.isMatrix, TableColumns.score(best.names) < 3 {
      layout = .matrix
      numbers = NumberReading()
      numbers = try Self.decimalMark(text, self, columns: nil)
    } else {
      let columns = try TableColumns(names: best.names, line: best.line)
      layout = .table(columns)
      numbers = NumberReading()
      numbers = try Self.decimalMark(text, self, columns: columns)
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

  /// Tells the decimal mark from the numbers of the first rows: a comma when some number has one and none has a point.
  ///
  /// - Throws: `thousandsSeparator` when every comma could as well separate thousands (`1,250`).
  private static func decimalMark(
    _ text: TextDecoding.Text, _ dialect: Dialect, columns: TableColumns?
  ) throws(PlateReadingError) -> NumberReading {
    var points = 0
    var commas = 0
    var certain = 0
    var example: (line: Int, text: String)?
    var left = sampleRows
    let numeric = columns.map { $0.drugs.map(\.dose) + $0.responses }
    CSVRows.forEach(in: text.bytes, from: dialect.start, firstLine: dialect.line, separator: dialect.separator) { row in
      for field in numeric ?? Array(0..<row.count) {
        switch mark(row.bytes, row.range(field)) {
        case .none: continue
        case .point: points += 1
        case .comma(let isCertain):
          commas += 1
          if isCertain { certain += 1 }
          if example == nil { example = (row.line, row.text(field)) }
        }
      }
      left -= 1
      return left > 0 && points == 0
    }
    guard points == 0, commas > 0, let example else { return NumberReading() }
    if certain == 0 { throw .thousandsSeparator(line: example.line, text: example.text) }
    return NumberReading(decimal: UInt8(ascii: ","))
  }

  enum Mark {
    case none
    case point
    /// Certain when what stands around the comma cannot be groups of thousands.
    case comma(isCertain: Bool)
  }

  static func mark(_ bytes: [UInt8], _ field: Range<Int>) -> Mark {
    guard let comma = bytes[field].firstIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }) else {
      return .none
    }
    let reading = NumberReading(decimal: bytes[comma])
    guard reading.number(in: bytes, field) != nil else { return .none }
    if bytes[comma] == UInt8(ascii: ".") { return .point }
    let whole = bytes[field.lowerBound..<comma].drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let looksLikeThousands =
      (1...3).contains(whole.count) && whole.first != UInt8(ascii: "0") && field.upperBound - comma == 4
    return .comma(isCertain: !looksLikeThousands)
  }
}
