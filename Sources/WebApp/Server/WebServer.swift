import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOSSL

/// The web app: pages, HTTP API, store and the queue of runs, in one program.
///
/// ```swift
/// var options = ServeOptions(data: "Isobole-data", tool: "/usr/local/bin/isobole",
///   reader: "/usr/local/bin/isobole-web", version: "0.1.0")
/// options.port = 8080
/// try await WebServer(options: options).run { print("http://127.0.0.1:\($0)") }
/// ```
public struct WebServer: Sendable {
  private let options: ServeOptions

  /// Makes a server; nothing is opened before `run`.
  public init(options: ServeOptions) { self.options = options }

  /// Serves until the task is cancelled; then ends runs in good order, to be begun again at the next start. Connections are
  /// left to the end of the program.
  ///
  /// - Parameter ready: Called with the port once requests are answered.
  /// - Throws: `WebAppError` when it cannot begin.
  public func run(ready: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
    // A browser that goes away while it is written to is no reason to end.
    signal(SIGPIPE, SIG_IGN)
    var logger = Logger(label: "isobole") { _ in StandardLog() }
    logger.logLevel = .notice
    let data = try DataDirectory(options.data)
    try DataDirectory.demandStoreOrNothing(data.path)
    let store = try Store(path: data.store)
    let condition = try await DataCheck(data: data, logger: logger).settle(with: store)
    // What the framework says of connections that break off is no news for an operator.
    var quiet = logger
    quiet.logLevel = .critical
    let services = try await Services(options: options, data: data, store: store, condition: condition, logger: logger)
    try await services.queue.recover()
    await services.queue.wake()

    let connections = max(16, min(options.mostConnections, Self.raiseFileLimit() - 200))
    let application = Application(
      router: Self.router(services), server: try serverBuilder(),
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port), serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(connections, logger: quiet)),
      onServerRunning: { channel in ready(channel.localAddress?.port ?? 0) }, logger: quiet)
    let heart = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(20))
        services.progress.beat()
      }
    }
    defer { heart.cancel() }
    // A task of its own, which is not cancelled with this one: cancelled while it takes a connection, swift-nio ends the
    // program ("Deinited NIOAsyncWriter without calling finish()").
    let (failures, failure) = AsyncStream<any Error>.makeStream()
    Task {
      do { try await application.run() } catch { failure.yield(error) }
      failure.finish()
    }
    var reason: (any Error)?
    for await error in failures where reason == nil { reason = error }
    services.progress.close()
    await services.queue.close()
    store.takeInLog()
    if let reason { throw WebAppError.cannotListen(host: options.host, port: options.port, reason: "\(reason)") }
  }

  /// Lets the process have as many files and connections open as the system allows; answers how many.
  private static func raiseFileLimit() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return Int(clamping: limit.rlim_cur)
  }

  private func serverBuilder() throws(WebAppError) -> HTTPServerBuilder {
    // A connection on which nothing moves is closed, also in the middle of an upload.
    let http1 = HTTPServerBuilder.http1(configuration: .init(idleTimeout: .seconds(60)))
    guard let certificate = options.certificate else { return http1 }
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(certificate.chain)
      guard !chain.isEmpty else {
        throw WebAppError.certificate(path: certificate.chain, reason: "no certificate in it")
      }
      let key: NIOSSLPrivateKey
      do {
        key = try NIOSSLPrivateKey(file: certificate.key, format: .pem)
      } catch {
        throw WebAppError.certificate(path: certificate.key, reason: "\(error)")
      }
      return try .tls(http1, tlsConfiguration: Self.tls(chain: chain, key: key))
    } catch let error as WebAppError {
      throw error
    } catch {
      throw .certificate(path: certificate.chain, reason: "\(error)")
    }
  }

  /// TLS 1.2 and 1.3 with forward secrecy and authenticated encryption alone (RFC 9325, section 4.2): the library's
  /// defaults still take TLS 1.0, CBC with SHA-1 and plain RSA. The suites of TLS 1.3 all qualify.
  static func tls(chain: [NIOSSLCertificate], key: NIOSSLPrivateKey) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.cipherSuiteValues = [
      .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
      .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
      .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]
    return configuration
  }

  /// All routes with what comes before them.
  static func router(_ services: Services) -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    let isSecure = services.options.certificate != nil || services.options.isBehindTLS
    router.add(middleware: SecurityHeaders(isSecure: isSecure))
    router.add(middleware: ErrorMiddleware(services: services))
    router.add(middleware: HostMiddleware(services.options, demandsSignIn: services.demandsSignIn))
    router.add(middleware: AuthenticationMiddleware(services: services))
    router.add(middleware: ForgeryMiddleware())
    let api = router.group("api/v1")
    SessionRoutes(services: services).add(to: api)
    ScreenRoutes(services: services).add(to: api)
    FileRoutes(services: services).add(to: api)
    PlateRoutes(services: services).add(to: api)
    RunRoutes(services: services).add(to: api)
    BlockRoutes(services: services).add(to: api)
    api.get("openapi.json") { _, _ in JSONBody.response(raw: OpenAPI.document(version: services.options.version)) }
    SiteRoutes(services: services).add(to: router)
    return router
  }
}
