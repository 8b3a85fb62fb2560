import Foundation

/// The addresses of the pages and of the API that they call.
enum Links {
  /// A name as one segment of a path: everything but letters, digits and `-._~` is percent-encoded.
  static func segment(_ name: String) -> String {
    name.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }

  /// A screen's page.
  static func screen(_ id: String) -> String { "/screens/\(segment(id))" }
  /// How a file was understood.
  static func file(_ name: String, of screen: String) -> String { "\(self.screen(screen))/files/\(segment(name))" }
  /// The plates of a screen before a run.
  static func plates(_ screen: String) -> String { "\(self.screen(screen))/plates" }
  /// A run: its progress, then its ranked table.
  static func run(_ number: Int, of screen: String) -> String { "\(self.screen(screen))/runs/\(number)" }
  /// A combination's page.
  static func block(_ index: Int, run: Int, of screen: String) -> String {
    "\(self.run(run, of: screen))/blocks/\(index)"
  }
  /// Two runs compared.
  static func comparison(_ run: Int, against other: Int, of screen: String) -> String {
    "\(self.run(run, of: screen))/against/\(other)"
  }
  /// A sample of a format, and a template to fill in.
  static func sample(_ format: String) -> String { "/formats/\(segment(format)).txt" }
  static func template(_ name: String, _ ending: String) -> String { "/templates/\(segment(name)).\(ending)" }
  /// The same below `/api/v1`.
  static func api(_ path: String) -> String { "/api/v1" + path }
  /// A file of a finished run, downloaded.
  static func output(_ name: String, run: Int, of screen: String) -> String {
    api(self.run(run, of: screen)) + "/outputs/"
      + name.split(separator: "/").map { segment(String($0)) }.joined(separator: "/")
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
