import CLibCSV
import Foundation

/// Splits delimited text into rows with libcsv. Here and in `ZipArchive` memory is handled by hand.
///
/// libcsv splits fields and takes off quotes (RFC 4180, lenient about quotes within unquoted fields, white space around
/// unquoted fields trimmed) but knows no line numbers. They are counted here from the line ends it reports, all of them
/// (`CSV_REPALL_NL`), and from the line ends within quoted fields. CR, LF and CRLF each end one line. Blank lines are
/// counted, not reported. Lines without quotes need none of this and are scanned (`forEachPlain`).
package enum CSVRows {
  /// How the text ended.
  package enum Ending: Equatable {
    /// As it should.
    case complete
    /// `body` had enough.
    case stopped
    /// In the row of the given line, which is larger than `largestRow` or has more fields than `mostFields`.
    case rowTooLarge(line: Int)
    /// Within a quoted field that began in the row of the given line.
    case openQuote(line: Int)
  }

  /// The most fields of a row. A plate table has some dozens; what has more is no table, and must not fill the memory.
  package static let mostFields = 100_000
  /// The most bytes of a row.
  package static let largestRow = 1 << 24

  /// Calls `body` with every row that has a field; it answers whether it wants more.
  ///
  /// - Parameters:
  ///   - text: UTF-8 text (any encoding in which separators, quotes and line ends are single ASCII bytes).
  ///   - start: Where to begin in `text`.
  ///   - firstLine: The number of the line at `start`.
  ///   - separator: Comma, semicolon or tab.
  @discardableResult
  @inlinable package static func forEach(
    in text: [UInt8], from start: Int = 0, firstLine: Int = 1, separator: UInt8, _ body: (borrowing TextRow) -> Bool
  ) -> Ending {
    let quote = next(quote, in: text, from: start)
    guard quote < text.count else {
      return forEachPlain(in: text, from: start, to: text.count, firstLine: firstLine, separator: separator, body)
        .ending
    }
    return forEachQuoted(in: text, from: start, firstLine: firstLine, separator: separator, quote: quote, body)
  }

  /// The rows of text that has a quote, the first one at `quote`.
  @usableFromInline static func forEachQuoted(
    in text: [UInt8], from start: Int, firstLine: Int, separator: UInt8, quote: Int, _ body: (borrowing TextRow) -> Bool
  ) -> Ending {
    return withoutActuallyEscaping(body) { body in
      var state = State(line: firstLine, body: body)
      var parser = csv_parser()
      guard csv_init(&parser, UInt8(CSV_REPALL_NL)) == 0 else { return .stopped }
      defer { csv_free(&parser) }
      csv_set_delim(&parser, separator)
      csv_set_blk_size(&parser, 1 << 16)
      var position = start
      var quote = quote
      // Lines without quotes are scanned, libcsv has those with quotes and those within a field that they begin.
      while position < text.count, !state.stopped {
        let line = lineStart(before: quote, in: text, from: position)
        if line > position {
          let (ending, next) = forEachPlain(
            in: text, from: position, to: line, firstLine: state.line, separator: separator, body)
          guard ending == .complete else { return ending }
          (position, state.line, state.endedWithCR) = (line, next, false)
          continue
        }
        let end = lineEnd(after: max(position, quote), in: text)
        parse(text, position..<end, &parser, &state)
        position = end
        guard !state.stopped else { break }
        // Within a quoted field the row goes on with the next line, whatever is in it.
        let isWithin = parser.quoted != 0 && parser.pstate == withinField
        quote = isWithin ? position : next(Self.quote, in: text, from: position)
      }
      var openQuote: Int?
      if !state.stopped {
        if parser.quoted != 0, parser.pstate == withinField { openQuote = state.line }
        withUnsafeMutablePointer(to: &state) { _ = csv_fini(&parser, endOfField, endOfRow, $0) }
      }
      if state.isTooLarge { return .rowTooLarge(line: state.line) }
      if let openQuote { return .openQuote(line: openQuote) }
      return state.stopped ? .stopped : .complete
    }
  }

  /// Gives bytes to libcsv.
  private static func parse(_ text: [UInt8], _ range: Range<Int>, _ parser: inout csv_parser, _ state: inout State) {
    withUnsafeMutablePointer(to: &state) { state in
      text.withUnsafeBytes { bytes in
        var position = range.lowerBound
        while position < range.upperBound, !state.pointee.stopped {
          // In pieces, because libcsv cannot be stopped from within.
          let length = min(1 << 16, range.upperBound - position)
          let piece = UnsafeRawBufferPointer(rebasing: bytes[position..<position + length])
          guard csv_parse(&parser, piece.baseAddress, length, endOfField, endOfRow, state) == length else { break }
          position += length
          if csv_get_buffer_size(&parser) > largestRow {
            state.pointee.isTooLarge = true
            state.pointee.stopped = true
          }
        }
      }
    }
  }

  @usableFromInline static let quote = UInt8(ascii: "\"")

  /// Where a byte stands next; the text's end where it does not.
  @usableFromInline static func next(_ byte: UInt8, in text: [UInt8], from start: Int) -> Int {
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, start < bytes.count,
        let found = memchr(base + start, Int32(byte), bytes.count - start)
      else { return bytes.count }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Where the line begins that holds a place, or `start` if that is later.
  private static func lineStart(before place: Int, in text: [UInt8], from start: Int) -> Int {
    guard place < text.count else { return text.count }
    var place = place
    while place > start, text[place - 1] != 0x0A, text[place - 1] != 0x0D { place -= 1 }
    return place
  }

  /// Where the line that holds a place ends, its line end included.
  private static func lineEnd(after place: Int, in text: [UInt8]) -> Int {
    var place = place
    while place < text.count, text[place] != 0x0A, text[place] != 0x0D { place += 1 }
    if place + 1 < text.count, text[place] == 0x0D, text[place + 1] == 0x0A { place += 1 }
    return min(place + 1, text.count)
  }

  /// libcsv's `FIELD_BEGUN`: in a quoted field its closing quote has not come yet.
  private static let withinField: Int32 = 2

  private struct State {
    var row = TextRow()
    var line: Int
    var breaksWithin = 0
    var endedWithCR = false
    var stopped = false
    var isTooLarge = false
    let body: (borrowing TextRow) -> Bool

    init(line: Int, body: @escaping (borrowing TextRow) -> Bool) {
      self.line = line
      self.body = body
    }
  }

  private static let endOfField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
    field, length, context in
    guard let state = context?.assumingMemoryBound(to: State.self), !state.pointee.stopped else { return }
    if let field, length > 0 {
      let bytes = UnsafeRawBufferPointer(start: field, count: length)
      state.pointee.row.bytes.append(contentsOf: bytes)
      state.pointee.breaksWithin += lineBreaks(in: bytes)
    }
    state.pointee.row.append(fieldOf: max(length, 0))
    if state.pointee.row.count > mostFields || state.pointee.row.bytes.count > largestRow {
      state.pointee.isTooLarge = true
      state.pointee.stopped = true
    }
  }

  private static let endOfRow: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { terminator, context in
    guard let state = context?.assumingMemoryBound(to: State.self), !state.pointee.stopped else { return }
    let isBlank = state.pointee.row.count == 0
    if !isBlank {
      state.pointee.row.line = state.pointee.line
      state.pointee.stopped = !state.pointee.body(state.pointee.row)
      state.pointee.row.removeAll()
    }
    let completesCRLF = isBlank && terminator == CSV_LF && state.pointee.endedWithCR
    if !completesCRLF { state.pointee.line += 1 + state.pointee.breaksWithin }
    state.pointee.breaksWithin = 0
    state.pointee.endedWithCR = terminator == CSV_CR
  }

  private static func lineBreaks(in bytes: UnsafeRawBufferPointer) -> Int {
    var breaks = 0
    var afterCR = false
    for byte in bytes {
      if byte == CSV_CR || (byte == CSV_LF && !afterCR) { breaks += 1 }
      afterCR = byte == CSV_CR
    }
    return breaks
  }
}
