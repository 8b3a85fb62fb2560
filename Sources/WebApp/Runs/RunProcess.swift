import Foundation
import Synchronization

/// One `isobole analyze` as a child process, niced, that ends when this program does: its standard input is a pipe that nobody writes to, and
/// `--supervised` ends the run when the pipe closes.
final class RunProcess: Sendable {
  /// A line of `--supervised`.
  struct Line: Decodable, Sendable {
    var fraction: Double?
    var files: Int?
    var blocks: Int?
    var status: String?
    var message: String?
    var errors: Int?
    var warnings: Int?
    var infos: Int?
  }

  /// What came of it.
  struct Ending: Sendable {
    /// The exit status; 128 and the signal's number when a signal ended it.
    var status: Int32
    /// The last line that had a status.
    var last: Line?
    /// The end of what it wrote to standard error.
    var errors: String
  }

  private let state = Mutex(State())

  private struct State {
    var pid: pid_t?
    var isCancelled = false
  }

  /// Whether it was cancelled.
  var isCancelled: Bool { state.withLock(\.isCancelled) }

  /// Seconds that it has to end in good order.
  private static let patience = 5.0

  /// Asks it to end in good order, and ends it when it does not.
  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      if let pid = state.pid { kill(pid, SIGTERM) }
    }
    Thread.detachNewThread { [weak self] in
      Thread.sleep(forTimeInterval: Self.patience)
      self?.state.withLock { state in
        if let pid = state.pid { kill(pid, SIGKILL) }
      }
    }
  }

  /// Runs the command to its end.
  ///
  /// - Parameters:
  ///   - log: A file for standard error.
  ///   - progress: Called with each line, on another thread.
  func run(
    tool: String, arguments: [String], niceness: Int32, in folder: String, log: String,
    progress: @escaping @Sendable (Line) -> Void
  ) async throws -> Ending {
    let input = try Self.pipe()
    defer { close(input.write) }
    let output = try Self.pipe()
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/nice")
    process.arguments = ["-n", "\(niceness)", tool] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle(fileDescriptor: input.read, closeOnDealloc: true)
    process.standardOutput = FileHandle(fileDescriptor: output.write, closeOnDealloc: false)
    process.standardError = errors
    let lines = AsyncStream<Line>.makeStream(bufferingPolicy: .unbounded)
    let status: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { process in
        let isSignal = process.terminationReason == .uncaughtSignal
        continuation.resume(returning: isSignal ? 128 + process.terminationStatus : process.terminationStatus)
      }
      do {
        try process.run()
      } catch {
        close(output.write)
        close(output.read)
        continuation.resume(throwing: error)
        return
      }
      close(output.write)
      state.withLock { state in
        state.pid = process.processIdentifier
        if state.isCancelled { kill(process.processIdentifier, SIGTERM) }
      }
      DispatchQueue.global(qos: .utility).async {
        Self.readLines(output.read) { line in
          progress(line)
          if line.status != nil { lines.continuation.yield(line) }
        }
        close(output.read)
        lines.continuation.finish()
      }
    }
    state.withLock { $0.pid = nil }
    var last: Line?
    for await line in lines.stream { last = line }
    try? errors.close()
    let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    return Ending(status: status, last: last, errors: String(said.suffix(2000)))
  }

  /// Two connected ends that no other child inherits, not even one that is started at this moment: else a sibling would
  /// keep a run alive after this program's death.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw APIError.storage(String(cString: strerror(errno))) }
    return (ends[0], ends[1])
  }

  private static func readLines(_ descriptor: Int32, each: (Line) -> Void) {
    let decoder = JSONDecoder()
    var rest = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest.append(contentsOf: buffer[..<count])
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        if let line = try? decoder.decode(Line.self, from: rest[rest.startIndex..<end]) { each(line) }
        rest = Data(rest[rest.index(after: end)...])
      }
    }
  }
}
