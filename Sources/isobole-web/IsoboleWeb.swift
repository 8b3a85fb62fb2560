import ArgumentParser
import Programs

/// The web app's program: `isobole serve` and the commands beside it, which `isobole` hands on to this one.
@main
struct IsoboleWeb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "isobole",
    abstract: "The web app of Isobole.",
    version: Program.version,
    subcommands: [Serve.self, Accounts.self, Backup.self, Restore.self, ReadUpload.self])

  static func main() async {
    Program.begin()
    await Program.run(IsoboleWeb.self) { Array(CommandLine.arguments.dropFirst()) }
  }
}
