import ArgumentParser
import Foundation
import Reporting
import Results

/// `isobole export`: what a run's store holds, for other programs.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write finished results as JSON, for other programs.",
    discussion: """
      The store of a run, results.sqlite, can be read by any program that reads SQLite (Python, R, DuckDB). This writes the \
      same as one JSON object: the rows of its tables, each under the names of its columns. isobole report, \
      --against and --like read such a file as they read a directory, however another program has laid it out.

      EXAMPLES
        isobole export Reports/november > november.json
        isobole export Reports/november --out november.json
        isobole report november.json --out again
      """)

  @Argument(help: ArgumentHelp("A directory that isobole analyze has written.", valueName: "results"))
  var results: String

  @Option(help: ArgumentHelp("A new file. (default: standard output)", valueName: "file"))
  var out: String?

  func run() async throws {
    do {
      let file = try await ResultsFile.open(results, threads: 1)
      guard let out else { return try file.writeJSON { try StandardOutput.write($0) } }
      var bytes = Data()
      try file.writeJSON { bytes.append(contentsOf: $0) }
      let url = URL(fileURLWithPath: out)
      var files = NewFiles(into: url.deletingLastPathComponent().relativePath)
      files.add(url.lastPathComponent, bytes)
      try files.write()
    } catch let error as ResultsError {
      throw CommandFailure(
        message: "\(error)", status: error.isWrongCommand ? .wrongCommand : .nothingAnalysed)
    }
  }
}
