import Assay
import Foundation

/// The files of a screen: what the user named, directories searched to their end.
public struct FileDiscovery: Sendable {
  /// One file.
  public struct Found: Sendable, Hashable {
    /// The path as the user named it; below a directory, that path and the rest.
    public var path: String
    /// The path below what the user named, without its ending: the file's name among the screen's files.
    public var name: String
    /// Size in bytes.
    public var bytes: Int
  }

  /// Endings of the files that a search in a directory takes. A file that the user names is read whatever its ending.
  public static let endings: Set<String> = ["csv", "tsv", "tab", "txt"]

  /// The files, in the order of the paths given and sorted by name below each directory.
  public private(set) var files: [Found] = []
  /// What could not be searched or was passed over.
  public private(set) var problems: [InputProblem] = []

  private var visited: Set<String> = []
  private var seen: Set<String> = []

  /// Searches `paths`. Files below `excluded` (where results go) are passed over.
  public init(paths: [String], excluding excluded: String? = nil) {
    let excludedPath = excluded.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    for path in paths {
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
        problems.append(
          InputProblem(file: path, severity: .refused, message: Self.whyAbsent(path)))
        continue
      }
      if isDirectory.boolValue {
        let before = files.count
        let problemsBefore = problems.count
        search(path, below: "", excluding: excludedPath)
        if files.count == before, problems[problemsBefore...].allSatisfy({ $0.severity != .refused }) {
          problems.append(
            InputProblem(
              file: path, severity: .refused,
              message: "no \(Self.endings.sorted().map { "." + $0 }.joined(separator: ", ")) file in this directory; "
                + "name a file to have it read whatever its ending"))
        }
      } else {
        take(path, name: URL(fileURLWithPath: path).lastPathComponent)
      }
    }
    nameApart()
  }

  private mutating func search(_ path: String, below: String, excluding excluded: String?) {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    if real == excluded { return }
    guard visited.insert(real).inserted else {
      problems.append(
        InputProblem(
          file: path, severity: .noted,
          message: "this directory was already searched (a link leads back to \(real)); passed over"))
      return
    }
    let entries: [String]
    do {
      entries = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      problems.append(
        InputProblem(
          file: path, severity: .refused,
          message: "the directory could not be read (\(Self.reason(error))); check its permissions"))
      return
    }
    var passedOver: [String] = []
    for entry in entries where !entry.hasPrefix(".") {
      let full = path.hasSuffix("/") ? path + entry : path + "/" + entry
      let name = below.isEmpty ? entry : below + "/" + entry
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory) else {
        problems.append(InputProblem(file: full, severity: .refused, message: Self.whyAbsent(full)))
        continue
      }
      if isDirectory.boolValue {
        search(full, below: name, excluding: excluded)
      } else if Self.endings.contains(URL(fileURLWithPath: entry).pathExtension.lowercased()) {
        take(full, name: name)
      } else {
        passedOver.append(entry)
      }
    }
    if !passedOver.isEmpty {
      let some = passedOver.prefix(3).joined(separator: ", ") + (passedOver.count > 3 ? ", …" : "")
      problems.append(
        InputProblem(
          file: path, severity: .noted,
          message:
            "\(passedOver.count) file(s) passed over because of their ending (\(some)); name a file to have it read"))
    }
  }

  private mutating func take(_ path: String, name: String) {
    guard seen.insert(URL(fileURLWithPath: path).standardizedFileURL.path).inserted else { return }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    files.append(Found(path: path, name: name, bytes: size))
  }

  /// Takes the endings off the names wherever they stay different.
  private mutating func nameApart() {
    var uses: [String: Int] = [:]
    let short = files.map { file in
      let ending = URL(fileURLWithPath: file.name).pathExtension
      return ending.isEmpty ? file.name : String(file.name.dropLast(ending.count + 1))
    }
    for name in short { uses[name, default: 0] += 1 }
    var full: [String: Int] = [:]
    for index in files.indices {
      if uses[short[index]] == 1 { files[index].name = short[index] }
      full[files[index].name, default: 0] += 1
    }
    for index in files.indices where full[files[index].name, default: 0] > 1 { files[index].name = files[index].path }
  }

  private static func whyAbsent(_ path: String) -> String {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeSymbolicLink else {
      return "no such file or directory"
    }
    return "this link leads nowhere or in a circle; remove it or point it at a file"
  }

  static func reason(_ error: any Error) -> String {
    let code = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    switch code.code {
    case Int(EACCES), NSFileReadNoPermissionError: return "no permission"
    default: return error.localizedDescription
    }
  }
}
