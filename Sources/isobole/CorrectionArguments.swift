import ArgumentParser
import Assay
import DoseTables
import Programs
import Screening

/// What `isobole analyze` is told about files that say otherwise than they should, and about wells to leave out.
struct CorrectionArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How files are to be read where they say otherwise or nothing: a table file,drug,response,unit,sample,plate; only file "
        + "is needed, an empty field leaves what was read. response as for --response, unit for drug or for all, sample for all "
        + "blocks (NEW) or some (OLD=NEW;OLD2=NEW2), plate for "
        + "exports: NEW, or OLD=NEW;OLD2=NEW2.",
      valueName: "file"))
  var corrections: String?

  @Option(
    help: ArgumentHelp(
      "Wells of blocks to exclude: a table block_id,conc1,conc2,response,reason (conc3 … for more drugs), doses and a "
        + "well's % inhibition as in wells.csv; without a response all wells at the doses.",
      valueName: "file"))
  var excludeWells: [String] = []

  func validate() throws {
    if corrections == "" { throw ValidationError("--corrections: the name is empty; name a file.") }
    if excludeWells.count > 1 {
      throw ValidationError("--exclude-wells: given \(excludeWells.count) times; put all rows into one file.")
    }
    if excludeWells.first == "" { throw ValidationError("--exclude-wells: the name is empty; name a file.") }
  }

  /// The paths of the tables, which are no files of the screen.
  var paths: [String] { [corrections, excludeWells.first].compactMap(\.self) }

  /// The corrections, read; ends the command when their file is none.
  func readCorrections() throws -> FileCorrections {
    try read(corrections, option: "--corrections") { path throws(InputProblem) in try FileCorrections(path: path) }
      ?? FileCorrections()
  }

  /// The wells to leave out, read; ends the command when their file is none.
  func readWellsLeftOut() throws -> WellsLeftOut {
    try read(excludeWells.first, option: "--exclude-wells") { path throws(InputProblem) in try WellsLeftOut(path: path)
    }
      ?? WellsLeftOut()
  }

  /// Without such a table nothing would be as the user wants it, so the run does not start.
  private func read<Table>(
    _ path: String?, option: String, _ read: (String) throws(InputProblem) -> Table
  ) throws(CommandFailure) -> Table? {
    guard let path else { return nil }
    do throws(InputProblem) {
      return try read(path)
    } catch {
      let line = error.line.map { ", line \($0)" } ?? ""
      throw CommandFailure(message: "\(option) \(path)\(line): \(error.message)", status: .wrongCommand)
    }
  }
}
