import Foundation
import Screening

/// The lock file that keeps two runs into one directory apart and says where the unfinished files of the run are that
/// holds it. The system releases the lock however a process ends; what the file then says is for the next run, which
/// clears it away.
final class StagingLock {
  /// Where a run keeps its unfinished files, beside its target or inside of it.
  enum Place: String {
    case beside, inside
  }

  /// The folder in which the lock lies.
  let folder: Folder
  /// The lock's name.
  let name: String
  private let file: Int32
  private static let head = "isobole-lock 1\n"

  /// Why there is no lock.
  enum Failure: Error {
    case system(SystemFailure)
    /// Another run has it.
    case taken
    /// A file of the lock's name that Isobole did not write.
    case foreign(path: String)
  }

  /// Takes the lock.
  init(in folder: Folder, for target: String?) throws(Failure) {
    self.folder = folder
    name = StagingName.lock(for: target)
    let path = folder.path(of: name)
    while true {
      let file = openat(folder.descriptor, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
      guard file >= 0 else {
        throw errno == ELOOP ? .foreign(path: path) : .system(SystemFailure(code: errno, path: path))
      }
      var status = stat()
      let isOurs =
        fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_uid == geteuid()
        && status.st_nlink <= 1
      guard isOurs, let text = Self.text(of: file), text.isEmpty || text.hasPrefix(Self.head) else {
        close(file)
        throw .foreign(path: path)
      }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        close(file)
        throw code == EWOULDBLOCK ? .taken : .system(SystemFailure(code: code, path: path))
      }
      // A run that ends removes its lock: the file that was opened may be no lock any more.
      if let now = try? folder.status(of: name), FilePlace(now) == FilePlace(status) {
        self.file = file
        return
      }
      close(file)
    }
  }

  deinit { if file >= 0 { close(file) } }

  /// The name and place of the unfinished files that a run has left which holds the lock no more.
  var left: (place: Place, name: String)? {
    let words = (Self.text(of: file) ?? "").dropFirst(Self.head.count).split(separator: "\n").first?
      .split(separator: " ", maxSplits: 1)
    guard let words, words.count == 2, let place = Place(rawValue: String(words[0])) else { return nil }
    return (place, String(words[1]))
  }

  /// Notes where the files are; before they are made, so that they are never without somebody who knows of them.
  func note(_ staging: String?, _ place: Place) throws(SystemFailure) {
    let text = Self.head + (staging.map { "\(place.rawValue) \($0)\n" } ?? "")
    guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 else {
      throw SystemFailure(code: errno, path: folder.path(of: name))
    }
    try Folder.write(Array(text.utf8), to: file, path: folder.path(of: name))
  }

  /// Removes the lock's file: there is nothing left to say.
  func remove() { try? folder.remove(name) }

  private static func text(of file: Int32) -> String? {
    var buffer = [UInt8](repeating: 0, count: 1024)
    let count = pread(file, &buffer, buffer.count, 0)
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }
}
