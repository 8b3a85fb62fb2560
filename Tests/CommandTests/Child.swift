import Foundation

/// A process that is started by the system itself: Foundation's `Process.run()` crashed (once, in a copy of its own memory) where
/// many tests started one at once.
enum Child {
  /// Changes the directory, which `posix_spawn` of the C library does by a function that Swift does not see.
  private static let env = "/usr/bin/env"

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - directory: Where it runs; the paths of the three streams are opened before.
  static func run(
    _ path: String, _ arguments: [String], in directory: String, input: String, output: String, errors: String
  ) async throws -> (status: Int32, wasKilled: Bool) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY, 0)
    // What other tests have open is nothing for it: a copy of the tool that is being written could not be started meanwhile.
    for descriptor: Int32 in 3..<1024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    // The threads of the tests have signals blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    var words: [UnsafeMutablePointer<CChar>?] =
      ([env, "--chdir=" + directory, path] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, env, &actions, &attributes, &words, &variables)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    let started = child
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var status: Int32 = 0
        while waitpid(started, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        continuation.resume(returning: signal == 0 ? ((status >> 8) & 0xFF, false) : (signal, true))
      }
    }
  }
}
