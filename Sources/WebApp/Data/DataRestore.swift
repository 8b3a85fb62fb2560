import CFileSystem
import Foundation
import GRDB

/// Puts a backup in the place of a data directory.
///
/// The whole of the new directory is made beside the old one, checked and forced to the disk. Then the two change places
/// in one step (`renameat2` with `RENAME_EXCHANGE`), so that a crash at any moment leaves the old data or the new, never
/// a mixture. Nothing of the old is deleted: it is at `DATA.replaced-1` then, store, log and all.
public enum DataRestore {
  /// What was done.
  public struct Outcome: Sendable {
    /// Uploads, each content once.
    public var files: Int
    /// Runs with results.
    public var runs: Int
    /// What is missing or damaged in the backup and was left out, a line each.
    public var damages: [String]
    /// Where the data are that were there before; `nil` when there were none.
    public var replaced: String?
  }

  /// The file that marks a folder in which a restore makes a directory that was never in use.
  private static let mark = "restoring"

  /// Restores a backup.
  ///
  /// - Parameters:
  ///   - backup: What `isobole backup` made; it is not changed.
  ///   - data: The data directory; made when it is not there.
  ///   - allowsDamage: Whether to leave out what is missing or damaged in the backup, rather than fail.
  /// - Throws: `WebAppError`; nothing was changed then.
  public static func run(
    from backup: String, to data: String, allowsDamage: Bool = false
  ) throws(WebAppError) -> Outcome {
    umask(0o077)
    guard let backup = resolved(backup), DataDirectory.hasStore(backup) else {
      throw .cannotRestore(path: data, reason: "\(backup) is no backup: it has no isobole.sqlite, or an empty one")
    }
    let isNew = resolved(data) == nil
    guard resolved(data) != backup else {
      throw .cannotRestore(path: data, reason: "the backup is the data directory itself")
    }
    guard !isInside(data, backup) else {
      throw .cannotRestore(
        path: data, reason: "it lies in the backup, which is not to be changed; name a place outside")
    }
    let reading = try holdBackup(backup)
    defer { if let reading { close(reading) } }
    let prepared = try DataDirectory.prepared(data)
    let lock = try DataDirectory.lock(prepared)
    defer { close(lock) }
    guard let old = resolved(prepared) else {
      throw .cannotRestore(path: data, reason: String(cString: strerror(errno)))
    }
    guard !isMountPoint(old) else {
      throw .cannotRestore(
        path: old,
        reason: "it is the root of a file system, which cannot be exchanged in one step; name a directory inside it, "
          + "--data \(old)/NAME, and start the server with that")
    }
    // What is being made lies in a folder with a mark: a crash leaves something that the next restore knows as its own.
    let workshop = old + ".restoring"
    let new = workshop + "/data"
    try removeLeftover(workshop)
    do {
      try openWorkshop(workshop)
      let (copy, newLock) = try build(new, from: backup, like: old, allowsDamage: allowsDamage)
      defer { close(newLock) }
      let replaced = try exchange(new, old)
      try? removeLeftover(workshop)
      if isNew, leaveNothing(of: replaced) {
        return Outcome(files: copy.counts.files, runs: copy.counts.runs, damages: copy.damages, replaced: nil)
      }
      return Outcome(files: copy.counts.files, runs: copy.counts.runs, damages: copy.damages, replaced: replaced)
    } catch {
      try? removeLeftover(workshop)
      if isNew { leaveNothing(of: old) }
      if let error = error as? WebAppError { throw error }
      throw .cannotRestore(path: old, reason: DataDirectory.reason(error))
    }
  }

  /// The whole new directory, checked and on the disk.
  private static func build(
    _ new: String, from backup: String, like old: String, allowsDamage: Bool
  ) throws -> (DataCopy, lock: Int32) {
    try make(new)
    // A backup that was looked at with a server may have a log beside its store; it belongs to it.
    for name in ["isobole.sqlite", "isobole.sqlite-wal", "isobole.sqlite-journal"]
    where FileManager.default.fileExists(atPath: backup + "/" + name) {
      _ = try IndependentCopy.make(of: backup + "/" + name, at: new + "/" + name)
    }
    let inventory = try checkedStore(new + "/isobole.sqlite", of: backup)
    var copy = DataCopy(from: backup, to: new)
    try copy.run(inventory)
    if !allowsDamage, !copy.damages.isEmpty { throw WebAppError.damaged(copy.damageWords) }
    if let identity = inventory.identity { try DataDirectory.note(identity: identity, in: new) }
    let lock = try DataDirectory.lock(new)
    do {
      try adopt(new, ownerOf: old)
      try DataDirectory.syncFile(new + "/isobole.sqlite")
      DataDirectory.sync(new)
      return (copy, lock)
    } catch {
      close(lock)
      throw error
    }
  }

  /// Opens the copied store once, so that its log is in it, and looks whether it is whole.
  private static func checkedStore(_ path: String, of backup: String) throws -> StoreInventory {
    do {
      let store = try DatabaseQueue(path: path)
      let inventory = try store.inDatabase { try Self.inventory(of: $0, in: backup) }
      try store.close()
      return inventory
    } catch let error as DatabaseError {
      throw IndependentCopy.Fault(path: backup + "/isobole.sqlite", reason: "\(error)")
    }
  }

  private static func inventory(of database: Database, in backup: String) throws -> StoreInventory {
    try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    var faults = try String.fetchAll(database, sql: "PRAGMA integrity_check(5)").filter { $0 != "ok" }
    if try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") != nil {
      faults.append("rows refer to rows that are not there")
    }
    guard faults.isEmpty else {
      throw IndependentCopy.Fault(
        path: backup + "/isobole.sqlite", reason: "the store is damaged: \(faults.joined(separator: "; "))")
    }
    guard try !Store.migrator.hasBeenSuperseded(database) else {
      throw WebAppError.storeIsNewer(path: backup + "/isobole.sqlite")
    }
    return try StoreInventory(database)
  }

  /// Puts the new directory in the place of the old, in one step; answers where the old one is.
  private static func exchange(_ new: String, _ old: String) throws -> String {
    // The new one has the name under which the old one will be kept before they change places: nothing is left to do then.
    var (number, fault) = (1, Int32(0))
    repeat {
      fault = DataDirectory.move(new, to: "\(old).replaced-\(number)")
      if fault == EEXIST { number += 1 }
    } while fault == EEXIST
    let replaced = "\(old).replaced-\(number)"
    guard fault == 0 else { throw IndependentCopy.Fault(path: new, reason: String(cString: strerror(fault))) }
    let parent = URL(fileURLWithPath: old).deletingLastPathComponent().path
    DataDirectory.sync(parent)
    fault = isobole_exchange(replaced, old)
    guard fault == 0 else {
      // It was never in use.
      _ = DataDirectory.move(replaced, to: new)
      throw IndependentCopy.Fault(
        path: old,
        reason: "this file system cannot exchange two directories in one step (\(String(cString: strerror(fault)))); "
          + "restore to a directory that is not there yet on another one, and start the server with that --data")
    }
    DataDirectory.sync(parent)
    return replaced
  }

  /// The absolute path without symbolic links; `nil` when there is no such thing.
  private static func resolved(_ path: String) -> String? {
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }

  /// Whether a path, which need not be there yet, lies below a directory.
  static func isInside(_ path: String, _ folder: String) -> Bool {
    guard let folder = resolved(folder) else { return false }
    var above = URL(fileURLWithPath: path).standardizedFileURL
    while above.path != "/" {
      if let there = resolved(above.path) { return there == folder || there.hasPrefix(folder + "/") }
      above.deleteLastPathComponent()
    }
    return false
  }

  /// Keeps servers from starting on the backup while it is read; `nil` when none ever did.
  private static func holdBackup(_ backup: String) throws(WebAppError) -> Int32? {
    let lock = open(backup + "/lock", O_RDONLY | O_CLOEXEC)
    guard lock >= 0 else { return nil }
    guard flock(lock, LOCK_SH | LOCK_NB) == 0 else {
      close(lock)
      throw .directoryInUse(path: backup)
    }
    return lock
  }

  private static func isMountPoint(_ path: String) -> Bool {
    let (own, parent) = (isobole_follow(path), isobole_follow(path + "/.."))
    return own.fault == 0 && parent.fault == 0 && (own.device != parent.device || own.number == parent.number)
  }

  private static func openWorkshop(_ workshop: String) throws {
    try make(workshop)
    let descriptor = open(workshop + "/" + mark, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw IndependentCopy.Fault(path: workshop, reason: String(cString: strerror(errno)))
    }
    close(descriptor)
  }

  private static func make(_ folder: String) throws {
    guard mkdir(folder, 0o700) == 0 else {
      throw IndependentCopy.Fault(path: folder, reason: String(cString: strerror(errno)))
    }
  }

  /// Removes what an earlier restore left unfinished: it has the mark, or holds nothing. Anything else is left alone.
  private static func removeLeftover(_ path: String) throws(WebAppError) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return }
    guard names.isEmpty || names.contains(mark) else {
      throw .cannotRestore(
        path: path, reason: "it is in the way, and no unfinished restore; move it away or give it another name")
    }
    // The mark goes last, so that what a crash leaves of this is still known.
    for name in names where name != mark { try? FileManager.default.removeItem(atPath: path + "/" + name) }
    unlink(path + "/" + mark)
    rmdir(path)
  }

  /// Removes a data directory that holds nothing but its empty folders; whether it did.
  @discardableResult private static func leaveNothing(of path: String) -> Bool {
    for folder in ["/files", "/incoming", "/runs"] where rmdir(path + folder) != 0 && errno != ENOENT { return false }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path), names.allSatisfy({ $0 == "lock" })
    else { return false }
    unlink(path + "/lock")
    return rmdir(path) == 0
  }

  /// Gives everything to the owner of the old directory, so that a server that runs as that user can work on it.
  private static func adopt(_ new: String, ownerOf old: String) throws {
    let owner = isobole_follow(old)
    guard geteuid() == 0, owner.fault == 0, owner.user != 0 || owner.group != 0 else { return }
    let names = FileManager.default.enumerator(atPath: new)?.allObjects.compactMap { $0 as? String } ?? []
    for path in [new] + names.map({ new + "/" + $0 }) {
      guard lchown(path, owner.user, owner.group) == 0 else {
        throw IndependentCopy.Fault(path: path, reason: String(cString: strerror(errno)))
      }
    }
  }
}
