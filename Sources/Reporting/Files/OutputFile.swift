import Results
import Foundation

/// A file that is written from its beginning to its end, through a buffer.
final class OutputFile {
  /// Where it is; changed when the file is renamed while it grows.
  var path: String
  /// Bytes that were appended so far.
  private(set) var length = 0

  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 18

  /// Makes the file, empty.
  init(path: String) throws(ResultsError) {
    self.path = path
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: SystemReason.current) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    buffer.reserveCapacity(Self.bufferSize)
  }

  /// Appends bytes.
  func append(_ bytes: [UInt8]) throws(ResultsError) {
    length += bytes.count
    if bytes.count >= Self.bufferSize {
      try flush()
      try write(bytes)
    } else {
      buffer.append(contentsOf: bytes)
      if buffer.count >= Self.bufferSize { try flush() }
    }
  }

  /// Appends text.
  func append(_ text: String) throws(ResultsError) { try append(Array(text.utf8)) }

  /// Appends what a writer holds, and empties the writer.
  func append(_ writer: inout ByteWriter) throws(ResultsError) {
    try append(writer.bytes)
    writer.removeAll()
  }

  /// Writes what the buffer holds and closes the file.
  func close() throws(ResultsError) {
    try flush()
    do { try handle.close() } catch { throw .cannotWrite(path: path, reason: SystemReason.of(error)) }
  }

  private func flush() throws(ResultsError) {
    guard !buffer.isEmpty else { return }
    try write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8]) throws(ResultsError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(handle.fileDescriptor, $0.baseAddress! + done, $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .cannotWrite(path: path, reason: SystemReason.current) }
      done += count
    }
  }
}

/// A finished temporary file that is read back piece by piece.
final class InputFile {
  private let path: String
  private let handle: FileHandle

  /// Opens the file.
  init(path: String) throws(ResultsError) {
    self.path = path
    do { handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)) } catch {
      throw .cannotRead(path: path, reason: SystemReason.of(error))
    }
  }

  /// Reads `count` bytes; fewer only where the file ends after at least one.
  func read(from offset: Int, count: Int) throws(ResultsError) -> [UInt8] {
    let data: Data?
    do {
      try handle.seek(toOffset: UInt64(offset))
      data = try handle.read(upToCount: count)
    } catch {
      throw .cannotRead(path: path, reason: SystemReason.of(error))
    }
    guard let data, !data.isEmpty else {
      throw .cannotRead(path: path, reason: "it ends before byte \(offset + count)")
    }
    return [UInt8](data)
  }
}

/// The operating system's words for a failure: `No space left on device`.
enum SystemReason {
  /// For the call that just failed.
  static var current: String { String(cString: strerror(errno)) }

  /// For an error thrown by Foundation, which wraps the system's number.
  static func of(_ error: any Error) -> String {
    let wrapped = error as NSError
    let inner = wrapped.userInfo[NSUnderlyingErrorKey] as? NSError ?? wrapped
    return inner.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(inner.code))) : error.localizedDescription
  }
}
