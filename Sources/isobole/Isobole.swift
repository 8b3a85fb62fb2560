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

      EXIT STATUS
        0  every input was analysed
        2  the command was wrong
        3  some inputs were refused, the rest is complete (see problems.csv)
        4  nothing could be analysed
      """,
    version: version,
    subcommands: [Analyze.self])

  /// Runs the command; a wrong command ends with status 2.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
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
