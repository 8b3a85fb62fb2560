import Foundation
import Synchronization

/// One reading as a child process. It is killed when it takes too long or answers too much, when the task is cancelled
/// (the client went away), and it ends by itself when this program does: its standard input is a pipe whose other end
/// nobody else has.
final class ReadingProcess: Sendable {
  /// What came of it.
  enum Ending: Sendable {
    /// What it answered.
    case answered(Data)
    /// It took longer than it may.
    case tooSlow
    /// It answered more than is taken.
    case tooLarge
    /// It ended otherwise: how, and the end of what it wrote to standard error.
    case failed(how: String, errors: String)
  }

  /// Why it was killed.
  private enum Reason {
    case cancelled, tooSlow, tooLarge
  }

  private struct State {
    /// The child, until it is reaped: its number may be another process's afterwards.
    var child: pid_t?
    var reason: Reason?
  }

  private let state = Mutex(State())

  /// The most bytes of an answer: blocks and plates to draw, names of the others.
  private static let mostAnswer = 256 << 20
  /// How much of standard error is kept, bytes.
  private static let mostErrors = 4_096
  private static let queue = DispatchQueue(label: "isobole.reading", qos: .utility, attributes: .concurrent)

  /// Runs `isobole-web read-upload` to its end.
  ///
  /// - Throws: `CancellationError` when the task is cancelled, `ChildProcess.Fault` when it cannot be started.
  func run(reader: String, request: Data, seconds: Int) async throws -> Ending {
    let child = try ChildProcess(
      reader, ["read-upload"], environment: ["SWIFT_BACKTRACE": "enable=no", "OPENBLAS_NUM_THREADS": "1"])
    state.withLock { state in
      state.child = child.number
      if state.reason != nil { kill(child.number, SIGKILL) }
    }
    let clock = Task { [self] in
      try await Task.sleep(for: .seconds(seconds))
      end(.tooSlow)
    }
    defer { clock.cancel() }
    let (answer, errors, status) = await withTaskCancellationHandler {
      async let answer = Self.on { child.output.readToEnd(most: Self.mostAnswer) { self.end(.tooLarge) } }
      async let errors = Self.on { child.errors.readTail(Self.mostErrors) }
      await Self.on { child.input.write(request + [UInt8(ascii: "\n")]) }
      // It is waited for, and only then reaped, so that nobody else is ever killed in its place.
      await Self.on { child.awaitEnd() }
      let status = state.withLock { state in
        state.child = nil
        return child.reap()
      }
      return await (answer, errors, status)
    } onCancel: {
      end(.cancelled)
    }
    child.input.close()
    switch state.withLock(\.reason) {
    case .cancelled: throw CancellationError()
    case .tooSlow: return .tooSlow
    case .tooLarge: return .tooLarge
    case nil: break
    }
    switch status {
    case .exited(0): return .answered(answer)
    case .exited(let code): return .failed(how: "status \(code)", errors: errors)
    case .killed(SIGXCPU): return .tooSlow
    case .killed(let signal): return .failed(how: "signal \(signal)", errors: errors)
    }
  }

  private func end(_ reason: Reason) {
    state.withLock { state in
      guard state.reason == nil else { return }
      state.reason = reason
      if let child = state.child { kill(child, SIGKILL) }
    }
  }

  /// Does what waits on a thread of its own.
  private static func on<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in queue.async { continuation.resume(returning: work()) } }
  }
}
