import Assay
import Foundation
import ReferenceData
import Screening
import Synchronization
import Synergy
import Testing

/// A screen that is larger than one batch is gone through twice; its results are never of two contents.
@Suite("Input that is needed twice")
struct ReadOnceTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Runs files in batches of one, with resamples, so that every block is needed for the screen's noise and again for
  /// its scores. `between` is called once, when the first file was scored.
  private func run(
    _ paths: [String], between: @escaping @Sendable () -> Void = {}
  ) async throws -> (sink: RecordingSink, outcome: ScreenRun.Outcome) {
    var options = ScreenOptions(threads: 2)
    options.synergy.inference.resamples = 100
    var run = ScreenRun(options: options)
    run.batchFiles = 1
    let sink = RecordingSink()
    let isCalled = Mutex(false)
    let outcome = try await run.run(FileDiscovery(paths: paths), into: sink) { _ in
      let isFirst = isCalled.withLock { called in
        defer { called = true }
        return !called
      }
      if isFirst { between() }
    }
    return (sink, outcome)
  }

  private func write(_ name: String, seed: UInt64) throws -> String {
    try directory.write(name, MadeBlock.file(MadeBlock.blocks(2, prefix: name.first.map { "\($0)" } ?? "", seed: seed)))
  }

  /// A pipe that holds a text and ends after it; the path by which it is opened.
  private func pipe(_ text: String) throws -> (path: String, handle: FileHandle) {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try pipe.fileHandleForWriting.close()
    return ("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)", pipe.fileHandleForReading)
  }

  @Test("A pipe among the files gives its blocks, with the numbers of a file")
  func pipeAmongFiles() async throws {
    let paths = try [write("a.csv", seed: 1), write("b.csv", seed: 50), write("c.csv", seed: 90)]
    let (path, handle) = try pipe(try String(contentsOfFile: paths[1], encoding: .utf8))
    let files = try await run(paths)
    let piped = try await run([paths[0], path, paths[2]])
    try handle.close()
    #expect(piped.sink.problems.filter { $0.severity == .error }.isEmpty)
    #expect(files.sink.bitsByBlock.count == 6)
    #expect(piped.sink.bitsByBlock == files.sink.bitsByBlock)
  }

  @Test("A pipe that is named by two paths is read once")
  func samePipe() async throws {
    let other = try write("a.csv", seed: 1)
    let (path, handle) = try pipe(MadeBlock.file(MadeBlock.blocks(2, prefix: "p")))
    try directory.link("link.csv", to: path)
    let result = try await run([path, directory.path + "/link.csv", other])
    try handle.close()
    #expect(result.sink.inputs.count == 2)
    #expect(result.sink.bitsByBlock.count == 4)
    #expect(result.sink.problems.contains { $0.message.contains("already named under another path") })
  }

  @Test("A file that changes between the readings is refused, and none of its blocks is scored")
  func changed() async throws {
    let paths = try [write("a.csv", seed: 1), write("b.csv", seed: 50), write("c.csv", seed: 90)]
    let whole = try await run(paths)
    let path = paths[1]
    let later = MadeBlock.file(MadeBlock.blocks(2, prefix: "b", seed: 51))
    let result = try await run(paths) { try? Data(later.utf8).write(to: URL(fileURLWithPath: path)) }
    let refused = result.sink.problems.filter { $0.severity == .error }
    #expect(refused.map(\.file) == [path])
    #expect(refused.first?.message.contains("the file changed while it was analysed") == true)
    #expect(result.sink.bitsByBlock == whole.sink.bitsByBlock.filter { !$0.key.hasPrefix("b") })
    #expect(result.sink.inputs.map(\.sha256).map { $0 == nil } == [false, true, false])
    #expect(result.outcome.hasRefusals)
  }

  @Test("So is one that could not be read at first")
  func appeared() async throws {
    let paths = try [write("a.csv", seed: 1), write("b.csv", seed: 50)]
    let path = paths[1]
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // A directory in its place cannot be read as a file.
    let found = FileDiscovery(paths: paths)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    var options = ScreenOptions(threads: 1)
    options.synergy.inference.resamples = 100
    var run = ScreenRun(options: options)
    run.batchFiles = 1
    let sink = RecordingSink()
    _ = try await run.run(found, into: sink) { progress in
      guard progress.files == 1 else { return }
      try? FileManager.default.removeItem(atPath: path)
      try? Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    #expect(sink.problems.filter { $0.severity == .error }.map(\.file) == [path])
    #expect(sink.fragments.count == 2)
  }
}
