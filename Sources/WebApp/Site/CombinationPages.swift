import Screening
import Foundation
import Hummingbird
import Reporting
import Results

/// A combination, its surface, and combinations side by side.
struct CombinationPages {
  let services: Services

  func add(to group: RouterGroup<WebContext>) {
    group.get("screens/:screen/runs/:run/blocks/:block") { _, context in try await combination(context) }
    group.get("screens/:screen/runs/:run/blocks/:block/surface") { _, context in
      let (_, open, index, _) = try await services.block(context)
      let page = SurfacePage(analysis: try open.file.store.analysis(of: index))
      return SiteRoutes.html(page.html, policy: SurfacePage.contentSecurityPolicy)
    }
    group.get("screens/:screen/runs/:run/side-by-side") { request, context in try await sideBySide(request, context) }
  }

  private func heading(_ screen: Screen) -> ScreenHeading {
    ScreenHeading(screen, demandsSignIn: services.demandsSignIn)
  }

  private func combination(_ context: WebContext) async throws -> Response {
    let (screen, open, index, id) = try await services.block(context)
    guard let summary = try open.summary(of: index), let position = open.positions[index] else {
      throw APIError.notFound("combination")
    }
    let file = open.file
    func neighbour(_ place: Int) -> CombinationPage.Neighbour? {
      file.places.indices.contains(place) ? .init(index: file.places[place].block, rank: place + 1) : nil
    }
    let records = try await services.store.leftOut(of: screen.id, block: id)
    var rescored: Rescored?
    if records.contains(where: \.isActive) || open.run.inputs.leftOut.contains(where: { $0.block == id }) {
      let answer = try await LeftOutRoutes(services: services).answer(index, id, open, in: screen)
      rescored = answer.isAsRun ? nil : Rescored(answer)
    } else if context.visitor?.person.role.mayEdit == true {
      open.prepare()
    }
    let page = CombinationPage(
      frame: try await SiteFrame.of(context, services, screen: screen, run: open.run), screen: heading(screen),
      run: RunRow(open.run, step: nil, threads: services.options.threads), source: file.head,
      analysis: try file.store.analysis(of: index), summary: summary, rank: position + 1,
      previous: neighbour(position - 1), next: neighbour(position + 1),
      review: try await services.store.review(of: id, in: screen.id),
      comments: try await services.store.comments(on: id, in: screen.id).map {
        Comment(text: $0.text, by: $0.by, at: Timestamp.date($0.at))
      }, leftOut: records.map(LeftOutWell.init), rescored: rescored,
      hasPlotly: FileManager.default.fileExists(atPath: services.options.plotly))
    return SiteRoutes.html(page.html)
  }

  private func sideBySide(_ request: Request, _ context: WebContext) async throws -> Response {
    let (screen, run) = try await services.run(context)
    let open = try await services.runs.open(run)
    let asked = request.uri.queryParameters[values: "blocks"].compactMap { $0.removingPercentEncoding }
    let reviews = run.inputs.byBlock(try await services.store.reviews(of: screen.id))
    let entries = try SideBySidePage.indices(asked).compactMap { index -> SideBySidePage.Entry? in
      guard let summary = try open.summary(of: index), let position = open.positions[index] else { return nil }
      return .init(
        analysis: try open.file.store.analysis(of: index), summary: summary, rank: position + 1,
        review: reviews[summary.id] ?? Review())
    }
    guard !entries.isEmpty else {
      throw APIError.bad("Choose combinations to put side by side: tick them in the ranked table.")
    }
    let page = SideBySidePage(
      frame: SiteFrame.of(context, services, screen: screen), screen: heading(screen),
      run: RunRow(run, step: nil, threads: services.options.threads), source: open.file.head, entries: entries)
    return SiteRoutes.html(page.html)
  }
}
