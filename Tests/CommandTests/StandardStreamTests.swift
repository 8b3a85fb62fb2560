import Foundation
import ReferenceData
import Testing

@Suite("Standard streams that are closed, full or without a reader")
struct StandardStreamTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("good.csv", WrittenBlock.table((1...3).map { WrittenBlock("b\($0)", seed: $0) }))
    try directory.write("password.txt", "a long password\n")
    try directory.write(
      "lab.yaml", "isobole_compounds: 1\ncompounds:\n  - name: ABC-123\n    synonyms: [our lot 17]\n")
    var plate = "," + (1...12).map { "\($0)" }.joined(separator: ",") + "\n"
    for row in "ABCDEFGH" { plate += "\(row)," + (1...12).map { "\($0 * 1000)" }.joined(separator: ",") + "\n" }
    try directory.write("plate.csv", plate)
  }

  /// How a shell's command ends, and what it says on standard error.
  private func shell(_ script: String) async throws -> (status: Int32, wasKilled: Bool, errors: String) {
    let process = Process()
    let errors = directory.path + "/" + UUID().uuidString + ".err"
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, Tool.path]
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardError = try FileHandle(
      forWritingTo: URL(fileURLWithPath: directory.write(URL(fileURLWithPath: errors).lastPathComponent)))
    try await Tool.ended(process)
    return (
      process.terminationStatus, process.terminationReason == .uncaughtSignal,
      try String(contentsOfFile: errors, encoding: .utf8)
    )
  }

  @Test("A run is the same whichever of the streams are closed", arguments: 0..<8)
  func closed(streams: Int) async throws {
    let closing = ["<&-", ">&-", "2>&-"].enumerated().filter { streams >> $0.offset & 1 == 1 }.map(\.element)
    let end = try await shell(
      "exec \"$0\" analyze good.csv --out out --resamples 100 \(closing.joined(separator: " ")) > said".replacing(
        " > said", with: streams & 2 == 0 ? " > said" : ""))
    #expect(end.status == 0, "\(end.errors)")
    #expect(!end.wasKilled)
    #expect(directory.names(in: "out") == ExitStatusTests.outputs)
    #expect(try directory.rows("out/ranking.csv").count == 3)
    #expect(try directory.rows("out/problems.csv").allSatisfy { $0["severity"] == "info" })
  }

  @Test(
    "A full standard output ends every command with 1 and the system's reason",
    arguments: [
      "--help", "analyze --help", "--version", "help serve", "analyze good.csv --resamples 0 --out out",
      "analyze good.csv --resamples 0 --json --out out", "analyze good.csv --resamples 0 --json --quiet --out out",
      "report out", "formats", "read plate.csv",
      "read plate.csv --json", "layout --anchor a:10uM:1/3:4 --partner b:1uM:1/3:4 --out design",
      "simulate --blocks 2 --grid 4x4 --out made", "simulate --blocks 2 --grid 4x4 --format gen5 --out plates",
      "simulate --power --blocks 8 --grid 3x3 --replicates 1 --resamples 100",
      "simulate --power --blocks 8 --grid 3x3 --replicates 1 --resamples 100 --json", "compounds list",
      "compounds list --json", "compounds find selinexor", "compounds find selinexor bortezomib",
      "compounds find selinexor --json", "compounds check lab.yaml", "compounds check lab.yaml --json",
      "accounts add ben --data web", "accounts list --data web", "accounts token ada --data web",
      "backup copy --data web",
    ])
  func full(command: String) async throws {
    if command.contains("report") {
      #expect(try await shell("\"$0\" analyze good.csv --quiet --resamples 0 --out out").status == 0)
    }
    if command.contains("--data web") {
      #expect(try await shell("\"$0\" accounts add ada --role admin --data web < password.txt").status == 0)
    }
    let end = try await shell("exec \"$0\" \(command) < password.txt > /dev/full")
    #expect(!end.wasKilled)
    #expect(end.status == 1)
    #expect(
      end.errors.contains("isobole: cannot write to standard output (No space left on device)"), "\(end.errors)")
    if command.hasPrefix("analyze good") { #expect(directory.names(in: "out") == ExitStatusTests.outputs) }
  }

  /// Runs the tool with a stream that nobody reads.
  private func withoutReader(
    _ arguments: [String], ofErrors: Bool
  ) async throws -> (process: Process, errors: String) {
    let process = Process()
    let gone = Pipe()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: Tool.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    process.standardOutput = ofErrors ? FileHandle.nullDevice as Any : gone
    process.standardError = ofErrors ? gone : errors
    try gone.fileHandleForReading.close()
    try await Tool.ended(process)
    // A pipe that was not handed on has no end.
    let said = ofErrors ? Data() : errors.fileHandleForReading.readDataToEndOfFile()
    return (process, String(decoding: said, as: UTF8.self))
  }

  @Test(
    "A reader that goes away ends a command quietly, as SIGPIPE would: 141",
    arguments: [
      ["formats"], ["--help"], ["compounds", "list"],
    ])
  func readerGone(arguments: [String]) async throws {
    let end = try await withoutReader(arguments, ofErrors: false)
    #expect(end.process.terminationReason == .exit)
    #expect(end.process.terminationStatus == 141)
    #expect(end.errors.isEmpty, "\(end.errors)")
  }

  @Test("Errors that nobody reads are no reason to stop")
  func errorsWithoutReader() async throws {
    let end = try await withoutReader(
      ["analyze", "good.csv", "--resamples", "0", "--out", "out"], ofErrors: true)
    #expect(end.process.terminationReason == .exit)
    #expect(end.process.terminationStatus == 0)
    #expect(directory.names(in: "out") == ExitStatusTests.outputs)
  }
}
