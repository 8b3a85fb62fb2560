import Foundation
import ReferenceData
import Testing

@Suite("Limits of the process")
struct ProcessLimitTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("good.csv", WrittenBlock.table((1...3).map { WrittenBlock("b\($0)", seed: $0) }))
  }

  private func run(_ limit: String) async throws -> (status: Int32, wasKilled: Bool, errors: String) {
    let shell = Process()
    let errors = Pipe()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "\(limit) || exit 99; exec \"$0\" analyze good.csv --resamples 100 --quiet --out out", Tool.path,
    ]
    shell.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    shell.standardOutput = FileHandle.nullDevice
    shell.standardError = errors
    try await Tool.ended(shell)
    return (
      shell.terminationStatus, shell.terminationReason == .uncaughtSignal,
      String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    )
  }

  @Test(
    "A limit below the least ends with a sentence and status 4, before anything is begun",
    arguments: [
      ("ulimit -v 300000", "memory (address space) is 300000 kB"),
      ("ulimit -v 400000", "memory (address space) is 400000 kB"),
      ("ulimit -v 600000", "memory (address space) is 600000 kB"),
      ("ulimit -v 800000", "memory (address space) is 800000 kB"),
      ("ulimit -v 1000000", "memory (address space) is 1000000 kB"),
      ("ulimit -s 128", "the stack is 128 kB"), ("ulimit -n 6", "open files is 6 files"),
    ])
  func tooLow(limit: String, says: String) async throws {
    let end = try await run(limit)
    #expect(!end.wasKilled)
    #expect(end.status == 4, "\(end.errors)")
    #expect(end.errors.contains("isobole: the limit of \(says), expected at least"), "\(end.errors)")
    #expect(directory.names(in: ".").filter { !$0.hasPrefix(".") } == ["good.csv"])
  }

  @Test("The least that it asks for is enough", arguments: [("v", 300_000), ("s", 128), ("n", 6)])
  func enough(option: String, tooLow: Int) async throws {
    let asked = try await run("ulimit -\(option) \(tooLow)").errors
    let least = try #require(asked.firstMatch(of: #/expected at least (\d+) /#)?.output.1)
    let end = try await run("ulimit -\(option) \(least)")
    #expect(end.status == 0, "\(end.errors)")
    #expect(directory.names(in: "out") == ExitStatusTests.outputs)
  }

  @Test(
    "A fault of the program says so in a sentence and ends it by its signal", arguments: [SIGILL, SIGSEGV, SIGABRT])
  func fault(number: Int32) async throws {
    let process = Process()
    let (input, errors) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: Tool.path)
    process.arguments = ["analyze", "-", "--out", "out"]
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    // It reads, so that it has begun.
    signal(SIGPIPE, SIG_IGN)
    try input.fileHandleForWriting.write(contentsOf: Data(repeating: UInt8(ascii: "#"), count: 1 << 20))
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == number)
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said.contains("isobole: ended because memory ran out or by a fault in the program"), "\(said)")
  }
}
