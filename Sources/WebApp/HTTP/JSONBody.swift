import Foundation
import HTTPTypes
import Hummingbird

/// JSON in and out of the API: snake-case keys, one way of encoding for all of it.
enum JSONBody {
  /// The most bytes of a request's JSON.
  static let most = 1 << 20

  /// A response.
  static func response(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: [HTTPField.Name: String] = [:]
  ) throws -> Response {
    Response(
      status: status, headers: fields(headers), body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encode(value))))
  }

  /// A response of JSON that is there already.
  static func response(raw bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
    Response(status: status, headers: fields([:]), body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func fields(_ headers: [HTTPField.Name: String]) -> HTTPFields {
    var fields = HTTPFields()
    fields[.contentType] = "application/json; charset=utf-8"
    fields[.cacheControl] = "no-store"
    for (name, value) in headers { fields[name] = value }
    return fields
  }

  /// A value as JSON.
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }

  /// The body of a request.
  ///
  /// - Throws: `APIError` that says what was expected where.
  static func decode<Value: Decodable>(_ type: Value.Type, from request: Request) async throws -> Value {
    let bytes = try await bytes(of: request)
    do {
      return try JSONDecoder().decode(type, from: bytes.isEmpty ? Data("{}".utf8) : bytes)
    } catch let error as DecodingError {
      throw APIError.bad("The request's JSON could not be read: \(words(error)).")
    } catch {
      throw APIError.bad("The request's JSON could not be read.")
    }
  }

  /// The bytes of a small body.
  static func bytes(of request: Request) async throws -> Data {
    var body = Data()
    for try await buffer in RequestChunks(request.body) {
      guard body.count + buffer.readableBytes <= most else {
        throw APIError(
          status: .contentTooLarge, code: "too_large", message: "Expected at most \(most >> 20) MB of JSON.")
      }
      body.append(contentsOf: buffer.readableBytesView)
    }
    return body
  }

  private static func words(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      return path.isEmpty ? "" : " at \(path)"
    }
    switch error {
    case .keyNotFound(let key, let context): return "“\(key.stringValue)” is missing\(place(context))"
    case .typeMismatch(let type, let context): return "expected \(type)\(place(context))"
    case .valueNotFound(let type, let context): return "expected \(type), not null\(place(context))"
    case .dataCorrupted(let context): return context.debugDescription + place(context)
    @unknown default: return "it is not what was expected"
    }
  }
}
