import Foundation

/// Keeps two people who correct the same file from undoing each other unawares: what a page or a program has seen of a file has an
/// `ETag`, and a change says with `If-Match` which version it was made for (RFC 9110, section 13.1.1).
enum FileVersion {
  /// The file is another version by now than the change was made for.
  struct Superseded: Error {}
}

extension ScreenUpload {
  /// The file as people see it: its bytes, what it is for, how it is read.
  var etag: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let corrections = (try? encoder.encode(corrections)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return "\"" + Secrets.digest("\(sha256) \(role.rawValue) \(isRoleSet) \(corrections)").prefix(32) + "\""
  }
}
