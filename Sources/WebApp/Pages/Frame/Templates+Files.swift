extension Templates {
  /// The embedded templates under their names.
  static let texts: [String: [UInt8]] = {
    var texts: [String: [UInt8]] = [:]
    for (name, bytes) in EmbeddedFiles.folder("Templates") { texts[String(name.prefix { $0 != "." })] = bytes }
    return texts
  }()
}
