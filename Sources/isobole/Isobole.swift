import ArgumentParser
import Foundation

@main
struct Isobole: AsyncParsableCommand {
  /// The version written into results.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "isobole",
    abstract: "Ranked synergy reports from drug-combination dose matrices.",
    discussion: """
      EXAMPLE
        isobole analyze Plates/simulated-xpo1-screen.csv
        isobole read export.csv

      EXIT STATUS
        0  every input was analysed
        1  standard output could not be written; files that were written are complete
        2  the command was wrong
        3  some inputs were refused, the rest is complete (see problems.csv)
        4  nothing could be analysed, or nothing could be written, or the limits of memory, threads or files are too low
        130, 143  interrupted (SIGINT, SIGTERM); no results of the run were put in place
        141  the reader of standard output went away (as with | head); files that were written are complete
        132 to 139  memory ran out, or a fault in the program; no results of the run were put in place
      """,
    version: version,
    subcommands: [
      Analyze.self, Report.self, Export.self, Simulate.self, Read.self, Layout.self, Formats.self, Profile.self,
      Compounds.self,
      Serve.self,
      Accounts.self, Backup.self, Restore.self, ReadUpload.self,
    ])

  /// Runs the command; a wrong command ends with status 2, an interrupted one with 128 and the signal's number.
  static func main() async {
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
          status: .wrongCommand))
    }
    if let reason = ProcessLimits.shortage() {
      StandardError.write("isobole: \(reason)\n")
      Supervision.current?.failed(reason)
      // Not `exit`: at its end the library for linear algebra waits for threads that it could not begin.
      _exit(ExitStatus.nothingAnalysed.rawValue)
    }
    let work = Task {
      var command = try parseAsRoot(ProfileFile.expanded(Array(CommandLine.arguments.dropFirst())))
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    }
    let interruption = Interruption { work.cancel() }
    let supervision = Supervision.current
    supervision?.watch { interruption.end(by: SIGTERM) }
    do {
      try await work.value
    } catch is CancellationError {
      supervision?.failed(Interruption.word)
      leave(interruption.exitStatus)
    } catch let failure as CommandFailure {
      end(failure)
    } catch {
      supervision?.failed(message(for: error))
      end(error)
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
  private static func end(_ failure: CommandFailure) -> Never {
    if !failure.message.isEmpty { StandardError.write("isobole: \(failure.message)\n") }
    Supervision.current?.failed(failure.message)
    leave(failure.status.rawValue)
  }

  /// Ends the program with what the parser of the command line says (help too), or with an error that nobody expected.
  private static func end(_ error: any Error) -> Never {
    switch exitCode(for: error) {
    case .success:
      let text = fullMessage(for: error)
      do throws(CommandFailure) {
        if !text.isEmpty { try StandardOutput.print(text) }
      } catch {
        end(error)
      }
      leave(0)
    case .validationFailure:
      StandardError.write(fullMessage(for: error) + "\n")
      leave(ExitStatus.wrongCommand.rawValue)
    case let code where error is ExitCode:
      leave(code.rawValue)
    default:
      end(CommandFailure(message: message(for: error), status: .nothingAnalysed))
    }
  }
}

/// What the tool's exit status says.
enum ExitStatus: Int32 {
  case outputFailed = 1
  case wrongCommand = 2
  case someRefused = 3
  case nothingAnalysed = 4
  /// 128 and SIGPIPE, as of a program that the signal ended.
  case readerGone = 141
}
