import ArgumentParser
import Assay
import DoseTables
import Foundation
import PlateSimulation
import Plates
import Programs
import ScreenPower
import Simulation
import Synergy

/// `isobole simulate`: screens with a known truth, and what a design would find.
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulate a screen with a known truth, or tabulate the power of designs.",
    discussion: """
      Writes screen.csv (or the plates of a reader and layout.csv) and truth.csv, which says what was planted. With --power, \
      simulates and analyses many screens for each grid and number of replicates, each screen with an anchor drug of its \
      own, and prints what they find on average, the error of each average, and how much depends on the anchor. With --genes, writes counts of \
      a pooled CRISPR screen (negative binomial, guides that do not work, a bottleneck), the table of its samples and its truth.

      EXAMPLES
        isobole simulate --blocks 200 --grid 6x6 --replicates 2 --noise 5 --hits 0.1 --effect 8 --out Simulated
        isobole simulate --format gen5 --plate 384 --out Plates/simulated
        isobole simulate --genes --gene-count 2000 --replicates 3 --hits 0.05 --out Simulated/genes
        isobole simulate --power --noise 7 --effect 6
        isobole simulate --power --like Reports/november --effect 6
      """)

  @Option(help: ArgumentHelp("Combinations of a screen; with --power of each simulated screen.", valueName: "n"))
  var blocks = 100

  @Option(
    help: ArgumentHelp(
      "Doses of drug 1 and drug 2, 0 among them; with --power several, separated by commas. (default: 6x6; with --power 4x4,6x6,8x8,10x10; with --like that of the run)",
      valueName: "n x m"))
  var grid: GridList?

  @Option(
    help: ArgumentHelp(
      "Wells of each dose pair; with --power several, separated by commas. (default: 1; with --power 1,2,3,4)",
      valueName: "n"))
  var replicates: CountList?

  @Option(
    help: ArgumentHelp(
      "Standard deviation of a well, percentage points; two numbers for that at 0 % and at 100 % inhibition. (default: 5; with --like that of the run)",
      valueName: "sd"))
  var noise: NoiseArgument?

  @Option(help: ArgumentHelp("What holds without interaction: bliss, loewe or hsa.", valueName: "model"))
  var null: NullArgument = .bliss

  @Option(help: ArgumentHelp("Share of the combinations that interact.", valueName: "share"))
  var hits = 0.1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Their mean synergy over Bliss, percentage points; below 0 for antagonism.", valueName: "points")
  )
  var effect = 8.0

  @Option(help: ArgumentHelp("Share of wells that are off by 5 to 15 standard deviations.", valueName: "share"))
  var outliers = 0.0

  @Option(
    help: ArgumentHelp(
      "The file's format: \(ScreenText.Format.allCases.map(\.rawValue).joined(separator: ", ")); or a reader's: \(PlateExportWriter.Dialect.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"))
  var format = "table"

  @Option(help: ArgumentHelp("Wells of a plate, for a reader's format.", valueName: "wells"))
  var plate = 384

  @Option(help: ArgumentHelp("Where drugs, truth and noise are drawn from.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Where the files go.", valueName: "directory"))
  var out = "Simulated"

  @Flag(help: "Tabulate false positives, power and ranks instead of writing a screen.")
  var power = false

  @Option(
    help: ArgumentHelp(
      "With --power: screens to simulate for each row, each of --blocks combinations. (default: \(PowerStudy.defaultScreens))",
      valueName: "n"))
  var screens: Int?

  @Option(
    help: ArgumentHelp(
      "With --power: results of a pilot screen, whose fitted curves, doses and noise the simulated screens take.",
      valueName: "results"))
  var like: String?

  @Option(help: ArgumentHelp("With --power: the model whose score decides.", valueName: "model"))
  var model: NullModelArgument = .init(.bliss)

  @Option(help: ArgumentHelp("With --power: resamples of each block.", valueName: "n"))
  var resamples = 300

  @OptionGroup(title: "Gene screens")
  var geneScreen: GeneSimulationArguments

  @Flag(help: "With --power: print JSON.")
  var json = false

  @Option(help: ArgumentHelp("Worker threads. (default: all cores)", valueName: "n"))
  var threads: Int?

  func validate() throws {
    func demand(_ isRight: Bool, _ message: String) throws { if !isRight { throw ValidationError(message) } }
    try demand((1...100_000).contains(blocks), "--blocks \(blocks): expected 1 to 100000.")
    try demand((0...1).contains(hits), "--hits \(hits): expected a share from 0 to 1.")
    try demand((0...0.5).contains(outliers), "--outliers \(outliers): expected a share from 0 to 0.5.")
    try demand((-60...60).contains(effect), "--effect \(effect): expected percentage points from -60 to 60.")
    try demand((100...100_000).contains(resamples), "--resamples \(resamples): expected 100 to 100000.")
    try demand(threads.map { $0 > 0 } ?? true, "--threads \(threads ?? 0): expected 1 or more.")
    try demand(out != "", "--out: the name is empty; name a directory.")
    try demand(
      ScreenText.Format(rawValue: format) != nil || PlateExportWriter.Dialect(rawValue: format) != nil,
      "--format \(format): expected one of \((ScreenText.Format.allCases.map(\.rawValue) + PlateExportWriter.Dialect.allCases.map(\.rawValue)).joined(separator: ", "))."
    )
    try demand(PlateFormat(wells: plate) != nil, "--plate \(plate): expected 6, 12, 24, 48, 96, 384 or 1536.")
    try demand(like != "", "--like: the name is empty; name a directory that isobole analyze has written.")
    if geneScreen.genes {
      try demand(!power, "--genes writes a screen; --power is about matrices. Give one of them.")
      try demand((replicates?.counts.count ?? 1) == 1, "--replicates: one number makes a screen.")
    }
    if power {
      try demand(blocks <= 10_000, "--blocks \(blocks): expected 1 to 10000 combinations of each screen with --power.")
      try demand(
        screens.map { (2...10_000).contains($0) } ?? true, "--screens \(screens ?? 0): expected 2 to 10000.")
    } else {
      try demand(screens == nil, "--screens: only --power simulates several screens; add --power, or remove it.")
      try demand(like == nil, "--like: only for --power; add --power, or remove it.")
      try demand((grid?.grids.count ?? 1) == 1, "--grid: one grid makes a screen; several need --power.")
      try demand((replicates?.counts.count ?? 1) == 1, "--replicates: one number makes a screen; several need --power.")
    }
  }

  func design(_ grid: (Int, Int), replicates: Int) -> ScreenDesign {
    var design = ScreenDesign()
    design.blocks = blocks
    design.doses = grid
    design.replicates = replicates
    design.noise = noise?.noise ?? .constant(5)
    design.outliers = outliers
    design.null = null.interaction
    design.hits = hits
    design.effect = effect
    design.seed = seed
    return design
  }

  func run() async throws {
    if power { return try await tabulate() }
    if geneScreen.genes { return try writeGenes() }
    let design = design(grid?.grids.first ?? (6, 6), replicates: replicates?.counts.first ?? 1)
    let blocks = design.screen()
    let title = "simulated by isobole \(Program.version): no real compound was measured; truth.csv says what is planted"
    var files = NewFiles(into: out)
    files.add("truth.csv", Data(ScreenText.truth(blocks).utf8))
    var said = ""
    if let text = ScreenText.Format(rawValue: format) {
      files.add("screen.csv", Data(ScreenText.text(blocks, as: text, title: title, seed: design.seed &+ 1).utf8))
      said =
        "\(blocks.count) combinations in \(out)/: truth.csv, screen.csv\n"
        + "Analyse them: isobole analyze \(out)/screen.csv"
    } else if let dialect = PlateExportWriter.Dialect(rawValue: format), let size = PlateFormat(wells: plate) {
      let plated = PlatedScreen(blocks, format: size, seed: design.seed &+ 1)
      files.add("layout.csv", Data(plated.layout.utf8))
      for read in plated.reads {
        files.add("exports/\(read.barcode ?? "plate").csv", Data(PlateExportWriter(dialect).bytes([read])))
      }
      said =
        "\(blocks.count) combinations on \(plated.reads.count) plates in \(out)/: exports, layout.csv, truth.csv\n"
        + "Analyse them: isobole analyze \(out)/exports --layout \(out)/layout.csv"
    }
    try files.write()
    try StandardOutput.print(said)
  }
}
