/// One thing that is wrong in a registry file, with its place.
public struct RegistryFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    /// The file is not YAML.
    case syntax(String)
    /// A bound is passed.
    case tooLarge(String, limit: String)
    /// YAML that a registry does not use: anchors, aliases, tags, several documents.
    case unsupported(String)
    /// A key stands twice in one mapping.
    case duplicateKey(firstLine: Int)
    /// A key that the schema does not know.
    case unknownKey(known: [String])
    /// A key that the schema asks for is not there.
    case missingKey(in: String)
    /// Another value was expected.
    case value(found: String, expected: String)
    /// A fact without a citation.
    case uncited(of: String)
    /// A source that the file does not list.
    case unknownSource(String, known: [String])
    /// A trial names a drug that is in no registry file.
    case unknownDrug(String, trial: String)
    /// Two compounds claim one name.
    case ambiguousName(String, first: String, second: String)
  }

  /// The line, from 1; `nil` when it is the whole file's.
  public var line: Int?
  /// The key, where there is one.
  public var key: String?
  /// What is wrong.
  public var kind: Kind

  /// Makes a fault.
  public init(line: Int?, key: String? = nil, _ kind: Kind) {
    self.line = line
    self.key = key
    self.kind = kind
  }

  /// Line, key, what was read, what was expected and what to do.
  public var description: String {
    [line.map { "line \($0)" }, key.map { "\($0)" }, message].compactMap(\.self).joined(separator: ": ")
  }

  private var message: String {
    switch kind {
    case .syntax(let problem):
      "this is not YAML (\(problem)); check indentation, colons and quotes"
    case .tooLarge(let found, let limit):
      "\(found) than a registry may have (\(limit)); split the file and give each part with --compounds"
    case .unsupported(let found):
      "\(found): a registry is plain scalars, lists and mappings; write the value out"
    case .duplicateKey(let first):
      "this key already stands on line \(first); keep one of them"
    case .unknownKey(let known):
      "no such key; expected one of \(known.joined(separator: ", "))"
    case .missingKey(let parent):
      "\(parent) lacks this key; add it"
    case .value(let found, let expected):
      "read \(found), expected \(expected)"
    case .uncited(let what):
      "\(what) has no citation; give `citation: …`, or `source:` with a key of `sources`"
    case .unknownSource(let name, let known):
      "read “\(name)”, expected a key of `sources`"
        + (known.isEmpty ? "; the file lists none" : ": \(known.joined(separator: ", "))")
    case .unknownDrug(let drug, let trial):
      "\(trial) names “\(drug)”, which is no compound of the registry; correct the name or add the compound"
    case .ambiguousName(let name, let first, let second):
      "“\(name)” is claimed by \(first) and by \(second); a name belongs to one compound: take it off one of them"
    }
  }
}
