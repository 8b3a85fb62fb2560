@testable import Compounds

/// A lab's file as a test writes it.
enum LabFile {
  /// The file below its first line.
  static func read(_ text: String, name: String = "lab.yaml") throws(CompoundsError) -> RegistryFile {
    try RegistryFile(Array(("isobole_compounds: 1\n" + text).utf8), name: name)
  }

  /// The built-in registry and this file.
  static func registry(_ text: String) throws(CompoundsError) -> CompoundRegistry {
    try CompoundRegistry.builtIn(and: [read(text)])
  }

  /// What is wrong with a file.
  static func faults(_ text: String) -> [RegistryFault] {
    do throws(CompoundsError) {
      _ = try registry(text)
      return []
    } catch {
      guard case .faulty(_, let faults) = error else { return [] }
      return faults
    }
  }
}
