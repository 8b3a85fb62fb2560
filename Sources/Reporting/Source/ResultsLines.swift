import Foundation

/// The lines of `results.json`, one after the other, in one pass and without holding the file.
struct ResultsLines {
  /// One line.
  struct Line {
    /// Its number, from 1.
    var number: Int
    /// Where its first byte lies in the file.
    var offset: Int
    /// Its bytes, without the line break.
    var bytes: [UInt8]
  }

  /// The longest line that is taken, bytes. A block of a thousand cells has some 300 kB; all wells of a thousand
  /// 1536-well plates are on one line and have some 200 MB.
  static let longest = 1 << 29

  private let source: InputFile
  private let length: Int
  private let path: String
  private var buffer: [UInt8] = []
  private var start = 0
  private var offset = 0
  private var number = 0
  private var read = 0

  /// Opens the file.
  init(path: String) throws(ReportingError) {
    self.path = path
    source = try InputFile(path: path)
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      length = (attributes[.size] as? NSNumber)?.intValue ?? 0
    } catch { throw .cannotRead(path: path, reason: SystemReason.of(error)) }
  }

  /// The next line; `nil` after the last. A file that does not end with a line break was cut off.
  mutating func next() throws(ReportingError) -> Line? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 10) {
        number += 1
        let line = Line(number: number, offset: offset, bytes: Array(buffer[start..<end]))
        offset += end + 1 - start
        start = end + 1
        return line
      }
      guard buffer.count - start <= Self.longest else {
        throw .notResults(path: path, reason: "line \(number + 1) is longer than any that is written")
      }
      guard read < length else {
        guard start == buffer.count else {
          throw .notResults(path: path, reason: "it ends within line \(number + 1): it was cut off")
        }
        return nil
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      let part = try source.read(from: read, count: min(1 << 20, length - read))
      read += part.count
      buffer += part
    }
  }
}
