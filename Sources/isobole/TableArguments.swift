import ArgumentParser
import DoseTables
import Screening

/// How dose-matrix tables are read.
struct TableArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What a lab has said once: a YAML file with options by their names (response, columns, sheet, …); what the command line says goes "
        + "before it. isobole profile writes one.", valueName: "file"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "Which columns hold what, where their names do not say it: response=per_via,drug1=agent,conc1=agent.dose. Roles: drug1, conc1, "
        + "unit1, drug2, …, unit, response (several are replicates), samples (several columns: each the response of the sample or time that it is "
        + "called after), sample, block, replicate (rows that differ in it are replicates), condition (each value is a block of its own), ignore.",
      valueName: "role=column,…"))
  var columns: ColumnChoices?

  @Option(help: ArgumentHelp("The worksheet to read of workbooks. (default: all)", valueName: "name"))
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      "The time that is used of a table with several, in hours as the table states them. (default: the last of rows; of a column time "
        + "each value is a block of its own)",
      valueName: "hours"))
  var time: Double?

  @Option(
    help: ArgumentHelp(
      "Blocks of the same drugs, doses and sample: auto (kept apart, with a warning), pool (as replicates of one combination) or "
        + "separate (without a warning).", valueName: "way"))
  var replicates: ReadingOptions.Replicates = .auto

  @Option(
    help: ArgumentHelp(
      "A name of a sample that stands for another, as another spelling does; may be given several times.",
      valueName: "old=new"))
  var renameSample: [String] = []

  @Option(
    help: ArgumentHelp(
      "Doses of a drug that differ by no more than this share of themselves are one.", valueName: "share"))
  var doseTolerance = ReadingOptions().doseTolerance

  mutating func validate() throws {
    for text in renameSample where SampleRenames(text) == nil {
      throw ValidationError("--rename-sample \(text): expected OLD=NEW, as mm1.s=MM.1S")
    }
    guard (0...0.2).contains(doseTolerance) else {
      throw ValidationError("--dose-tolerance is \(doseTolerance), expected a share from 0 to 0.2, as 0.01")
    }
  }

  /// Puts what was said into a run's options.
  func apply(to reading: inout ReadingOptions) {
    reading.columns = columns ?? ColumnChoices()
    reading.sheet = sheet
    reading.time = time
    reading.doseTolerance = doseTolerance
    reading.replicates = replicates
    for (old, new) in renameSample.compactMap(SampleRenames.init).flatMap(\.pairs) { reading.sampleNames[old] = new }
  }
}
