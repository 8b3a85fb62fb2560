import ArgumentParser
import Foundation
import Programs
import Reporting
import Results

extension RunTable: ExpressibleByArgument {}
extension RunTable.Format: ExpressibleByArgument {}

/// `isobole export`: what a run's store holds, for other programs.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write finished results, or one table of them, for other programs.",
    discussion: """
      The store of a run, results.sqlite, can be read by any program that reads SQLite (Python, R, DuckDB). This writes the \
      same as one JSON object: the rows of its tables, each under the names of its columns. isobole report, \
      --compare-with and --like read such a file as they read a directory, however another program has laid it out.

      With --table it writes one table: as CSV the bytes that isobole analyze left, also of a run whose CSV files are gone, \
      or as JSON lines, a row each, for pandas, jq or DuckDB. columns says what each column means.

      EXAMPLES
        isobole export Reports/november > november.json
        isobole export Reports/november --out november.json
        isobole report november.json --out again
        isobole export Reports/november --table scores --format jsonl | jq .call
        isobole export Reports/november --table fits --line-fits --out lines.csv
      """)

  @Argument(help: ArgumentHelp("A directory that isobole analyze has written.", valueName: "results"))
  var results: String

  @Option(
    help: ArgumentHelp(
      "One table: \(RunTable.allCases.map(\.rawValue).joined(separator: ", ")). (default: everything, as JSON)",
      valueName: "table"))
  var table: RunTable?

  @Option(help: ArgumentHelp("How a table is laid out: csv or jsonl. (default: csv)", valueName: "format"))
  var format: RunTable.Format?

  @Flag(help: "The table fits also has the curves that ZIP fits at fixed doses of the other drug.")
  var lineFits = false

  @Option(help: ArgumentHelp("A new file. (default: standard output)", valueName: "file"))
  var out: String?

  func validate() throws {
    if table == nil, format != nil { throw ValidationError("--format lays out one table; name it with --table.") }
    if lineFits, table != .fits { throw ValidationError("--line-fits is about --table fits.") }
    if out == "" { throw ValidationError("--out: the name is empty; name a file.") }
  }

  func run() async throws {
    do {
      let file = try await ResultsFile.open(results, threads: 1)
      let source = table == nil ? nil : try await file.report()
      func write(_ write: ([UInt8]) throws -> Void) throws {
        guard let table, let source else { return try file.writeJSON(write) }
        try file.write(table, of: source, as: format ?? .csv, lineFits: lineFits, to: write)
      }
      guard let out else { return try write { try StandardOutput.write($0) } }
      try NewFiles.write(to: out, write)
    } catch let error as ResultsError {
      throw CommandFailure(
        message: "\(error)", status: error.isWrongCommand ? .wrongCommand : .nothingAnalysed)
    }
  }
}
