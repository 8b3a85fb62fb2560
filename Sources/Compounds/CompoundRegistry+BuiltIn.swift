import CResources

extension CompoundRegistry {
  /// The registry that every binary carries: `Registry/compounds.yaml`.
  public static let builtIn: CompoundRegistry = {
    do {
      return try CompoundRegistry([builtInFile])
    } catch {
      preconditionFailure("the built-in registry is faulty: \(error)")  // a test reads it
    }
  }()

  /// The built-in registry and a lab's files after it, in their order.
  public static func builtIn(and files: [RegistryFile]) throws(CompoundsError) -> CompoundRegistry {
    files.isEmpty ? builtIn : try CompoundRegistry([builtInFile] + files)
  }

  private static let builtInFile: RegistryFile = {
    do {
      let file = isobole_compounds_file()
      return try RegistryFile(Array(UnsafeBufferPointer(start: file.bytes, count: file.count)), name: "built-in")
    } catch {
      preconditionFailure("the built-in registry is faulty: \(error)")
    }
  }()
}
