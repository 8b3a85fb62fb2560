import Foundation
import Programs
import Reporting
import Screening
import Synchronization

/// What a run says to the program that started it with `--supervised`: lines of JSON on standard output, progress while
/// it runs and at last how it ended. Standard input tells it that the other program still lives: at its end the run
/// ends as by SIGTERM.
final class Supervision: Supervisor {
  /// The supervision that the command line asks for. It is looked for before anything is parsed, so that a command
  /// that cannot be parsed says so in the same way.
  static let current: Supervision? = isAsked(CommandLine.arguments) ? Supervision() : nil

  /// The option that asks for it.
  static let option = "supervised"

  /// The shortest time between two lines of progress.
  private static let pause = Duration.milliseconds(100)

  private struct State {
    var hasEnded = false
    var last: ContinuousClock.Instant?
    var unfinished: StagingLeavings?
  }

  private let state = Mutex(State())

  static func isAsked(_ arguments: [String]) -> Bool {
    arguments.dropFirst().first == "analyze" && arguments.prefix { $0 != "--" }.contains("--" + option)
  }

  /// Calls `end` once when standard input ends. A reader that went away must not kill this program before it has
  /// cleaned up, so SIGPIPE is ignored.
  func watch(_ end: @escaping @Sendable () -> Void) {
    signal(SIGPIPE, SIG_IGN)
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        if count == 0 || (count < 0 && errno != EINTR) { return end() }
      }
    }
  }

  /// Takes note of what a run which is ended by force leaves.
  func remember(unfinished leavings: StagingLeavings) { state.withLock { $0.unfinished = leavings } }

  /// Clears that away: nobody may ever run into its directory again.
  func removeUnfinished() { state.withLock { $0.unfinished }?.remove() }

  private struct Progress: Encodable {
    var fraction: Double
    var files: Int
    var blocks: Int
  }

  private struct Ending: Encodable {
    var status: String
    var blocks: Int?
    var errors: Int?
    var warnings: Int?
    var infos: Int?
    var message: String?
  }

  /// Says how far the run is, unless it just did.
  func show(_ progress: ScreenRun.Progress) {
    state.withLock { state in
      let now = ContinuousClock.now
      if let last = state.last, now - last < Self.pause, progress.fraction < 1 { return }
      guard !state.hasEnded else { return }
      state.last = now
      Self.write(
        Progress(
          fraction: (progress.fraction * 10_000).rounded(.down) / 10_000, files: progress.files,
          blocks: progress.blocks))
    }
  }

  /// Says that the run finished, its last word.
  func finished(blocks: Int, problems: ProblemCounts) {
    end(
      Ending(
        status: "finished", blocks: blocks, errors: problems.errors, warnings: problems.warnings,
        infos: problems.infos))
  }

  /// Says why there are no results, its last word. Nothing when the last word was said.
  func failed(_ message: String) { end(Ending(status: "failed", message: message)) }

  private func end(_ ending: Ending) {
    state.withLock { state in
      guard !state.hasEnded else { return }
      state.hasEnded = true
      Self.write(ending)
    }
  }

  /// Writes a line at once, past any buffer. The reader may be gone: that is no failure of the run.
  private static func write(_ line: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    guard let text = try? encoder.encode(line) else { return }
    try? FileHandle.standardOutput.write(contentsOf: text + Data("\n".utf8))
  }
}
