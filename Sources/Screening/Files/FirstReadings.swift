import Assay
import Foundation
import Synchronization

/// What files held when they were read for the first time, for a run that needs them twice: both readings give the same
/// bytes, or the file is an error.
///
/// A pipe gives its bytes once, so these are kept for the second reading. Of a regular file its digest is kept, and a
/// file that changed meanwhile is refused: its blocks would be scored with noise that other blocks left.
final class FirstReadings: Sendable {
  private enum Reading {
    /// Bytes that cannot be read again.
    case kept(FileContent)
    /// The SHA-256 of bytes that can.
    case digest(String)
    case unreadable
  }

  private let readings = Mutex<[String: Reading]>([:])

  /// A file's bytes: as they are when it is asked for first, and the same once more.
  ///
  /// - Throws: the problem, `error`, when the file cannot be read or has changed since.
  func content(of path: String) throws(InputProblem) -> FileContent {
    guard let before = readings.withLock({ $0.removeValue(forKey: path) }) else { return try first(path) }
    if case .kept(let content) = before { return content }
    let content = try FileContent(path: path)
    guard case .digest(let digest) = before, digest == content.sha256 else { throw .changed(path) }
    return content
  }

  private func first(_ path: String) throws(InputProblem) -> FileContent {
    // Looked at before it is read: what is no regular file now gives its bytes now.
    let isRegular = Self.isRegular(path)
    do throws(InputProblem) {
      let content = try FileContent(path: path)
      readings.withLock { $0[path] = isRegular ? .digest(content.sha256) : .kept(content) }
      return content
    } catch {
      readings.withLock { $0[path] = .unreadable }
      throw error
    }
  }

  private static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}

extension InputProblem {
  /// A file is not what it was when the run began.
  fileprivate static func changed(_ path: String) -> InputProblem {
    InputProblem(
      file: path, severity: .error,
      message: "the file changed while it was analysed, so its blocks were not scored; the noise of the screen was "
        + "read from what it held before. Run the analysis again when nothing writes to the file")
  }
}
