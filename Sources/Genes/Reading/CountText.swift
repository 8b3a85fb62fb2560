import Spreadsheets

/// A file of counts as text: inflated, decoded, its header found.
package struct CountText {
  package let file: String
  package let content: CountError.Content
  package let bytes: [UInt8]
  package let separator: UInt8
  /// The header's names; the first is empty where the header has one field less than the rows, as R writes it.
  package let header: [String]
  package let headerLine: Int
  /// The fields of the first row.
  package let firstRow: [String]
  /// Where the rows begin, and the number of their first line.
  package let start: Int
  package let firstLine: Int

  /// Opens a file's bytes.
  ///
  /// - Parameter content: What it should hold: of counts the header may have one field less than the rows.
  package init(_ bytes: [UInt8], file: String, content: CountError.Content = .counts) throws(CountError) {
    self.content = content
    func place(_ line: Int? = nil) -> CountError.Place { CountError.Place(file, line: line, content: content) }
    guard !bytes.isEmpty else { throw .empty(place()) }
    let plain: [UInt8]
    do {
      plain = GzipFile.begins(bytes) ? try GzipFile.inflate(bytes) : bytes
    } catch {
      switch error {
      case .damaged: throw .damagedGzip(place())
      case .tooLarge(let most): throw .tooLarge(place(), mostBytes: most)
      }
    }
    let text: TextDecoding.Text
    do { text = try TextDecoding.decode(plain) } catch {
      switch error {
      case .empty: throw .empty(place())
      case .notText(let kind): throw .notText(place(), kind: kind)
      }
    }
    (self.file, self.bytes) = (file, text.bytes)
    (headerLine, start, firstLine) = Self.headerEnd(text)
    let lines = text.bytes[Self.headerStart(text)..<start]
    guard lines.contains(where: { $0 > 0x20 }) else { throw .empty(place()) }
    let marks: [UInt8] = [0x09, UInt8(ascii: ","), UInt8(ascii: ";")]
    let counted = marks.map { mark in lines.count { $0 == mark } }
    let most = counted.max() ?? 0
    let read =
      String(decoding: lines.prefix(60), as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard most > 0, let chosen = counted.firstIndex(of: most) else {
      throw .noTable(place(headerLine), read: read)
    }
    separator = marks[chosen]
    var names: [String] = []
    let ending = CSVRows.forEach(in: Array(lines), separator: separator) { row in
      names = (0..<row.count).map { row.text($0) }
      return false
    }
    if case .openQuote = ending { throw .openQuote(place(headerLine)) }
    if case .rowTooLarge = ending { throw .rowTooLarge(place(headerLine)) }
    var firstRow: [String] = []
    CSVRows.forEach(in: text.bytes, from: start, firstLine: firstLine, separator: separator) { row in
      firstRow = (0..<row.count).map { row.text($0) }
      return false
    }
    if content == .counts, firstRow.count == names.count + 1, let first = names.first,
      !CountColumns.isGuideWord(first) || CountColumns.isRowNumber(firstRow[0])
    {
      names.insert("", at: 0)
    }
    (header, self.firstRow) = (names, firstRow)
    let numbers = names.filter { Double($0) != nil }
    if numbers.count * 2 >= names.count, let number = numbers.first {
      throw .noHeader(place(headerLine), read: number)
    }
  }

  /// Where the first line begins that is neither blank nor a comment.
  private static func headerStart(_ text: TextDecoding.Text) -> Int {
    var start = text.start
    while start < text.bytes.count {
      var end = start
      var isBlank = true
      while end < text.bytes.count, text.bytes[end] != 0x0A, text.bytes[end] != 0x0D {
        if text.bytes[end] > 0x20 { isBlank = false }
        end += 1
      }
      if !isBlank, text.bytes[start] != UInt8(ascii: "#") { break }
      start = min(end + 1, text.bytes.count)
    }
    return start
  }

  /// The header's line, and where the next one begins.
  private static func headerEnd(_ text: TextDecoding.Text) -> (line: Int, start: Int, firstLine: Int) {
    let start = headerStart(text)
    var line = 1
    var place = text.start
    func isEnd(_ place: Int) -> Bool {
      text.bytes[place] == 0x0A
        || (text.bytes[place] == 0x0D && !(place + 1 < text.bytes.count && text.bytes[place + 1] == 0x0A))
    }
    while place < start {
      if isEnd(place) { line += 1 }
      place += 1
    }
    var end = start
    while end < text.bytes.count, !isEnd(end) { end += 1 }
    return (line, min(end + 1, text.bytes.count), line + 1)
  }
}

extension CountText {
  /// The rows' fields with their lines, for tables that are small.
  ///
  /// - Throws: `raggedRow`, `openQuote`, `rowTooLarge`.
  package func rows() throws(CountError) -> [(line: Int, fields: [String])] {
    var rows: [(line: Int, fields: [String])] = []
    let ending = CSVRows.forEach(in: bytes, from: start, firstLine: firstLine, separator: separator) { row in
      rows.append((row.line, (0..<row.count).map { row.text($0) }))
      return true
    }
    func place(_ line: Int) -> CountError.Place { CountError.Place(file, line: line, content: content) }
    switch ending {
    case .openQuote(let line): throw .openQuote(place(line))
    case .rowTooLarge(let line): throw .rowTooLarge(place(line))
    case .complete, .stopped: break
    }
    for (line, fields) in rows where fields.count != header.count {
      throw .raggedRow(place(line), fields: fields.count, expected: header.count)
    }
    return rows
  }

  /// A file's bytes, inflated where they are packed with gzip.
  static func inflated(_ bytes: [UInt8]) throws(GzipFile.Failure) -> [UInt8] {
    GzipFile.begins(bytes) ? try GzipFile.inflate(bytes) : bytes
  }
}
