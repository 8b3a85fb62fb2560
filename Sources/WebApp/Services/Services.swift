import Foundation
import Logging
import Screening

/// Everything that the routes use.
struct Services: Sendable {
  let options: ServeOptions
  let data: DataDirectory
  let store: Store
  /// What of the store's was missing at the start.
  let condition: DataCheck.Condition
  let receiver: UploadReceiver
  let progress: RunProgress
  let queue: RunQueue
  let runs: OpenRuns
  let signIns: LoginRateLimiter
  let clients: ClientAddress
  /// One password is checked at a time.
  let passwords = Gate(places: 1)
  /// Uploads are read in processes of their own.
  let readings: UploadReadings
  let surveys: PlateSurveys
  let logger: Logger
  /// The person at this machine, where nobody signs in.
  let local: Person?
  /// What pages send back where nobody signs in; another one at each start.
  let localCSRF = Secrets.make()

  /// Whether people sign in.
  var demandsSignIn: Bool { local == nil }

  init(
    options: ServeOptions, data: DataDirectory, store: Store, condition: DataCheck.Condition = .init(), logger: Logger
  ) async throws {
    self.options = options
    self.data = data
    self.store = store
    self.condition = condition
    self.logger = logger
    readings = UploadReadings(options: options, data: data, logger: logger)
    surveys = PlateSurveys(readings: readings, data: data)
    receiver = UploadReceiver(data: data, largest: options.largestFile)
    progress = RunProgress()
    queue = RunQueue(store: store, data: data, options: options, progress: progress, logger: logger)
    runs = OpenRuns(data: data, most: options.openRuns, threads: 1)
    signIns = LoginRateLimiter(limits: options.signInLimits, window: options.signInWindow)
    clients = ClientAddress(proxies: options.trustedProxies)
    if options.demandsSignIn || !options.isLocal {
      local = nil
      if try await store.accounts().allSatisfy(\.isDisabled) { throw WebAppError.noAccounts(host: options.host) }
    } else {
      local = try await store.localPerson(name: NSUserName())
    }
  }

  /// A screen that the visitor may see.
  func screen(_ context: WebContext) async throws -> Screen {
    let person = try context.person()
    guard let screen = try await store.screen(context.number("screen", "screen"), for: person) else {
      throw APIError.notFound("screen")
    }
    return screen
  }

  /// A screen that the visitor may change: not as a reader, and not while it is in the archive.
  func openScreen(_ context: WebContext) async throws -> (screen: Screen, person: Person) {
    let person = try context.editor()
    let screen = try await screen(context)
    guard !screen.isArchived else { throw APIError.archived }
    return (screen, person)
  }

  /// A run of a screen that the visitor may see.
  func run(_ context: WebContext) async throws -> (screen: Screen, run: Run) {
    let screen = try await screen(context)
    guard let run = try await store.run(context.number("run", "run"), of: screen.id) else {
      throw APIError.notFound("run")
    }
    return (screen, run)
  }

  /// A block of a finished run of a screen that the visitor may see; `id` is what the store calls it.
  func block(_ context: WebContext) async throws -> (screen: Screen, open: OpenRun, index: Int, id: String) {
    let (screen, run) = try await run(context)
    let open = try await runs.open(run)
    let index: Int = try context.number("block", "combination")
    guard let summary = try open.summary(of: index) else { throw APIError.notFound("combination") }
    return (screen, open, index, open.run.inputs.key(of: summary.id))
  }

  /// A file of a screen that the visitor may see.
  func file(_ context: WebContext) async throws -> (screen: Screen, file: ScreenUpload) {
    let screen = try await screen(context)
    guard let file = try await store.file(named: FileName.canonical(context.name("file")), of: screen.id) else {
      throw APIError.notFound("file")
    }
    return (screen, file)
  }
}
