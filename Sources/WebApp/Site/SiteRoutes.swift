import Foundation
import HTTPTypes
import Hummingbird

/// The pages, and the files that they load.
struct SiteRoutes {
  let services: Services

  func add(to router: Router<WebContext>) {
    let pages = router.group("").add(middleware: SignInRedirect(services: services))
    ScreenPages(services: services).add(to: pages)
    RunPages(services: services).add(to: pages)
    CombinationPages(services: services).add(to: pages)
    FormatPages(services: services).add(to: pages)
    router.get("sign-in") { request, context in
      if context.visitor != nil { return Self.redirect(to: Self.next(request)) }
      let page = SignInPage(frame: SiteFrame.of(context, services), next: Self.next(request))
      return Self.html(page.html)
    }
    router.post("sign-in") { request, context in try await signIn(request, context) }
    router.get("assets/:name") { request, context in try await asset(context.name("name"), request, context) }
    router.get("favicon.ico") { request, context in try await asset("icon.svg", request, context) }
    router.get("health") { _, _ in Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "ok\n"))) }
  }

  /// The form of the sign-in page as a browser without JavaScript sends it.
  private func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
    let form = FormBody(try await JSONBody.bytes(of: request))
    let next = form["next"].flatMap { SignInPage.isOwnPath($0) ? $0 : nil } ?? "/"
    let name = form["name"] ?? ""
    do {
      let (_, cookie, _) = try await SessionRoutes(services: services).signIn(
        .init(name: name, password: form["password"] ?? ""), from: context.remote)
      return Response(status: .seeOther, headers: [.location: next, .setCookie: cookie])
    } catch let error as APIError {
      let page = SignInPage(
        frame: SiteFrame.of(context, services), message: error.message, name: String(name.prefix(64)), next: next)
      return Self.html(page.html, status: error.status)
    }
  }

  private static func next(_ request: Request) -> String {
    request.query("next").flatMap { SignInPage.isOwnPath($0) ? $0 : nil } ?? "/"
  }

  /// A page.
  static func html(_ text: String, status: HTTPResponse.Status = .ok, policy: String? = nil) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = "text/html; charset=utf-8"
    if let policy { headers[.contentSecurityPolicy] = policy }
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// Another place.
  static func redirect(to path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path])
  }

  private func asset(_ name: String, _ request: Request, _ context: WebContext) async throws -> Response {
    var headers = HTTPFields()
    // The surface's frame has no origin of its own, and loads its script from here all the same.
    if let policy = HTTPField.Name("Cross-Origin-Resource-Policy") { headers[policy] = "cross-origin" }
    if name == "plotly.min.js" {
      guard FileManager.default.fileExists(atPath: services.options.plotly) else { throw APIError.notFound("asset") }
      headers[.contentType] = "text/javascript; charset=utf-8"
      headers[.cacheControl] = "max-age=86400"
      return Response(
        status: .ok, headers: headers,
        body: try await FileIO().loadFile(path: services.options.plotly, context: context))
    }
    guard let asset = Assets.file(named: name) else { throw APIError.notFound("asset") }
    headers[.eTag] = asset.etag
    headers[.cacheControl] = "no-cache"
    if request.headers[.ifNoneMatch] == asset.etag { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = asset.contentType
    return Response(
      status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
  }
}

/// Leads people who are not signed in to the page that lets them.
struct SignInRedirect: RouterMiddleware {
  let services: Services

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    guard context.visitor == nil else { return try await next(request, context) }
    return SiteRoutes.redirect(to: "/sign-in?next=" + Links.segment(request.uri.string))
  }
}

/// What every page knows of its reader.
enum SiteFrame {
  /// The frame of a run's pages: they say when wells were left out or taken in since.
  static func of(
    _ context: WebContext, _ services: Services, screen: Screen, run: Run
  ) async throws -> PageFrame {
    var frame = of(context, services, screen: screen)
    let leftOut = try await services.store.leftOut(of: screen.id)
    if !Rescoring.isSame(leftOut, as: run) {
      frame.notice =
        "Wells were excluded or restored after run \(run.number). This page does not reflect that yet. "
        + "Analyse the screen again to have it in them."
    }
    return frame
  }

  static func of(_ context: WebContext, _ services: Services, screen: Screen? = nil) -> PageFrame {
    let person = context.visitor?.person
    return PageFrame(
      user: services.demandsSignIn ? person?.name : nil,
      role: person.flatMap { PageFrame.Role(rawValue: $0.role.rawValue) } ?? .reader,
      canEdit: (person?.role.mayEdit ?? false) && !(screen?.isArchived ?? false),
      canSignOut: services.demandsSignIn && person != nil, csrf: context.visitor?.csrf ?? "",
      version: services.options.version)
  }
}

/// Errors as pages.
struct SiteErrors {
  let services: Services

  func page(_ error: APIError, _ request: Request, _ context: WebContext) async throws -> Response {
    // What fails before it is known who reads has a page all the same; but a foreign name for this machine gets nothing
    // that proves where a request comes from.
    var context = context
    if context.visitor == nil, error.status == .notFound, let local = services.local {
      context.visitor = Visitor(person: local, proof: .local, csrf: services.localCSRF)
    }
    let page = ErrorPage(
      frame: SiteFrame.of(context, services), status: error.status.code, message: error.message,
      link: error.status == .unauthorized ? ("Sign in", "/sign-in") : ("All screens", "/"))
    var response = SiteRoutes.html(page.html, status: error.status)
    for (name, value) in error.headers {
      if let name = HTTPField.Name(name) { response.headers[name] = value }
    }
    return response
  }
}
