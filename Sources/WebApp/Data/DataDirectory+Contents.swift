import CFileSystem
import Foundation

/// What lies in a data directory, whatever its store says.
extension DataDirectory {
  /// Whether there is a store that is more than an empty file.
  static func hasStore(_ path: String) -> Bool {
    let store = isobole_follow(path + "/isobole.sqlite")
    return store.fault == 0 && store.is_file && store.size > 0
  }

  /// The uploads by their digests, with their sizes. What is not named like an upload is none.
  static func uploads(in path: String) -> [String: Int] {
    var uploads: [String: Int] = [:]
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: path + "/files")) ?? []
    for folder in folders where folder.utf8.count == 2 {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: path + "/files/" + folder)) ?? []
      where isDigest(name) && name.hasPrefix(folder) {
        let file = isobole_look(path + "/files/" + folder + "/" + name)
        if file.fault == 0, file.is_file { uploads[name] = Int(file.size) }
      }
    }
    return uploads
  }

  private static func isDigest(_ name: String) -> Bool {
    name.utf8.count == 64 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// The folders of runs by screen and number, with the attempts whose results are there.
  static func runs(in path: String) -> [(screen: Int64, number: Int, attempts: [Int])] {
    func numbers<Value: FixedWidthInteger>(_ folder: String, after prefix: String = "") -> [Value] {
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap { name in
        // Only names that this program gives: `07` is none.
        name.hasPrefix(prefix)
          ? Value(name.dropFirst(prefix.count)).flatMap { "\(prefix)\($0)" == name ? $0 : nil } : nil
      }.sorted()
    }
    return (numbers(path + "/runs") as [Int64]).flatMap { screen in
      (numbers(path + "/runs/\(screen)") as [Int]).map { number in
        (screen, number, numbers(path + "/runs/\(screen)/\(number)", after: "results-"))
      }
    }
  }

  /// How many uploads and runs with results lie there.
  static func contentCount(in path: String) -> Int {
    uploads(in: path).count + runs(in: path).count { !$0.attempts.isEmpty }
  }

  /// Makes sure that nobody makes a new store beside the uploads and runs of a lost one.
  ///
  /// - Throws: `WebAppError.storeIsMissing`.
  static func demandStoreOrNothing(_ path: String) throws(WebAppError) {
    guard !hasStore(path) else { return }
    let count = contentCount(in: path)
    guard count == 0 else { throw .storeIsMissing(path: path, contents: count) }
  }

  /// Makes sure that a server's files do not come among somebody's own.
  ///
  /// - Throws: `WebAppError.holdsOtherFiles`.
  static func demandOwn(_ path: String) throws(WebAppError) {
    guard !hasStore(path) else { return }
    let own = ["files", "incoming", "runs", "orphaned", "lock", "identity", "identity.new", "lost+found"]
    let others = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter {
      !own.contains($0) && !$0.hasPrefix("isobole.sqlite")
    }
    guard others.isEmpty else { throw .holdsOtherFiles(path: path, names: others.sorted()) }
  }

  /// Which store the directory's uploads and runs belong to; `nil` when that was never noted.
  static func identity(of path: String) -> String? {
    guard let text = try? String(contentsOfFile: path + "/identity", encoding: .utf8) else { return nil }
    let identity = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return identity.isEmpty ? nil : identity
  }

  /// Notes which store the directory's uploads and runs belong to.
  ///
  /// - Throws: `IndependentCopy.Fault`.
  static func note(identity: String, in path: String) throws {
    let (unfinished, name) = (path + "/identity.new", path + "/identity")
    do {
      try Data((identity + "\n").utf8).write(to: URL(fileURLWithPath: unfinished))
    } catch {
      throw IndependentCopy.Fault(path: unfinished, reason: reason(error))
    }
    try syncFile(unfinished)
    guard rename(unfinished, name) == 0 else {
      throw IndependentCopy.Fault(path: name, reason: String(cString: strerror(errno)))
    }
    sync(path)
  }
}
