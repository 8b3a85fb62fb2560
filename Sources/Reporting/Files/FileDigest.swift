import Digests
import Foundation

/// A file's size and SHA-256, read from an open directory.
enum FileDigest {
  /// The digest of a file, which is not followed where it is a link.
  ///
  /// - Parameter syncs: Whether the file is forced to the disk as well.
  static func of(_ name: String, in folder: Folder, syncs: Bool = false) throws(SystemFailure) -> (
    bytes: Int, sha256: String
  ) {
    let path = folder.path(of: name)
    let file = openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw SystemFailure(code: errno, path: path) }
    defer { close(file) }
    if syncs, fsync(file) != 0 { throw SystemFailure(code: errno, path: path) }
    var hash = SHA256()
    var bytes = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SystemFailure(code: errno, path: path) }
      if count == 0 { break }
      buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      bytes += count
    }
    return (bytes, hash.finish().hexadecimal)
  }
}
