import ArgumentParser
import Foundation
import Programs
import Reporting
import Results
import Screening
import Synergy

extension Call: ExpressibleByArgument {}

/// `isobole report`: reports again from results, without refitting; of some blocks; compared with another run.
struct Report: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make reports from finished results, of chosen blocks, or compared with another run.",
    discussion: """
      Reads results.sqlite, fits nothing, and leaves the results as they are. Ranks, calls and q values stay those of the \
      whole screen. Writes the report in every format and ranking.csv; with several samples across_samples.csv, with --samples \
      associations.csv, with a gene screen (that of the run, or --genes) partners.csv, with --compare-with comparison.csv.

      EXAMPLES
        isobole report Reports/november
        isobole report Reports/november --top 20 --sample MM.1S --call synergistic
        isobole report Reports/november --samples samples.csv
        isobole report Reports/december --compare-with Reports/november
      """)

  @Argument(help: ArgumentHelp("A directory that isobole analyze has written.", valueName: "results"))
  var results: String

  @Option(help: ArgumentHelp("Where the report goes. (default: <results>/report)", valueName: "directory"))
  var out: String?

  @OptionGroup var placement: PlacementArguments

  @Option(help: ArgumentHelp("The most blocks, best first.", valueName: "n"))
  var top: Int?

  @Option(help: ArgumentHelp("Blocks of this sample; may be given several times.", valueName: "name"))
  var sample: [String] = []

  @Option(help: ArgumentHelp("Blocks with this drug; may be given several times.", valueName: "drug"))
  var anchor: [String] = []

  @Option(help: ArgumentHelp("Blocks with this other drug; may be given several times.", valueName: "drug"))
  var partner: [String] = []

  @Option(
    help: ArgumentHelp(
      "Blocks of this call: \(Call.allCases.map(\.rawValue).joined(separator: ", ")); may be given several times.",
      valueName: "call"))
  var call: [Call] = []

  @OptionGroup(title: "Documents")
  var documents: DocumentArguments

  @Option(help: ArgumentHelp("Results of an older run: what changed since, and why.", valueName: "directory"))
  var compareWith: String?

  @OptionGroup(title: "Samples")
  var annotations: SampleArguments

  @OptionGroup(title: "Gene screen")
  var geneScreen: GeneJoinArguments

  @Option(
    help: ArgumentHelp(
      "Combinations that get a full page in report.html, best first; others open as maps.", valueName: "n"))
  var reportBlocks = DocumentOptions.defaultReportBlocks

  @Option(help: ArgumentHelp("Worker threads; never changes a number. (default: all cores)", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if let top, top < 1 { throw ValidationError("--top \(top): expected 1 or more.") }
    if let threads, threads < 1 { throw ValidationError("--threads \(threads): expected 1 or more.") }
    if reportBlocks < 0 { throw ValidationError("--report-blocks \(reportBlocks): expected 0 or more.") }
    if out == "" { throw ValidationError("--out: the name is empty; name a directory.") }
  }

  private static func isFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
  }

  private var selection: ReportSelection {
    var selection = ReportSelection()
    selection.top = top
    selection.samples = sample
    selection.anchors = anchor
    selection.partners = partner
    selection.calls = call
    return selection
  }

  func run() async throws {
    do {
      let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
      let file = try await ResultsFile.open(results, threads: threads)
      var compared = file
      var isRefused = false
      if let samples = annotations.file {
        let told = try await compared.compareSamples(samples) { annotations.apply(to: &$0) }
        isRefused = told.contains { $0.severity == .error }
        for problem in told where problem.severity != .info {
          complain(
            "\(problem.severity.rawValue): \(problem.file)\(problem.line.map { ", line \($0)" } ?? ""): \(problem.message)"
          )
        }
      } else {
        try await compared.compareSamples { annotations.apply(to: &$0) }
      }
      if let genes = try geneScreen.read(file.head.compounds) {
        compared.take(genes.genes, inputs: genes.inputs, problems: genes.problems)
        for problem in genes.problems where problem.severity != .info {
          complain("\(problem.file): \(problem.message)")
        }
      }
      if let compareWith {
        let older = try await ResultsFile.open(compareWith, threads: threads)
        compared.head.comparison = try await RunComparison.compare(file, with: older, threads: threads)
      }
      let chosen = try await compared.report(of: selection)
      let directory =
        out ?? (Self.isFile(results) ? URL(fileURLWithPath: results).deletingLastPathComponent().relativePath : results)
        + "/report"
      let written = try await StoredReport.write(
        chosen, into: directory, documents: documents.options, blockLimit: reportBlocks, version: Program.version,
        placement: placement.placement(
          reading: ([results, compareWith].compactMap(\.self)).flatMap { [$0, $0 + "/results.sqlite"] }
            + [annotations.samples].compactMap(\.self) + geneScreen.paths))
      if !quiet {
        for note in written.notes { complain("note: \(note)") }
        try say(chosen, directory: directory, names: written.names)
      }
      if isRefused { throw ExitCode(ExitStatus.someRefused.rawValue) }
    } catch let error as ResultsError {
      complain("\(error)")
      throw ExitCode(error.isWrongCommand ? ExitStatus.wrongCommand.rawValue : ExitStatus.nothingAnalysed.rawValue)
    }
  }

  private func say(_ source: ReportSource, directory: String, names: [String]) throws {
    try StandardOutput.print(
      TerminalSummary.text(
        ranked: source.ranked, problems: source.problemCounts, width: Terminal.width,
        models: source.options.synergy.models, ranks: source.ranks), terminator: "")
    if let choice = source.choice {
      try StandardOutput.print("\(source.ranked.count) of the screen's \(source.screenCount) blocks: \(choice)")
    }
    if let joined = source.joined { try StandardOutput.print(GeneJoinSummary.text(joined), terminator: "") }
    if let comparison = source.comparison {
      try StandardOutput.print(ComparisonSummary.text(comparison), terminator: "")
    }
    try StandardOutput.print("Report: \(names.map { directory + "/" + $0 }.joined(separator: ", "))")
  }

  private func complain(_ message: String) { StandardError.write("isobole: \(message)\n") }
}
