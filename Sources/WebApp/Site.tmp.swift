import Hummingbird
struct SiteRoutes {
  let services: Services
  func add(to router: Router<WebContext>) {}
}
struct SiteErrors {
  let services: Services
  func page(_ e: APIError, _ request: Request, _ context: WebContext) async throws -> Response {
    try ErrorMiddleware.json(e)
  }
}
