import Compounds
import Foundation

extension CompoundRegistry {
  /// The built-in registry and the files at some paths after it, in their order.
  ///
  /// - Throws: `CompoundsError` when a file cannot be read or used.
  public static func builtIn(andFilesAt paths: [String]) throws(CompoundsError) -> CompoundRegistry {
    var files: [RegistryFile] = []
    for path in paths { files.append(try registryFile(at: path)) }
    return try builtIn(and: files)
  }

  /// The registry file at a path. No more of it is read than a registry may have.
  ///
  /// - Throws: `CompoundsError` when it cannot be read or used.
  public static func registryFile(at path: String) throws(CompoundsError) -> RegistryFile {
    let bytes: Data
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      bytes = try handle.read(upToCount: RegistryFile.mostBytes + 1) ?? Data()
    } catch {
      throw .unreadable(file: path, reason: FileDiscovery.reason(error))
    }
    return try RegistryFile([UInt8](bytes), name: path)
  }
}
