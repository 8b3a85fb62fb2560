import ArgumentParser
import Programs

@main
struct Isobole: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "isobole",
    abstract: "Ranked synergy reports from drug-combination dose matrices.",
    discussion: """
      EXAMPLE
        isobole analyze Plates/simulated-xpo1-screen.csv
        isobole read export.csv
        isobole genes counts.tsv --control Veh_1,Veh_2 --treatment Drug_1,Drug_2 --drug selinexor

      EXIT STATUS
        0  every input was analysed
        1  standard output could not be written; files that were written are complete
        2  the command was wrong
        3  some inputs have an error and were excluded, the rest is complete (see problems.csv)
        4  nothing could be analysed, or nothing could be written, or the limits of memory, threads or files are too low
        130, 143  interrupted (SIGINT, SIGTERM); no results of the run were put in place
        141  the reader of standard output went away (as with | head); files that were written are complete
        132 to 139  memory ran out, or a fault in the program; no results of the run were put in place
      """,
    version: Program.version,
    subcommands: [
      Analyze.self, Report.self, Export.self, Simulate.self, Read.self, Layout.self, Formats.self, Profile.self,
      Compounds.self, GenesCommand.self,
      Serve.self, Accounts.self, Backup.self, Restore.self,
    ])

  static func main() async {
    Program.begin(Supervision.current)
    if let command = WebProgram.command(in: CommandLine.arguments) { WebProgram.become(command) }
    await Program.run(Isobole.self, supervisor: Supervision.current) {
      try ProfileFile.expanded(Array(CommandLine.arguments.dropFirst()))
    }
  }
}
