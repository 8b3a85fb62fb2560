import Compounds

/// What a screen knows of its drugs, and what it does with it.
public struct CompoundOptions: Sendable, CustomReflectable {
  /// A registry file, so that a reader can repeat the run.
  public struct File: Sendable, Hashable, Codable {
    /// The path as the user named it; `built-in` for the registry that the program carries.
    public var name: String
    /// Lower-case hexadecimal SHA-256 of its bytes.
    public var sha256: String
  }

  /// Names, targets and Cmax of drugs. Default: the built-in registry.
  public var registry: CompoundRegistry
  /// Whether names and the order of drugs stay as read. Default: no.
  public var keepsNames: Bool

  /// Names that stand for others. Default: none.
  public var renames: [DrugRename] = []

  /// Makes options.
  public init(registry: CompoundRegistry = .builtIn, keepsNames: Bool = false) {
    self.registry = registry
    self.keepsNames = keepsNames
  }

  /// The files that the registry was made of.
  public var files: [File] {
    registry.files.map { File(name: $0.name, sha256: FileContent.sha256(of: $0.bytes)) }
  }

  /// What the names of a known drug have in common; `nil` for an unknown one, and when names stay as read.
  func drugKey(of name: String) -> String? {
    let renamed = renamed(name)
    if let known = keepsNames ? nil : registry.compound(named: renamed)?.name { return known }
    return renamed == name ? nil : renamed.lowercased()
  }

  /// The name that a person said a drug has.
  func renamed(_ name: String) -> String {
    guard !renames.isEmpty else { return name }
    let key = CompoundName(name)
    return renames.last { CompoundName($0.name) == key }?.newName ?? name
  }

  /// What is written into the results: the files by name and hash, not their content.
  public var customMirror: Mirror {
    Mirror(
      self, children: ["keepsNames": keepsNames, "renames": renames, "registryFiles": files], displayStyle: .struct)
  }
}

extension CompoundOptions: Codable {
  private enum CodingKeys: String, CodingKey {
    case keepsNames, renames, registryFiles
  }

  /// Why the registry is not that of the run.
  struct OtherRegistry: Error, CustomStringConvertible {
    var description: String
  }

  /// Writes the registry's files by name and hash, not their content.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(keepsNames, forKey: .keepsNames)
    try container.encode(renames, forKey: .renames)
    try container.encode(files, forKey: .registryFiles)
  }

  /// Reads a lab's registry files again where they were; they must be those of the run.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(keepsNames: try container.decode(Bool.self, forKey: .keepsNames))
    renames = try container.decode([DrugRename].self, forKey: .renames)
    let files = try container.decode([File].self, forKey: .registryFiles)
    let builtIn = CompoundRegistry.builtIn.files.map(\.name)
    do {
      registry = try .builtIn(andFilesAt: files.map(\.name).filter { !builtIn.contains($0) })
    } catch {
      throw OtherRegistry(description: "\(error); the run used it, put it in place")
    }
    guard self.files.map(\.name) == files.map(\.name) else {
      throw OtherRegistry(description: "it names other registry files than a run does")
    }
    for (file, now) in zip(files, self.files) where file.sha256 != now.sha256 {
      throw OtherRegistry(
        description: "the registry file \(file.name) is not that of the run (SHA-256 \(now.sha256.prefix(12))…, was "
          + "\(file.sha256.prefix(12))…); put that one in place")
    }
  }
}

/// A drug's name that stands for another: `Selinexer=selinexor`.
public struct DrugRename: Sendable, Hashable, RawRepresentable, Codable {
  /// The name as files have it; case, spaces and dashes do not matter.
  public var name: String
  /// The name that it stands for.
  public var newName: String

  /// Reads `OLD=NEW`.
  public init?(rawValue: String) {
    let parts = rawValue.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    (name, newName) = (parts[0], parts[1])
  }

  /// `OLD=NEW`.
  public var rawValue: String { "\(name)=\(newName)" }
}
