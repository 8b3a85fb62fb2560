import ArgumentParser
import DoseTables
import Foundation
import Programs
import Screening

/// `isobole profile`: what was recognised of a file, as a profile that reads its like.
struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a profile: how files like this one are read.",
    discussion: """
      A profile is a small YAML file that says once what a lab's files mean. This command writes what was recognised of a \
      table of doses and responses; correct it where it is wrong, and give it to isobole analyze --profile. Its keys are options of \
      isobole analyze: \(ProfileFile.keys.joined(separator: ", ")).

      EXAMPLES
        isobole profile Screens/2026-11/plate1.csv > lab.yaml
        isobole analyze Screens/2026-11 --profile lab.yaml
      """)

  @Argument(help: ArgumentHelp("A table of doses and responses.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("What a response value means, as in isobole analyze.", valueName: "kind"))
  var response: ReadingOptions.Response = .auto

  @OptionGroup(title: "Tables")
  var tables: TableArguments

  func run() throws {
    if tables.profile != nil {
      throw CommandFailure(
        message:
          "--profile is an option of isobole analyze: isobole profile writes a profile and takes none; give what it says as "
          + "options, --response or --columns", status: .wrongCommand)
    }
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw CommandFailure(message: "\(file) cannot be read; name a file", status: .wrongCommand)
    }
    var options = ReadingOptions()
    options.response = response
    tables.apply(to: &options)
    let read = FilePreview.table(Array(bytes), name: file, options: options)
    var lines = [
      "# How isobole reads files like \((file as NSString).lastPathComponent): isobole analyze --profile THIS FILES"
    ]
    lines.append("# Recognised: \(read.format ?? "nothing"), \(read.blocks.count) blocks")
    if let kind = read.responseKind {
      lines.append("response: \(kind.rawValue)")
    } else {
      lines.append("# response: \(ReadingOptions.Response.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    if let sheet = tables.sheet { lines.append("sheet: \(Self.quoted(sheet))") }
    if let time = tables.time { lines.append("time: \(time)") }
    if !read.columns.isEmpty {
      lines.append("columns:")
      var written: Set<String> = []
      for use in read.columns where written.insert(use.role).inserted {
        let own = read.columns.filter { $0.role == use.role }.map { Self.quoted($0.column) }
        lines.append("  \(use.role): \(own.count == 1 ? own[0] : "[\(own.joined(separator: ", "))]")")
      }
    }
    for problem in read.problems {
      lines.append("# \(problem.message.replacing("\n", with: " "))")
    }
    try StandardOutput.print(lines.joined(separator: "\n"))
    if read.format == nil { throw ExitCode(ExitStatus.nothingAnalysed.rawValue) }
  }

  /// A YAML text in quotes.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
