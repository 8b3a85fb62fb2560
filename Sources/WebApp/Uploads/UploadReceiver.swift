import CFileSystem
import Digests
import Foundation
import Hummingbird
import NIOCore
import Synchronization

/// What uploads take on the disk until a screen names them: also of those whose senders left while they were read. They stay there, and
/// the next start moves them to `orphaned/`.
final class UnnamedUploads: Sendable {
  private let sizes = Mutex<[String: Int]>([:])

  /// Bytes of all of them.
  var bytes: Int { sizes.withLock { $0.values.reduce(0, +) } }

  /// Notes one, by its digest.
  func add(_ sha256: String, bytes: Int) { sizes.withLock { $0[sha256] = bytes } }

  /// A screen names it.
  func name(_ sha256: String) { sizes.withLock { $0[sha256] = nil } }
}

/// Takes an upload from the network to its final place: bytes go into a file of their own beside the store, are hashed on the way,
/// forced to the disk, and only then get their name. An upload that breaks off leaves nothing but its unfinished file, which the next start
/// removes.
struct UploadReceiver: Sendable {
  let data: DataDirectory
  /// The most bytes of one file.
  let largest: Int
  /// Uploads that lie on the disk and have no screen.
  let unnamed = UnnamedUploads()

  /// An upload that arrived whole.
  struct Received: Sendable {
    var sha256: String
    var bytes: Int
  }

  /// Receives a body.
  ///
  /// - Parameter room: Bytes that the screen and the store still take.
  /// - Throws: `APIError` when it is too large or the disk is full, and what the network throws.
  func receive(_ body: RequestBody, room: Int) async throws -> Received {
    let path = data.incoming + "/" + UUID().uuidString
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw APIError.storage(String(cString: strerror(errno))) }
    defer {
      close(descriptor)
      unlink(path)
    }
    var hash = SHA256()
    var count = 0
    for try await buffer in RequestChunks(body) {
      count += buffer.readableBytes
      guard count <= largest else { throw APIError.fileTooLarge(most: largest) }
      guard count <= room else { throw APIError.noRoom }
      let view = buffer.readableBytesView
      view.withUnsafeBytes { hash.update($0) }
      try Self.write(view, to: descriptor)
    }
    guard fsync(descriptor) == 0 else { throw APIError.storage(String(cString: strerror(errno))) }
    let sha256 = hash.finish().hexadecimal
    // What is there already takes no more room.
    if isobole_look(data.file(sha256: sha256)).fault == ENOENT { unnamed.add(sha256, bytes: count) }
    try place(path, sha256: sha256)
    return Received(sha256: sha256, bytes: count)
  }

  /// Gives the bytes their final name; the same bytes are kept once.
  private func place(_ path: String, sha256: String) throws {
    let final = data.file(sha256: sha256)
    let folder = URL(fileURLWithPath: final).deletingLastPathComponent().path
    if mkdir(folder, 0o700) == 0 { DataDirectory.sync(data.path + "/files") }
    guard rename(path, final) == 0 else { throw APIError.storage(String(cString: strerror(errno))) }
    DataDirectory.sync(folder)
  }

  private static func write(_ view: ByteBufferView, to descriptor: Int32) throws {
    try view.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let written = Foundation.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw APIError.storage(String(cString: strerror(errno))) }
        done += written
      }
    }
  }
}
