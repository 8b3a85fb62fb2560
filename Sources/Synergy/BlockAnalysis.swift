import Assay
import DoseResponse

/// Everything that was computed of one block.
public struct BlockAnalysis: Sendable {
  /// The data, on the scale of the block's untreated level (see `baseline`): what every number rests on.
  public var matrix: DoseMatrix
  /// The data as they were read; the same as `matrix` where nothing was corrected.
  public var asRead: DoseMatrix
  /// The untreated level, and what was done about it.
  public var baseline: BlockBaseline
  /// How the drug is read that other blocks measured alone too; `nil` where there is none.
  public var anchor: AnchorReading?
  /// One for each drug, in the order of `matrix.axes`.
  public var monotherapies: [Monotherapy]
  /// The models that were asked for, in that order.
  public var models: [ModelScore]
  /// ZIP's line fits; empty unless ZIP was asked for.
  public var lines: [LineFit]
  /// Combination sensitivity score: mean over the ordered drug pairs, % ; `nil` when no pair has one.
  public var css: Double?
  /// What a reader should know of this block, in sentences.
  public var notes: [BlockNote]
  /// How sure the values are; `nil` when it was not asked for or nothing tells the noise.
  public var inference: BlockInference?
  /// BIGL's response-surface tests; `nil` when none was asked for.
  public var bigl: BIGLAnalysis?

  /// Makes an analysis of a block as it was read; `matrix` is made of it by the baseline.
  public init(
    asRead: DoseMatrix, baseline: BlockBaseline = .none, monotherapies: [Monotherapy], models: [ModelScore],
    lines: [LineFit], css: Double?, notes: [BlockNote]
  ) {
    self.asRead = asRead
    self.baseline = baseline
    matrix = baseline.corrected(asRead)
    self.monotherapies = monotherapies
    self.models = models
    self.lines = lines
    self.css = css
    self.notes = notes
  }

  /// A model's score; `nil` when it was not asked for.
  public func score(of model: NullModel) -> ModelScore? { models.first { $0.model == model } }

  /// How sure a model's score is; `nil` when that is not known.
  public func inference(of model: NullModel) -> ScoreInference? {
    models.firstIndex { $0.model == model }.flatMap { inference?.scores[$0] }
  }

  /// Whether the block's numbers may be compared with those of others.
  private var isRanked: Bool { !notes.contains { $0.flag == BlockNote.untreatedHigh } }

  /// The smallest of the models' lower confidence bounds, percentage points: synergy that every reference model
  /// supports. A block whose noise is high stands below one with a smaller score that is known well. Without an
  /// inference the smallest of the models' block means. Over the models that could be scored; `nil` when none could, or
  /// when the untreated wells read as treated (`BlockNote.untreatedHigh`).
  public var consensus: Double? {
    guard isRanked else { return nil }
    let bounds = inference?.scores.compactMap { $0?.interval.low } ?? []
    return bounds.min() ?? models.compactMap(\.mean).min()
  }

  /// The largest of the models' upper confidence bounds, percentage points: below 0, every reference model supports
  /// antagonism. Without an inference the largest of the models' block means.
  public var consensusUpper: Double? {
    guard isRanked else { return nil }
    let bounds = inference?.scores.compactMap { $0?.interval.high } ?? []
    return bounds.max() ?? models.compactMap(\.mean).max()
  }
}

/// One drug alone.
public struct Monotherapy: Sendable {
  /// The drug's number in the block.
  public var drug: Int
  /// Its cells, doses ascending, the untreated control included; missing cells are among them.
  public var cells: [Int]
  /// The Hill curve through the cells' means, weighted by the number of wells.
  public var fit: HillFit
  /// EC50 of the fit, kept within the tested doses above 0; `nil` when the fit does not identify it.
  public var relativeIC50: Double?
  /// The dose at which the fitted curve reaches 50 % inhibition; `nil` when it does not within the tested doses.
  public var absoluteIC50: Double?
  /// Relative inhibition: the mean of the fitted curve over log dose between the lowest and the highest tested dose, %.
  public var relativeInhibition: Double?

  /// Makes a monotherapy.
  public init(
    drug: Int, cells: [Int], fit: HillFit, relativeIC50: Double?, absoluteIC50: Double?, relativeInhibition: Double?
  ) {
    self.drug = drug
    self.cells = cells
    self.fit = fit
    self.relativeIC50 = relativeIC50
    self.absoluteIC50 = absoluteIC50
    self.relativeInhibition = relativeInhibition
  }
}

/// One drug's doses at fixed doses of the others, fitted with E0 fixed at the line's zero-dose response.
public struct LineFit: Sendable {
  /// The drug that varies along the line.
  public var drug: Int
  /// The cell in which the line starts: the drug at 0, the others at their fixed doses.
  public var start: Int
  /// The fit.
  public var fit: HillFit

  /// Makes a line fit.
  public init(drug: Int, start: Int, fit: HillFit) {
    self.drug = drug
    self.start = start
    self.fit = fit
  }
}

/// A null model's reference and the synergy against it.
public struct ModelScore: Sendable {
  /// The model.
  public var model: NullModel
  /// What the model expects in each cell, % inhibition; NaN where it cannot say.
  public var reference: [Double]
  /// What is compared with the reference, when that is not the response itself: ZIP's fit. NaN where there is none.
  public var fit: [Double]?
  /// Response (or fit) − reference in each cell, percentage points; NaN where it could not be scored; 0 in cells with
  /// fewer than two drugs.
  public var synergy: [Double]
  /// Mean of `synergy` over the scored combination cells; `nil` when there is none.
  public var mean: Double?
  /// The most synergistic area: the window with the largest mean synergy.
  public var peak: PeakWindow?
  /// The most antagonistic area: the window with the smallest mean synergy.
  public var trough: PeakWindow?
  /// Combination cells that were scored.
  public var scoredCells: Int
  /// Measured combination cells that could not be scored.
  public var unscoredCells: Int
  /// What the mean is without the wells that do not fit the smooth surface through the others (the note
  /// `BlockNote.outlier`); `nil` where there are none, or where nothing can be scored without them.
  public var meanWithoutOutliers: Double?

  /// Makes a score.
  public init(
    model: NullModel, reference: [Double], fit: [Double]?, synergy: [Double], mean: Double?, peak: PeakWindow?,
    trough: PeakWindow?, scoredCells: Int, unscoredCells: Int
  ) {
    self.model = model
    self.reference = reference
    self.fit = fit
    self.synergy = synergy
    self.mean = mean
    self.peak = peak
    self.trough = trough
    self.scoredCells = scoredCells
    self.unscoredCells = unscoredCells
  }
}

/// A window of adjacent dose pairs with an extreme mean synergy.
public struct PeakWindow: Sendable, Hashable {
  /// Mean synergy over the window, percentage points.
  public var mean: Double
  /// For each drug the lowest and the highest dose of the window.
  public var doses: [ClosedRange<Double>]

  /// Makes a window.
  public init(mean: Double, doses: [ClosedRange<Double>]) {
    self.mean = mean
    self.doses = doses
  }
}

/// What a reader should know of a block.
public struct BlockNote: Sendable, Hashable {
  /// The flag of a block whose data looked wrong when they were read.
  public static let inputWarning = "input_warning"

  /// The flag of a block whose combination wells all read as untreated while a drug alone kills.
  public static let untreatedCombinations = "combinations_untreated"
  /// The flag of a block in which wells do not fit the smooth surface through the others.
  public static let outlier = "outlier"
  /// The flag of a block whose replicates differ less than its dose pairs do from a smooth surface.
  public static let lackOfFit = "lack_of_fit"
  /// The flag of a block whose untreated level is not 0.
  public static let baseline = "baseline"
  /// The flag of a block that was put on a level of its own, unlike its screen's other blocks.
  public static let ownBaseline = "baseline_own"
  /// The flag of a block whose untreated level is off and cannot be told.
  public static let unclearBaseline = "baseline_unclear"
  /// A drug alone reads unlike in the other blocks.
  public static let anchor = "anchor"
  /// The flag of a block whose drugs are one and the same: a control, in which Loewe synergy is 0 by definition.
  public static let sameDrug = "same_drug"
  /// The flag of a drug with itself whose two axes read differently.
  public static let unequalControl = "same_drug_unequal"
  /// The flag of a block in which interaction counts as noise.
  public static let noiseOfTwoRows = "noise_of_two_rows"
  /// The flag of a block whose untreated wells read as treated.
  public static let untreatedHigh = "untreated_high"
  /// The least inhibition of untreated wells that makes them so, %.
  public static let highestUntreated = 50.0

  /// Whether a scientist should look at the block's wells before its numbers are believed.
  public var isWarning: Bool {
    [Self.inputWarning, Self.untreatedCombinations, Self.untreatedHigh, Self.unclearBaseline, Self.ownBaseline]
      .contains(flag)
  }

  /// A note on a drug that meets itself (a sham combination: Loewe 1953, Arzneim.-Forsch. 3, 285–290).
  public static func sameDrug(_ name: String) -> BlockNote {
    BlockNote(
      flag: sameDrug,
      message:
        "\(name) with itself is a control: its doses add up, so the true Loewe synergy is 0. Where Loewe was scored the call "
        + "is about it; the other models need not be 0 here.")
  }

  /// A short word for the `flags` column: `no_control`, `loewe_unscored`, `warning`, ….
  public var flag: String
  /// The sentence.
  public var message: String

  /// Makes a note.
  public init(flag: String, message: String) {
    self.flag = flag
    self.message = message
  }
}
