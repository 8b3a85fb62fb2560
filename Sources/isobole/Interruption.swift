import Dispatch
import Foundation
import Synchronization

/// Ends a run in good order when the user presses Ctrl-C (SIGINT) or the system asks for the end (SIGTERM): the work is
/// cancelled, so that it removes what is unfinished. A second signal ends the program at once, and so does work that
/// does not end within `patience` (a pipe that gives nothing): what is unfinished then stays for the next run to
/// remove. The end of a supervised run's standard input counts as SIGTERM.
final class Interruption: Sendable {
  private let received = Mutex<Int32?>(nil)
  private let cancel: @Sendable () -> Void
  private static let patience = DispatchTimeInterval.seconds(2)

  /// What is said of a run that was ended so.
  static let word = "interrupted"

  /// What a shell says of a program that the signal ended: 128 and the signal's number.
  var exitStatus: Int32 { 128 + (received.withLock { $0 } ?? SIGINT) }

  /// Calls `cancel` once when a signal comes. Signals that the program was told to ignore (`nohup`) stay ignored.
  init(cancel: @escaping @Sendable () -> Void) {
    self.cancel = cancel
    for number in [SIGINT, SIGTERM] where !Self.isIgnored(number) {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        end(by: number)
        source.cancel()
      }
      source.resume()
    }
  }

  /// Ends the work as the signal does; the first to come counts.
  func end(by number: Int32) {
    let isFirst = received.withLock { received in
      defer { received = received ?? number }
      return received == nil
    }
    guard isFirst else { return }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    cancel()
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { [self] in
      StandardError.write("isobole: \(Self.word)\n")
      Supervision.current?.removeUnfinished()
      Supervision.current?.failed(Self.word)
      _exit(exitStatus)
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
