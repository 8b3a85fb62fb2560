import ReferenceData
import Testing

@testable import Spreadsheets

/// The rows of a text as (line, fields).
private func rows(_ text: String, separator: Character = ",") -> (rows: [(Int, [String])], ending: CSVRows.Ending) {
  var rows: [(Int, [String])] = []
  let ending = CSVRows.forEach(in: Array(text.utf8), separator: separator.asciiValue ?? 0) { row in
    rows.append((row.line, (0..<row.count).map { String(decoding: row.bytes[row.range($0)], as: UTF8.self) }))
    return true
  }
  return (rows, ending)
}

@Suite struct CSVRowsTests {
  @Test(arguments: ["\n", "\r", "\r\n"])
  func `lines are counted alike for every line end, blank lines included`(newline: String) {
    let text = ["a,b", "", "", "1,2", "  ", "3,4"].joined(separator: newline)
    let found = rows(text).rows
    #expect(found.map(\.0) == [1, 4, 6])
    #expect(found.map(\.1) == [["a", "b"], ["1", "2"], ["3", "4"]])
  }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func `line ends within quotes count as lines and stay in the field`(newline: String) {
    let found = rows("a,\"x\(newline)y\(newline)\(newline)z\"\(newline)1,2\(newline)").rows
    #expect(found.map(\.0) == [1, 5])
    #expect(found.first?.1 == ["a", "x\(newline)y\(newline)\(newline)z"])
  }

  @Test func `quotes protect separators and doubled quotes`() {
    #expect(rows("\"a,b\",\"say \"\"x\"\"\",5\" plate\n").rows.map(\.1) == [["a,b", "say \"x\"", "5\" plate"]])
  }

  @Test(arguments: [",", ";", "\t"] as [Character])
  func `empty fields are kept with every separator`(separator: Character) {
    let s = String(separator)
    #expect(rows("\(s)1\(s)\(s)2\(s)\n", separator: separator).rows.map(\.1) == [["", "1", "", "2", ""]])
  }

  @Test func `a last line without a line end is a row`() {
    #expect(rows("a\nb").rows.map(\.1) == [["a"], ["b"]])
  }

  @Test func `a quote that is never closed is told with the line of its row`() {
    let found = rows("a,b\n1,2\n3,\"4\n5,6\n")
    #expect(found.ending == .openQuote(line: 3))
  }

  @Test func `a row of too many fields ends the reading with its line`() {
    let found = rows("a,b\n" + String(repeating: ",", count: CSVRows.mostFields + 10) + "\n1,2\n")
    #expect(found.ending == .rowTooLarge(line: 2))
    #expect(found.rows.count == 1)
  }

  @Test func `a field of too many bytes ends the reading with its line`() {
    let found = rows("a,b\n\"" + String(repeating: "x", count: CSVRows.largestRow + 100_000))
    #expect(found.ending == .rowTooLarge(line: 2))
  }

  @Test func `thousands of columns are one row`() {
    #expect(rows(Array(repeating: "1", count: 50_000).joined(separator: ",")).rows.first?.1.count == 50_000)
  }

  @Test func `the caller can stop`() {
    var seen = 0
    let ending = CSVRows.forEach(in: Array("1\n2\n3\n".utf8), separator: UInt8(ascii: ",")) { _ in
      seen += 1
      return seen < 2
    }
    #expect(seen == 2 && ending == .stopped)
  }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func `rows with quotes and rows without may stand among each other`(newline: String) {
    let lines = [
      "a,b", "", "1,2", "\"x", "y, z", "\",3", "4,5\"", "6,7", "", "\"p\"\"q\",8", "\"r\",\"s\"", " ", "9,10",
    ]
    let found = rows(lines.joined(separator: newline))
    let field = "x\(newline)y, z\(newline)"
    #expect(found.rows.map(\.0) == [1, 3, 4, 7, 8, 10, 11, 13])
    #expect(
      found.rows.map(\.1) == [
        ["a", "b"], ["1", "2"], [field, "3"], ["4", "5\""], ["6", "7"], ["p\"q", "8"], ["r", "s"], ["9", "10"],
      ])
    #expect(found.ending == .complete)
    let open = rows(lines.joined(separator: newline) + newline + "11,\"12" + newline + "13,14")
    #expect(open.ending == .openQuote(line: 14) && open.rows.dropLast().map(\.0) == found.rows.map(\.0))
  }

  @Test("text without quotes is scanned as libcsv reads it", arguments: [",", ";", "\t"] as [Character])
  func scanned(separator: Character) {
    var random = SplitMix64(seed: 12)
    let pieces = ["", " ", "a", "1.5", " b c ", "\u{e9}", "-", "\u{a0}x", "-12345.678", "\u{1}\u{b}\u{c}\u{e}"]
    for _ in 0..<300 {
      let newline = ["\n", "\r", "\r\n"].randomElement(using: &random) ?? "\n"
      let lines = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        (0..<Int.random(in: 0...(Bool.random(using: &random) ? 5 : 80), using: &random)).map { _ in
          pieces.randomElement(using: &random) ?? ""
        }
      }
      func text(_ end: String) -> String {
        lines.map { $0.isEmpty ? newline : ($0 + [end]).joined(separator: String(separator)) + newline }.joined()
      }
      // A quoted field in each line sends the same text through libcsv.
      let (quoted, plain) = (
        rows(text("\"end\""), separator: separator).rows, rows(text("end"), separator: separator).rows
      )
      #expect(plain.map(\.0) == quoted.map(\.0) && plain.map(\.1) == quoted.map(\.1), "\(text("end").debugDescription)")
    }
  }
}
