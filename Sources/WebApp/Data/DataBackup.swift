import CFileSystem
import Foundation
import GRDB

/// A copy of a data directory that is itself one.
public enum DataBackup {
  /// What a copy holds.
  public struct Outcome: Sendable {
    /// Uploads, each content once.
    public var files: Int
    /// Runs with results.
    public var runs: Int
    /// What is missing or damaged and was left out, a line each.
    public var damages: [String]
  }

  /// Copies the store as it stands at one moment, then the uploads and finished runs that this store names. Neither is ever
  /// changed once it is there, so a server may go on meanwhile. The copy shares no bytes with the original that a change
  /// could reach, and every upload in it has the bytes that its name, a SHA-256, says.
  ///
  /// - Parameter allowsDamage: Whether to leave out what is missing or damaged, rather than fail.
  /// - Throws: `WebAppError.cannotBackUp`, `.damaged`; what was copied by then is removed.
  public static func write(
    from data: String, to target: String, allowsDamage: Bool = false
  ) throws(WebAppError) -> Outcome {
    let manager = FileManager.default
    umask(0o077)
    let target = URL(fileURLWithPath: target).standardizedFileURL.path
    guard DataDirectory.hasStore(data) else {
      throw .cannotBackUp(path: target, reason: "\(data) is not a data directory, or its store is missing or empty")
    }
    guard !DataRestore.isInside(target, data) else {
      throw .cannotBackUp(
        path: target, reason: "it would lie in the directory that it is a copy of; name a place outside")
    }
    guard isobole_look(target).fault == ENOENT else {
      throw .cannotBackUp(path: target, reason: "it is there already; name another place")
    }
    // Under a name of its own until it is whole.
    let unfinished = target + ".unfinished-" + UUID().uuidString.prefix(8)
    do {
      try manager.createDirectory(
        atPath: unfinished, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Store.backUp(from: data + "/isobole.sqlite", to: unfinished + "/isobole.sqlite")
      let store = try DatabaseQueue(path: unfinished + "/isobole.sqlite")
      let inventory = try store.read { try StoreInventory($0) }
      try store.close()
      var copy = DataCopy(from: data, to: unfinished)
      try copy.run(inventory)
      if !allowsDamage, !copy.damages.isEmpty { throw WebAppError.damaged(copy.damageWords) }
      if let identity = inventory.identity { try DataDirectory.note(identity: identity, in: unfinished) }
      try DataDirectory.syncFile(unfinished + "/isobole.sqlite")
      DataDirectory.sync(unfinished)
      let fault = DataDirectory.move(unfinished, to: target)
      guard fault == 0 else { throw IndependentCopy.Fault(path: target, reason: String(cString: strerror(fault))) }
      DataDirectory.sync(URL(fileURLWithPath: target).deletingLastPathComponent().path)
      return Outcome(files: copy.counts.files, runs: copy.counts.runs, damages: copy.damages)
    } catch {
      try? manager.removeItem(atPath: unfinished)
      if let error = error as? WebAppError { throw error }
      throw .cannotBackUp(path: target, reason: DataDirectory.reason(error))
    }
  }
}
