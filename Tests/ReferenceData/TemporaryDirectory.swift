import Foundation

/// A directory of a test's own, removed when it is let go.
public final class TemporaryDirectory: Sendable {
  /// Where it is.
  public let path = FileManager.default.temporaryDirectory.path + "/isobole-test-" + UUID().uuidString

  /// Makes it.
  public init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and the directories above it; answers its path.
  @discardableResult
  public func write(_ name: String, _ text: String = "") throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Makes a symbolic link.
  public func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
  }
}
