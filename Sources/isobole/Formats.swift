import ArgumentParser
import Foundation
import Plates
import Programs

/// `isobole formats`: what is understood, with a sample of each.
struct Formats: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the formats that are recognised, with a sample of each.",
    discussion: """
      Every format is told from a file's content, as text (comma, semicolon, tab, bar or spaces; decimal point or comma;
      UTF-8, UTF-16, Windows-1252) or as a worksheet of an .xlsx file.

      EXAMPLES
        isobole formats
        isobole formats gen5 softmax
        isobole formats --out Samples
        isobole formats --markdown > docs/formats.md
      """)

  @Argument(help: ArgumentHelp("Formats to show. (default: all)", valueName: "name"))
  var names: [String] = []

  @Option(help: ArgumentHelp("Write the samples into this directory instead, a file each.", valueName: "directory"))
  var out: String?

  @Flag(help: "Print a table in Markdown, as docs/formats.md has it.")
  var markdown = false

  func validate() throws {
    if markdown, out != nil { throw ValidationError("--markdown prints; name no --out with it.") }
    if out == "" { throw ValidationError("--out: the name is empty; name a directory.") }
    let known = Set(FormatCatalogue.all.map(\.name))
    for name in names where !known.contains(name) {
      throw ValidationError(
        "\(name): no such format; expected one of \(FormatCatalogue.all.map(\.name).joined(separator: ", ")).")
    }
  }

  /// The formats as Markdown: what each is, what shows that it is read rightly, a sample.
  private static func table(_ formats: [FormatCatalogue.Format]) -> String {
    var lines = [
      "# What Isobole reads", "",
      "Written by `isobole formats --markdown`; every sample is read by `make test` (`FormatCatalogueTests`).",
    ]
    for kind in FormatCatalogue.Kind.allCases {
      let own = formats.filter { $0.kind == kind }
      guard !own.isEmpty else { continue }
      lines += ["", "## " + kind.heading, ""]
      lines += ["| format | what it is | what shows that it is read rightly |", "|---|---|---|"]
      lines += own.map { "| [`\($0.name)`](#\($0.name)) | \($0.summary) | \($0.truth) |" }
      for format in own {
        let sample = format.sample.split(separator: "\n", omittingEmptySubsequences: false).withoutLastBlanks.prefix(24)
        lines += [
          "", "### \(format.name)", "", "```", sample.map { String($0.prefix(160)) }.joined(separator: "\n"), "```",
        ]
      }
    }
    return lines.joined(separator: "\n")
  }

  func run() throws {
    let formats = FormatCatalogue.all.filter { names.isEmpty || names.contains($0.name) }
    if let out {
      var files = NewFiles(into: out)
      for format in formats { files.add(format.name + ".txt", Data(format.sample.utf8)) }
      return try files.write()
    }
    if markdown { return try StandardOutput.print(Self.table(formats)) }
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
