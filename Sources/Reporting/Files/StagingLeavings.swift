import Foundation
import Screening

/// Where a run keeps what is unfinished; what is there can be cleared away without the run.
public struct StagingLeavings: Sendable {
  /// The folder around them.
  let folder: String
  /// Their directory's name.
  let name: String
  /// The lock's path.
  let lock: String

  /// Clears them away, when the run is ended by force and nobody will run into its directory again.
  public func remove() {
    guard let folder = try? Folder(path: folder) else { return }
    if Self.clear(name, in: folder) { unlink(lock) }
  }

  /// The file in a staging directory that says so.
  static let marker = ".isobole-staging"

  /// What the marker of a directory of this name says.
  static func text(_ name: String) -> [UInt8] { Array("isobole-staging 1\n\(name)\n".utf8) }

  /// Removes a dead run's staging directory: a real directory of this user that has its own name in its marker, or as
  /// much of it as the run came to write. Where the marker is gone, the run was putting its results in place, and the directory holds these or the older ones:
  /// what the manifest lists is removed and nothing else.
  ///
  /// - Returns: Whether nothing is left.
  static func clear(_ name: String, in folder: Folder) -> Bool {
    do {
      guard let status = try folder.status(of: name) else { return true }
      guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else { return false }
      let own = try Folder(name, in: folder)
      if let marked = try own.status(of: marker), marked.st_mode & S_IFMT == S_IFREG,
        marked.st_size <= off_t(text(name).count), text(name).starts(with: try own.read(marker))
      {
        try folder.removeTree(name, last: marker)  // while it is there, the rest is known
      } else {
        try OwnFiles(of: own).remove(from: own)
        try folder.removeFolder(name)
      }
      return true
    } catch {
      return false
    }
  }
}
