import Dispatch
import Foundation
import Synchronization

/// Ends a run in good order when the user presses Ctrl-C (SIGINT) or the system asks for the end (SIGTERM): the work is
/// cancelled, so that it removes what is unfinished. A second signal ends the program at once, and so does work that
/// does not end within `patience` (a pipe that gives nothing): what is unfinished then stays for the next run to
/// remove.
final class Interruption: Sendable {
  private let received = Mutex(SIGINT)
  private static let patience = DispatchTimeInterval.seconds(2)

  /// What a shell says of a program that the signal ended: 128 and the signal's number.
  var exitStatus: Int32 { 128 + received.withLock { $0 } }

  /// Calls `cancel` once when a signal comes. Signals that the program was told to ignore (`nohup`) stay ignored.
  init(cancel: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM] where !Self.isIgnored(number) {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        received.withLock { $0 = number }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        cancel()
        source.cancel()
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { [self] in
          StandardError.write("isobole: interrupted\n")
          _exit(exitStatus)
        }
      }
      source.resume()
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
