import ArgumentParser
import Foundation
import Programs

/// Hands commands of the web app on to `isobole-web`, which lies beside this program: what it is built of (HTTP, TLS, a
/// store) is no part of analysing a screen.
enum WebProgram {
  /// The command of the web app that the arguments ask for, with what follows it; `nil` for another one.
  static func command(in arguments: [String]) -> [String]? {
    let rest = Array(arguments.dropFirst())
    guard let first = rest.first else { return nil }
    if WebCommand(rawValue: first) != nil { return rest }
    guard first == "help", rest.count > 1, WebCommand(rawValue: rest[1]) != nil else { return nil }
    return Array(rest.dropFirst()) + ["--help"]
  }

  /// Goes on as `isobole-web`.
  static func become(_ command: [String]) -> Never {
    let path = Program.folder + "/isobole-web"
    var arguments: [UnsafeMutablePointer<CChar>?] = ([path] + command).map { strdup($0) } + [nil]
    execv(path, &arguments)
    let reason = errno == ENOENT ? "it is not there" : String(cString: strerror(errno))
    StandardError.write(
      "isobole: the web app is a program of its own, \(path), and \(reason). Build it with make web, or put isobole-web "
        + "beside isobole\n")
    _exit(ExitStatus.nothingAnalysed.rawValue)
  }
}

/// A command that is only listed here.
protocol HandedOn: ParsableCommand {
  static var command: WebCommand { get }
}

extension HandedOn {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: command.rawValue, abstract: command.abstract)
  }
}

struct Serve: HandedOn { static let command = WebCommand.serve }
struct Accounts: HandedOn { static let command = WebCommand.accounts }
struct Backup: HandedOn { static let command = WebCommand.backup }
struct Restore: HandedOn { static let command = WebCommand.restore }
