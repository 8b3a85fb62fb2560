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
        2  the command was wrong
        3  some inputs were refused, the rest is complete (see problems.csv)
        4  nothing could be analysed, or nothing could be written
        130, 143  interrupted (SIGINT, SIGTERM); no results of the run were put in place
      """,
    version: version,
    subcommands: [
      Analyze.self, Report.self, Simulate.self, Read.self, Layout.self, Formats.self, Compounds.self, Serve.self,
      Accounts.self, Backup.self, Restore.self, ReadUpload.self,
    ])

  /// Runs the command; a wrong command ends with status 2, an interrupted one with 128 and the signal's number.
  static func main() async {
    let work = Task {
      var command = try parseAsRoot()
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
      Foundation.exit(interruption.exitStatus)
    } catch let failure as CommandFailure {
      StandardError.write("isobole: \(failure.message)\n")
      supervision?.failed(failure.message)
      Foundation.exit(failure.status.rawValue)
    } catch {
      supervision?.failed(message(for: error))
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      StandardError.write(fullMessage(for: error) + "\n")
      Foundation.exit(ExitStatus.wrongCommand.rawValue)
    }
  }
}

/// What the tool's exit status says.
enum ExitStatus: Int32 {
  case wrongCommand = 2
  case someRefused = 3
  case nothingAnalysed = 4
}
