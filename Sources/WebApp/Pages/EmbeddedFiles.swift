import CResources

/// The files that are a part of the program: those of `Assets`, `Templates` and `Example`, and `API/openapi.json`.
enum EmbeddedFiles {
  /// Their bytes under their names, those in folders with the folder.
  private static let all: [String: [UInt8]] = {
    var all: [String: [UInt8]] = [:]
    var place = 0
    while case let file = isobole_web_file(place), let name = file.name {
      all[String(cString: name)] = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
      place += 1
    }
    return all
  }()

  /// The bytes of a file.
  static func bytes(_ name: String) -> [UInt8] {
    guard let bytes = all[name] else { preconditionFailure("there is no file \(name) in CResources/web.c") }
    return bytes
  }

  /// The files of a folder under their own names.
  static func folder(_ name: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for (path, bytes) in all where path.hasPrefix(name + "/") { files[String(path.dropFirst(name.count + 1))] = bytes }
    return files
  }
}
