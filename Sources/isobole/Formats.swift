import ArgumentParser
import Foundation
import PlateReading

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
        isobole formats --out Samples
      """)

  @Argument(help: ArgumentHelp("Formats to show. (default: all)", valueName: "name"))
  var names: [String] = []

  @Option(help: ArgumentHelp("Write the samples into this directory instead, a file each.", valueName: "directory"))
  var out: String?

  func validate() throws {
    if out == "" { throw ValidationError("--out: the name is empty; name a directory.") }
    let known = Set(FormatCatalogue.all.map(\.name))
    for name in names where !known.contains(name) {
      throw ValidationError(
        "\(name): no such format; expected one of \(FormatCatalogue.all.map(\.name).joined(separator: ", ")).")
    }
  }

  func run() throws {
    let formats = FormatCatalogue.all.filter { names.isEmpty || names.contains($0.name) }
    if let out {
      var files = NewFiles(into: out)
      for format in formats { files.add(format.name + ".txt", Data(format.sample.utf8)) }
      return try files.write()
    }
    for kind in FormatCatalogue.Kind.allCases where formats.contains(where: { $0.kind == kind }) {
      try StandardOutput.print(kind.heading + "\n")
      for format in formats where format.kind == kind {
        try StandardOutput.print("\(format.name): \(format.summary)")
        for line in format.sample.split(separator: "\n", omittingEmptySubsequences: false).withoutLastBlanks {
          try StandardOutput.print(("    " + line.replacing("\t", with: " → ")).prefix(118))
        }
        try StandardOutput.print("")
      }
    }
  }
}

extension FormatCatalogue.Kind {
  fileprivate var heading: String {
    switch self {
    case .doses: "DOSES AND RESPONSES (isobole analyze)"
    case .plates: "PLATES (isobole read)"
    case .layouts: "LAYOUTS (isobole analyze --layout)"
    case .manifests: "MANIFESTS (isobole analyze --manifest)"
    }
  }
}

extension [Substring] {
  /// Without the blank lines at the end.
  fileprivate var withoutLastBlanks: ArraySlice<Substring> {
    self[..<((lastIndex { !$0.isEmpty } ?? -1) + 1)]
  }
}
