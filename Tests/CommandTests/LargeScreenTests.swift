import Foundation
import ReferenceData
import Testing

/// Screens that are too large to be held at once. One after the other, so that the machine is not asked for too much.
@Suite("Large screens", .serialized)
struct LargeScreenTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private struct Watched {
    var status: Int32
    /// The largest resident set, kB.
    var peak: Int
    var progress: [String]
  }

  /// Runs the tool and looks at its largest resident set (`VmHWM`) whenever it says how far it is. It is read while the
  /// process lives: what the system tells of an ended one counts the memory of the process that started it.
  private func watch(_ arguments: [String]) throws -> Watched {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: Tool.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    var watched = Watched(status: -1, peak: 0, progress: [])
    while true {
      // `availableData` ends the program when a signal interrupts it.
      var bytes = [UInt8](repeating: 0, count: 1 << 12)
      let count = read(errors.fileHandleForReading.fileDescriptor, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      let said = bytes[..<count]
      watched.progress += String(decoding: said, as: UTF8.self).split(separator: "\n").map(String.init)
      let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      watched.peak = max(watched.peak, line.flatMap { Int($0.filter(\.isNumber)) } ?? 0)
    }
    process.waitUntilExit()
    watched.status = process.terminationStatus
    return watched
  }

  private func writeScreen(_ name: String, files: Int) throws {
    for file in 1...files {
      try directory.write("\(name)/\(file % 10)/\(file).csv", WrittenBlock.table([WrittenBlock("b", seed: file)]))
    }
  }

  /// What 2,700 more blocks may add: 8 kB each is twice what a block's summary and its file's name take, and a tenth of
  /// what its results take (some 80 kB).
  private let growthLimit = 2_700 * 8

  @Test("3,000 files take little more memory than 300, and progress is told by tenths")
  func manyFiles() throws {
    try writeScreen("few", files: 300)
    try writeScreen("many", files: 3_000)
    let few = try watch(["analyze", "few", "--out", "few.out"])
    let many = try watch(["analyze", "many", "--out", "many.out"])
    #expect((few.status, many.status) == (0, 0))
    try #require(few.peak > 0)
    #expect(many.peak - few.peak < growthLimit, "300 files: \(few.peak) kB, 3,000 files: \(many.peak) kB")
    #expect(try directory.rows("many.out/ranking.csv").count == 3_000)

    let percents = many.progress.map { Int($0.prefix { $0.isNumber }) ?? -1 }
    #expect(percents == Array(stride(from: 10, through: 100, by: 10)), "\(many.progress)")
    #expect(many.progress.last == "100 %  3000 of 3000 files, 3000 blocks")
  }

  @Test("Many blocks of one file take little more memory than few")
  func manyBlocks() throws {
    // What was read of one file is held until its blocks are analysed, some 1 kB a block of nine wells.
    let counts = [2_000, 8_000]
    var peaks: [Int] = []
    for count in counts {
      let blocks = (1...count).map {
        WrittenBlock("b\($0)", seed: $0 % 50 + 1, first: ["0", "1", "3"], second: ["0", "1", "3"])
      }
      try directory.write("\(count).csv", WrittenBlock.table(blocks))
      let watched = try watch(["analyze", "\(count).csv", "--out", "\(count).out"])
      #expect(watched.status == 0)
      peaks.append(watched.peak)
    }
    try #require(peaks[0] > 0)
    #expect(peaks[1] - peaks[0] < 6_000 * 8, "\(peaks) kB")
  }
}
