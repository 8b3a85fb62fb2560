import Foundation

/// Says in a sentence that the program ends because of a fault: Swift ends a program at once where memory runs out or a
/// condition of its own code does not hold.
///
/// The program then ends by the signal, as it would without this, so that the shell's status (128 and its number) and
/// a core dump tell of it. Nothing is installed where `SWIFT_BACKTRACE` asks for more.
package enum FaultReport {
  /// Size of the stack on which the sentence is written when the program's own has no room left.
  private static let stackSize = 1 << 16

  /// What is said; a signal's handler must not make strings.
  private static let sentence: StaticString = """
    isobole: ended because memory ran out or by a fault in the program. No results of this run were put in place. Give it \
    more memory; if it happens again, please report it with the command and its input

    """

  /// Takes the signals.
  package static func install() {
    guard getenv("SWIFT_BACKTRACE") == nil else { return }
    if let memory = malloc(stackSize) {
      var stack = stack_t(ss_sp: memory, ss_flags: 0, ss_size: stackSize)
      sigaltstack(&stack, nil)
    }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      let sentence = FaultReport.sentence
      _ = write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
      signal(number, SIG_DFL)
      raise(number)
    }
    action.sa_flags = SA_ONSTACK
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { sigaction(number, &action, nil) }
  }
}
