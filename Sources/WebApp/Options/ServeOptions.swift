import Foundation

/// What `isobole serve` was asked for. Every limit that an operator may want to move is here, with its default.
public struct ServeOptions: Sendable {
  /// The directory that holds the store, the uploads and the runs; made when it is not there.
  public var data: String
  /// The address to listen on. Default: this machine only.
  public var host = "127.0.0.1"
  /// The port. 0 takes a free one.
  public var port = 8080
  /// Names besides the address by which browsers reach the server (`isobole.lab.example`); empty: any, when sign-in is
  /// demanded; this machine's own names, when it is not.
  public var names: [String] = []
  /// Whether people must sign in. Always so beyond this machine.
  public var demandsSignIn = false
  /// Certificate chain and private key, PEM files; `nil`: no TLS.
  public var certificate: (chain: String, key: String)?
  /// Whether browsers reach the server by TLS although it speaks none itself (a proxy in front does): cookies are
  /// marked secure then.
  public var isBehindTLS = false
  /// The program that runs screens, `isobole`.
  public var tool: String
  /// The program that reads uploads, `isobole-web`.
  public var reader: String
  /// The version that is shown.
  public var version: String
  /// Where Debian's python3-plotly has plotly.js; without it the report's own surface is shown.
  public var plotly = "/usr/share/python3-plotly/plotly.js"
  /// Worker threads of a run.
  public var threads = ProcessInfo.processInfo.activeProcessorCount
  /// Runs at once; more wait. Default: 1, since a run uses all cores.
  public var runsAtOnce = 1
  /// The most runs of one screen that wait. Default: 20.
  public var mostWaiting = 20
  /// How much a run gives way to other programs, as `nice` counts. Default: 19, so that pages are never kept waiting.
  public var niceness: Int32 = 19
  /// The most bytes of one file. Default: 256 MB.
  public var largestFile = 256 << 20
  /// The most bytes of a screen's files. Default: 2 GB.
  public var largestScreen = 2 << 30
  /// The most bytes of all files. Default: 50 GB.
  public var largestStore = 50 << 30
  /// The most files of a screen. Default: 10,000.
  public var mostFiles = 10_000
  /// Seconds that the reading of one uploaded file may take, after which it is given up. Default: 30.
  public var readSeconds = 30
  /// Seconds that joining a screen's exports with its layouts may take. Default: 120.
  public var surveySeconds = 120
  /// Bytes of address space that the reading of a file may take. Default: 4 GiB.
  public var readMemory = 4 << 30
  /// Files that are read at once; more wait. Default: 2.
  public var readsAtOnce = 2
  /// Addresses of proxies whose `X-Forwarded-For` is believed. Default: none.
  public var trustedProxies: [String] = []
  /// Failed sign-ins within `signInWindow`; more are refused. Default: 10 for a name from one address, 100 from one address,
  /// 50 for a name.
  var signInLimits = LoginRateLimiter.Limits()
  /// The most passwords that wait to be checked, a tenth of a second each; more are answered with 503. Default: 64.
  var maxQueuedSignIns = 64
  /// Seconds over which failed sign-ins are counted. Default: 600.
  public var signInWindow: TimeInterval = 600
  /// Seconds after which a session ends that is not used. Default: 12 hours.
  public var sessionIdle: TimeInterval = 12 * 3600
  /// Seconds after which every session ends. Default: 7 days.
  public var sessionLife: TimeInterval = 7 * 24 * 3600
  /// The most connections at once; more wait to be taken. Default: 2,000, less where the system allows fewer files.
  public var mostConnections = 2000
  /// Opened runs that are kept in memory. Default: 8.
  public var openRuns = 8

  /// Makes options with the defaults.
  public init(data: String, tool: String, reader: String, version: String) {
    self.data = data
    self.tool = tool
    self.reader = reader
    self.version = version
  }

  /// Whether the address is reached from this machine only.
  public var isLocal: Bool { Self.isLoopback(host) }

  /// Whether a text is an IPv4 or IPv6 address.
  public static func isAddress(_ text: String) -> Bool { ClientAddress.canonical(text) != nil }

  /// Whether a name or an address is this machine's own.
  static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
  }
}
