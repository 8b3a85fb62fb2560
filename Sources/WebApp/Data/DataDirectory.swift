import CFileSystem
import Foundation

/// Where everything of a server lies, and the lock that keeps two servers apart.
///
/// ```
/// isobole.sqlite        the store (and its -wal, -shm)
/// identity              which store that is
/// files/ab/abcd…        uploads, each once, named by the SHA-256 of their bytes
/// incoming/             uploads on their way
/// runs/7/3/input/       the files of run 3 of screen 7, under the names they were uploaded with
/// runs/7/3/results-1/   what `isobole analyze` wrote at the first attempt
/// orphaned/             uploads and runs that the store did not name when a server started; nothing deletes them
/// lock                  held by the server
/// ```
final class DataDirectory: Sendable {
  /// The directory, absolute.
  let path: String
  private let lock: Int32

  /// Folders of every data directory.
  static let folders = ["", "/files", "/incoming", "/runs"]

  /// Makes the directory and takes possession of it.
  ///
  /// - Throws: `WebAppError.cannotMakeDirectory`, `.directoryInUse`.
  init(_ path: String) throws(WebAppError) {
    self.path = try Self.prepared(path)
    lock = try Self.lock(self.path)
  }

  deinit { close(lock) }

  /// Takes a data directory's lock; answers its descriptor.
  ///
  /// - Throws: `WebAppError.cannotMakeDirectory`, `.directoryInUse`.
  static func lock(_ path: String) throws(WebAppError) -> Int32 {
    let name = path + "/lock"
    let lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw .cannotMakeDirectory(path: path, reason: String(cString: strerror(errno))) }
    // The directory may have been exchanged (`isobole restore`) after its lock was opened.
    let isHeld = flock(lock, LOCK_EX | LOCK_NB) == 0
    let (held, there) = (isobole_opened(lock), isobole_follow(name))
    guard isHeld, held.fault == 0, there.fault == 0, held.number == there.number, held.device == there.device else {
      close(lock)
      throw .directoryInUse(path: path)
    }
    return lock
  }

  /// Makes the directory and its folders; answers its absolute path.
  ///
  /// - Throws: `WebAppError.cannotMakeDirectory`, `.holdsOtherFiles`.
  static func prepared(_ path: String) throws(WebAppError) -> String {
    // Nobody else on the machine reads the store, the uploads or the runs.
    umask(0o077)
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    try demandOwn(path)
    for folder in folders {
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
  /// Uploads and runs that the store did not name.
  var orphaned: String { path + "/orphaned" }

  /// Where the bytes of an upload lie.
  func file(sha256: String) -> String { path + "/files/" + sha256.prefix(2) + "/" + sha256 }

  /// The folder of a run.
  func run(screen: Int64, number: Int) -> String { path + "/runs/\(screen)/\(number)" }

  /// Where an attempt at a run writes.
  func results(screen: Int64, number: Int, attempt: Int) -> String {
    run(screen: screen, number: number) + "/results-\(attempt)"
  }

  /// Gives a file or a folder another name, which must not be taken. 0, or the system's number of the fault.
  static func move(_ old: String, to new: String) -> Int32 {
    let fault = isobole_rename_path_new(old, new)
    guard fault == EINVAL || fault == ENOSYS else { return fault }
    // A file system that does not know this: nobody else makes such names, so that looking first is as good.
    if isobole_look(new).fault == 0 { return EEXIST }
    return rename(old, new) == 0 ? 0 : errno
  }

  /// Forces a directory's entries to the disk.
  static func sync(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Forces a file's bytes to the disk.
  ///
  /// - Throws: `IndependentCopy.Fault`.
  static func syncFile(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw IndependentCopy.Fault(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw IndependentCopy.Fault(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// Why a call of Foundation failed, in a few words.
  static func reason(_ error: any Error) -> String {
    if let fault = error as? IndependentCopy.Fault { return "\(fault.path): \(fault.reason)" }
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    return cause.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(cause.code))) : error.localizedDescription
  }
}
