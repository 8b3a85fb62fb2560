import Logging
import Foundation
import HTTPTypes
import Hummingbird

/// Turns every error into an answer: JSON for the API, a page for people. What nobody foresaw is logged and answered with status 500.
struct ErrorMiddleware: RouterMiddleware {
  let services: Services

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let isAPI = request.uri.path.hasPrefix("/api/")
    do {
      return try await next(request, context)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      let answer = APIError(error) ?? unforeseen(error, request)
      guard !isAPI else { return try Self.json(answer) }
      return try await SiteErrors(services: services).page(answer, request, context)
    }
  }

  private func unforeseen(_ error: any Error, _ request: Request) -> APIError {
    services.logger.error("\(request.method) \(request.uri.path): \(error)")
    return .internalError
  }

  private struct Answer: Encodable {
    struct Fault: Encodable {
      var code: String
      var message: String
    }
    var error: Fault
  }

  /// The error as the API answers it.
  static func json(_ error: APIError) throws -> Response {
    var response = try JSONBody.response(
      Answer(error: .init(code: error.code, message: error.message)), status: error.status)
    for (name, value) in error.headers {
      if let name = HTTPField.Name(name) { response.headers[name] = value }
    }
    return response
  }
}
