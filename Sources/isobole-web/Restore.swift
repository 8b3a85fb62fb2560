import ArgumentParser
import Programs
import WebApp

/// `isobole restore`: a backup in the place of the web app's data.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: WebCommand.restore.abstract,
    discussion: """
      The server must not be running. The backup is copied and checked first; then it takes the place of the data directory \
      in one step. Nothing is deleted: what was there before is kept beside it, in DATA.replaced-1 (or -2, and so on). The \
      backup itself is not changed.

      EXAMPLE
        isobole restore /backup/isobole-2026-11-26 --data /srv/isobole
      """)

  @Argument(help: ArgumentHelp("What isobole backup made.", valueName: "directory")) var backup: String
  @OptionGroup var place: DataArguments
  @Flag(help: "Exclude files that are missing or damaged, rather than fail; they are listed, and the status is 3.")
  var allowDamaged = false

  func run() throws {
    let outcome: DataRestore.Outcome
    do throws(WebAppError) {
      outcome = try DataRestore.run(from: backup, to: place.data, allowsDamage: allowDamaged)
    } catch {
      StandardError.write("isobole: \(error)\n")
      throw ExitCode(ExitStatus.nothingAnalysed.rawValue)
    }
    try StandardOutput.print("\(place.data): \(outcome.files) uploads, \(outcome.runs) runs restored from \(backup)")
    if let replaced = outcome.replaced { try StandardOutput.print("What was there before is in \(replaced)") }
    try Damage.tell(outcome.damages)
  }
}

/// What a backup or a restore had to leave out.
enum Damage {
  /// Lists it on standard error.
  ///
  /// - Throws: The exit status that says so, when there is any.
  static func tell(_ damages: [String]) throws {
    guard !damages.isEmpty else { return }
    for line in damages { StandardError.write("isobole: excluded: \(line)\n") }
    throw ExitCode(ExitStatus.someRefused.rawValue)
  }
}
