import Foundation
import Screening
import Synchronization

/// What is in a directory, told apart: files that Isobole wrote and nobody changed since, and all the rest.
struct OwnFiles {
  /// Something that is not known to be Isobole's.
  struct Foreign: Hashable {
    /// Its path below the directory.
    var name: String
    /// What it is, in words; empty for a plain file.
    var words: String
    /// Which file it is.
    var place: FilePlace

    /// The two together: `figures/a.svg (changed since)`.
    var description: String { words.isEmpty ? name : "\(name) (\(words))" }
  }

  /// The manifest, where there is one.
  private(set) var manifest: ResultsManifest?
  /// The list of a run that broke off while it put files in place, where there is one.
  private(set) var unfinished: ResultsManifest?
  /// Isobole's files that are there, by their paths below the directory; the manifests among them.
  private(set) var files: [String: FileIdentity] = [:]
  /// Their sizes and digests, without the manifests'.
  private(set) var listed: [String: ResultsManifest.File] = [:]
  /// The directories that hold such files, those inside others first.
  private(set) var folders: [String] = []
  /// The rest, in the order of names.
  private(set) var foreign: [Foreign] = []
  /// Whether the directory has a `results.json` that no manifest lists: results of version 0.1.0.
  var isOlderResults: Bool {
    manifest == nil && unfinished == nil && foreign.contains { $0.name == "results.json" && $0.words.isEmpty }
  }

  private let expected: [String: Set<ResultsManifest.File>]
  private let expectedFolders: Set<String>
  private let ignored: Set<String>

  /// Looks through a directory.
  ///
  /// - Parameters:
  ///   - known: What was found there before: the content of a file that has not changed since is not read again.
  ///   - ignored: Names in the directory itself that are passed over.
  init(of folder: Folder, known: OwnFiles? = nil, ignoring ignored: Set<String> = []) throws(SystemFailure) {
    self.ignored = ignored
    func read(_ name: String) throws(SystemFailure) -> ResultsManifest? {
      // Not by its path, which after an exchange is the other directory's.
      guard let status = try folder.status(of: name), status.st_mode & S_IFMT == S_IFREG,
        status.st_size < 1 << 28
      else { return nil }
      return ResultsManifest(try folder.read(name))
    }
    manifest = try read(ResultsManifest.name)
    unfinished = try read(ResultsManifest.unfinishedName)
    let all = (manifest?.files ?? []) + (unfinished?.files ?? [])
    expected = Dictionary(grouping: all, by: \.name).mapValues { Set($0) }
    var above: Set<String> = []
    for name in expected.keys {
      var parts = name.split(separator: "/").dropLast()
      while !parts.isEmpty {
        above.insert(parts.joined(separator: "/"))
        parts = parts.dropLast()
      }
    }
    expectedFolders = above
    try look(folder, below: "", known, known == nil ? Self.digests(of: all.map(\.name), in: folder) : [:])
  }

  /// A file as it was when its digest was taken.
  private typealias Digested = (identity: FileIdentity, file: ResultsManifest.File)

  /// Digests files of the directory itself on all cores; what cannot be read is left to be told of later.
  private static func digests(of names: [String], in folder: Folder) -> [String: Digested] {
    let found = Mutex<[String: Digested]>([:])
    DispatchQueue.concurrentPerform(iterations: names.count) { place in
      let name = names[place]
      guard !name.contains("/"), let status = try? folder.status(of: name), status.st_mode & S_IFMT == S_IFREG,
        let digest = try? FileDigest.of(name, in: folder)
      else { return }
      let file = ResultsManifest.File(name: name, bytes: digest.bytes, sha256: digest.sha256)
      found.withLock { $0[name] = (FileIdentity(status), file) }
    }
    return found.withLock { $0 }
  }

  private mutating func look(
    _ folder: Folder, below: String, _ known: OwnFiles?, _ read: [String: Digested]
  ) throws(SystemFailure) {
    for name in try folder.names() where !below.isEmpty || !ignored.contains(name) {
      let path = below + name
      guard let status = try folder.status(of: name) else {
        // Gone meanwhile; or a name that is not UTF-8, which is read repaired.
        if name.contains("\u{FFFD}") {
          foreign.append(Foreign(name: path, words: "a name that is not UTF-8", place: FilePlace(stat())))
        }
        continue
      }
      let identity = FileIdentity(status)
      switch status.st_mode & S_IFMT {
      case S_IFREG:
        if below.isEmpty,
          name == ResultsManifest.name && manifest != nil
            || name == ResultsManifest.unfinishedName && unfinished != nil
        {
          files[path] = identity
        } else if let listed = expected[path] {
          let stated =
            known?.files[path] == identity
            ? known?.listed[path] : read[path]?.identity == identity ? read[path]?.file : nil
          let found: ResultsManifest.File
          if let stated {
            found = stated
          } else {
            let digest = try FileDigest.of(name, in: folder)
            found = ResultsManifest.File(name: path, bytes: digest.bytes, sha256: digest.sha256)
          }
          if listed.contains(found) {
            files[path] = identity
            self.listed[path] = found
          } else {
            foreign.append(Foreign(name: path, words: "changed since", place: identity.place))
          }
        } else {
          foreign.append(Foreign(name: path, words: "", place: identity.place))
        }
      case S_IFDIR where expectedFolders.contains(path):
        try look(Folder(name, in: folder), below: path + "/", known, read)
        folders.append(path)
      case S_IFDIR:
        foreign.append(Foreign(name: path + "/", words: Self.words(name, in: folder), place: identity.place))
      case S_IFLNK: foreign.append(Foreign(name: path, words: "a link", place: identity.place))
      default: foreign.append(Foreign(name: path, words: "no plain file", place: identity.place))
      }
    }
  }

  private static func words(_ name: String, in folder: Folder) -> String {
    if StagingName.isAny(name) { return "unfinished files of another run" }
    let kind = ResultsManifest.of(folder.path(of: name))?.kind
    return kind == .report ? "a report made by isobole report" : "a directory"
  }

  /// Removes the files from the directory, the manifests last, and the directories that are then empty. A file that
  /// changed since it was looked at stays.
  func remove(from folder: Folder) throws(SystemFailure) {
    let last = [ResultsManifest.name, ResultsManifest.unfinishedName]
    for path in files.keys.sorted() where !last.contains(path) { try remove(path, from: folder) }
    // While a directory stays that could go, the manifest does too, so that the next run knows what it is.
    for path in folders { try Self.removeIfEmpty(path, from: folder) }
    for path in last { try remove(path, from: folder) }
  }

  private func remove(_ path: String, from folder: Folder) throws(SystemFailure) {
    let names = path.split(separator: "/")
    guard let name = names.last.map(String.init), let above = try folder.folder(at: names.dropLast()),
      let status = try above.status(of: name), FileIdentity(status) == files[path]
    else { return }
    try above.remove(name)
  }

  /// Removes a directory by its path below another, unless something is in it.
  static func removeIfEmpty(_ path: String, from folder: Folder) throws(SystemFailure) {
    let names = path.split(separator: "/")
    guard let name = names.last, let above = try folder.folder(at: names.dropLast()) else { return }
    do { try above.removeFolder(String(name)) } catch {
      guard [ENOTEMPTY, EEXIST, ENOENT].contains(error.code) else { throw error }
    }
  }
}
