import Compounds
import Foundation
import Programs

/// What a lab has said once about its files: a YAML file whose keys are options of `isobole analyze`.
///
/// ```
/// response: viability-fraction
/// columns:
///   response: per_via
///   drug1: agent
/// rename:
///   Selinexer: selinexor
/// ```
enum ProfileFile {
  /// The options that a profile may hold: how files are read, not what is done with them.
  static let keys = [
    "response", "columns", "sheet", "time", "dose-tolerance", "replicates", "rename-sample", "rename", "keep-names",
    "compounds", "targets", "layout", "manifest",
    "channel", "repeat", "decimal", "signal-direction", "normalise", "control-centre", "well-volume", "solvent-limit",
  ]
  /// Those that name files, relative to the profile.
  private static let paths: Set<String> = ["layout", "compounds", "manifest", "targets"]
  private static let flags: Set<String> = ["keep-names"]

  /// The arguments with a profile's options put before those of the person.
  static func expanded(_ arguments: [String]) throws -> [String] {
    guard arguments.first == "analyze" else { return arguments }
    var file: String?
    for (place, argument) in arguments.enumerated() {
      if argument == "--" { break }
      if argument == "--profile", place + 1 < arguments.count { file = arguments[place + 1] }
      if argument.hasPrefix("--profile=") { file = String(argument.dropFirst("--profile=".count)) }
    }
    guard let file else { return arguments }
    return [arguments[0]] + (try options(file)) + arguments.dropFirst()
  }

  /// The options of a profile as arguments.
  private static func options(_ file: String) throws -> [String] {
    func refuse(_ line: Int?, _ message: String) -> CommandFailure {
      CommandFailure(
        message: "profile \(file): " + (line.map { "line \($0): " } ?? "") + message, status: .wrongCommand)
    }
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw refuse(nil, "it cannot be read; name a YAML file, as isobole profile writes it")
    }
    let root: YAMLNode?
    do throws(RegistryFault) {
      root = try YAMLDocument.read(Array(bytes))
    } catch {
      throw refuse(nil, error.description)
    }
    guard let root, case .map(let members) = root.content else {
      throw refuse(root?.line, "expected options, as response: viability")
    }
    let folder = (file as NSString).deletingLastPathComponent
    var arguments: [String] = []
    for member in members {
      let written = member.key.replacing("_", with: "-")
      let key = RenamedOptions.newName(of: written) ?? written
      if key != written {
        StandardError.write("isobole: warning: profile \(file): line \(member.line): \(member.key) is now \(key)\n")
      }
      guard keys.contains(key) else {
        throw refuse(
          member.line, "\(member.key) is no option of a profile; expected one of \(keys.joined(separator: ", "))")
      }
      let values: [String]
      switch member.value.content {
      case .scalar(let text): values = [text]
      case .list(let items):
        values = try items.map { item in
          guard case .scalar(let text) = item.content else { throw refuse(item.line, "\(key): expected a text") }
          return text
        }
      case .map(let pairs):
        let texts = try pairs.flatMap { pair -> [String] in
          switch pair.value.content {
          case .scalar(let text): return ["\(pair.key)=\(text)"]
          case .list(let items) where key == "columns":
            return try items.map { item in
              guard case .scalar(let text) = item.content else {
                throw refuse(item.line, "\(pair.key): expected a column's name")
              }
              return "\(pair.key)=\(text)"
            }
          default: throw refuse(pair.line, "\(pair.key): expected a text, read \(pair.value.described)")
          }
        }
        values = key == "columns" ? [texts.joined(separator: ",")] : texts
      }
      for value in values {
        if flags.contains(key) {
          guard ["true", "false", "yes", "no"].contains(value) else {
            throw refuse(member.line, "\(key) is \(value), expected true or false")
          }
          if value == "true" || value == "yes" { arguments.append("--\(key)") }
        } else {
          let isRelative = paths.contains(key) && !value.hasPrefix("/") && !folder.isEmpty
          arguments.append("--\(key)=\(isRelative ? folder + "/" + value : value)")
        }
      }
    }
    return arguments
  }
}
