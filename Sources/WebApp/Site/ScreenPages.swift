import Assay
import DoseTables
import Foundation
import Hummingbird
import Screening

/// The list of screens, a screen, its files and its plates.
struct ScreenPages {
  let services: Services

  func add(to group: RouterGroup<WebContext>) {
    group.get("/") { request, context in try await list(request, context) }
    group.get("screens/:screen") { _, context in try await screen(context) }
    group.get("screens/:screen/files/:file") { _, context in try await file(context) }
    group.get("screens/:screen/plates") { _, context in try await plates(context) }
  }

  private func list(_ request: Request, _ context: WebContext) async throws -> Response {
    let person = try context.person()
    let showsArchived = request.query("archived") == "true"
    let archived = try await services.store.screens(for: person, archived: true)
    let current = try await services.store.screens(for: person, archived: false)
    var rows: [ScreensPage.Row] = []
    for screen in showsArchived ? current + archived : current {
      let last = try await services.store.lastRun(of: screen.id)
      rows.append(
        .init(
          screen: ScreenHeading(screen, demandsSignIn: services.demandsSignIn), files: screen.files, runs: screen.runs,
          lastRun: last.map { row($0) }))
    }
    var frame = SiteFrame.of(context, services)
    if person.role == .admin { frame.notice = DataNotice(services).text }
    let page = ScreensPage(
      frame: frame, screens: rows, showsArchived: showsArchived, archived: archived.count)
    return SiteRoutes.html(page.html)
  }

  private func row(_ run: Run) -> RunRow {
    RunRow(
      run, step: services.progress.step(of: RunKey(screen: run.screen, number: run.number)),
      threads: services.options.threads)
  }

  private func screen(_ context: WebContext) async throws -> Response {
    let screen = try await services.screen(context)
    let files = try await services.store.files(of: screen.id)
    let runs = try await services.store.runs(of: screen.id)
    let leftOut = try await services.store.leftOut(of: screen.id).count { $0.isActive }
    let history = try await services.store.history(of: screen.id, limit: 200)
    let person = try context.person()
    let twins = try await services.store.twins(of: screen.id, for: person)
    var hindrance: String?
    if !files.isEmpty {
      do throws(APIError) {
        let inputs = try RunInputs(title: screen.name, files: files, leftOut: [])
        if inputs.isPlateScreen { hindrance = await plateWords(of: screen, context) }
      } catch {
        hindrance = error.message
      }
    }
    let page = ScreenPage(
      frame: SiteFrame.of(context, services, screen: screen),
      screen: ScreenHeading(screen, demandsSignIn: services.demandsSignIn),
      files: files.map { FileRow($0, sameAs: twins[$0.name] ?? []) },
      options: (runs.first?.options ?? RunOptions()).form, runs: runs.map { row($0) }, leftOut: leftOut,
      history: history.map {
        .init(at: Timestamp.date($0.at), by: $0.by, action: $0.action, subject: $0.subject, detail: $0.detail)
      }, largestUpload: services.options.largestFile, hindrance: hindrance)
    return SiteRoutes.html(page.html)
  }

  /// What of a plate screen could not be joined or normalised, in a sentence; `nil` when nothing is refused.
  private func plateWords(of screen: Screen, _ context: WebContext) async -> String? {
    let routes = PlateRoutes(services: services)
    guard let survey = try? await context.whileClientStays({ try await routes.survey(of: screen) }) else { return nil }
    let refused = survey.problems.filter { $0.severity == .error }
    guard let first = refused.first else { return nil }
    let count = refused.count == 1 ? "" : " (and \(refused.count - 1) more)"
    return "\(first.file): \(BrowserWords.of(first.message))\(count). See “Plate quality” for all."
  }

  private func file(_ context: WebContext) async throws -> Response {
    let (screen, file) = try await services.file(context)
    // What has neither blocks nor plates nor columns has nothing to draw, and reading it again would say the same; what could
    // not be read to its end is not tried again unasked.
    let stored = try await services.store.reading(of: file)
    let routes = FileRoutes(services: services)
    let content =
      stored.blocks.isEmpty && stored.plates.isEmpty
        && (stored.unread == true || ![.matrix, .manifest, .unknown].contains(stored.kind))
      ? FileReader.Content(reading: stored)
      : try await context.whileClientStays {
        try await routes.content(
          file.sha256, name: file.name, role: file.isRoleSet ? file.role : nil, corrections: file.corrections)
      }
    let layouts = try await services.store.files(of: screen.id).filter { $0.role == .layout || $0.role == .wells }
    var plates: [String] = []
    for layout in layouts { plates += try await services.store.reading(of: layout).plates.compactMap(\.barcode) }
    let page = FilePage(
      frame: SiteFrame.of(context, services, screen: screen),
      screen: ScreenHeading(screen, demandsSignIn: services.demandsSignIn), file: FileRow(file),
      understanding: .init(
        format: content.reading.format, response: content.reading.response, blocks: content.blocks,
        reads: content.plates, facts: content.facts, excerpt: content.excerpt, columns: content.columns,
        problems: content.reading.problems.map { problem in
          InputProblem(
            file: file.name, blockID: problem.blockID,
            severity: InputProblem.Severity(rawValue: problem.severity) ?? .info, line: problem.line,
            message: problem.message)
        }), corrections: file.corrections.map(FilePage.Correction.init), layoutPlates: plates,
      version: file.etag)
    return SiteRoutes.html(page.html)
  }

  private func plates(_ context: WebContext) async throws -> Response {
    let screen = try await services.screen(context)
    let routes = PlateRoutes(services: services)
    let survey = try await context.whileClientStays { try await routes.survey(of: screen) }
    let page = PlatesPage(
      frame: SiteFrame.of(context, services, screen: screen),
      screen: ScreenHeading(screen, demandsSignIn: services.demandsSignIn), report: survey.report,
      problems: survey.problems)
    return SiteRoutes.html(page.html)
  }
}
