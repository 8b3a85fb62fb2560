import ArgumentParser
import Foundation
import Programs
import WebApp

/// `isobole serve`: the web app.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: WebCommand.serve.abstract,
    discussion: """
      Everything is kept in one directory (--data): an SQLite store, the uploads, the runs. Listens on this machine only and asks nobody to \
      sign in, unless told otherwise. Beyond this machine it demands accounts (isobole accounts add) and should speak TLS \
      (--certificate, --key), itself or through a proxy in front (--tls-terminated-upstream).

      EXAMPLES
        isobole serve
        isobole serve --data /srv/isobole --port 9000
        isobole accounts add ada --role admin --data /srv/isobole
        isobole serve --data /srv/isobole --host 0.0.0.0 --name isobole.lab.example --certificate chain.pem --key key.pem
      """)

  @OptionGroup var place: DataArguments

  @Option(help: ArgumentHelp("The address to listen on; 127.0.0.1 is this machine only.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "n"))
  var port = 8080

  @Option(
    help: ArgumentHelp("A name by which browsers reach the server; may be given several times.", valueName: "name"))
  var name: [String] = []

  @Flag(help: "Demand sign-in on this machine too.")
  var signIn = false

  @Option(help: ArgumentHelp("Certificate chain, PEM.", valueName: "file"))
  var certificate: String?

  @Option(help: ArgumentHelp("Private key, PEM.", valueName: "file"))
  var key: String?

  @Flag(name: .customLong("tls-terminated-upstream"), help: "A proxy in front speaks TLS with the browsers.")
  var isBehindTLS = false

  @Option(
    help: ArgumentHelp(
      "The address of a proxy in front, whose X-Forwarded-For tells where sign-ins come from; may be given several times.",
      valueName: "address"))
  var trustedProxy: [String] = []

  @Option(help: ArgumentHelp("Worker threads of a run. (default: all cores)", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("Runs at once; more wait.", valueName: "n"))
  var maxConcurrentRuns = 1

  @Option(help: ArgumentHelp("The most MB of one file.", valueName: "n"))
  var maxFileSize = 256

  @Option(help: ArgumentHelp("The most MB of a screen's files.", valueName: "n"))
  var maxScreenSize = 2048

  @Option(help: ArgumentHelp("The most GB of all files.", valueName: "n"))
  var maxStoreSize = 50

  @Option(
    help: ArgumentHelp("Seconds that reading one uploaded file may take; then it is refused.", valueName: "n"))
  var maxReadSeconds = 30

  @Option(
    help: ArgumentHelp("Seconds that joining a screen's plates with their layouts may take.", valueName: "n"))
  var maxSurveySeconds = 120

  @Option(help: ArgumentHelp("GB of memory that reading one uploaded file may take.", valueName: "n"))
  var maxReadMemory = 4

  @Option(help: ArgumentHelp("plotly.js of Debian's python3-plotly, for surfaces.", valueName: "file"))
  var plotly: String?

  func validate() throws {
    if !(0...65_535).contains(port) { throw ValidationError("--port \(port): expected 0 to 65535.") }
    if (certificate == nil) != (key == nil) {
      throw ValidationError("--certificate and --key: expected both or neither.")
    }
    for address in trustedProxy where !ServeOptions.isAddress(address) {
      throw ValidationError("--trusted-proxy \(address): expected an IPv4 or IPv6 address.")
    }
    if let threads, threads < 1 { throw ValidationError("--threads \(threads): expected 1 or more.") }
    if !(1...64).contains(maxConcurrentRuns) {
      throw ValidationError("--max-concurrent-runs \(maxConcurrentRuns): expected 1 to 64.")
    }
    for (flag, value) in [("read", maxReadSeconds), ("survey", maxSurveySeconds)] where !(1...86_400).contains(value) {
      throw ValidationError("--max-\(flag)-seconds \(value): expected 1 to 86400.")
    }
    if !(1...1024).contains(maxReadMemory) {
      throw ValidationError("--max-read-memory \(maxReadMemory): expected 1 to 1024.")
    }
    for (flag, value) in [("file", maxFileSize), ("screen", maxScreenSize), ("store", maxStoreSize)]
    where !(1...1_000_000).contains(value) {
      throw ValidationError("--max-\(flag)-size \(value): expected 1 to 1000000.")
    }
  }

  func run() async throws {
    let tool = Program.folder + "/isobole"
    guard access(tool, X_OK) == 0 else {
      throw CommandFailure(
        message:
          "\(tool), which analyses screens, is not there; build it with make build, or put it beside isobole-web",
        status: .nothingAnalysed)
    }
    var options = ServeOptions(
      data: place.data, tool: tool, reader: Program.folder + "/isobole-web", version: Program.version)
    options.host = host
    options.port = port
    options.names = name
    options.demandsSignIn = signIn
    if let certificate, let key { options.certificate = (certificate, key) }
    options.isBehindTLS = isBehindTLS
    options.trustedProxies = trustedProxy
    if let threads { options.threads = threads }
    options.runsAtOnce = maxConcurrentRuns
    options.largestFile = maxFileSize << 20
    options.largestScreen = maxScreenSize << 20
    options.largestStore = maxStoreSize << 30
    options.readSeconds = maxReadSeconds
    options.surveySeconds = maxSurveySeconds
    options.readMemory = maxReadMemory << 30
    if let plotly { options.plotly = plotly }
    if !options.isLocal, certificate == nil, !isBehindTLS {
      StandardError.write(
        "isobole: warning: passwords and data go over the network unencrypted; give --certificate and --key, or --tls-terminated-upstream "
          + "when a proxy in front speaks TLS\n")
    }
    if isBehindTLS, trustedProxy.isEmpty {
      StandardError.write(
        "isobole: warning: all sign-ins seem to come from the proxy, so that one person's wrong passwords can delay others; "
          + "give --trusted-proxy with its address\n")
    }
    // A run that is under way has seconds of its own to end in good order.
    Interruption.patience.withLock { $0 = 15 }
    let scheme = certificate == nil ? "http" : "https"
    let shown =
      host == "0.0.0.0" || host == "::" ? ProcessInfo.processInfo.hostName : host.contains(":") ? "[\(host)]" : host
    do {
      try await WebServer(options: options).run { [data = place.data] port in
        let text = "Isobole is at \(scheme)://\(shown):\(port)/ · data in \(data) · Ctrl-C ends it\n"
        do throws(CommandFailure) {
          try StandardOutput.print(text, terminator: "")
        } catch {
          // A server that works is worth more than the line that says so.
          let reason = error.message.isEmpty ? "nobody reads standard output" : error.message
          StandardError.write("isobole: warning: \(reason)\n\(text)")
        }
      }
    } catch let error as WebAppError {
      StandardError.write("isobole: \(error)\n")
      throw ExitCode(ExitStatus.nothingAnalysed.rawValue)
    }
  }
}

/// Where the web app keeps everything.
struct DataArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The directory of the store, the uploads and the runs.", valueName: "directory"))
  var data = "Isobole-data"

  func validate() throws {
    if data.isEmpty { throw ValidationError("--data: the name is empty; name a directory.") }
  }
}
