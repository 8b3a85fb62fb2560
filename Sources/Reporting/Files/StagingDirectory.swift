import CFileSystem
import Results
import Foundation
import Screening

/// A directory of the run's own, where it keeps its files until all of them are whole.
///
/// It lies beside the directory that will hold the results, under a hidden name that nobody has used, and takes its
/// place in one step (`StagingDirectory+Exchange`). Where that cannot be, or where other files are to stay in the
/// directory, it lies inside of it and its files are moved one by one (`StagingDirectory+Moves`). A run that dies leaves
/// it behind, and the next run into the same directory removes it. See decision 0011.
final class StagingDirectory {
  /// The directory that will hold the results, as it was named.
  let directory: String
  /// Where the files are until then.
  var folder: String { staging.path }
  /// What the user should know of: something that could not be cleared away.
  private(set) var notes: [String] = []

  let kind: ResultsManifest.Kind
  let placement: Placement
  let target: ResultsTarget
  /// The results' directory as it was when the run began; `nil` when it was not there.
  let existing: Folder?
  /// The directory itself.
  let staging: Folder
  /// Its name.
  let name: String
  let lock: StagingLock
  let place: StagingLock.Place
  /// What was in the results' directory when the run began.
  let known: OwnFiles?
  private var isOver = false

  /// Whether the results' directory held a ranking of an earlier run, or files of others, when this run began.
  var holdsMoreThanNothing: Bool {
    guard let known else { return false }
    if !known.foreign.isEmpty { return true }
    // A header alone is a run that could analyse nothing.
    let ranking = known.files["ranking.csv"] == nil ? nil : try? existing?.read("ranking.csv")
    return (ranking?.count { $0 == UInt8(ascii: "\n") } ?? 0) > 1
  }

  /// Names that are passed over where the results' directory is looked through.
  var ignored: Set<String> { place == .inside ? [name, lock.name] : [] }

  /// Looks whether results may be put into a directory, and makes a directory for them until they are whole.
  ///
  /// - Parameters:
  ///   - directory: Where the results will be; those above it are made.
  ///   - names: The paths below it that they need for certain.
  /// - Throws: `ResultsError`: something is there that is not Isobole's to replace, another run writes there, or the
  ///   system refuses.
  init(
    directory: String, kind: ResultsManifest.Kind, names: [String], placement: Placement = .init()
  ) throws(ResultsError) {
    self.directory = directory
    self.kind = kind
    self.placement = placement
    let target = try ResultsTarget(directory)
    let existing = try target.folder()
    let lock = try Self.lock(target, existing, directory)
    (self.target, self.existing, self.lock) = (target, existing, lock)
    do {
      if let left = Self.clearLeavings(lock, target, existing) { notes.append(left) }
      let known = try existing.map { try OwnFiles(of: $0, ignoring: $0 === lock.folder ? [lock.name] : []) }
      self.known = known
      if let known {
        try placement.check(
          known, directory, kind: kind, names: names + [ResultsManifest.name, ResultsManifest.unfinishedName],
          isIntoExisting: placement.isIntoExisting)
      }
      (staging, name, place) = try Self.make(lock, target, existing, isIntoExisting: placement.isIntoExisting)
    } catch {
      lock.remove()
      throw Self.words(error, directory, isThere: existing != nil)
    }
  }

  deinit { abandon() }

  /// Takes the lock, beside the directory where that can be written to, else inside of it.
  private static func lock(
    _ target: ResultsTarget, _ existing: Folder?, _ directory: String
  ) throws(ResultsError) -> StagingLock {
    do {
      if let existing {
        guard flock(existing.descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
          throw StagingLock.Failure.taken
        }
        if target.name == nil || faccessat(target.parent.descriptor, ".", W_OK | X_OK, 0) != 0 {
          return try StagingLock(in: existing, for: nil)
        }
      }
      return try StagingLock(in: target.parent, for: target.name)
    } catch let failure as StagingLock.Failure {
      switch failure {
      case .taken: throw .directoryInUse(path: directory)
      case .foreign(let path): throw .inTheWay(path: path)
      case .system(let failure): throw words(failure, directory, isThere: existing != nil)
      }
    } catch {
      throw words(error, directory, isThere: existing != nil)
    }
  }

  /// Clears away what a dead run has left; answers what to say of something that stays.
  private static func clearLeavings(_ lock: StagingLock, _ target: ResultsTarget, _ existing: Folder?) -> String? {
    guard let left = lock.left, let around = left.place == .beside ? target.parent : existing,
      StagingName.isStaging(left.name, for: left.place == .beside ? target.name : nil)
    else { return nil }
    if StagingLeavings.clear(left.name, in: around) { return nil }
    return "\(around.path(of: left.name)) was left by a run that broke off and holds files that this run did not list; "
      + "look through it and remove it"
  }

  /// Makes the directory, beside the target where the two can be exchanged, else inside.
  private static func make(
    _ lock: StagingLock, _ target: ResultsTarget, _ existing: Folder?, isIntoExisting: Bool
  ) throws -> (Folder, String, StagingLock.Place) {
    if let existing {
      if !isIntoExisting, target.canBeExchanged(existing),
        let made = try make(lock, in: target.parent, for: target.name, .beside, provesExchange: true)
      {
        return made
      }
      if let made = try make(lock, in: existing, for: nil, .inside) { return made }
    } else if let made = try make(lock, in: target.parent, for: target.name, .beside) {
      return made
    }
    throw SystemFailure(code: EEXIST, path: target.path)
  }

  private static func make(
    _ lock: StagingLock, in around: Folder, for target: String?, _ place: StagingLock.Place,
    provesExchange: Bool = false
  ) throws -> (Folder, String, StagingLock.Place)? {
    let name = StagingName.make(for: target)
    try lock.note(name, place)
    try around.makeFolder(name, mode: 0o755)
    let staging = try Folder(name, in: around)
    do {
      // First of all: what a run that dies leaves behind is known by it.
      try staging.write(StagingLeavings.text(name), to: StagingLeavings.marker)
      if provesExchange, try !staging.canExchange() {
        try around.removeTree(name, last: StagingLeavings.marker)
        return nil
      }
    } catch {
      try? around.removeTree(name, last: StagingLeavings.marker)
      throw error
    }
    return (staging, name, place)
  }

  /// An error as it is told.
  static func words(_ error: any Error, _ directory: String, isThere: Bool) -> ResultsError {
    switch error {
    case let error as ResultsError: error
    case let error as SystemFailure:
      isThere
        ? .cannotOpen(path: error.path, reason: error.reason)
        : .cannotMakeDirectory(path: directory, reason: error.reason)
    default: .cannotOpen(path: directory, reason: "\(error)")
    }
  }

  /// Where they can be cleared away by somebody who does not have this object.
  var leavings: StagingLeavings {
    StagingLeavings(
      folder: (place == .beside ? target.parent : lock.folder === target.parent ? existing ?? lock.folder : lock.folder)
        .path, name: name, lock: lock.folder.path(of: lock.name))
  }

  /// Where a file lies until it is published.
  func path(of name: String) -> String { staging.path(of: name) }

  /// Makes an empty file.
  func makeFile(_ name: String) throws(ResultsError) -> OutputFile { try OutputFile(path: path(of: name)) }

  /// Renames a file within the directory.
  func rename(_ name: String, to other: String) throws(ResultsError) {
    guard Foundation.rename(path(of: name), path(of: other)) == 0 else {
      throw .cannotWrite(path: path(of: other), reason: SystemReason.current)
    }
  }

  /// Puts whole files and folders in place, with a manifest of them, and clears everything else away.
  ///
  /// - Parameter digested: Files that were forced to the disk and digested by `digests`.
  /// - Throws: `ResultsError`; what was in the results' directory before is there as it was, unless the error says
  ///   otherwise.
  func publish(
    _ names: [String], version: String, digested: [ResultsManifest.File] = [], threads: Int
  ) async throws(ResultsError) {
    do {
      let manifest = try await seal(names, version: version, digested, threads: threads)
      if let left = try place == .beside ? exchange(manifest) : move(manifest) {
        notes.append(left)  // the lock stays and says to the next run what is to be removed
      } else {
        lock.remove()
      }
    } catch let error as ResultsError {
      throw error
    } catch let error as SystemFailure {
      throw .cannotPublish(path: directory, reason: "\(error.path): \(error.reason)")
    } catch {
      throw .cannotPublish(path: directory, reason: "\(error)")
    }
    isOver = true
  }

  /// Removes what is not to be published, forces the rest to the disk, and writes the manifest.
  private func seal(
    _ names: [String], version: String, _ digested: [ResultsManifest.File], threads: Int
  ) async throws -> ResultsManifest {
    for entry in try staging.names() where !names.contains(entry) && entry != StagingLeavings.marker {
      if let status = try staging.status(of: entry), status.st_mode & S_IFMT == S_IFDIR {
        try staging.removeTree(entry)
      } else {
        try staging.remove(entry)
      }
    }
    var files: [FilePath] = []
    var folders: [Folder] = []
    func add(_ name: String, in folder: Folder, below: String) throws {
      if let status = try folder.status(of: name), status.st_mode & S_IFMT == S_IFDIR {
        let inner = try Folder(name, in: folder)
        for entry in try inner.names() { try add(entry, in: inner, below: below + name + "/") }
        folders.append(inner)
      } else {
        files.append(FilePath(folder: folder, name: name, path: below + name))
      }
    }
    for name in names { try add(name, in: staging, below: "") }
    let known = Dictionary(digested.map { ($0.name, $0) }) { first, _ in first }
    let left = try await Self.digests(of: files.filter { known[$0.path] == nil }, threads: threads)
    for folder in folders { try folder.sync() }
    let all = known.merging(left.map { ($0.name, $0) }) { first, _ in first }
    let manifest = ResultsManifest(kind: kind, version: version, files: files.compactMap { all[$0.path] })
    try staging.write(manifest.bytes, to: ResultsManifest.name)
    try staging.sync()
    return manifest
  }

  /// A file that is to be published.
  private struct FilePath {
    var folder: Folder
    var name: String
    /// Below the staging directory.
    var path: String
  }

  /// Forces files that are whole to the disk and digests them, while others are made.
  static func digests(
    of names: [String], in folder: Folder, for directory: String
  ) async throws(ResultsError) -> [ResultsManifest.File] {
    do throws(SystemFailure) {
      return try await digests(of: names.map { FilePath(folder: folder, name: $0, path: $0) }, threads: 1)
    } catch {
      throw .cannotPublish(path: directory, reason: "\(error.path): \(error.reason)")
    }
  }

  private static func digests(
    of files: [FilePath], threads: Int
  ) async throws(SystemFailure) -> [ResultsManifest.File] {
    @Sendable func digest(_ file: FilePath) throws(SystemFailure) -> ResultsManifest.File {
      let digest = try FileDigest.of(file.name, in: file.folder, syncs: true)
      return ResultsManifest.File(name: file.path, bytes: digest.bytes, sha256: digest.sha256)
    }
    var found: [ResultsManifest.File] = []
    guard threads > 1 else {
      for file in files { found.append(try digest(file)) }
      return found
    }
    let digests = await Parallel.map(files.count, chunk: 1, threads: threads) { range in
      files[range].map { file in Result { () throws(SystemFailure) in try digest(file) } }
    }
    for digest in digests { found.append(try digest.get()) }
    return found
  }

  /// Removes the directory and what is in it.
  func abandon() {
    guard !isOver else { return }
    isOver = true
    let around = place == .beside ? target.parent : existing ?? target.parent
    // Only what this run has made: after an exchange that was not undone, the name is the older results'.
    guard let status = try? around.status(of: name),
      FilePlace(status) == (try? staging.identity().place)
    else { return }
    if (try? around.removeTree(name, last: StagingLeavings.marker)) != nil { lock.remove() }
  }
}
