import HTTPTypes
import Hummingbird

/// Finds out who sends a request: by a token, a session's cookie, or because the server is for the person at this machine alone.
struct AuthenticationMiddleware: RouterMiddleware {
  let services: Services

  /// The name of the session's cookie.
  static let cookie = "isobole_session"

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.remote = services.clients.of(request, peer: context.remote)
    context.visitor = try await visitor(of: request, context)
    return try await ReadingPlaces.$party.withValue(context.visitor?.person.id ?? 0) {
      try await next(request, context)
    }
  }

  private func visitor(of request: Request, _ context: WebContext) async throws -> Visitor? {
    if let header = request.headers[.authorization] {
      guard header.hasPrefix("Bearer "), header.utf8.count < 200 else { throw APIError.signIn }
      // A right token is never shut out: nobody guesses 256 bits, and a mistyped script must not stop the others.
      if let visitor = try await services.store.visitor(token: String(header.dropFirst(7))) { return visitor }
      if let wait = services.signIns.wrongToken(from: ClientAddress.counted(context.remote)) {
        throw APIError.slowDown(wait)
      }
      throw APIError.signIn
    }
    if let local = services.local { return Visitor(person: local, proof: .local, csrf: services.localCSRF) }
    guard let secret = request.cookies[Self.cookie]?.value, secret.utf8.count < 200 else { return nil }
    return try await services.store.visitor(
      session: secret, idle: services.options.sessionIdle, life: services.options.sessionLife)
  }
}

/// Demands of everything that changes something that it comes from the server's own pages.
struct ForgeryMiddleware: RouterMiddleware {
  static let header = HTTPField.Name("X-Isobole-CSRF")
  private static let site = HTTPField.Name("Sec-Fetch-Site")

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let isSafe = [.get, .head, .options].contains(request.method)
    // Signing in has no session yet; browsers say where the request comes from.
    if !isSafe, context.visitor?.proof != .token {
      if let site = Self.site.flatMap({ request.headers[$0] }), site != "same-origin", site != "none" {
        throw APIError.forgery
      }
      if let origin = request.headers[.origin] {
        let own = request.head.authority ?? ""
        guard ["http://" + own, "https://" + own].contains(origin) else { throw APIError.forgery }
      }
      if let visitor = context.visitor {
        guard let sent = Self.header.flatMap({ request.headers[$0] }), Secrets.areSame(sent, visitor.csrf) else {
          throw APIError.forgery
        }
      }
    }
    return try await next(request, context)
  }
}
