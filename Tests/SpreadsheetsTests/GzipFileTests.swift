import Foundation
import Spreadsheets
import Testing

@Suite("gzip files")
struct GzipFileTests {
  /// `printf 'isobole' | gzip -9n`.
  static let packed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x2C, 0xCE, 0x4F, 0xCA, 0xCF, 0x49, 0x05, 0x00,
  ]

  static func gzip(_ text: String) throws -> [UInt8] {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-9n"]
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return bytes
  }

  @Test("are inflated, all members of them, and zeros behind are none")
  func inflate() throws {
    let one = try Self.gzip("isobole")
    #expect(try GzipFile.inflate(one) == Array("isobole".utf8))
    #expect(try GzipFile.inflate(one + one + [0, 0, 0]) == Array("isoboleisobole".utf8))
    let long = String(repeating: "A_1\tA\t12\t7\n", count: 20_000)
    #expect(try GzipFile.inflate(Self.gzip(long)) == Array(long.utf8))
  }

  @Test("that are cut off, changed or inflate too far are refused")
  func refused() throws {
    let bytes = try Self.gzip(String(repeating: "abc", count: 1000))
    #expect(throws: GzipFile.Failure.damaged) { try GzipFile.inflate(Array(bytes.dropLast(4))) }
    #expect(throws: GzipFile.Failure.damaged) { try GzipFile.inflate(Self.packed) }
    var changed = bytes
    changed[bytes.count - 6] ^= 0xFF
    #expect(throws: GzipFile.Failure.damaged) { try GzipFile.inflate(changed) }
    #expect(throws: GzipFile.Failure.tooLarge(most: 100)) { try GzipFile.inflate(bytes, most: 100) }
  }
}
