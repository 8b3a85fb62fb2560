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
    row.makeRoom()
    return text.withUnsafeBufferPointer { bytes in
      var position = start
      while position < end {
        let rowStart = position
        position = row.scan(bytes, from: rowStart, to: end, separator: separator)
        guard row.count <= mostFields, position - rowStart <= largestRow else {
          return (.rowTooLarge(line: row.line), row.line)
        }
        if row.count > 1 || !row.isEmpty(0), !body(row) { return (.stopped, row.line) }
        if position + 1 < end, bytes[position] == 0x0D, bytes[position + 1] == 0x0A { position += 1 }
        position += 1
        row.line += 1
      }
      return (.complete, row.line)
    }
  }
}

extension TextRow {
  /// Finds the fields of a line; answers where it ends. Stops at more fields than `CSVRows.mostFields`.
  @inlinable mutating func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, separator: UInt8
  ) -> Int {
    var (position, fieldStart) = (start, start)
    count = 0
    while true {
      // The room is asked for once, and not for each field.
      let before = count
      let (found, isWhole) = fields.withUnsafeMutableBufferPointer { fields in
        var found = before
        while found < fields.count {
          position = Self.mark(bytes, from: position, to: end, separator: separator)
          var (first, last) = (fieldStart, position)
          while first < last, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
          while first < last, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x09 { last -= 1 }
          fields[found] = Range(uncheckedBounds: (first, last))
          found += 1
          guard position < end, bytes[position] == separator else { return (found, true) }
          position += 1
          fieldStart = position
        }
        return (found, false)
      }
      count = found
      if isWhole || count > CSVRows.mostFields { return position }
      makeRoom()
    }
  }

  /// Where the next separator or line end is, or the end: eight bytes at a time.
  @inlinable @inline(__always)
  static func mark(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, separator: UInt8
  ) -> Int {
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let (marks, lineFeeds, returns) = (UInt64(separator) &* ones, 0x0A &* ones, 0x0D &* ones)
    // The highest bit of each byte that is 0, and perhaps of some above it.
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }
    var position = start
    let base = UnsafeRawPointer(bytes.baseAddress!)
    while position + 8 <= end {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let found = zeros(word ^ marks) | zeros(word ^ lineFeeds) | zeros(word ^ returns)
      if found != 0 { return position + found.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < end, bytes[position] != separator, bytes[position] != 0x0A, bytes[position] != 0x0D {
      position += 1
    }
    return position
  }
}
