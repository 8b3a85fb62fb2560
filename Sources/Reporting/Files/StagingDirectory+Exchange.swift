import Foundation
import Screening

extension StagingDirectory {
  /// Puts the staging directory in the place of the results' directory, in one step: whoever looks sees the older
  /// results or the new ones. Then removes the older ones.
  ///
  /// - Returns: What to say of older results that could not be removed.
  func exchange(_ manifest: ResultsManifest) throws -> String? {
    guard let targetName = target.name else { throw SystemFailure(code: EBUSY, path: directory) }
    let parent = target.parent
    guard let old = try target.folder() else {
      try unmark()
      try parent.move(name, to: parent, as: targetName)
      do { try parent.sync() } catch {
        try parent.move(targetName, to: parent, as: name)
        throw error
      }
      return nil
    }
    // As when the run began, and once more after the exchange: somebody may have put a file there meanwhile.
    func checked(_ known: OwnFiles?) throws -> OwnFiles {
      let own = try OwnFiles(of: old, known: known)
      try placement.check(own, directory, kind: kind, names: [], isIntoExisting: false)
      return own
    }
    let own = try checked(known)
    try takeRights(of: old)
    try unmark()
    try parent.exchange(name, with: targetName)
    let after: OwnFiles
    do {
      after = try checked(own)
      try parent.sync()
    } catch {
      try parent.exchange(name, with: targetName)
      throw error
    }
    do {
      try after.remove(from: old)
      try parent.removeFolder(name)
      try parent.sync()
    } catch {
      let path = parent.path(of: name)
      return "the results that were in \(directory) before could not be removed from \(path) "
        + "(\(error.reason)); look whether something of yours is in it before you remove it"
    }
    return nil
  }

  /// Removes the marker: from now on the directory is results.
  private func unmark() throws {
    try staging.remove(StagingLeavings.marker)
    try staging.sync()
  }

  /// Gives the staging directory the permissions of the directory that it replaces, and its group where that is allowed.
  private func takeRights(of old: Folder) throws {
    var (theirs, ours) = (stat(), stat())
    guard fstat(old.descriptor, &theirs) == 0, fstat(staging.descriptor, &ours) == 0 else {
      throw SystemFailure(code: errno, path: old.path)
    }
    if theirs.st_uid != ours.st_uid || theirs.st_gid != ours.st_gid {
      _ = fchown(staging.descriptor, theirs.st_uid, theirs.st_gid)
    }
    if theirs.st_mode & 0o7777 != ours.st_mode & 0o7777,
      fchmod(staging.descriptor, theirs.st_mode & 0o7777) != 0
    {
      throw SystemFailure(code: errno, path: staging.path)
    }
  }
}
