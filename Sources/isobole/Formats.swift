import ArgumentParser
import PlateReading
import Reporting

/// `isobole formats`: what is understood, with a sample of each.
struct Formats: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the formats that are understood, with a sample of each.",
    discussion: """
      Every format is told from a file's content, as text (comma, semicolon, tab, bar or spaces; decimal point or comma;
      UTF-8, UTF-16, Windows-1252) or as a worksheet of an .xlsx file.

      EXAMPLES
        isobole formats
        isobole formats gen5 softmax
      """)

  @Argument(help: ArgumentHelp("Formats to show. (default: all)", valueName: "name"))
  var names: [String] = []

  func validate() throws {
    let known = Set(FormatCatalogue.all.map(\.name))
    for name in names where !known.contains(name) {
      throw ValidationError(
        "\(name): no such format; expected one of \(FormatCatalogue.all.map(\.name).joined(separator: ", ")).")
    }
  }

  func run() {
    for kind in FormatCatalogue.Kind.allCases {
      let formats = FormatCatalogue.all.filter { $0.kind == kind && (names.isEmpty || names.contains($0.name)) }
      guard !formats.isEmpty else { continue }
      print(kind == .doses ? "DOSES AND RESPONSES (isobole analyze)\n" : "PLATES (isobole read)\n")
      for format in formats {
        print("\(format.name): \(format.summary)")
        for line in format.sample.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
          print(("    " + line.replacing("\t", with: " → ")).prefix(118))
        }
        print("")
      }
    }
  }
}
