import CZlib

/// A gzip file (RFC 1952) in memory, inflated with zlib within bounds. Memory is handled by hand here.
package enum GzipFile {
  /// Why a file cannot be inflated.
  package enum Failure: Error, Equatable {
    /// Its bytes are damaged or end too early.
    case damaged
    /// It inflates to more than so many bytes.
    case tooLarge(most: Int)
  }

  /// The most bytes that a file may inflate to. A genome-wide count table has some megabytes a dozen samples.
  package static let largestInflated = 1 << 30

  /// Whether bytes begin as a gzip file does.
  package static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// The inflated bytes of all members of the file, one after another as `gzip -d` gives them.
  package static func inflate(_ file: [UInt8], most: Int = largestInflated) throws(Failure) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: min(most, max(1 << 16, file.count * 4)))
    var used = 0
    var taken = 0
    while taken < file.count {
      // What follows the last member, as the zeros of a tape, is none.
      if taken > 0, !(file[taken] == 0x1F && taken + 1 < file.count && file[taken + 1] == 0x8B) { break }
      taken += try member(file, from: taken, into: &out, &used, most)
    }
    out.removeLast(out.count - used)
    return out
  }

  /// Inflates the member that begins at a place; answers its packed bytes.
  private static func member(
    _ file: [UInt8], from start: Int, into out: inout [UInt8], _ used: inout Int, _ most: Int
  ) throws(Failure) -> Int {
    var stream = z_stream()
    // 15 + 16: the largest window, a gzip header.
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw .damaged }
    defer { inflateEnd(&stream) }
    var taken = start
    while true {
      if used == out.count {
        guard out.count < most else { throw .tooLarge(most: most) }
        out.append(contentsOf: repeatElement(0, count: min(out.count, most - out.count)))
      }
      let (given, room) = (min(file.count - taken, 1 << 30), min(out.count - used, 1 << 30))
      let status = file.withUnsafeBufferPointer { source in
        out.withUnsafeMutableBufferPointer { target in
          // zlib does not write to its input.
          stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { $0 + taken })
          stream.avail_in = UInt32(given)
          stream.next_out = target.baseAddress.map { $0 + used }
          stream.avail_out = UInt32(room)
          return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
      }
      taken += given - Int(stream.avail_in)
      used += room - Int(stream.avail_out)
      if status == Z_STREAM_END { return taken - start }
      guard status == Z_OK || (status == Z_BUF_ERROR && used == out.count) else { throw .damaged }
    }
  }
}
