import ReferenceData
import Foundation

/// The built tool, run as a user runs it.
enum Tool {
  /// What came of a run.
  struct Outcome {
    var status: Int32
    var wasKilled: Bool
    var output: String
    var errors: String
  }

  /// Where the tool is: what the environment variable `ISOBOLE` names, else beside the running tests.
  static let path: String =
    ProcessInfo.processInfo.environment["ISOBOLE"]
    ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("isobole").path

  /// Runs the tool to its end. `input` becomes its standard input. `analyze` makes no resamples unless the arguments
  /// say how many: most tests are about something else, and resamples take most of the time.
  static func run(
    _ arguments: [String], in directory: TemporaryDirectory, input: String = "/dev/null", errors: String? = nil
  ) async throws -> Outcome {
    let name = directory.path + "/." + UUID().uuidString
    let errorPath = errors ?? name + ".err"
    for path in [name + ".out", errorPath] where !FileManager.default.fileExists(atPath: path) {
      try Data().write(to: URL(fileURLWithPath: path))
    }
    let isPlain = arguments.first == "analyze" && arguments.count > 1 && !arguments.contains("--resamples")
    let ended = try await Child.run(
      path, arguments + (isPlain ? ["--resamples", "0"] : []), in: directory.path, input: input,
      output: name + ".out", errors: errorPath)
    defer {
      for path in [name + ".out", name + ".err"] { try? FileManager.default.removeItem(atPath: path) }
    }
    return Outcome(
      status: ended.status, wasKilled: ended.wasKilled,
      output: try String(contentsOfFile: name + ".out", encoding: .utf8),
      errors: errors == nil ? try String(contentsOfFile: errorPath, encoding: .utf8) : "")
  }

  /// Starts a process and waits for its end.
  static func ended(_ process: Process) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in continuation.resume() }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
  }
}

extension TemporaryDirectory {
  /// A file's bytes, of whatever kind it is.
  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)) }

  func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  /// What is in a directory below, hidden files too.
  func names(in directory: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path + "/" + directory).sorted()) ?? []
  }

  /// The rows of a CSV file by the names of its columns.
  func rows(_ name: String) throws -> [[String: String]] {
    CSVText.rows(try text(name))
  }
}
