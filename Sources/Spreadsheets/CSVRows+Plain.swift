extension CSVRows {
  /// The rows of lines without quotes, at the speed of a scan: fields are found where they stand and nothing is copied.
  /// Answers the line that follows, too.
  ///
  /// As libcsv does it: white space around fields is trimmed, blank lines are counted and not reported.
  @inlinable package static func forEachPlain(
    in text: [UInt8], from start: Int, to end: Int, firstLine: Int, separator: UInt8,
    _ body: (borrowing TextRow) -> Bool
  ) -> (ending: Ending, line: Int) {
    var row = TextRow()
    row.bytes = text
    row.line = firstLine
    // No separator or line end is a greater byte.
    let greatest = max(separator, 0x0D)
    return text.withUnsafeBufferPointer { bytes in
      var position = start
      while position < end {
        let rowStart = position
        var fieldStart = position
        row.removeFields()
        while position < end {
          let byte = bytes[position]
          if byte > greatest {
            position += 1
            continue
          }
          if byte == separator {
            row.append(trimming: fieldStart..<position, of: bytes)
            fieldStart = position + 1
            guard row.count <= mostFields else { return (.rowTooLarge(line: row.line), row.line) }
          } else if byte == 0x0A || byte == 0x0D {
            break
          }
          position += 1
        }
        guard position - rowStart <= largestRow else { return (.rowTooLarge(line: row.line), row.line) }
        row.append(trimming: fieldStart..<position, of: bytes)
        if row.count > 1 || !row.isEmpty(0), !body(row) { return (.stopped, row.line) }
        if position + 1 < end, bytes[position] == 0x0D, bytes[position + 1] == 0x0A { position += 1 }
        position += 1
        row.line += 1
      }
      return (.complete, row.line)
    }
  }
}
