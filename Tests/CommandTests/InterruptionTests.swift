import Foundation
import ReferenceData
import Testing

@Suite("Interrupting a run")
struct InterruptionTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    for file in 1...40 {
      try directory.write(
        "screen/\(file).csv", WrittenBlock.table((1...50).map { WrittenBlock("b\($0)", seed: file + $0) }))
    }
    try directory.write("small.csv", WrittenBlock.table([WrittenBlock("b")]))
  }

  /// Starts a run, sends it a signal as soon as it says how far it is, and answers its end.
  private func interrupt(
    _ signal: Int32, after preparation: String = "true"
  ) throws -> (status: Int32, wasKilled: Bool, errors: String) {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", preparation + "; exec \"$0\" analyze screen --out out --threads 1 --resamples 0", Tool.path,
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    var said = errors.fileHandleForReading.availableData
    kill(process.processIdentifier, signal)
    said += errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, process.terminationReason == .uncaughtSignal, String(decoding: said, as: UTF8.self)
    )
  }

  @Test(
    "A signal ends with 128 and its number, says so, and leaves nothing behind",
    arguments: [SIGINT, SIGTERM])
  func signals(signal: Int32) throws {
    let end = try interrupt(signal)
    #expect(!end.wasKilled)
    #expect(end.status == 128 + signal)
    #expect(end.errors.contains("interrupted; no results of this run were put into out"))
    #expect(directory.names(in: "out").isEmpty)
    #expect(unfinished.isEmpty)
  }

  @Test("The results of the run before stay as they were, and the next run works")
  func olderResults() async throws {
    #expect(try await Tool.run(["analyze", "small.csv", "--out", "out"], in: directory).status == 0)
    let before = try ExitStatusTests.outputs.map { try directory.bytes("out/" + $0) }
    #expect(try interrupt(SIGINT).status == 130)
    #expect(directory.names(in: "out") == ExitStatusTests.outputs)
    #expect(try ExitStatusTests.outputs.map { try directory.bytes("out/" + $0) } == before)
    #expect(try await Tool.run(["analyze", "small.csv", "--out", "out"], in: directory).status == 0)
  }

  @Test("A run that is killed leaves nothing that looks whole, and the next run works")
  func killed() async throws {
    #expect(try interrupt(SIGKILL).wasKilled)
    #expect(directory.names(in: "out").isEmpty)
    #expect(unfinished.count == 2)
    #expect(try await Tool.run(["analyze", "small.csv", "--out", "out"], in: directory).status == 0)
    #expect(directory.names(in: "out") == ExitStatusTests.outputs)
    #expect(unfinished.isEmpty)
  }

  /// The lock and the unfinished files of a run into `out`.
  private var unfinished: [String] { directory.names(in: ".").filter { $0.hasPrefix(".out.isobole-") } }

  @Test("A signal that the program was told to ignore is ignored")
  func ignored() throws {
    let end = try interrupt(SIGINT, after: "trap '' INT")
    #expect(end.status == 0)
    #expect(directory.names(in: "out") == ExitStatusTests.outputs)
  }

  @Test("A run that waits for its input can be interrupted")
  func waiting() async throws {
    signal(SIGPIPE, SIG_IGN)  // a tool that ends too early must not end the tests
    let process = Process()
    let input = Pipe()
    process.executableURL = URL(fileURLWithPath: Tool.path)
    process.arguments = ["analyze", "-", "--out", "out"]
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // More than a pipe holds: when all is written, the tool reads and waits for the rest.
    try input.fileHandleForWriting.write(contentsOf: Data(repeating: UInt8(ascii: "#"), count: 1 << 20))
    #expect(unfinished.contains { directory.names(in: $0).contains("results.sqlite") })
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
    #expect(directory.names(in: "out").isEmpty)
    #expect(unfinished.count == 2)
    try input.fileHandleForWriting.close()
  }
}
