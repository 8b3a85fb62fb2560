import HTTPTypes
import Hummingbird

/// Answers only to requests that name one host (RFC 9112, section 3.2): two names are read as one by a proxy and as the other
/// here. And answers only to the server's own names. Else a page elsewhere could point a name of its own at this machine and read what the server
/// shows without sign-in (DNS rebinding).
struct HostMiddleware: RouterMiddleware {
  /// The names; `nil`: any.
  let names: Set<String>?

  init(_ options: ServeOptions, demandsSignIn: Bool) {
    if !options.names.isEmpty {
      names = Set(options.names.map { $0.lowercased() } + [options.host.lowercased()])
    } else {
      names = demandsSignIn ? nil : ["localhost", "127.0.0.1", "::1", options.host.lowercased()]
    }
  }

  private static let fault = APIError.bad("Expected one Host header that names the server.")
  private static let host = HTTPField.Name("Host")

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    // The first is the authority; others stay among the fields.
    let others = Self.host.map { request.headers[values: $0] } ?? []
    let authority = request.head.authority ?? ""
    guard others.isEmpty, !authority.isEmpty else { throw Self.fault }
    if let names {
      let host = Self.withoutPort(authority).lowercased()
      guard names.contains(host) else { throw APIError.host(String(host.prefix(80))) }
    }
    guard Self.isHost(authority) else { throw Self.fault }
    return try await next(request, context)
  }

  /// Whether a Host header names one host: no lists, no spaces, no user names.
  static func isHost(_ authority: String) -> Bool {
    authority.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !",/\\@?#\"<>".utf8.contains($0) }
  }

  static func withoutPort(_ authority: String) -> String {
    if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
    return String(authority.prefix { $0 != ":" })
  }
}
