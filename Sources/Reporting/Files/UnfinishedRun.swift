import Foundation

/// The folder `.unfinished` inside the results directory, where a run keeps its files until all of them are whole.
///
/// A run that dies leaves this folder and touches no final file. The next run into the same directory takes the folder
/// over and empties it. A lock keeps two runs apart that are alive at the same time; the system releases it however a
/// process ends.
final class UnfinishedRun {
  /// The directory that will hold the results.
  let directory: String
  /// Where the files are until then.
  let folder: String
  private let lock: FileHandle
  private var isOver = false

  /// Makes the directory (and those above it) and takes possession of its unfinished folder.
  init(directory: String) throws(ReportingError) {
    self.directory = directory
    folder = directory + "/.unfinished"
    let manager = FileManager.default
    try Self.makeDirectories(folder, for: directory)
    let descriptor = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotOpen(path: folder + "/lock", reason: SystemReason.current) }
    lock = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      isOver = true  // the folder is the other run's: leave it alone
      throw .directoryInUse(path: directory)
    }
    for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] where name != "lock" {
      try? manager.removeItem(atPath: folder + "/" + name)
    }
  }

  deinit { abandon() }

  /// Makes a directory and those above it. (Foundation's own says only "error 512" where something is in the way.)
  private static func makeDirectories(_ path: String, for directory: String) throws(ReportingError) {
    if mkdir(path, 0o755) == 0 { return }
    let failure = errno
    var isDirectory: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if failure == EEXIST, isThere, isDirectory.boolValue { return }
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard failure == ENOENT, parent != path else {
      throw .cannotMakeDirectory(path: directory, reason: String(cString: strerror(failure)))
    }
    try makeDirectories(parent, for: directory)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw .cannotMakeDirectory(path: directory, reason: SystemReason.current)
    }
  }

  /// Where a file lies until it is published.
  func path(of name: String) -> String { folder + "/" + name }

  /// Makes an empty file.
  func makeFile(_ name: String) throws(ReportingError) -> OutputFile { try OutputFile(path: path(of: name)) }

  /// Renames a file within the folder.
  func rename(_ name: String, to other: String) throws(ReportingError) {
    guard Foundation.rename(path(of: name), path(of: other)) == 0 else {
      throw .cannotWrite(path: path(of: other), reason: SystemReason.current)
    }
  }

  /// Gives whole files their final names, in order, and removes the folder with all that is left in it.
  ///
  /// An older run's file of the last name is removed first: where the last file is, all are of one run. So are older
  /// files of the names in `optional` that this run does not have.
  func publish(_ names: [String], removing optional: [String] = []) throws(ReportingError) {
    for name in optional where !names.contains(name) {
      try? FileManager.default.removeItem(atPath: directory + "/" + name)
    }
    if let last = names.last { try? FileManager.default.removeItem(atPath: directory + "/" + last) }
    for name in names {
      let final = directory + "/" + name
      // A folder cannot take the place of one that holds something.
      if Self.isFolder(path(of: name)), Self.isFolder(final) { try? FileManager.default.removeItem(atPath: final) }
      guard Foundation.rename(path(of: name), final) == 0 else {
        throw .cannotPublish(path: final, reason: SystemReason.current)
      }
    }
    abandon()
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// Removes the folder and what is in it.
  func abandon() {
    guard !isOver else { return }
    isOver = true
    try? FileManager.default.removeItem(atPath: folder)
  }
}
