import ArgumentParser
import Foundation
import Programs
import WebApp

extension Role: ExpressibleByArgument {}

/// `isobole accounts`: who may sign in to the web app.
struct Accounts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: WebCommand.accounts.abstract,
    discussion: """
      Works while the server runs. Passwords are asked for, or read from standard input when that is no terminal.

      EXAMPLES
        isobole accounts add ada --role admin
        isobole accounts add reviewers --role reader < password.txt
        isobole accounts token ada --name "nightly upload"
        isobole accounts list
      """,
    subcommands: [Add.self, List.self, Password.self, ChangeRole.self, Disable.self, Enable.self, Token.self])

  /// Does something with the accounts of a data directory.
  static func with(_ place: DataArguments, work: (AccountBook) async throws -> Void) async throws {
    do {
      try await work(AccountBook(data: place.data))
    } catch let error as WebAppError {
      StandardError.write("isobole: \(error)\n")
      throw ExitCode(ExitStatus.wrongCommand.rawValue)
    }
  }

  /// A password, typed twice without being shown, or the first line of standard input.
  static func password() throws -> String {
    guard isatty(FileHandle.standardInput.fileDescriptor) == 1 else { return readLine() ?? "" }
    var settings = termios()
    tcgetattr(FileHandle.standardInput.fileDescriptor, &settings)
    var hidden = settings
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(FileHandle.standardInput.fileDescriptor, TCSANOW, &hidden)
    defer { tcsetattr(FileHandle.standardInput.fileDescriptor, TCSANOW, &settings) }
    StandardError.write("Password: ")
    let password = readLine() ?? ""
    StandardError.write("\nRepeat password: ")
    let again = readLine() ?? ""
    StandardError.write("\n")
    guard password == again else { throw ValidationError("the two passwords differ.") }
    return password
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add an account.")
    @Argument var name: String
    @Option(help: "admin, editor (uploads, analyses, reviews) or reader (looks and downloads).") var role: Role =
      .editor
    @OptionGroup var place: DataArguments

    func run() async throws {
      let password = try Accounts.password()
      try await Accounts.with(place) { book in
        try await book.add(name: name, role: role, password: password)
        try StandardOutput.print("\(name) may sign in as \(role.rawValue)")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the accounts.")
    @OptionGroup var place: DataArguments

    func run() async throws {
      try await Accounts.with(place) { book in
        for line in try await book.lines() { try StandardOutput.print(line) }
      }
    }
  }

  struct Password: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Set an account's password; its sessions end.")
    @Argument var name: String
    @OptionGroup var place: DataArguments

    func run() async throws {
      let password = try Accounts.password()
      try await Accounts.with(place) { try await $0.setPassword(of: name, password) }
    }
  }

  struct ChangeRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "role", abstract: "Change an account's role.")
    @Argument var name: String
    @Argument var role: Role
    @OptionGroup var place: DataArguments

    func run() async throws { try await Accounts.with(place) { try await $0.setRole(of: name, role) } }
  }

  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Disable an account: its sessions and tokens end, its work stays.")
    @Argument var name: String
    @OptionGroup var place: DataArguments

    func run() async throws { try await Accounts.with(place) { try await $0.setDisabled(name, true) } }
  }

  struct Enable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let a disabled account in again.")
    @Argument var name: String
    @OptionGroup var place: DataArguments

    func run() async throws { try await Accounts.with(place) { try await $0.setDisabled(name, false) } }
  }

  struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a token for programs (Authorization: Bearer …); it is shown once.")
    @Argument(help: "Whose rights it has.") var account: String
    @Option(help: "What it is for.") var name = "token"
    @OptionGroup var place: DataArguments

    func run() async throws {
      try await Accounts.with(place) { try StandardOutput.print(await $0.makeToken(for: account, named: name)) }
    }
  }
}
