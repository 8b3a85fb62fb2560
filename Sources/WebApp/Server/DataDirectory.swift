import Foundation

/// Where everything of a server lies, and the lock that keeps two servers apart.
///
/// ```
/// isobole.sqlite        the store (and its -wal, -shm)
/// files/ab/abcd…        uploads, each once, named by the SHA-256 of their bytes
/// incoming/             uploads on their way
/// runs/7/3/input/       the files of run 3 of screen 7, under the names they were uploaded with
/// runs/7/3/results-1/   what `isobole analyze` wrote at the first attempt
/// ```
final class DataDirectory: Sendable {
  /// The directory, absolute.
  let path: String
  private let lock: Int32

  /// Makes the directory and takes possession of it.
  ///
  /// - Throws: `WebAppError.cannotMakeDirectory`, `.directoryInUse`.
  init(_ path: String) throws(WebAppError) {
    self.path = try Self.prepared(path)
    lock = open(self.path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw .cannotMakeDirectory(path: self.path, reason: String(cString: strerror(errno)))
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw .directoryInUse(path: self.path)
    }
  }

  deinit { close(lock) }

  /// Makes the directory and its folders; answers its absolute path.
  ///
  /// - Throws: `WebAppError.cannotMakeDirectory`.
  static func prepared(_ path: String) throws(WebAppError) -> String {
    // Nobody else on the machine reads the store, the uploads or the runs.
    umask(0o077)
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    for folder in ["", "/files", "/incoming", "/runs"] {
      do {
        try FileManager.default.createDirectory(
          atPath: path + folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch {
        throw .cannotMakeDirectory(path: path, reason: reason(error))
      }
    }
    chmod(path, 0o700)
    return path
  }

  /// The store.
  var store: String { path + "/isobole.sqlite" }
  /// Uploads on their way.
  var incoming: String { path + "/incoming" }

  /// Where the bytes of an upload lie.
  func file(sha256: String) -> String { path + "/files/" + sha256.prefix(2) + "/" + sha256 }

  /// Removes the bytes of uploads that are not among these digests: they came whole and were not taken.
  func removeContents(except known: Set<String>) {
    let manager = FileManager.default
    for folder in (try? manager.contentsOfDirectory(atPath: path + "/files")) ?? [] {
      for name in (try? manager.contentsOfDirectory(atPath: path + "/files/" + folder)) ?? []
      where !known.contains(name) {
        unlink(path + "/files/" + folder + "/" + name)
      }
    }
  }

  /// The folder of a run.
  func run(screen: Int64, number: Int) -> String { path + "/runs/\(screen)/\(number)" }

  /// Where an attempt at a run writes.
  func results(screen: Int64, number: Int, attempt: Int) -> String {
    run(screen: screen, number: number) + "/results-\(attempt)"
  }

  /// Forces a directory's entries to the disk.
  static func sync(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Why a call of Foundation failed, in a few words.
  static func reason(_ error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    return cause.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(cause.code))) : error.localizedDescription
  }
}
