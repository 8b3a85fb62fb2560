import Synergy
import Screening
import Foundation
import Hummingbird
import Reporting
import Results

/// A run: its progress, its ranked table, its plates, the reports it wrote, and what changed since another run.
struct RunPages {
  let services: Services

  func add(to group: RouterGroup<WebContext>) {
    group.get("screens/:screen/runs/:run") { request, context in try await run(request, context) }
    group.get("screens/:screen/runs/:run/plates") { _, context in
      let (screen, run) = try await services.run(context)
      let open = try await services.runs.open(run)
      let page = PlatesPage(
        frame: SiteFrame.of(context, services, screen: screen), screen: heading(screen), run: row(run),
        report: open.file.head.plates, problems: try open.file.store.problems())
      return SiteRoutes.html(page.html)
    }
    group.get("screens/:screen/runs/:run/report.html") { _, context in
      let (_, run) = try await services.run(context)
      return try await RunRoutes(services: services).output(
        "report.html", of: run, isDownload: false, policy: Self.reportPolicy, context)
    }
    group.get("screens/:screen/runs/:run/against/:other") { _, context in try await comparison(context) }
  }

  /// The report is one file with its own styles and scripts and asks nothing of any network. Sandboxed, it has no origin: no
  /// session, no API.
  static let reportPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    + "frame-ancestors 'none'; sandbox allow-scripts allow-popups allow-top-navigation-by-user-activation"

  private func heading(_ screen: Screen) -> ScreenHeading {
    ScreenHeading(screen, demandsSignIn: services.demandsSignIn)
  }

  private func row(_ run: Run) -> RunRow {
    RunRow(
      run, step: services.progress.step(of: RunKey(screen: run.screen, number: run.number)),
      threads: services.options.threads)
  }

  private func run(_ request: Request, _ context: WebContext) async throws -> Response {
    let (screen, run) = try await services.run(context)
    let frame = SiteFrame.of(context, services, screen: screen)
    guard run.state == .finished else {
      let problems = try await services.runs.problems(of: run)
      return SiteRoutes.html(
        RunProgressPage(frame: frame, screen: heading(screen), run: row(run), problems: problems).html)
    }
    let open = try await services.runs.open(run)
    let reviews = try await services.store.reviews(of: screen.id)
    let told = try await SiteFrame.of(context, services, screen: screen, run: run)
    let others = try await services.store.runs(of: screen.id).filter {
      $0.state == .finished && $0.number != run.number
    }
    let parameters = request.uri.queryParameters.compactMap { name, value -> (name: String, value: String)? in
      guard let value = value.replacing("+", with: " ").removingPercentEncoding else { return nil }
      return (String(name), value)
    }
    let page = try ReviewPage(
      frame: told, screen: heading(screen), run: row(run), overview: try await open.overview,
      reviews: run.inputs.byBlock(reviews),
      query: RankingQuery(parameters),
      outputs: try RunRoutes(services: services).outputs(of: run).map { .init(name: $0.name, bytes: $0.bytes) },
      otherRuns: others.map(\.number), summaries: open.summaries)
    return SiteRoutes.html(page.html)
  }

  private func comparison(_ context: WebContext) async throws -> Response {
    let (screen, run) = try await services.run(context)
    guard let other = try await services.store.run(context.number("other", "run"), of: screen.id) else {
      throw APIError.notFound("run")
    }
    let (new, old) = (try await services.runs.open(run), try await services.runs.open(other))
    let page = ComparisonPage(
      frame: SiteFrame.of(context, services, screen: screen), screen: heading(screen), run: row(run), other: row(other),
      comparison: try await services.runs.comparison(of: new, with: old),
      models: new.file.head.options.synergy.models)
    return SiteRoutes.html(page.html)
  }
}
