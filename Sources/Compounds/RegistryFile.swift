import Assay

/// One registry file, read and found to follow the schema (see this folder's README).
public struct RegistryFile: Sendable {
  /// How the file is called in messages and results: its path, or `built-in`.
  public let name: String
  /// The file as it was read, so that its hash can be stated.
  public let bytes: [UInt8]
  /// The most bytes that a file may have: 1 MiB.
  public static let mostBytes = YAMLDocument.Limit.bytes
  /// The compounds, in the order of the file.
  let compounds: [Entry]
  /// Adverse effects that whole classes have.
  let classes: [ClassEntry]
  /// The trials.
  let trials: [TrialEntry]

  /// What the file says of one compound.
  struct Entry: Sendable {
    var compound: Compound
    var line: Int
  }

  /// What the file says of one class.
  struct ClassEntry: Sendable {
    var name: String
    var adverseEffects: [AdverseEffect]
  }

  /// What the file says of one trial.
  struct TrialEntry: Sendable {
    var trial: ClinicalTrial
    var line: Int
  }

  /// Reads a registry file.
  ///
  /// - Parameters:
  ///   - bytes: The file: YAML, UTF-8 or UTF-16.
  ///   - name: How to call it in messages and results.
  /// - Throws: `CompoundsError.faulty` with everything that is wrong in it.
  public init(_ bytes: [UInt8], name: String) throws(CompoundsError) {
    var reader = RegistryReader()
    do throws(RegistryFault) {
      try reader.read(YAMLDocument.read(bytes))
    } catch {
      throw .faulty(file: name, [error])
    }
    guard reader.faults.isEmpty else { throw .faulty(file: name, reader.faults) }
    self.name = name
    self.bytes = bytes
    (compounds, classes, trials) = (reader.compounds, reader.classes, reader.trials)
  }
}

extension RegistryFile {
  /// What the file holds, in words: `3 compounds, 1 class, no trials`.
  public var summary: String {
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      number == 0 ? "no \(many)" : "\(number) \(number == 1 ? one : many)"
    }
    let parts = [
      count(compounds.count, "compound", "compounds"), count(classes.count, "class", "classes"),
      count(trials.count, "trial", "trials"),
    ]
    return parts.joined(separator: ", ")
  }
}
