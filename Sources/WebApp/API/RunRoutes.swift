import Reporting
import Foundation
import HTTPTypes
import Hummingbird
import Screening

/// Runs: asking for one, watching it, cancelling it, and what it wrote.
struct RunRoutes {
  let services: Services

  struct Answer: Encodable {
    var number: Int
    var state: RunState
    var fraction: Double
    var filesRead: Int
    var blocks: Int
    var errors: Int
    var warnings: Int
    var infos: Int
    var created: String
    var started: String?
    var finished: String?
    var by: String
    var message: String?
    var options: RunOptions
    var files: [RunInputs.File]
    var leftOut: Int
    var command: String

    enum CodingKeys: String, CodingKey {
      case number, state, fraction, blocks, errors, warnings, infos, created, started, finished, by, message, options,
        files
      case command
      case filesRead = "files_read"
      case leftOut = "left_out"
    }

    init(_ run: Run, step: RunProgress.Step?, threads: Int) {
      number = run.number
      state = run.state
      fraction = run.state == .finished ? 1 : step?.fraction ?? 0
      filesRead = run.state == .running ? step?.files ?? 0 : run.filesRead
      blocks = run.state == .running ? step?.blocks ?? 0 : run.blocks
      errors = run.errors
      warnings = run.warnings
      infos = run.infos
      created = run.created
      started = run.started
      finished = run.finished
      by = run.by
      message = run.message
      options = run.options
      files = run.inputs.files
      leftOut = run.inputs.leftOut.count
      command = Self.command(run, threads: threads)
    }

    /// What repeats the run in a terminal, in a folder with the run's files.
    static func command(_ run: Run, threads: Int) -> String {
      let arguments = try? run.inputs.arguments(run.options, results: "results", threads: threads)
      return ShellCommand.text(["isobole"] + (arguments ?? []))
    }
  }

  func add(to group: RouterGroup<WebContext>) {
    group.get("screens/:screen/runs") { _, context in
      let screen = try await services.screen(context)
      return try JSONBody.response(["runs": try await services.store.runs(of: screen.id).map(answer)])
    }
    group.post("screens/:screen/runs") { request, context in
      let (screen, person) = try await services.openScreen(context)
      let options = try await JSONBody.decode(RunOptions.self, from: request)
      let number = try await start(options, of: screen, by: person)
      guard let run = try await services.store.run(number, of: screen.id) else { throw APIError.notFound("run") }
      return try JSONBody.response(
        answer(run), status: .accepted, headers: [.location: "/api/v1/screens/\(screen.id)/runs/\(number)"])
    }
    group.get("screens/:screen/runs/:run") { _, context in
      try JSONBody.response(answer(try await services.run(context).run))
    }
    group.post("screens/:screen/runs/:run/cancel") { _, context in
      let person = try context.editor()
      let (screen, run) = try await services.run(context)
      guard !run.state.isOver else {
        throw APIError.conflict("Run \(run.number) is over: it is \(run.state.rawValue).")
      }
      try await services.queue.cancel(RunKey(screen: screen.id, number: run.number), by: person)
      guard let now = try await services.store.run(run.number, of: screen.id) else { throw APIError.notFound("run") }
      return try JSONBody.response(answer(now), status: .accepted)
    }
    group.get("screens/:screen/runs/:run/events") { _, context in
      let (screen, run) = try await services.run(context)
      guard let visitor = context.visitor else { throw APIError.signIn }
      return events(screen: screen.id, run: run.number, for: visitor)
    }
    for name in ["ranking.csv", "ranking.json"] {
      group.get(RouterPath("screens/:screen/runs/:run/\(name)")) { _, context in
        let (_, run) = try await services.run(context)
        if name == "ranking.csv" { return try await output(name, of: run, isDownload: false, context) }
        return try await ranking(of: run)
      }
    }
    group.get("screens/:screen/runs/:run/decisions.csv") { _, context in
      let (screen, run) = try await services.run(context)
      let open = try await services.runs.open(run)
      let text = DecisionTable.text(
        try await open.overview.source, reviews: run.inputs.byBlock(try await services.store.reviews(of: screen.id)),
        comments: run.inputs.byBlock(try await services.store.comments(of: screen.id)))
      return Response(
        status: .ok, headers: [.contentType: "text/csv; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
    group.get("screens/:screen/runs/:run/outputs") { _, context in
      let (_, run) = try await services.run(context)
      return try JSONBody.response(["outputs": try outputs(of: run)])
    }
    group.get("screens/:screen/runs/:run/outputs/:output") { _, context in
      let (_, run) = try await services.run(context)
      return try await output(context.name("output"), of: run, isDownload: true, context)
    }
  }

  /// Checks what is asked for and puts the run into the queue; answers its number.
  func start(_ options: RunOptions, of screen: Screen, by person: Person) async throws -> Int {
    let leftOut = options.leaveOut == false ? [] : try await services.store.leftOut(of: screen.id)
    let inputs = try RunInputs(
      title: screen.name, files: try await services.store.files(of: screen.id), leftOut: leftOut)
    _ = try options.arguments(plates: inputs.isPlateScreen)
    guard try await services.store.waitingRuns(of: screen.id) < services.options.mostWaiting else {
      throw APIError.conflict("\(services.options.mostWaiting) runs of this screen wait already; cancel some, or wait.")
    }
    let number = try await services.store.addRun(of: screen.id, options: options, inputs: inputs, by: person)
    await services.queue.wake()
    return number
  }

  private func answer(_ run: Run) -> Answer {
    Answer(
      run, step: services.progress.step(of: RunKey(screen: run.screen, number: run.number)),
      threads: services.options.threads)
  }

  /// Server-sent events: the run whenever it has changed, to its end, or until the person may not see it any more.
  private func events(screen: Int64, run number: Int, for visitor: Visitor) -> Response {
    let key = RunKey(screen: screen, number: number)
    var headers = HTTPFields()
    headers[.contentType] = "text/event-stream"
    headers[.cacheControl] = "no-store"
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { writer in
        let changes = services.progress.changes(of: key)
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        for await _ in changes {
          guard try await services.store.screen(screen, for: visitor.person) != nil,
            try await services.store.isActive(visitor), let run = try await services.store.run(number, of: screen)
          else { break }
          let data = String(decoding: try JSONBody.encode(answer(run)), as: UTF8.self)
          try await writer.write(ByteBuffer(string: "event: run\ndata: \(data)\n\n"))
          if run.state.isOver { break }
          try await Task.sleep(for: .milliseconds(200))
        }
        try await writer.finish(nil)
      })
  }

  struct Output: Encodable {
    var name: String
    var bytes: Int
  }

  /// The files that a run wrote, without its manifest, and the tables of corrections and of wells left out that it was given.
  func outputs(of run: Run) throws -> [Output] { try places(of: run).map { Output(name: $0.name, bytes: $0.bytes) } }

  private func places(of run: Run) throws -> [(name: String, path: String, bytes: Int)] {
    guard run.state == .finished || run.state == .failed else {
      throw APIError.conflict("Run \(run.number) has no results: it is \(run.state.rawValue).")
    }
    let results = services.data.results(screen: run.screen, number: run.number, attempt: run.attempt)
    let folder = services.data.run(screen: run.screen, number: run.number)
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: results)) ?? [])
      .filter { !$0.hasPrefix(".") && $0 != ResultsManifest.name }
    let tables = [RunInputs.correctionsFile, RunInputs.leftOutFile].map { String($0.dropFirst(3)) }
    let all = names.sorted().map { ($0, results + "/" + $0) } + tables.map { ($0, folder + "/" + $0) }
    return all.compactMap { name, path in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
      return (name, path, attributes?[.size] as? Int ?? 0)
    }
  }

  /// A file that a run wrote, as it wrote it.
  func output(
    _ name: String, of run: Run, isDownload: Bool, policy: String? = nil, _ context: WebContext
  ) async throws -> Response {
    guard let place = try places(of: run).first(where: { $0.name == name }) else { throw APIError.notFound("output") }
    return try await StoredFile.response(
      place.path, name: name, type: StoredFile.type(of: name), isDownload: isDownload, policy: policy, context)
  }

  /// The rows of the ranking.
  private func ranking(of run: Run) async throws -> Response {
    let open = try await services.runs.open(run)
    return JSONBody.response(raw: Array("{\"ranking\":".utf8) + (try await open.file.rankingJSON()) + Array("}".utf8))
  }
}
