import ArgumentParser
import DoseResponse
import DoseTables
import Foundation
import Programs
import Reporting
import Results
import Screening
import Synergy

/// `isobole analyze`: dose matrices in, a ranked synergy report out.
struct Analyze: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Score and rank the combinations of a screen.",
    discussion: """
      Reads dose-matrix tables (SynergyFinder table and matrix, NCATS, DrugComb, Python synergy; comma, semicolon or \
      tab), or, with --layout, plate readers' exports; recognised from their content. Writes ranking.csv, cells.csv, fits.csv, \
      problems.csv, results.sqlite (all of it) and the report (report.html, report.pdf, report.xlsx, report.md); for plates qc.csv too, \
      for combinations in several samples across_samples.csv, with --samples associations.csv, with --genes partners.csv and biomarkers.csv.

      EXAMPLES
        isobole analyze Plates/simulated-xpo1-screen.csv
        isobole analyze Screens/2026-11 --response viability --out Reports/november
        isobole analyze block.csv --models bliss,hsa --json
        isobole analyze Plates/simulated-reader-exports --layout Plates/simulated-reader-exports/layout.csv
        isobole analyze block.csv --compounds lab.yaml
        isobole analyze Screens/2026-11 --genes Genes/selinexor --targets targets.csv
        isobole analyze block.csv --corrections corrections.csv --exclude-wells out.csv
      """)

  @Argument(
    help: ArgumentHelp("A file, a directory (searched recursively) or - for standard input.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("Where the results go. (default: Reports/<screen name>)", valueName: "directory"))
  var out: String?

  @OptionGroup var placement: PlacementArguments

  @Option(
    help: ArgumentHelp("The screen's name in the report and the results. (default: from the paths)", valueName: "name"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "What a response value means: auto, inhibition, viability, viability-fraction, inhibition-fraction, or signal (as the "
        + "instrument measured it, in percent of each block's untreated wells).",
      valueName: "kind"))
  var response: ReadingOptions.Response = .auto

  @OptionGroup(title: "Tables")
  var tables: TableArguments

  @OptionGroup(title: "Plate readers' exports")
  var plates: PlateArguments

  @OptionGroup(title: "Corrections")
  var corrections: CorrectionArguments

  @OptionGroup(title: "Drugs")
  var compounds: CompoundArguments

  @OptionGroup(title: "Samples")
  var annotations: SampleArguments

  @OptionGroup(title: "Gene screen")
  var geneScreen: GeneJoinArguments

  @Option(help: ArgumentHelp("Null models, separated by commas: zip, bliss, loewe, hsa.", valueName: "list"))
  var models: ModelList<NullModel> = ModelList(models: NullModel.allCases)

  @Option(
    help: ArgumentHelp(
      "Where untreated wells do not read 0: auto (moderated across the screen, only where it shows a difference from 0), "
        + "fitted or untreated (each block's own level), or as-read.", valueName: "method"))
  var baseline: BaselineOptions.Method = BaselineOptions().method

  @Option(
    help: ArgumentHelp(
      "A drug that at least \(AnchorOptions().minimumBlocks) blocks of a sample measured alone at the same doses: own (each block's own wells) or shared "
        + "(drawn towards the other blocks' as far as they agree).", valueName: "method"))
  var anchor: AnchorOptions.Method = AnchorOptions().method

  @Option(help: ArgumentHelp("Where ZIP's lines start: observed (as SynergyFinder) or fitted.", valueName: "baseline"))
  var zipBaseline: SynergyOptions.ZIPBaseline = .observed

  @Option(help: ArgumentHelp("Doses of each drug in the window of the most synergistic area.", valueName: "n"))
  var peakWindow = SynergyOptions().peakWindow

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Bounds of the Hill slope.", valueName: "low,high"))
  var hillBounds = BoundsArgument(HillBounds().hill)

  @Option(help: ArgumentHelp("How far EC50 may lie outside the tested doses, as a factor.", valueName: "factor"))
  var ec50Factor = HillBounds().ec50Factor

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Bounds of E0, % inhibition. (default: none)", valueName: "low,high"))
  var e0Bounds: BoundsArgument?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Bounds of Emax, % inhibition. (default: none)", valueName: "low,high"))
  var emaxBounds: BoundsArgument?

  @Option(
    help: ArgumentHelp("Resamples of each block for intervals and tests; 0 for none.", valueName: "n"))
  var resamples = InferenceOptions().resamples

  @Option(help: ArgumentHelp("Seed of the resamples; results are reproducible for a given seed.", valueName: "n"))
  var seed = InferenceOptions().seed

  @Option(help: ArgumentHelp("Confidence level of the intervals, between 0.5 and 0.999.", valueName: "share"))
  var confidence = InferenceOptions().confidence

  @Option(
    help: ArgumentHelp(
      "Minimum effect size in percentage points: a call needs the score beyond it.", valueName: "points"))
  var threshold = InferenceOptions().threshold

  @Option(help: ArgumentHelp("False discovery rate at which a score is called.", valueName: "share"))
  var fdr = InferenceOptions().falseDiscoveryRate

  @Option(
    help: ArgumentHelp(
      "Reference models that calls are about, separated by commas; choose them before looking at results.",
      valueName: "list"))
  var callModels: ModelList<NullModel> = ModelList(models: InferenceOptions().callModels)

  @Option(
    help: ArgumentHelp(
      "BIGL's F test of a whole block, for nulls separated by commas: loewe, loewe2, hsa, bliss. (default: none)",
      valueName: "list"))
  var bigl: ModelList<BIGLNull>?

  @Option(help: ArgumentHelp("Refits of the curves for BIGL's test (B.CP), 10 to 10000.", valueName: "n"))
  var biglRefits = BIGLOptions().refits

  @Option(
    help: ArgumentHelp(
      "What BIGL's refits draw errors from: residuals of the curves, or replicates as BIGL 1.8.0.", valueName: "kind"))
  var biglErrors = BIGLOptions().errors

  @Option(
    help: ArgumentHelp(
      "Resamples under the null for the p value of BIGL's test (B.B); 0 takes p from the F distribution.",
      valueName: "n"))
  var biglResamples = BIGLOptions().resamples

  @Flag(help: "Also write the fits of ZIP's lines into fits.csv; results.sqlite always has them.")
  var lineFits = false

  @Option(
    help: ArgumentHelp(
      "Combinations that get a full page in report.html, best first; others open as maps.", valueName: "n"))
  var reportBlocks = DocumentOptions.defaultReportBlocks

  @OptionGroup(title: "Documents")
  var documents: DocumentArguments

  @Option(help: ArgumentHelp("Worker threads; never changes a number. (default: all cores)", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @Flag(help: "Print nothing but errors and what --json asks for.")
  var quiet = false

  @Flag(
    name: .customLong(Supervision.option),
    help: ArgumentHelp(
      "Progress and end as lines of JSON on standard output, for the program that started this one; the run ends when its "
        + "standard input does.",
      visibility: .hidden))
  var isSupervised = false

  func validate() throws {
    if paths.contains("") { throw ValidationError("an empty path: expected a file or a directory.") }
    if peakWindow < 1 { throw ValidationError("--peak-window \(peakWindow): expected 1 or more.") }
    if reportBlocks < 0 { throw ValidationError("--report-blocks \(reportBlocks): expected 0 or more.") }
    if let threads, threads < 1 { throw ValidationError("--threads \(threads): expected 1 or more.") }
    if !(ec50Factor >= 1 && ec50Factor <= 1e9) {
      throw ValidationError("--ec50-factor \(ec50Factor): expected a number from 1 to 1e9.")
    }
    if !(hillBounds.range.lowerBound > 0 && hillBounds.range.upperBound <= 100) {
      throw ValidationError("--hill-bounds \(hillBounds): expected two numbers above 0 and up to 100.")
    }
    if !(0...1_000_000).contains(resamples) || (1..<100).contains(resamples) {
      throw ValidationError("--resamples \(resamples): expected 0, or 100 to 1000000.")
    }
    if !(0.5...0.999).contains(confidence) {
      throw ValidationError("--confidence \(confidence): expected a number from 0.5 to 0.999.")
    }
    if !(threshold >= 0 && threshold <= 100) {
      throw ValidationError("--threshold \(threshold): expected percentage points from 0 to 100.")
    }
    if !(10...10_000).contains(biglRefits) {
      throw ValidationError("--bigl-refits \(biglRefits): expected 10 to 10000.")
    }
    if !(biglResamples == 0 || (99...100_000).contains(biglResamples)) {
      throw ValidationError("--bigl-resamples \(biglResamples): expected 0, or 99 to 100000.")
    }
    if !(fdr > 0 && fdr < 1) { throw ValidationError("--fdr \(fdr): expected a number between 0 and 1.") }
    if isSupervised, inputs.contains(FileDiscovery.standardInput) {
      throw ValidationError("--supervised: standard input tells when the run must end; name a file instead of -.")
    }
    if let title, title.allSatisfy(\.isWhitespace) || title.contains(where: \.isNewline) {
      throw ValidationError("--title: expected a name on one line.")
    }
    if out == "" { throw ValidationError("--out: the name is empty; name a directory.") }
    if let out {
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: out, isDirectory: &isDirectory), !isDirectory.boolValue {
        throw ValidationError("--out \(out): this is a file; name a directory.")
      }
    }
  }

  /// What the flags ask for.
  private func options(hasLayouts: Bool) throws -> ScreenOptions {
    var options = ScreenOptions(threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    options.reading.response = response
    tables.apply(to: &options.reading)
    options.plates = hasLayouts ? plates.options : nil
    options.compounds = try compounds.options()
    annotations.apply(to: &options.acrossSamples)
    options.acrossSamples.seed = seed
    options.synergy.models = models.models
    options.synergy.baseline.method = baseline
    options.synergy.anchor.method = anchor
    options.synergy.zipBaseline = zipBaseline
    options.synergy.peakWindow = peakWindow
    options.synergy.inference.resamples = resamples
    options.synergy.inference.seed = seed
    options.synergy.inference.confidence = confidence
    options.synergy.inference.threshold = threshold
    options.synergy.inference.falseDiscoveryRate = fdr
    options.synergy.inference.callModels = callModels.models
    options.synergy.bigl.nulls = bigl?.models ?? []
    options.synergy.bigl.refits = biglRefits
    options.synergy.bigl.errors = biglErrors
    options.synergy.bigl.resamples = biglResamples
    options.synergy.bounds.hill = hillBounds.range
    options.synergy.bounds.ec50Factor = ec50Factor
    options.synergy.bounds.e0 = e0Bounds?.range
    options.synergy.bounds.emax = emaxBounds?.range
    return options
  }

  /// The paths to read.
  private var inputs: [String] { paths.map { $0 == "-" ? FileDiscovery.standardInput : $0 } }

  /// The screen's name: what the first path is called.
  private var screenName: String {
    let first = URL(fileURLWithPath: inputs.first ?? ".").standardizedFileURL
    let last = first.hasDirectoryPath ? first.lastPathComponent : first.deletingPathExtension().lastPathComponent
    let name = last == "/" || last.isEmpty ? "screen" : last
    return paths.count == 1 ? name : "\(name)-and-\(paths.count - 1)-more"
  }

  /// Whether nothing but errors is printed.
  private var saysNothing: Bool { quiet || isSupervised }

  func run() async throws {
    let directory = out ?? "Reports/\(screenName)"
    let discovery = FileDiscovery(paths: inputs, excluding: directory).without(corrections.paths + geneScreen.paths)
    let layouts = plates.layout.isEmpty ? discovery.wellTables : plates.layout
    let options = try options(hasLayouts: !layouts.isEmpty)
    var run = ScreenRun(options: options)
    run.corrections = try corrections.readCorrections()
    // The samples of plates stand in their layouts.
    for layout in layouts where !tables.renameSample.isEmpty {
      run.corrections.add(samples: tables.renameSample.joined(separator: ";"), of: layout)
    }
    for plate in plates.plate { run.corrections.add(plate: plate.plate, of: plate.file) }
    run.leftOut = try corrections.readWellsLeftOut()
    run.plateOptionsGiven = plates.given
    run.transferOptionsGiven = plates.given.filter {
      ["--well-volume", "--solvent-limit", "--volume-tolerance"].contains($0)
    }
    let genes = try geneScreen.read(options.compounds.registry)
    do {
      let writer = try ReportWriter(
        directory: directory, title: title ?? screenName, options: options, version: Program.version,
        reportBlocks: reportBlocks, lineFits: lineFits, hasGenes: genes != nil, documents: documents.options,
        placement: placement.placement(reading: discovery.files.map(\.path) + otherInputs))
      Supervision.current?.remember(unfinished: writer.leavings)
      if let genes {
        try writer.append(genes.genes)
        for input in genes.inputs { try writer.append(input) }
        for problem in genes.problems { try writer.append(problem) }
      }
      let (outcome, plates) = try await score(discovery, layouts, run, into: writer)
      if !saysNothing { for note in writer.notes { complain("note: \(note)") } }
      if json ? !isSupervised : !saysNothing {
        try report(outcome, plates: plates, writer: writer, directory: directory, models: options.synergy.models)
      }
      if outcome.ranked.isEmpty {
        for problem in outcome.gravest { complain("\(problem.file): \(problem.message)") }
        throw CommandFailure(
          message: writer.isKept
            ? "nothing could be analysed; \(directory) was left as it was. With --out and a new directory, problems.csv there "
              + "says why of each input"
            : "nothing could be analysed; \(directory)/problems.csv says why of each input",
          status: .nothingAnalysed)
      }
      Supervision.current?.finished(blocks: outcome.ranked.count, problems: writer.problemCounts)
      if outcome.hasRefusals { throw ExitCode(ExitStatus.someRefused.rawValue) }
    } catch let error as CancellationError {
      complain("\(Interruption.word); no results of this run were put into \(directory)")
      throw error
    } catch let error as ResultsError {
      throw CommandFailure(message: "\(error)", status: error.isWrongCommand ? .wrongCommand : .nothingAnalysed)
    }
  }

  /// The files that are read besides those of the screen.
  private var otherInputs: [String] {
    corrections.paths + plates.layout + [plates.manifest, plates.mask, annotations.samples].compactMap(\.self)
      + compounds.files.paths + geneScreen.paths
  }

  private func score(
    _ discovery: FileDiscovery, _ layouts: [String], _ run: ScreenRun, into writer: ReportWriter
  ) async throws -> (ScreenRun.Outcome, PlateReport?) {
    let options = run.options
    let bar = ProgressBar(isQuiet: saysNothing, files: discovery.files.count)
    defer { bar.finish() }
    var screen: PlateScreen?
    if var plateOptions = options.plates {
      plateOptions.time = options.reading.time
      screen = await PlateScreen(
        discovery, layouts: layouts, manifest: plates.manifest, mask: plates.mask, options: plateOptions,
        bounds: options.synergy.bounds, compounds: options.compounds, corrections: run.corrections,
        threads: options.threads)
    }
    let outcome = try await run.run(
      discovery, plates: screen, samples: annotations.file, classes: DrugClasses(options.compounds.registry),
      into: writer
    ) { progress in
      bar.show(progress)
      Supervision.current?.show(progress)
    }
    return (outcome, screen?.report)
  }
}
