import Foundation
import HTTPTypes
import Hummingbird

/// Files from the disk as answers.
enum StoredFile {
  private static let disposition = HTTPField.Name("Content-Disposition")

  /// A file, streamed.
  ///
  /// - Throws: `APIError.notFound` when it is not there.
  static func response(
    _ path: String, name: String, type: String, isDownload: Bool, policy: String? = nil, _ context: WebContext
  ) async throws -> Response {
    guard FileManager.default.fileExists(atPath: path) else { throw APIError.notFound("file") }
    let body = try await FileIO().loadFile(path: path, context: context)
    var headers = HTTPFields()
    headers[.contentType] = type
    if let disposition {
      headers[disposition] = (isDownload ? "attachment" : "inline") + "; filename*=UTF-8''" + escaped(name)
    }
    if let policy { headers[.contentSecurityPolicy] = policy }
    return Response(status: .ok, headers: headers, body: body)
  }

  /// RFC 5987: what is no letter or digit is escaped.
  private static func escaped(_ name: String) -> String {
    name.addingPercentEncoding(
      withAllowedCharacters: .init(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"))
      ?? "file"
  }

  /// The type of an output by its ending.
  static func type(of name: String) -> String {
    switch URL(fileURLWithPath: name).pathExtension {
    case "csv": "text/csv; charset=utf-8"
    case "json": "application/json; charset=utf-8"
    case "html": "text/html; charset=utf-8"
    case "md", "txt": "text/plain; charset=utf-8"
    case "pdf": "application/pdf"
    case "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    default: "application/octet-stream"
    }
  }
}
