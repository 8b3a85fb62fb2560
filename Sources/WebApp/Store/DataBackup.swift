import Foundation
import GRDB

/// A copy of a data directory that is itself one.
public enum DataBackup {
  /// What a copy holds.
  public struct Counts: Sendable {
    /// Uploads, each content once.
    public var files = 0
    /// Runs with results.
    public var runs = 0
  }

  /// Copies the store as it stands at one moment, then the uploads and finished runs that this store names. Neither is ever
  /// changed once it is there, so a server may go on meanwhile.
  ///
  /// - Throws: `WebAppError.cannotBackUp`; what was copied by then is removed.
  public static func write(from data: String, to target: String) throws(WebAppError) -> Counts {
    let manager = FileManager.default
    umask(0o077)
    guard manager.fileExists(atPath: data + "/isobole.sqlite") else {
      throw .cannotBackUp(path: target, reason: "\(data) is not a data directory")
    }
    guard !manager.fileExists(atPath: target) else {
      throw .cannotBackUp(path: target, reason: "it is there already; name another place")
    }
    // Under another name until it is whole.
    let unfinished = target + ".unfinished"
    try? manager.removeItem(atPath: unfinished)
    do {
      for folder in ["", "/files", "/incoming", "/runs"] {
        try manager.createDirectory(
          atPath: unfinished + folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      }
      try Store.backUp(from: data + "/isobole.sqlite", to: unfinished + "/isobole.sqlite")
      let counts = try copy(from: data, to: unfinished)
      DataDirectory.sync(unfinished)
      try manager.moveItem(atPath: unfinished, toPath: target)
      return counts
    } catch {
      try? manager.removeItem(atPath: unfinished)
      if let error = error as? WebAppError { throw error }
      throw .cannotBackUp(path: target, reason: DataDirectory.reason(error))
    }
  }

  private static func copy(from data: String, to target: String) throws -> Counts {
    let store = try DatabaseQueue(path: target + "/isobole.sqlite")
    let contents = try store.read { try String.fetchAll($0, sql: "SELECT sha256 FROM content") }
    let runs = try store.read { database in
      try Row.fetchAll(database, sql: "SELECT screen, number, attempt FROM run WHERE state IN ('finished', 'failed')")
        .map { (folder: "/runs/\($0["screen"] as Int64)/\($0["number"] as Int)", attempt: $0["attempt"] as Int) }
    }
    var counts = Counts()
    for sha256 in contents {
      let name = "/files/\(sha256.prefix(2))/\(sha256)"
      try take(data + name, target + name)
      counts.files += 1
    }
    for run in runs {
      let results = run.folder + "/results-\(run.attempt)"
      guard FileManager.default.fileExists(atPath: data + results) else { continue }
      for name in try FileManager.default.contentsOfDirectory(atPath: data + results) where !name.hasPrefix(".") {
        try take(data + results + "/" + name, target + results + "/" + name)
      }
      counts.runs += 1
    }
    return counts
  }

  /// A file is linked where that can be done, else copied.
  private static func take(_ source: String, _ target: String) throws {
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if link(source, target) != 0 { try FileManager.default.copyItem(atPath: source, toPath: target) }
  }
}
