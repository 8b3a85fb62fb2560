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
  public static let endings: Set<String> = ["csv", "tsv", "tab", "txt", "xlsx"]

  /// The files, in the order of the paths given and sorted by name below each directory.
  public private(set) var files: [Found] = []
  /// What could not be searched or was passed over.
  public private(set) var problems: [InputProblem] = []

  private var visited: Set<String> = []
  private var seen: Set<String> = []
  private var pipes: Set<FilePlace> = []

  /// Searches `paths`. What lies in `excluded` (where results go) is passed over. Ends early when the task is
  /// cancelled.
  public init(paths: [String], excluding excluded: String? = nil) {
    let excluded = excluded.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    for path in paths {
      switch FileKind(path) {
      case .absent: refuse(path, Self.whyAbsent(path))
      case .directory: searchNamed(path, excluding: excluded)
      case .device where path != Self.standardInput:
        refuse(path, "this is a device, expected a file or a directory; save what it gives in a file")
      case .file, .pipe, .device: take(path, name: URL(fileURLWithPath: path).lastPathComponent, isNamed: true)
      }
    }
    nameApart()
  }

  /// The same files without those that have a part of their own in the run, wherever they were found.
  public func without(_ paths: [String]) -> FileDiscovery {
    let real = { (path: String) in URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    let others = Set(paths.map(real))
    guard !others.isEmpty else { return self }
    var rest = self
    rest.files.removeAll { others.contains(real($0.path)) }
    return rest
  }

  /// The path under which a program finds its standard input.
  public static let standardInput = "/dev/stdin"

  /// Searches a directory that the user named.
  private mutating func searchNamed(_ path: String, excluding excluded: String?) {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    if visited.contains(real) { return note(path, "this directory was already searched; it is read once") }
    if real == excluded {
      return refuse(path, "the results go into this directory, so it is not searched; name another one with --out")
    }
    if let traces = ResultsTraces(path), traces.isAll {
      return refuse(path, "this directory holds \(traces.words); name the directory or file with the plates")
    }
    let found = files.count
    let refused = problems.count { $0.severity == .error }
    search(path, below: "", excluding: excluded)
    if files.count == found, problems.count(where: { $0.severity == .error }) == refused {
      refuse(
        path,
        "no \(Self.endings.sorted().map { "." + $0 }.joined(separator: ", ")) file in this directory; "
          + "name a file to have it read whatever its ending")
    }
  }

  private mutating func search(_ path: String, below: String, excluding excluded: String?) {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    if real == excluded || Task.isCancelled { return }
    guard visited.insert(real).inserted else {
      return note(path, "this directory was already searched (a link leads back to \(real)); passed over")
    }
    let traces = ResultsTraces(path)
    if let traces, traces.isAll { return note(path, "this directory holds \(traces.words); passed over") }
    let entries: [String]
    do {
      entries = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      return refuse(path, "the directory could not be read (\(Self.reason(error))); check its permissions")
    }
    var foreign: [String] = []
    if let traces {
      note(path, "this directory holds \(traces.words) among other files; the run's own files are passed over")
    }
    for entry in entries where !entry.hasPrefix(".") && traces?.names.contains(entry) != true {
      let full = path.hasSuffix("/") ? path + entry : path + "/" + entry
      let name = below.isEmpty ? entry : below + "/" + entry
      let isTable = Self.endings.contains(URL(fileURLWithPath: entry).pathExtension.lowercased())
      switch FileKind(full) {
      case .absent: refuse(full, Self.whyAbsent(full))
      case .directory: search(full, below: name, excluding: excluded)
      case .file where isTable: take(full, name: name, isNamed: false)
      case .file, .pipe, .device: foreign.append(entry)
      }
    }
    passOver(foreign, in: path, because: "they are no \(Self.endings.sorted().joined(separator: ", ")) files")
    let hidden = entries.filter { $0.hasPrefix(".") }
    passOver(hidden.filter { !StagingName.isAny($0) }, in: path, because: "they are hidden")
    if hidden.contains(where: StagingName.isAny) {
      note(path, "another run of Isobole writes here or broke off; its unfinished files are passed over")
    }
  }

  private mutating func passOver(_ entries: [String], in path: String, because reason: String) {
    guard !entries.isEmpty else { return }
    let some = entries.prefix(3).joined(separator: ", ") + (entries.count > 3 ? ", …" : "")
    note(path, "passed over because \(reason): \(entries.count) (\(some)); name a file to have it read")
  }

  private mutating func take(_ path: String, name: String, isNamed: Bool) {
    guard seen.insert(URL(fileURLWithPath: path).standardizedFileURL.path).inserted else {
      if isNamed { note(path, "this file was already found; it is read once") }
      return
    }
    if case .pipe = FileKind(path), let pipe = FilePlace(path: path), !pipes.insert(pipe).inserted {
      return note(path, "this pipe was already named under another path; it is read once")
    }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    files.append(Found(path: path, name: name, bytes: size))
  }

  private mutating func refuse(_ path: String, _ message: String) {
    problems.append(InputProblem(file: path, severity: .error, message: message))
  }

  private mutating func note(_ path: String, _ message: String) {
    problems.append(InputProblem(file: path, severity: .info, message: message))
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
      return "no such file or directory; check the path, and that the name is UTF-8 text"
    }
    return "this link leads nowhere or in a circle; remove it or point it at a file"
  }

  /// Why a file or directory could not be read.
  static func reason(_ error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return cause.code == Int(EACCES) ? "no permission" : String(cString: strerror(Int32(cause.code)))
  }
}

/// What a path leads to, links followed.
private enum FileKind {
  case absent
  case directory
  case file
  case pipe
  case device

  init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      self = .absent
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: self = .directory
    case S_IFREG: self = .file
    case S_IFIFO, S_IFSOCK: self = .pipe
    default: self = .device
    }
  }
}
