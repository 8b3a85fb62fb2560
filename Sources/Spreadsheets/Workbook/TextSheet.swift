/// A table of text: what a delimited file or a worksheet holds, row by row.
package struct TextSheet {
  /// One row that holds a cell.
  package struct Row {
    /// The line of the file on which it begins, or its number in a worksheet; from 1.
    package var line: Int
    /// Its cells without white space at their ends.
    package var cells: [String]

    /// Makes a row.
    package init(line: Int, cells: [String]) { (self.line, self.cells) = (line, cells) }

    /// A cell; empty for one that the row does not have.
    package func cell(_ column: Int) -> String { column >= 0 && column < cells.count ? cells[column] : "" }

    /// Where the cells are that hold something.
    package var filled: [Int] { cells.indices.filter { !cells[$0].isEmpty } }

    /// Whether no cell holds anything.
    package var isBlank: Bool { cells.allSatisfy(\.isEmpty) }

    /// The number of cells without the empty ones at the end.
    package var width: Int { (cells.lastIndex { !$0.isEmpty } ?? -1) + 1 }
  }

  /// Cells of a worksheet that are merged; what they hold stands in the first.
  package struct Merge: Equatable {
    /// The rows' lines.
    package var lines: ClosedRange<Int>
    /// The columns, from 0.
    package var columns: ClosedRange<Int>

    /// Makes a merge.
    package init(lines: ClosedRange<Int>, columns: ClosedRange<Int>) { (self.lines, self.columns) = (lines, columns) }
  }

  /// What the worksheet is called; `nil` for a file of text.
  package var name: String?
  /// The rows; blank lines of a text file are left out.
  package var rows: [Row] = []
  /// The line from which on the rest was left out, because the table has too many cells.
  package var cutAt: Int?
  /// The line of a quote that is never closed.
  package var openQuote: Int?
  /// The cells that are merged.
  package var merges: [Merge] = []
  /// Whether the worksheet is hidden, so that a person who opens the workbook does not see it.
  package var isHidden = false
  /// The lines of rows that hold a cell and are hidden, as a filter hides them.
  package var hiddenLines: [Int] = []

  /// How the cells of a text file may be kept apart.
  package enum Separator: CaseIterable {
    case tab, semicolon, comma, bar, spaces
  }

  /// An empty sheet.
  package init(name: String?) { self.name = name }

  /// Splits text. Stops at `mostCells` cells.
  package init(_ text: TextDecoding.Text, separator: Separator, mostCells: Int) {
    var left = mostCells
    var sheet = TextSheet(name: nil)
    let ending = CSVRows.forEach(in: text.bytes, from: text.start, separator: separator.delimiter) { row in
      let cells =
        separator == .spaces
        ? Self.words(row.text(0))
        : (0..<row.count).map { row.text($0) }
      left -= max(1, cells.count)
      // A comment (`# …`) and Excel's word for the separator (`sep=;`) are no part of the table.
      if let first = cells.first, first.hasPrefix("# ") || first.hasPrefix("sep=") { return true }
      guard left >= 0 else {
        sheet.cutAt = row.line
        return false
      }
      sheet.rows.append(Row(line: row.line, cells: cells))
      return true
    }
    switch ending {
    case .openQuote(let line): sheet.openQuote = line
    case .rowTooLarge(let line): sheet.cutAt = line
    case .complete, .stopped: break
    }
    self = sheet
  }

  /// What stands between a line's spaces, tabs and no-break spaces.
  private static func words(_ line: String) -> [String] {
    guard line.utf8.allSatisfy({ $0 < 0x80 }) else {
      return line.split { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }.map(String.init)
    }
    return line.utf8.split { $0 == 0x20 || $0 == 0x09 }.map { String(Substring($0)) }
  }

  /// The rows as comma-separated text, each on the line of its number: what the readers of text take.
  package var csv: [UInt8] {
    var bytes: [UInt8] = []
    var line = 1
    for row in rows {
      while line < row.line {
        bytes.append(UInt8(ascii: "\n"))
        line += 1
      }
      for (column, cell) in row.cells.enumerated() {
        if column > 0 { bytes.append(UInt8(ascii: ",")) }
        guard cell.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
          bytes.append(contentsOf: cell.utf8)
          continue
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
          // A line end within a cell would move every later line.
          bytes.append(byte == 0x0A || byte == 0x0D ? 0x20 : byte)
          if byte == 0x22 { bytes.append(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
      }
      bytes.append(UInt8(ascii: "\n"))
      line += 1
    }
    return bytes
  }
}

extension TextSheet.Merge: CustomStringConvertible {
  /// As a spreadsheet calls it: `B2:D2`.
  package var description: String {
    Self.cell(columns.lowerBound, lines.lowerBound) + ":" + Self.cell(columns.upperBound, lines.upperBound)
  }

  private static func cell(_ column: Int, _ line: Int) -> String {
    var letters = ""
    var left = column + 1
    while left > 0 {
      letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((left - 1) % 26))) + letters
      left = (left - 1) / 26
    }
    return letters + "\(line)"
  }
}

extension TextSheet.Separator {
  /// Whether a text may have been split by it.
  package func occurs(in text: TextDecoding.Text) -> Bool {
    // A line without any of the marks is one cell, in which spaces may separate.
    guard self != .spaces else { return true }
    return CSVRows.next(delimiter, in: text.bytes, from: text.start) < text.bytes.count
  }

  /// The byte at which libcsv splits. One that no text holds leaves the line whole, to be split at its spaces.
  package var delimiter: UInt8 {
    switch self {
    case .tab: UInt8(ascii: "\t")
    case .semicolon: UInt8(ascii: ";")
    case .comma: UInt8(ascii: ",")
    case .bar: UInt8(ascii: "|")
    case .spaces: 0x1F
    }
  }
}
