import Hummingbird

/// Answers only to the server's own names. Else a page elsewhere could point a name of its own at this machine and read what the server
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

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    if let names {
      let host = Self.withoutPort(request.head.authority ?? "").lowercased()
      guard names.contains(host) else { throw APIError.host(String(host.prefix(80))) }
    }
    return try await next(request, context)
  }

  static func withoutPort(_ authority: String) -> String {
    if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
    return String(authority.prefix { $0 != ":" })
  }
}
