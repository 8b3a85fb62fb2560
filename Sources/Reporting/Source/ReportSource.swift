import Assay
import Compounds
import DoseTables
import Results
import Screening
import Synergy

/// Everything that a report is made of, whatever its format. A run that has just ended and a directory of results give
/// the same source, so that `isobole report` makes the report that `isobole analyze` made.
public struct ReportSource: Sendable {
  /// The screen's name.
  public var title: String
  /// The version of Isobole that made the results.
  public var version: String
  /// What the analysis was asked for.
  public var options: ScreenOptions
  /// The blocks that are reported, best first, with their calls.
  public var ranked: [BlockSummary]
  /// The same blocks in outline: what is said of all of them together. A page that shows few blocks has these alone.
  public var outlines: [BlockOutline]
  /// The rank of each of them among all blocks of the screen: 1, 2, 3 … unless only some are reported.
  public var ranks: [Int]
  /// Blocks of the whole screen.
  public var screenCount: Int
  /// The most problems that are listed; `problems.csv` has all.
  static let maxProblems = 500
  /// The most files that are listed; `results.sqlite` has all.
  static let maxInputs = 300

  /// The first files that were read.
  public var inputs: [ScreenInput]
  /// How many files were read.
  public var inputCount: Int
  /// The first errors, warnings and infos about the inputs.
  public var problems: [InputProblem]
  /// How many there were.
  public var problemCounts: ProblemCounts
  /// The plates of a plate screen; `nil` where the files were dose matrices.
  public var plates: PlateReport?
  /// What is known of the drugs.
  public var compounds: CompoundRegistry
  /// What is said of combinations that were tested in several samples; `nil` where there are none.
  public var across: AcrossSamples?
  /// A gene screen joined with the blocks; `nil` where none was given.
  public var joined: JoinedScreens?
  /// What is known of the samples; `nil` where no table was given.
  public var annotations: SampleTable?
  /// The choice of blocks in words; `nil` for the whole screen.
  public var choice: String?
  /// What is different from another run; `nil` when none was compared.
  public var comparison: RunComparison?
  /// Where the blocks' analyses are.
  public var blocks: any BlockSource

  /// What the report's page needs of blocks that were analysed just now.
  var heldRows = HeldRows()

  /// Makes a source. What is known of the drugs is what the run knew, unless another registry is given.
  public init(
    title: String, version: String, options: ScreenOptions, ranked: [BlockSummary], inputs: [ScreenInput],
    inputCount: Int, problems: [InputProblem], problemCounts: ProblemCounts, plates: PlateReport? = nil,
    compounds: CompoundRegistry? = nil, blocks: any BlockSource
  ) {
    self.title = title
    self.version = version
    self.options = options
    self.ranked = ranked
    outlines = ranked.map(BlockOutline.init)
    ranks = Array(1..<ranked.count + 1)
    screenCount = ranked.count
    self.inputs = inputs
    self.inputCount = inputCount
    self.problems = problems
    self.problemCounts = problemCounts
    self.plates = plates
    self.compounds = compounds ?? options.compounds.registry
    self.blocks = blocks
  }
}
