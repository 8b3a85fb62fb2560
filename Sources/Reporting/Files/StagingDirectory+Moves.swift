import Results
import Foundation
import Screening

extension StagingDirectory {
  /// Moves the files into the results' directory one by one, where other files may be.
  ///
  /// First a list of the old and the new files is put there (`isobole-unfinished.json`); it is removed when the new
  /// manifest is there. A run that dies in between leaves the list, and every reader says so; the next run knows by it
  /// which files are Isobole's. When a call fails, everything is moved back.
  ///
  /// - Returns: What to say of something that could not be removed.
  func move(_ manifest: ResultsManifest) throws -> String? {
    guard let existing else { throw SystemFailure(code: ENOENT, path: directory) }
    let own = try OwnFiles(of: existing, known: known, ignoring: ignored)
    try placement.check(
      own, directory, kind: kind,
      names: manifest.files.map(\.name) + [ResultsManifest.name, ResultsManifest.unfinishedName],
      isIntoExisting: placement.isIntoExisting)
    let list = ResultsManifest(
      kind: kind, version: manifest.version,
      files: Array(Set(own.listed.values).union(own.unfinished?.files ?? []).union(manifest.files)))
    var moves = FileMoves(target: existing, staging: staging)
    try staging.write(list.bytes, to: ResultsManifest.unfinishedName)
    do {
      try moves.putList(replacing: own.unfinished != nil)
      try existing.sync()
      for name in [ResultsManifest.name] + own.listed.keys.sorted() {
        if let identity = own.files[name] { try moves.setAside(name, identity) }
      }
      for file in manifest.files { try moves.put(file.name) }
      try moves.sync()
      try moves.put(ResultsManifest.name)
      try existing.sync()
      try existing.remove(ResultsManifest.unfinishedName)
    } catch {
      do { try moves.undo(keepsList: own.unfinished != nil) } catch let second {
        throw ResultsError.leftHalf(path: directory, reason: second.reason)
      }
      throw error
    }
    // The results are in place; what follows only clears away.
    try? existing.sync()
    for folder in own.folders { try? OwnFiles.removeIfEmpty(folder, from: existing) }
    do { try existing.removeTree(name, last: StagingLeavings.marker) } catch {
      return "\(existing.path(of: name)) could not be removed (\(error.reason)); remove it"
    }
    return nil
  }
}

/// Files on their way from a staging directory into another, and older ones out of it; can be undone.
struct FileMoves {
  let target: Folder
  let staging: Folder
  private var moved: [(name: String, from: Folder, to: Folder)] = []
  private var made: [String] = []
  private var touched: [Folder] = []
  private var hasList = false
  /// Where older files are set aside, in the staging directory.
  private static let aside = "older"

  init(target: Folder, staging: Folder) {
    self.target = target
    self.staging = staging
  }

  /// Puts the list of the old and the new files in place.
  mutating func putList(replacing: Bool) throws(SystemFailure) {
    let name = ResultsManifest.unfinishedName
    if replacing {
      guard renameat(staging.descriptor, name, target.descriptor, name) == 0 else {
        throw SystemFailure(code: errno, path: target.path(of: name))
      }
    } else {
      try staging.move(name, to: target, as: name)
    }
    hasList = true
  }

  /// Moves a file out, after which it must still be the one that was looked at.
  mutating func setAside(_ path: String, _ identity: FileIdentity) throws(SystemFailure) {
    let parts = path.split(separator: "/")
    guard let name = parts.last.map(String.init), let from = try target.folder(at: parts.dropLast()),
      let to = try staging.folder(at: [Substring(Self.aside)] + parts.dropLast(), making: { _ in })
    else { return }
    try from.move(name, to: to, as: name)
    moved.append((name, from, to))
    touched.append(from)
    guard let status = try to.status(of: name), FilePlace(status) == identity.place else {
      throw SystemFailure(code: ESTALE, path: from.path(of: name))
    }
  }

  /// Moves a file in; its name must be free.
  mutating func put(_ path: String) throws(SystemFailure) {
    let parts = path.split(separator: "/")
    var new: [String] = []
    defer { made += new }
    guard let name = parts.last.map(String.init), let from = try staging.folder(at: parts.dropLast()),
      let to = try target.folder(at: parts.dropLast(), making: { new.append($0) })
    else { throw SystemFailure(code: ENOENT, path: staging.path(of: path)) }
    try from.move(name, to: to, as: name)
    moved.append((name, from, to))
    touched.append(to)
  }

  /// Forces the directories that were changed to the disk.
  func sync() throws(SystemFailure) {
    var known: Set<FilePlace> = []
    for folder in touched + [target] where known.insert(try folder.identity().place).inserted { try folder.sync() }
  }

  /// Moves everything back.
  mutating func undo(keepsList: Bool) throws(SystemFailure) {
    while let (name, from, to) = moved.popLast() { try to.move(name, to: from, as: name) }
    for folder in made.reversed() { try? OwnFiles.removeIfEmpty(folder, from: target) }
    if hasList, !keepsList, try target.status(of: ResultsManifest.unfinishedName) != nil {
      try target.remove(ResultsManifest.unfinishedName)
    }
    try? target.sync()
  }
}
