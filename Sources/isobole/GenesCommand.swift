import ArgumentParser
import Foundation
import Genes
import Programs
import Reporting
import Results

/// `isobole genes`: counts of a pooled CRISPR screen in, genes whose loss sensitises or protects out.
struct GenesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "genes",
    abstract: "Score the genes of a pooled CRISPR screen with a drug.",
    discussion: """
      Reads a table of counts (a guide and its gene per row, a column per sample; comma or tab, also .gz; MAGeCK's, drugZ's, BAGEL's, \
      JACKS' and nf-core's), or a directory of files of one sample each. Writes genes.csv, guides.csv, gene_qc.csv and columns.csv, \
      which says what each column means. A contrast depends on its own samples alone.

      EXAMPLES
        isobole genes counts.tsv --control Veh_1,Veh_2 --treatment Drug_1,Drug_2 --drug selinexor
        isobole genes counts.tsv --design samples.csv --essential CEGv2.txt --non-essential NEGv1.txt
        isobole genes counts.tsv.gz --control T0 --treatment T18A,T18B --method z --as drugz --out Genes/as-drugz
      """)

  @Argument(
    help: ArgumentHelp(
      "A table of counts, a directory of files of one sample each, or - for standard input.", valueName: "path"))
  var path: String

  @Option(help: ArgumentHelp("Samples without the drug, separated by commas.", valueName: "names"))
  var control: NamesArgument?

  @Option(help: ArgumentHelp("Samples with the drug.", valueName: "names"))
  var treatment: NamesArgument?

  @Option(help: ArgumentHelp("Samples from before (plasmid, day 0), for quality.", valueName: "names"))
  var initial: NamesArgument?

  @Option(
    help: ArgumentHelp(
      "A table of samples: sample, arm (control, treatment, initial), drug, dose, day, replicate, line. Each drug and dose of a line and day is a contrast.",
      valueName: "file"))
  var design: String?

  @Option(help: ArgumentHelp("The drug.", valueName: "name"))
  var drug: String?

  @Flag(help: "Each control belongs to the treatment at the same place (with --design, of the same replicate).")
  var paired = false

  @Option(
    help: ArgumentHelp("Where the tables go. (default: Genes/<drug>, else Genes/<file name>)", valueName: "directory"))
  var out: String?

  @OptionGroup var placement: PlacementArguments

  @Option(
    help: ArgumentHelp(
      "z (standardised fold changes, after drugZ), rra (ranks, after MAGeCK, with exact p) or both.",
      valueName: "method"))
  var method = GeneOptions().method

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("drugz: method z as drugZ 1.1.0.2 computes it, its faults included.", valueName: "program"))
  var anchor: GeneAnchor?

  @Option(help: ArgumentHelp("False discovery rate at which a gene is called.", valueName: "share"))
  var fdr = GeneOptions().falseDiscoveryRate

  @Option(
    help: ArgumentHelp("A gene has no effect where its interval lies within ± this many log2 units.", valueName: "log2")
  )
  var threshold = GeneOptions().threshold

  @Option(help: ArgumentHelp("Confidence level of the intervals, between 0.5 and 0.999.", valueName: "share"))
  var confidence = GeneOptions().confidence

  @OptionGroup(title: "Counts")
  var counts: CountArguments

  @OptionGroup(title: "Known genes")
  var known: GeneSetArguments

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @Flag(help: "Print nothing but errors and what --json asks for.")
  var quiet = false

  func validate() throws {
    if path.isEmpty { throw ValidationError("an empty path: expected a table of counts.") }
    if out == "" { throw ValidationError("--out: the name is empty; name a directory.") }
    if !(fdr > 0 && fdr < 1) { throw ValidationError("--fdr \(fdr): expected a number between 0 and 1.") }
    if !(threshold > 0 && threshold <= 10) {
      throw ValidationError("--threshold \(threshold): expected log2 units up to 10.")
    }
    if !(0.5...0.999).contains(confidence) {
      throw ValidationError("--confidence \(confidence): expected a number from 0.5 to 0.999.")
    }
    if design != nil {
      if control != nil || treatment != nil || initial != nil || drug != nil {
        throw ValidationError("--design names samples and drugs; remove --control, --treatment, --initial and --drug.")
      }
    } else if control == nil || treatment == nil {
      throw ValidationError("expected --control and --treatment, or --design with a table of samples.")
    }
    if anchor == .drugz, method == .rra {
      throw ValidationError("--as drugz is about method z; add --method z or both.")
    }
  }

  private var directory: String {
    if let out { return out }
    let stem = URL(fileURLWithPath: path).lastPathComponent.split(separator: ".").first.map(String.init) ?? "screen"
    let name = (drug ?? (path == "-" ? "screen" : stem)).map {
      $0.isLetter || $0.isNumber || "-_+".contains($0) ? $0 : "-"
    }
    return "Genes/" + String(name)
  }

  private var options: GeneOptions {
    var options = GeneOptions()
    (options.method, options.isDrugZ) = (method, anchor == .drugz)
    (options.falseDiscoveryRate, options.threshold, options.confidence) = (fdr, threshold, confidence)
    return options
  }

  /// What is compared.
  private func contrasts() throws -> (contrasts: [Contrast], notes: [CountTable.Note]) {
    if let design {
      let sheet = try SampleSheet(GeneFiles.contents(of: design), file: design, isPaired: paired)
      return (sheet.contrasts, sheet.notes)
    }
    let contrast = Contrast(
      name: drug ?? "treatment", drug: drug ?? "", controls: control?.names ?? [], treatments: treatment?.names ?? [],
      initial: initial?.names ?? [], isPaired: paired)
    try contrast.check()
    return ([contrast], [])
  }

  func run() async throws {
    do {
      try await analyze()
    } catch let error as CountError {
      throw CommandFailure(message: "\(error)", status: error.isWrongCommand ? .wrongCommand : .nothingAnalysed)
    } catch let error as ResultsError {
      throw CommandFailure(message: "\(error)", status: error.isWrongCommand ? .wrongCommand : .nothingAnalysed)
    }
  }

  private func analyze() async throws {
    let (contrasts, designNotes) = try contrasts()
    var samples: [String] = []
    for sample in contrasts.flatMap(\.samples) where !samples.contains(sample) { samples.append(sample) }
    let others = known.files + [design, counts.library].compactMap(\.self)
    let writer = try GeneResultsWriter(
      directory: directory, options: options, placement: placement.placement(reading: [path] + others))
    let table = try GeneFiles.table(path, samples: samples, options: counts.options(), others: others)
    let (sets, setNotes) = try known.sets(in: table)
    for note in designNotes + setNotes {
      try writer.append(contrast: "", file: note.file, isError: false, message: note.message)
    }
    var failures: [CountError] = []
    var summaries: [GenesJSON.Contrast] = []
    for contrast in contrasts {
      do {
        let analysis = try GeneAnalysis(table, contrast: contrast, sets: sets, options: options)
        summaries.append(GenesJSON.Contrast(analysis))
        try writer.append(analysis)
        if !quiet, !json { try StandardOutput.print(GeneSummary.text(of: analysis)) }
      } catch let error as CountError where contrasts.count > 1 {
        failures.append(error)
        try writer.append(contrast: contrast.name, file: path, isError: true, message: "\(error)")
        StandardError.write("isobole: \(error)\n")
      }
    }
    if let first = failures.first, failures.count == contrasts.count { throw first }
    try await finish(writer, failures, summaries)
  }

  private func finish(
    _ writer: GeneResultsWriter, _ failures: [CountError], _ summaries: [GenesJSON.Contrast]
  ) async throws {
    try await writer.finish(version: Program.version)
    if !quiet { for note in writer.notes { StandardError.write("isobole: note: \(note)\n") } }
    if json {
      try StandardOutput.print(GenesJSON(directory: directory, errors: failures.count, contrasts: summaries).text)
    } else if !quiet {
      try StandardOutput.print("Tables: \(directory)/genes.csv")
    }
    if !failures.isEmpty { throw ExitCode(ExitStatus.someRefused.rawValue) }
  }
}
