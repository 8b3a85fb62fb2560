import Foundation

/// What tells a file from every other, whatever paths lead to it and whatever is done to it.
public struct FilePlace: Hashable, Sendable {
  /// The device it is on.
  public let device: UInt64
  private let number: UInt64

  /// The place of what a path or an open file was found to be.
  public init(_ status: stat) {
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
  }

  /// The file that a path leads to, links followed; `nil` when it leads to none.
  public init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}
