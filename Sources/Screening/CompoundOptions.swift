import Compounds

/// What a screen knows of its drugs, and what it does with it.
public struct CompoundOptions: Sendable, CustomReflectable {
  /// A registry file, so that a reader can repeat the run.
  public struct File: Sendable, Hashable {
    /// The path as the user named it; `built-in` for the registry that the program carries.
    public var name: String
    /// Lower-case hexadecimal SHA-256 of its bytes.
    public var sha256: String
  }

  /// Names, targets and Cmax of drugs. Default: the built-in registry.
  public var registry: CompoundRegistry
  /// Whether names and the order of drugs stay as read. Default: no.
  public var keepsNames: Bool

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
  func drugKey(of name: String) -> String? { keepsNames ? nil : registry.compound(named: name)?.name }

  /// What is written into the results: the files by name and hash, not their content.
  public var customMirror: Mirror {
    Mirror(self, children: ["keepsNames": keepsNames, "registryFiles": files], displayStyle: .struct)
  }
}
