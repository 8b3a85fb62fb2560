/// Zip archives whose parts are stored as they are (PKWARE APPNOTE 4.3), so that a fuzzer sees what it changes.
enum StoredZip {
  /// A part of an archive.
  struct Part {
    var name: [UInt8]
    var bytes: [UInt8]
  }

  /// The parts, read from their local headers; `nil` when the bytes are no archive of stored parts.
  static func parts(of bytes: [UInt8]) -> [Part]? {
    var parts: [Part] = []
    var place = 0
    while number(bytes, place, 4) == 0x0403_4B50 {
      guard number(bytes, place + 6, 2) == 0, number(bytes, place + 8, 2) == 0, let size = number(bytes, place + 22, 4),
        let name = number(bytes, place + 26, 2), let extra = number(bytes, place + 28, 2)
      else { return nil }
      let start = place + 30 + name + extra
      guard start + size <= bytes.count else { return nil }
      parts.append(Part(name: Array(bytes[place + 30..<place + 30 + name]), bytes: Array(bytes[start..<start + size])))
      place = start + size
    }
    return parts.isEmpty ? nil : parts
  }

  /// An archive of the parts.
  static func archive(_ parts: [Part]) -> [UInt8] {
    var archive: [UInt8] = []
    var listing: [UInt8] = []
    for part in parts {
      let start = archive.count
      let size = bytes(part.bytes.count, 4)
      let common =
        bytes(20, 2) + bytes(0, 2) + bytes(0, 2) + bytes(0, 2) + bytes(33, 2) + bytes(Int(crc(part.bytes)), 4) + size
        + size + bytes(part.name.count, 2) + bytes(0, 2)
      archive += bytes(0x0403_4B50, 4) + common + part.name + part.bytes
      listing +=
        bytes(0x0201_4B50, 4) + bytes(20, 2) + common + bytes(0, 2) + bytes(0, 2) + bytes(0, 2) + bytes(0, 4)
        + bytes(start, 4) + part.name
    }
    let end =
      bytes(0x0605_4B50, 4) + bytes(0, 4) + bytes(parts.count, 2) + bytes(parts.count, 2) + bytes(listing.count, 4)
      + bytes(archive.count, 4) + bytes(0, 2)
    return archive + listing + end
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int? {
    guard place + count <= bytes.count else { return nil }
    return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  private static func bytes(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : 0xEDB8_8320 ^ (value >> 1) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }
}
