import Foundation
import HTTPTypes
import Hummingbird

/// Signing in and out, and who one is.
struct SessionRoutes {
  let services: Services

  struct Answer: Encodable {
    struct User: Encodable {
      var name: String
      var role: Role
    }
    var user: User
    var csrf: String
    var demandsSignIn: Bool

    enum CodingKeys: String, CodingKey {
      case user, csrf
      case demandsSignIn = "demands_sign_in"
    }
  }

  struct Credentials: Decodable {
    var name: String
    var password: String
  }

  func add(to group: RouterGroup<WebContext>) {
    group.get("session") { _, context in
      guard let visitor = context.visitor else { throw APIError.signIn }
      return try JSONBody.response(answer(visitor.person, csrf: visitor.csrf))
    }
    group.post("session") { request, context in
      let credentials = try await JSONBody.decode(Credentials.self, from: request)
      let (person, cookie, csrf) = try await signIn(credentials, from: context.remote)
      return try JSONBody.response(answer(person, csrf: csrf), status: .created, headers: [.setCookie: cookie])
    }
    group.delete("session") { _, context in
      try await signOut(context)
      return Response(status: .noContent, headers: [.setCookie: expiredCookie])
    }
  }

  private func answer(_ person: Person, csrf: String) -> Answer {
    Answer(user: .init(name: person.name, role: person.role), csrf: csrf, demandsSignIn: services.demandsSignIn)
  }

  /// Checks a name and a password and opens a session.
  ///
  /// - Throws: `APIError` of status 401, 429 or 503. The time does not tell whether there is such an account.
  func signIn(_ credentials: Credentials, from remote: String) async throws -> (Person, cookie: String, csrf: String) {
    guard services.demandsSignIn else {
      throw APIError.conflict("This server is for the person at its machine; nobody signs in.")
    }
    // What cannot be an account's name is not looked for: SQLite would take it up to its first NUL.
    // Nor is what cannot be a password: both would be counted at no cost to the one who sends them.
    guard Store.isAccountName(credentials.name), credentials.password.utf8.count <= PasswordHash.most else {
      throw Self.wrong
    }
    // The same cost for every name: of those that there are not, nothing is familiar.
    let name = credentials.name.lowercased()
    let address = ClientAddress.counted(remote)
    let attempt = LoginRateLimiter.Attempt(
      name: name, address: address, isFamiliar: try await services.store.isFamiliar(name, from: address))
    if let wait = services.signIns.begin(attempt) { throw APIError.slowDown(wait) }
    let known = try await services.store.signInData(name: credentials.name)
    let isRight = try await matches(credentials.password, known?.hash ?? PasswordHash.nobody, attempt)
    guard let known, isRight else {
      services.signIns.fail(attempt)
      throw Self.wrong
    }
    services.signIns.succeed(attempt)
    try await services.store.noteFamiliar(known.person, from: address)
    let (secret, csrf) = try await services.store.openSession(of: known.person)
    return (known.person, cookie(secret, age: Int(services.options.sessionLife)), csrf)
  }

  /// Checks a password when its turn comes. Strangers may fill half of the queue, one address a quarter of that; the rest is for those
  /// who come from where they have signed in before, a quarter of the queue for one address.
  private func matches(_ password: String, _ hash: String, _ attempt: LoginRateLimiter.Attempt) async throws -> Bool {
    do {
      let most = services.options.maxQueuedSignIns
      return try await services.passwords.run(
        for: attempt.address, most: attempt.isFamiliar ? most : most / 2,
        mostOfParty: max(1, attempt.isFamiliar ? most / 4 : most / 8)
      ) { PasswordHash.matches(password, hash) }
    } catch is Gate.Full {
      services.signIns.withdraw(attempt)
      throw APIError.busySignIn
    }
  }

  private static let wrong = APIError(
    status: .unauthorized, code: "sign_in", message: "Name or password is wrong.")

  /// Ends the session of a request.
  func signOut(_ context: WebContext) async throws {
    if case .session(let hash) = context.visitor?.proof { try await services.store.closeSession(hash: hash) }
  }

  private func cookie(_ secret: String, age: Int) -> String {
    let isSecure = services.options.certificate != nil || services.options.isBehindTLS
    return
      "\(AuthenticationMiddleware.cookie)=\(secret); Path=/; Max-Age=\(age); HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")"
  }

  /// A cookie that takes the session's away.
  var expiredCookie: String { cookie("", age: 0) }
}
