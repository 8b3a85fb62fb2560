import CFileSystem
import Foundation
import Results
import Screening

/// The directory that is to hold results: where it really is, and how results can be put there.
struct ResultsTarget {
  /// As it was named.
  let path: String
  /// The directory around it, links followed.
  let parent: Folder
  /// Its name in there; `nil` for the root of the file system.
  let name: String?

  /// Finds it and makes the directories above it. A link to a directory stands for the directory.
  init(_ path: String) throws(ResultsError) {
    self.path = path
    var status = stat()
    if lstat(path, &status) == 0 {
      guard let real = realpath(path, nil) else {
        throw status.st_mode & S_IFMT == S_IFLNK
          ? .deadLink(path: path) : .cannotMakeDirectory(path: path, reason: SystemReason.current)
      }
      defer { free(real) }
      guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw .notADirectory(path: path) }
      let parts = String(cString: real).split(separator: "/")
      name = parts.last.map(String.init)
      parent = try Self.open("/" + parts.dropLast().joined(separator: "/"), for: path)
    } else {
      guard errno == ENOENT else { throw .cannotMakeDirectory(path: path, reason: SystemReason.current) }
      var parts = path.split(separator: "/", omittingEmptySubsequences: true)
      while parts.last == "." { parts.removeLast() }
      guard let last = parts.last, last != ".." else {
        throw .cannotMakeDirectory(path: path, reason: String(cString: strerror(ENOENT)))
      }
      name = String(last)
      let above = (path.hasPrefix("/") ? "/" : "") + parts.dropLast().joined(separator: "/")
      try Self.makeDirectories(above, for: path)
      parent = try Self.open(above, for: path)
    }
  }

  private static func open(_ folder: String, for path: String) throws(ResultsError) -> Folder {
    do { return try Folder(path: folder.isEmpty ? "." : folder) } catch {
      throw .cannotMakeDirectory(path: path, reason: error.reason)
    }
  }

  /// Makes a directory and those above it. (Foundation's own says only "error 512" where something is in the way.)
  private static func makeDirectories(_ path: String, for target: String) throws(ResultsError) {
    if path.isEmpty || mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    let failure = errno
    let above = path.split(separator: "/").dropLast().joined(separator: "/")
    guard failure == ENOENT, !above.isEmpty else {
      throw .cannotMakeDirectory(path: target, reason: String(cString: strerror(failure)))
    }
    try makeDirectories((path.hasPrefix("/") ? "/" : "") + above, for: target)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw .cannotMakeDirectory(path: target, reason: SystemReason.current)
    }
  }

  /// The directory, opened; `nil` when it is not there.
  func folder() throws(ResultsError) -> Folder? {
    do {
      guard let name else { return try Folder(path: "/") }
      guard let status = try parent.status(of: name) else { return nil }
      guard status.st_mode & S_IFMT == S_IFDIR else { throw ResultsError.notADirectory(path: path) }
      return try Folder(name, in: parent)
    } catch let error as SystemFailure {
      throw .cannotOpen(path: path, reason: error.reason)
    } catch let error as ResultsError {
      throw error
    } catch {
      throw .cannotOpen(path: path, reason: "\(error)")
    }
  }

  /// Whether another directory can take its place: not where it is the root of a file system, the directory that this
  /// program works in (the user's shell would stay in the old one), or where the directory around it may not be changed.
  func canBeExchanged(_ folder: Folder) -> Bool {
    guard name != nil, isobole_is_mount_root(folder.descriptor) == 0, let own = try? folder.identity().place,
      let around = try? parent.identity().place
    else { return false }
    return own.device == around.device && own != FilePlace(path: ".")
      && faccessat(parent.descriptor, ".", W_OK | X_OK, 0) == 0
  }
}
