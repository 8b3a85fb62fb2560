import Foundation
import Synchronization

/// Ends a run in good order when the user presses Ctrl-C (SIGINT) or the system asks for the end (SIGTERM): the work is
/// cancelled, so that it removes what is unfinished. A second signal ends the program at once, and so does work that
/// does not end within `patience` (a pipe that gives nothing): what is unfinished then stays for the next run to
/// remove. The end of a supervised run's standard input counts as SIGTERM.
///
/// Signals are taken by a thread of their own and not by Dispatch, whose threads are all busy while blocks are analysed.
package final class Interruption: Sendable {
  private let received = Mutex<Int32?>(nil)
  private let cancel: @Sendable () -> Void
  private let supervisor: (any Supervisor)?

  /// Seconds that the work has to end in good order.
  package static let patience = Mutex(2.0)

  /// What is said of a run that was ended so.
  package static let word = "interrupted"

  /// What a shell says of a program that the signal ended: 128 and the signal's number.
  package var exitStatus: Int32 { 128 + (received.withLock { $0 } ?? SIGINT) }

  /// A pipe into which the signals' handler writes their numbers; a handler may do little else.
  private static let bell: (read: Int32, write: Int32) = {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()

  /// Calls `cancel` once when a signal comes. Signals that the program was told to ignore (`nohup`) stay ignored.
  package init(supervisor: (any Supervisor)?, cancel: @escaping @Sendable () -> Void) {
    self.supervisor = supervisor
    self.cancel = cancel
    guard Self.bell.read >= 0 else { return }
    for number in [SIGINT, SIGTERM] where !Self.isIgnored(number) {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(Interruption.bell.write, &byte, 1)
      }
    }
    Thread.detachNewThread { [self] in
      var number: UInt8 = 0
      while true {
        let count = read(Self.bell.read, &number, 1)
        if count == 1 { return end(by: Int32(number)) }
        guard count < 0, errno == EINTR else { return }
      }
    }
  }

  /// Ends the work as the signal does; the first to come counts. Comes back only if the work ends with the program.
  package func end(by number: Int32) {
    let isFirst = received.withLock { received in
      defer { received = received ?? number }
      return received == nil
    }
    guard isFirst else { return }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    cancel()
    Thread.sleep(forTimeInterval: Self.patience.withLock { $0 })
    StandardError.write("isobole: \(Self.word)\n")
    supervisor?.removeUnfinished()
    supervisor?.failed(Self.word)
    _exit(exitStatus)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
