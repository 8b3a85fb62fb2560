import Foundation
import ReferenceData
import Testing

/// Workbooks whose XML is spoilt, from the command: a status and a message, and the other files go on.
@Suite("Bad workbooks")
struct BadWorkbookTests {
  private static let attributes = (0..<100_000).map { " a\($0)=\"\"" }.joined()

  /// Each fault with what its message says.
  static let faults: [(name: String, bytes: [UInt8], says: String)] = [
    ("element", SmallWorkbook.bytes(.sheet, after: "<v"), "byte 0xC1"),
    ("attribute", SmallWorkbook.bytes(.relations, after: "<Relationship I"), "byte 0xC1"),
    ("text", SmallWorkbook.bytes(.texts, after: "<si><t>"), "byte 0xC1"),
    (
      "attributes", SmallWorkbook.bytes([.sheet: Array("<worksheet><c\(attributes)/></worksheet>".utf8)]),
      "an element with 100000 attributes"
    ),
  ]

  @Test("read and analyze end with status 4 when there is nothing else", arguments: faults.indices)
  func alone(fault: Int) async throws {
    let (name, bytes, says) = Self.faults[fault]
    let directory = try TemporaryDirectory()
    try Data(bytes).write(to: URL(fileURLWithPath: directory.path + "/\(name).xlsx"))
    let read = try await Tool.run(["read", "\(name).xlsx"], in: directory)
    #expect(read.status == 4 && !read.wasKilled && read.errors.contains(says), "\(read.errors)")
    let analyze = try await Tool.run(["analyze", "\(name).xlsx", "--out", "out"], in: directory)
    #expect(analyze.status == 4 && !analyze.wasKilled, "\(analyze.errors)")
    #expect(try directory.rows("out/problems.csv").contains { $0["message"]?.contains(says) == true })
  }

  @Test("beside good files they are told with status 3, and the rest is complete")
  func besideGoodFiles() async throws {
    let directory = try TemporaryDirectory()
    for number in 1...3 {
      try directory.write("screen/good\(number).csv", WrittenBlock.table([WrittenBlock("g\(number)")]))
    }
    let alone = try await Tool.run(["analyze", "screen", "--out", "alone"], in: directory)
    #expect(alone.status == 0)
    for (name, bytes, _) in Self.faults {
      try Data(bytes).write(to: URL(fileURLWithPath: directory.path + "/screen/\(name).xlsx"))
    }
    let outcome = try await Tool.run(["analyze", "screen", "--out", "out"], in: directory)
    #expect(outcome.status == 3 && !outcome.wasKilled, "\(outcome.errors)")
    #expect(try directory.rows("out/ranking.csv") == directory.rows("alone/ranking.csv"))
    let problems = try directory.rows("out/problems.csv")
    for (name, _, says) in Self.faults {
      #expect(
        problems.contains {
          $0["file"]?.contains(name) == true && $0["severity"] == "error" && $0["message"]?.contains(says) == true
        })
    }
  }

  @Test(
    "the workbooks that ended an earlier version end with a documented status",
    .enabled(if: !ReferenceData.killers.isEmpty, "\(ReferenceData.killersAbsence)"))
  func killers() async throws {
    let directory = try TemporaryDirectory()
    try directory.write("screen/good.csv", WrittenBlock.table([WrittenBlock("g")]))
    for file in ReferenceData.killers {
      let read = try await Tool.run(["read", file.path], in: directory)
      #expect(
        [0, 3, 4].contains(read.status) && !read.wasKilled, "\(file.lastPathComponent): \(read.status) \(read.errors)")
      try FileManager.default.copyItem(atPath: file.path, toPath: directory.path + "/screen/" + file.lastPathComponent)
    }
    let outcome = try await Tool.run(["analyze", "screen", "--out", "out"], in: directory)
    #expect(outcome.status == 3 && !outcome.wasKilled, "\(outcome.errors)")
    #expect(try directory.rows("out/ranking.csv").contains { $0["block_id"]?.contains("good") == true })
  }
}
