/// The API's description, OpenAPI 3.1: what `openapi.json` beside this file says, with the version put in.
enum OpenAPI {
  /// The document.
  static func document(version: String) -> [UInt8] {
    let text = String(decoding: EmbeddedFiles.bytes("openapi.json"), as: UTF8.self)
    return Array(text.replacing("{version}", with: version, maxReplacements: 1).utf8)
  }
}
