import Foundation

/// Turns a file's bytes into UTF-8 text, or says why they are no text.
package enum TextDecoding {
  /// The encodings that plate readers and spreadsheets write.
  package enum Encoding: Equatable {
    case utf8
    case utf16(bigEndian: Bool)
    /// Windows-1252, of which Latin-1's printable characters are a part.
    case windows1252
  }

  /// UTF-8 text and where it begins (after a byte-order mark).
  package struct Text {
    package var bytes: [UInt8]
    package var start: Int
    package var encoding: Encoding
  }

  /// Decodes a file. The encoding is told by the byte-order mark; without one by the pattern of zero bytes (UTF-16),
  /// then by whether the bytes are valid UTF-8.
  package static func decode(_ file: [UInt8]) throws(TextError) -> Text {
    if file.starts(with: [0xEF, 0xBB, 0xBF]) { return try utf8(file, from: 3) }
    if file.starts(with: [0xFF, 0xFE]) { return utf16(file, from: 2, bigEndian: false) }
    if file.starts(with: [0xFE, 0xFF]) { return utf16(file, from: 2, bigEndian: true) }
    for (magic, kind) in foreign where file.starts(with: magic) { throw .notText(kind: kind) }
    if let bigEndian = utf16Pattern(file) { return utf16(file, from: 0, bigEndian: bigEndian) }
    return try utf8(file, from: 0)
  }

  private static let foreign: [([UInt8], String)] = [
    (Array("PK\u{3}\u{4}".utf8), "an Excel workbook or zip archive"),
    ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook"),
    (Array("%PDF".utf8), "a PDF"), ([0x1F, 0x8B], "a gzip archive"), ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
  ]

  private static func utf8(_ file: [UInt8], from start: Int) throws(TextError) -> Text {
    if holdsZero(file) {
      throw file.allSatisfy({ $0 == 0 }) ? .empty : .notText(kind: "a binary file (it holds zero bytes)")
    }
    guard file.reduce(0, |) >= 0x80 else { return Text(bytes: file, start: start, encoding: .utf8) }
    if isValidUTF8(file, from: start) { return Text(bytes: file, start: start, encoding: .utf8) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.count + file.count / 8)
    for byte in file[start...] {
      if byte < 0x80 {
        bytes.append(byte)
        continue
      }
      let scalar = byte < 0xA0 ? upperControls[Int(byte) - 0x80] : UInt32(byte)
      if scalar >= 0x800 {
        bytes.append(UInt8(0xE0 | scalar >> 12))
        bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      } else {
        bytes.append(UInt8(0xC0 | scalar >> 6))
      }
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    }
    return Text(bytes: bytes, start: 0, encoding: .windows1252)
  }

  private static func holdsZero(_ file: [UInt8]) -> Bool {
    file.withUnsafeBytes { bytes in bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false }
  }

  private static func isValidUTF8(_ file: [UInt8], from start: Int) -> Bool {
    file.withUnsafeBytes { bytes in
      var place = start
      while place < bytes.count {
        // Most of a text is ASCII.
        if place + 8 <= bytes.count,
          bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          place += 8
        } else if bytes[place] < 0x80 {
          place += 1
        } else {
          var scalar = bytes[place..<min(place + 4, bytes.count)].makeIterator()
          var decoder = Unicode.UTF8.ForwardParser()
          guard case .valid(let units) = decoder.parseScalar(from: &scalar) else { return false }
          place += units.count
        }
      }
      return true
    }
  }

  private static func utf16(_ file: [UInt8], from start: Int, bigEndian: Bool) -> Text {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.count / 2 + file.count / 16)
    let units = stride(from: start, to: file.count - 1, by: 2).lazy.map { position -> UInt16 in
      let first = UInt16(file[position])
      let second = UInt16(file[position + 1])
      return bigEndian ? first << 8 | second : second << 8 | first
    }
    _ = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false, into: { bytes.append($0) })
    return Text(bytes: bytes, start: 0, encoding: .utf16(bigEndian: bigEndian))
  }

  /// Text in Latin letters has a zero in every second byte when it is UTF-16. Looks at the first 4,096 bytes.
  private static func utf16Pattern(_ file: [UInt8]) -> Bool? {
    let sample = file.prefix(4096)
    guard sample.count >= 4 else { return nil }
    var zeros = [0, 0]
    for (position, byte) in sample.enumerated() where byte == 0 { zeros[position % 2] += 1 }
    let half = sample.count / 2
    if zeros[1] * 2 > half, zeros[0] * 20 < half { return false }
    if zeros[0] * 2 > half, zeros[1] * 20 < half { return true }
    return nil
  }

  /// The characters of 0x80…0x9F; the five that Windows-1252 leaves open are C1 controls as in the WHATWG's table.
  private static let upperControls: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E,
    0x178,
  ]
}
