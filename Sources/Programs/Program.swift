import ArgumentParser
import Foundation

/// Who started a program and wants to know how it ends.
package protocol Supervisor: Sendable {
  /// Calls `end` once when whoever started the program is gone.
  func watch(_ end: @escaping @Sendable () -> Void)
  /// Takes why there are no results.
  func failed(_ message: String)
  /// Clears away what a program that is ended by force leaves.
  func removeUnfinished()
}

/// How each program of Isobole begins and ends.
package enum Program {
  /// The version of all programs, written into results.
  package static let version = "0.1.0"

  /// The directory of the running program's file, where the others lie too.
  package static var folder: String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
  }

  /// What comes before anything else, and before anything waits: a thread opens descriptors, which must not become the
  /// missing streams, or be more than there may be.
  ///
  /// - Parameter supervisor: Who is told when the program cannot begin.
  package static func begin(_ supervisor: (any Supervisor)? = nil) {
    StandardStreams.openMissing()
    StandardStreams.surviveReaders()
    FaultReport.install()
    if let wrong = CommandLine.arguments.indices.first(where: { place in
      CommandLine.unsafeArgv[place].map { String(validatingCString: $0) == nil } ?? false
    }) {
      // Repaired, it would name another file.
      end(
        CommandFailure(
          message: "argument \(wrong), “\(CommandLine.arguments[wrong])”, is not UTF-8; rename the file or directory",
          status: .wrongCommand), supervisor)
    }
    if let reason = ProcessLimits.shortage() {
      StandardError.write("isobole: \(reason)\n")
      supervisor?.failed(reason)
      // Not `exit`: at its end the library for linear algebra waits for threads that it could not begin.
      _exit(ExitStatus.nothingAnalysed.rawValue)
    }
  }

  /// Runs a command, after `begin`; a wrong command ends with status 2, an interrupted one with 128 and the signal's number.
  ///
  /// - Parameters:
  ///   - root: The command.
  ///   - supervisor: Who is told how the program ends.
  ///   - arguments: The arguments without the program's name.
  package static func run(
    _ root: (some AsyncParsableCommand).Type, supervisor: (any Supervisor)? = nil,
    arguments: @escaping @Sendable () throws -> [String]
  ) async -> Never {
    let work = Task {
      let (known, warnings) = RenamedOptions.renamed(try arguments())
      for warning in warnings { StandardError.write("isobole: warning: \(warning)\n") }
      var command = try root.parseAsRoot(known)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    }
    let interruption = Interruption(supervisor: supervisor) { work.cancel() }
    supervisor?.watch { interruption.end(by: SIGTERM) }
    do {
      try await work.value
    } catch is CancellationError {
      supervisor?.failed(Interruption.word)
      leave(interruption.exitStatus)
    } catch let failure as CommandFailure {
      end(failure, supervisor)
    } catch {
      supervisor?.failed(root.message(for: error))
      end(error, of: root)
    }
    leave(0)
  }

  /// Ends the program at once. Not `exit`: it takes the libraries for linear algebra and TLS apart while other threads,
  /// which a stopped server does not wait for, still use them.
  private static func leave(_ status: Int32) -> Never {
    fflush(nil)
    _exit(status)
  }

  /// Ends the program with a failure's sentence and status.
  private static func end(_ failure: CommandFailure, _ supervisor: (any Supervisor)? = nil) -> Never {
    if !failure.message.isEmpty { StandardError.write("isobole: \(failure.message)\n") }
    supervisor?.failed(failure.message)
    leave(failure.status.rawValue)
  }

  /// Ends the program with what the parser of the command line says (help too), or with an error that nobody expected.
  private static func end(_ error: any Error, of root: (some ParsableCommand).Type) -> Never {
    switch root.exitCode(for: error) {
    case .success:
      let text = root.fullMessage(for: error)
      do throws(CommandFailure) {
        if !text.isEmpty { try StandardOutput.print(text) }
      } catch {
        end(error)
      }
      leave(0)
    case .validationFailure:
      StandardError.write(root.fullMessage(for: error) + "\n")
      leave(ExitStatus.wrongCommand.rawValue)
    case let code where error is ExitCode:
      leave(code.rawValue)
    default:
      end(CommandFailure(message: root.message(for: error), status: .nothingAnalysed))
    }
  }
}
