import CFileSystem
import Foundation

/// Copies what a store names from one data directory into another: uploads, whose names are the digests of their bytes,
/// and the results of runs that are over.
struct DataCopy {
  /// What was copied.
  struct Counts: Sendable, Equatable {
    /// Uploads, each content once.
    var files = 0
    /// Runs with results.
    var runs = 0
  }

  let source: String
  let target: String
  private(set) var counts = Counts()
  /// What is missing or has other bytes than its name says: a line each.
  private(set) var damages: [String] = []
  private var folders: Set<String> = []

  init(from source: String, to target: String) {
    self.source = source
    self.target = target
  }

  /// Copies everything and forces it to the disk. What is damaged is left out and noted.
  ///
  /// - Throws: `IndependentCopy.Fault` and what the file system says.
  mutating func run(_ inventory: StoreInventory) throws {
    for folder in DataDirectory.folders { try make(target + folder) }
    for content in inventory.contents {
      let name = "/files/\(content.sha256.prefix(2))/\(content.sha256)"
      guard try isThere(name, "an upload that the store names") else { continue }
      try make(target + "/files/" + content.sha256.prefix(2))
      let digest = try IndependentCopy.make(of: source + name, at: target + name)
      if digest == content.sha256 {
        counts.files += 1
      } else {
        damages.append(
          "\(source + name): its bytes have the SHA-256 \(digest), which is not its name: they were changed or damaged")
        unlink(target + name)
      }
    }
    for run in inventory.runs where run.isOver {
      let results = "/" + run.results
      if run.state == .finished {
        guard try isThere(results, "the results of run \(run.number) of screen \(run.screen)") else { continue }
      } else if !FileManager.default.fileExists(atPath: source + results) {
        continue
      }
      try make(target + "/runs/\(run.screen)")
      try make(target + "/" + run.folder)
      try copyFolder(results)
      counts.runs += 1
    }
    // The deepest first: an entry is on the disk before what leads to it.
    for folder in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) { DataDirectory.sync(folder) }
  }

  private mutating func isThere(_ name: String, _ what: String) throws -> Bool {
    let fault = isobole_look(source + name).fault
    if fault == 0 { return true }
    guard fault == ENOENT || fault == ENOTDIR else {
      throw IndependentCopy.Fault(path: source + name, reason: String(cString: strerror(fault)))
    }
    damages.append("\(source + name): \(what), and not there")
    return false
  }

  private mutating func copyFolder(_ folder: String) throws {
    try make(target + folder)
    for name in try FileManager.default.contentsOfDirectory(atPath: source + folder).sorted() {
      let entry = isobole_look(source + folder + "/" + name)
      // Hidden folders are where a run keeps what is not finished.
      if entry.is_directory, !name.hasPrefix(".") {
        try copyFolder(folder + "/" + name)
      } else if entry.is_file {
        _ = try IndependentCopy.make(of: source + folder + "/" + name, at: target + folder + "/" + name)
      }
    }
  }

  private mutating func make(_ folder: String) throws {
    guard folders.insert(folder).inserted else { return }
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw IndependentCopy.Fault(path: folder, reason: String(cString: strerror(errno)))
    }
  }

  /// The damages as one text, not too long.
  var damageWords: String {
    let most = 20
    let rest = damages.count > most ? ["and \(damages.count - most) more"] : []
    return (damages.prefix(most) + rest).joined(separator: "\n  ")
  }
}
