import ArgumentParser
import Assay
import Foundation
import Plates
import Programs
import Reporting
import Screening

/// `isobole read`: what plate readers' exports hold, as JSON or as pictures of the plates.
struct Read: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the plates of readers' exports.",
    discussion: """
      Reads EnVision, MARS (PHERAstar, CLARIOstar), Kaleido, Gen5, SoftMax Pro, Tecan and GloMax exports, and any grid or \
      list of wells, as text or .xlsx; told from their content. Prints a picture of each plate, or JSON.

      EXAMPLES
        isobole read export.csv
        isobole read Exports --json > plates.json
      """)

  @Argument(
    help: ArgumentHelp("A file, a directory (searched recursively) or - for standard input.", valueName: "path"))
  var paths: [String]

  @Flag(help: "Print the wells as JSON.")
  var json = false

  @Flag(help: "Also take what the reader's software calculated, and its backgrounds.")
  var calculated = false

  @Option(help: ArgumentHelp("The decimal mark: auto, point or comma.", valueName: "mark"))
  var decimal: PlateExportOptions.Decimal = .auto

  func validate() throws {
    if paths.contains("") { throw ValidationError("an empty path: expected a file or a directory.") }
  }

  func run() throws {
    var options = PlateExportOptions()
    options.includesCalculated = calculated
    options.decimal = decimal
    let discovery = FileDiscovery(paths: paths.map { $0 == "-" ? FileDiscovery.standardInput : $0 })
    var problems = discovery.problems
    var files: [PlatesJSON.File] = []
    for file in discovery.files {
      do {
        let bytes = try FileDiscovery.contents(of: file.path)
        files.append((file.path, PlateExport.read(bytes, name: file.path, options: options)))
      } catch {
        problems.append(error)
      }
    }
    if json {
      try StandardOutput.write(Array(PlatesJSON.bytes(files, others: problems)) + [10])
    } else {
      try show(files)
    }
    let all = problems + files.flatMap(\.export.problems)
    if !json { complain(all) }
    if files.allSatisfy(\.export.plates.isEmpty) { throw ExitCode(ExitStatus.nothingAnalysed.rawValue) }
    if all.contains(where: { $0.severity == .error }) { throw ExitCode(ExitStatus.someRefused.rawValue) }
  }

  private func show(_ files: [PlatesJSON.File]) throws {
    let isColoured =
      isatty(FileHandle.standardOutput.fileDescriptor) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    for file in files {
      for plate in file.export.plates {
        try StandardOutput.print(PlatePicture.text(plate, file: file.path, isColoured: isColoured))
      }
    }
  }

  private func complain(_ problems: [InputProblem]) {
    for problem in problems {
      StandardError.write("\(problem.severity.rawValue): \(problem.file): \(problem.message)\n")
    }
  }
}

extension PlateExportOptions.Decimal: ExpressibleByArgument {}
