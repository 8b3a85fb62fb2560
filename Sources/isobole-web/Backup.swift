import ArgumentParser
import Programs
import WebApp

/// `isobole backup`: a copy of the web app's data while it runs.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: WebCommand.backup.abstract,
    discussion: """
      The store is copied as it stands at one moment (SQLite's backup), then every upload and every finished run that it \
      names. The digests of all uploads are checked on the way. The copy is a data directory, independent of the original: \
      isobole restore puts it in place, and isobole serve --data COPY shows it.

      EXAMPLE
        isobole backup /backup/isobole-2026-11-26 --data /srv/isobole
      """)

  @Argument(help: ArgumentHelp("Where the copy goes; must not be there yet.", valueName: "directory")) var target:
    String
  @OptionGroup var place: DataArguments
  @Flag(help: "Exclude files that are missing or damaged, rather than fail; they are listed, and the status is 3.")
  var allowDamaged = false

  func run() throws {
    let outcome: DataBackup.Outcome
    do throws(WebAppError) {
      outcome = try DataBackup.write(from: place.data, to: target, allowsDamage: allowDamaged)
    } catch {
      StandardError.write("isobole: \(error)\n")
      throw ExitCode(ExitStatus.nothingAnalysed.rawValue)
    }
    try StandardOutput.print("\(target): \(outcome.files) uploads, \(outcome.runs) runs")
    try Damage.tell(outcome.damages)
  }
}
