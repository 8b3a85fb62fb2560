import CFileSystem
import Foundation
import Screening

/// A call of the system that failed, and on what.
struct SystemFailure: Error {
  /// The system's number of the reason.
  var code: Int32
  /// What it was tried on.
  var path: String

  /// The system's words: `No space left on device`.
  var reason: String { String(cString: strerror(code)) }
}

/// An open directory, and what is done with its entries by their names. A name that is a symbolic link stands for the
/// link: nothing is ever followed out of the directory, whatever happens to the paths meanwhile.
final class Folder: Sendable {
  /// Where it was opened, for messages.
  let path: String
  /// The open directory.
  let descriptor: Int32

  /// Opens a directory; a path that is a link is followed.
  init(path: String) throws(SystemFailure) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure(code: errno, path: path) }
  }

  /// Opens a directory inside another; fails where the name is a link.
  init(_ name: String, in parent: Folder) throws(SystemFailure) {
    path = parent.path(of: name)
    descriptor = openat(parent.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure(code: errno, path: path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// An entry's path, for messages and for writers that take a path.
  func path(of name: String) -> String { path == "/" ? "/" + name : path + "/" + name }

  private func check(_ result: Int32, _ name: String? = nil) throws(SystemFailure) {
    guard result == 0 else { throw SystemFailure(code: errno, path: name.map { path(of: $0) } ?? path) }
  }

  /// Which directory it is.
  func identity() throws(SystemFailure) -> FileIdentity {
    var status = stat()
    try check(fstat(descriptor, &status))
    return FileIdentity(status)
  }

  /// What a name stands for; `nil` when it stands for nothing.
  func status(of name: String) throws(SystemFailure) -> stat? {
    var status = stat()
    if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
    guard errno == ENOENT else { throw SystemFailure(code: errno, path: path(of: name)) }
    return nil
  }

  /// The names in it, sorted.
  func names() throws(SystemFailure) -> [String] {
    // An own descriptor: reading moves its position, and closing the stream closes it.
    let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0, let stream = fdopendir(own) else { throw SystemFailure(code: errno, path: path) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw SystemFailure(code: errno, path: path) }
    return names.sorted()
  }

  /// Makes a directory in it.
  func makeFolder(_ name: String, mode: mode_t = 0o777) throws(SystemFailure) {
    try check(mkdirat(descriptor, name, mode), name)
  }

  /// Removes a file or a link.
  func remove(_ name: String) throws(SystemFailure) { try check(unlinkat(descriptor, name, 0), name) }

  /// Removes an empty directory.
  func removeFolder(_ name: String) throws(SystemFailure) {
    try check(unlinkat(descriptor, name, AT_REMOVEDIR), name)
  }

  /// Removes a directory with all that is in it, the entry `last` after the others.
  func removeTree(_ name: String, last: String? = nil) throws(SystemFailure) {
    let folder = try Folder(name, in: self)
    let names = try folder.names()
    for entry in names.filter({ $0 != last }) + names.filter({ $0 == last }) {
      guard let status = try folder.status(of: entry) else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { try folder.removeTree(entry) } else { try folder.remove(entry) }
    }
    try removeFolder(name)
  }

  /// Gives an entry a name that must be free, in this directory or another.
  func move(_ name: String, to other: Folder, as new: String) throws(SystemFailure) {
    if isobole_rename_new(descriptor, name, other.descriptor, new) == 0 { return }
    // File systems that cannot refuse a taken name (NFS): look first.
    guard errno == EINVAL || errno == ENOSYS else { throw SystemFailure(code: errno, path: other.path(of: new)) }
    guard try other.status(of: new) == nil else { throw SystemFailure(code: EEXIST, path: other.path(of: new)) }
    guard renameat(descriptor, name, other.descriptor, new) == 0 else {
      throw SystemFailure(code: errno, path: other.path(of: new))
    }
  }

  /// Exchanges what two names stand for, in one step.
  func exchange(_ name: String, with other: String) throws(SystemFailure) {
    try check(isobole_rename_exchange(descriptor, name, descriptor, other), other)
  }

  /// Whether the file system exchanges names: tried with two empty folders of the names `a` and `b`.
  func canExchange() throws(SystemFailure) -> Bool {
    let probes = ["a", "b"]
    defer { for probe in probes { try? removeFolder(probe) } }
    for probe in probes { try makeFolder(probe) }
    return (try? exchange(probes[0], with: probes[1])) != nil
  }

  /// Forces its entries to the disk.
  func sync() throws(SystemFailure) {
    // Some file systems cannot do that for directories (EINVAL) and write entries at once.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw SystemFailure(code: errno, path: path) }
  }

  /// A file's bytes.
  func read(_ name: String) throws(SystemFailure) -> [UInt8] {
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw SystemFailure(code: errno, path: path(of: name)) }
    do {
      return Array(try FileHandle(fileDescriptor: file, closeOnDealloc: true).readToEnd() ?? Data())
    } catch {
      throw SystemFailure(code: EIO, path: path(of: name))
    }
  }

  /// Writes a new file to the disk.
  func write(_ bytes: [UInt8], to name: String, mode: mode_t = 0o644) throws(SystemFailure) {
    let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard file >= 0 else { throw SystemFailure(code: errno, path: path(of: name)) }
    defer { close(file) }
    try Self.write(bytes, to: file, path: path(of: name))
    try check(fsync(file), name)
  }

  /// Writes bytes to an open file.
  static func write(_ bytes: [UInt8], to file: Int32, path: String) throws(SystemFailure) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemFailure(code: errno, path: path) }
      done += count
    }
  }

  /// The directory at a path below; `nil` where there is none. `making` makes it and those above it, and is told the
  /// path of each.
  func folder(at names: some Collection<Substring>, making: ((String) -> Void)? = nil) throws(SystemFailure) -> Folder?
  {
    var folder = self
    var below = ""
    for name in names.map(String.init) {
      below += below.isEmpty ? name : "/" + name
      if try folder.status(of: name) == nil {
        guard let making else { return nil }
        try folder.makeFolder(name)
        making(below)
      }
      folder = try Folder(name, in: folder)
    }
    return folder
  }
}

/// What tells a file from every other and from itself after it was changed.
struct FileIdentity: Hashable {
  /// Which file it is, whatever was done to it.
  let place: FilePlace
  private let size: Int64
  private let changed: [Int]

  /// The identity of what a path or an open file was found to be.
  init(_ status: stat) {
    place = FilePlace(status)
    size = Int64(status.st_size)
    changed = [
      status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
    ]
  }
}
