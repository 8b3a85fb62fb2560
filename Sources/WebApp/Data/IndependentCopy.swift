import CFileSystem
import Digests
import Foundation

/// A copy of a file that changes of the original never reach: a clone where the file system makes one (FICLONE of Btrfs
/// and XFS: blocks are shared until either is written to), else its bytes. Never a hard link.
enum IndependentCopy {
  /// What is wrong with a file, or with copying it.
  struct Fault: Error {
    var path: String
    var reason: String
  }

  /// FICLONE of <linux/fs.h>: `_IOW(0x94, 9, int)`.
  private static let clone: UInt = 0x4004_9409

  /// Copies a file, forces the copy to the disk and answers the lower-case hexadecimal SHA-256 of the copy's bytes.
  ///
  /// - Throws: `Fault` when the original is no regular file or cannot be read, or the copy cannot be written.
  static func make(of source: String, at target: String) throws -> String {
    let input = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard input >= 0 else { throw Fault(path: source, reason: String(cString: strerror(errno))) }
    defer { close(input) }
    guard isobole_opened(input).is_file else {
      throw Fault(path: source, reason: "it is no regular file")
    }
    let output = open(target, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw Fault(path: target, reason: String(cString: strerror(errno))) }
    defer { close(output) }
    let isCloned = ioctl(output, clone, input) == 0
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      // Of a clone the copy's own bytes are read.
      let count = read(isCloned ? output : input, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw Fault(path: isCloned ? target : source, reason: String(cString: strerror(errno)))
      }
      guard count > 0 else { break }
      buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      if !isCloned { try write(buffer[..<count], to: output, target) }
    }
    guard fsync(output) == 0 else { throw Fault(path: target, reason: String(cString: strerror(errno))) }
    return hash.finish().hexadecimal
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to output: Int32, _ target: String) throws {
    try bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let written = Foundation.write(output, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw Fault(path: target, reason: String(cString: strerror(errno))) }
        done += written
      }
    }
  }
}
