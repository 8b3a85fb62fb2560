import Foundation

/// A program that was started, its three standard streams in hand, and nothing else of this program's open in it.
struct ChildProcess: Sendable {
  /// Why it could not be started.
  struct Fault: Error {
    var reason: String
  }

  /// How it ended.
  enum Status: Sendable {
    case exited(Int32)
    case killed(Int32)
  }

  /// Its process number, until it is reaped.
  let number: pid_t
  let input: Stream
  let output: Stream
  let errors: Stream

  /// Starts a program with further variables in its environment.
  init(_ path: String, _ arguments: [String], environment: [String: String]) throws(Fault) {
    var pairs: [(ours: Int32, theirs: Int32)] = []
    do {
      for _ in 0..<3 { pairs.append(try Self.pair()) }
    } catch {
      for pair in pairs {
        close(pair.ours)
        close(pair.theirs)
      }
      throw error
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (stream, pair) in pairs.enumerated() { posix_spawn_file_actions_adddup2(&actions, pair.theirs, Int32(stream)) }
    // What else is open here (connections, the store) is nothing for it.
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
      if let descriptor = Int32(name), descriptor > 2 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Signals as a shell would start it, whatever this program ignores and this thread blocks.
    var every = sigset_t()
    var none = sigset_t()
    sigfillset(&every)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &every)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0)=\($1)" }
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for text in words + settings { free(text) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, path, &actions, &attributes, &words, &settings)
    for pair in pairs { close(pair.theirs) }
    guard status == 0 else {
      for pair in pairs { close(pair.ours) }
      throw Fault(reason: String(cString: strerror(status)))
    }
    number = child
    input = Stream(pairs[0].ours)
    output = Stream(pairs[1].ours)
    errors = Stream(pairs[2].ours)
  }

  /// Two connected ends that no other child inherits, not even one that is started at this moment.
  private static func pair() throws(Fault) -> (ours: Int32, theirs: Int32) {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw Fault(reason: String(cString: strerror(errno)))
    }
    return (ends[0], ends[1])
  }

  /// Waits until it has ended and leaves it to be reaped.
  func awaitEnd() {
    var information = siginfo_t()
    while waitid(P_PID, id_t(number), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
  }

  /// Says how it ended; its number may be given to another process from then on.
  func reap() -> Status {
    var status: Int32 = 0
    while waitpid(number, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal)
  }

  /// This program's end of one of its streams; closed when it is let go.
  final class Stream: Sendable {
    private let descriptor: Int32

    fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { Foundation.close(descriptor) }

    /// Tells the other end that nothing more comes; the descriptor is closed with the stream.
    func close() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Writes all of it, unless the other end is gone.
    func write(_ data: Data) {
      data.withUnsafeBytes { bytes in
        var done = 0
        while done < bytes.count {
          let sent = send(
            descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, Int32(MSG_NOSIGNAL))
          if sent < 0, errno == EINTR { continue }
          guard sent > 0 else { return }
          done += sent
        }
      }
    }

    /// Reads to the end, or until there is too much.
    func readToEnd(most: Int, tooMuch: () -> Void) -> Data {
      var data = Data()
      read { bytes in
        data.append(contentsOf: bytes)
        guard data.count > most else { return true }
        tooMuch()
        return false
      }
      return data
    }

    /// Reads to the end and keeps the last bytes as text.
    func readTail(_ most: Int) -> String {
      var data = Data()
      read { bytes in
        data.append(contentsOf: bytes)
        if data.count > 2 * most { data = Data(data.suffix(most)) }
        return true
      }
      return String(decoding: data.suffix(most), as: UTF8.self)
    }

    private func read(_ take: (ArraySlice<UInt8>) -> Bool) {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = Foundation.read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0, take(buffer[..<count]) else { return }
      }
    }
  }
}
