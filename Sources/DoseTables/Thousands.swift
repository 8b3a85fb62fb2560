import Foundation
import Spreadsheets

/// Commas between thousands in a file whose numbers have decimal points, `"1,000"`, or points beside decimal commas.
enum Thousands {
  /// The first field that holds such a number, and its line.
  static func first(
    in text: TextDecoding.Text, separator: UInt8, decimal: UInt8 = UInt8(ascii: ".")
  ) -> (line: Int, text: String)? {
    let group = decimal == UInt8(ascii: ".") ? UInt8(ascii: ",") : UInt8(ascii: ".")
    // Where commas separate fields, one within a number is in quotes.
    let mark = separator == group ? UInt8(ascii: "\"") : group
    let found: Int? = text.bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return nil }
      var position = text.start
      while position < bytes.count, let place = memchr(base + position, Int32(mark), bytes.count - position) {
        position = UnsafeRawPointer(place) - UnsafeRawPointer(base)
        let start: Int
        if mark == UInt8(ascii: "\"") {
          start = position + 1
        } else {
          var first = position
          while first > text.start, NumberReading.digit(bytes[first - 1]) != nil { first -= 1 }
          start = first
          if first > text.start, ![separator, 10, 13].contains(bytes[first - 1]) {
            position += 1
            continue
          }
        }
        var end = start
        while end < bytes.count, end - start < 30,
          NumberReading.digit(bytes[end]) != nil || bytes[end] == UInt8(ascii: ",") || bytes[end] == UInt8(ascii: ".")
        {
          end += 1
        }
        let isWhole =
          mark == UInt8(ascii: "\"")
          ? end < bytes.count && bytes[end] == mark
          : end == bytes.count || [separator, 10, 13].contains(bytes[end])
        if isWhole, NumberReading(decimal: decimal).hasThousands(bytes, start..<end) { return start }
        position += 1
      }
      return nil
    }
    guard let found else { return nil }
    let end = text.bytes[found...].firstIndex {
      NumberReading.digit($0) == nil && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ".")
    }
    let line = 1 + text.bytes[..<found].count { $0 == 10 }
    return (line, String(decoding: text.bytes[found..<(end ?? text.bytes.count)], as: UTF8.self))
  }
}
