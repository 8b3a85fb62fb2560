/// How responses are stated in the files, and from where on something is doubted.
public struct ReadingOptions: Sendable, Hashable, Codable {
  /// What a response value means.
  public enum Response: String, Sendable, CaseIterable, Codable {
    /// Found out from the column's name, the untreated controls and the range of the values; asked about when these
    /// disagree.
    case auto
    /// % inhibition.
    case inhibition
    /// % viability (100 = untreated).
    case viability
    /// Viability as a fraction (1 = untreated).
    case viabilityFraction = "viability-fraction"
    /// Inhibition as a fraction (1 = full kill).
    case inhibitionFraction = "inhibition-fraction"
    /// What the instrument measured, on its own scale: viability in percent of the median of each block's untreated wells.
    case signal
  }

  /// What becomes of blocks that measure the same drugs at the same doses in the same sample.
  public enum Replicates: String, Sendable, CaseIterable, Codable {
    /// Kept apart, with a warning.
    case auto
    /// Pooled as replicates.
    case pool
    /// Kept apart, without a word.
    case separate
  }

  /// What a response value means. Default: auto.
  public var response: Response = .auto

  /// How far, in percentage points of inhibition, an untreated control may be from 0 (or its viability from 100) and
  /// still count as one. A file's controls are judged by their median. Above 50 the two ranges would meet. Default: 40.
  public var controlTolerance: Double = 40

  /// Values between these are taken for fractions when they are not all the same; a block with a value outside for
  /// percent. Default: −1.5 to 2.5.
  public var fractionRange: ClosedRange<Double> = -1.5...2.5

  /// In a file read as percent, a block with at least this part of its values within `fractionRange` is doubted; in a
  /// file read as fractions, one with more than the rest outside. Default: 0.9.
  public var fractionShare: Double = 0.9

  /// % inhibition outside this range is doubted (never clamped). Default: −150 to 150.
  public var plausibleInhibition: ClosedRange<Double> = -150...150

  /// A block of which more than this fraction of wells could not be read is refused. Default: 0.5.
  public var largestUnreadableFraction: Double = 0.5

  /// Doses of a drug that differ by no more than this share of themselves are one dose. Default: 0.01.
  public var doseTolerance: Double = 0.01

  /// Which columns of a long table hold what; a column that is not named here is told by its name. Default: none.
  public var columns = ColumnChoices()

  /// Whether blocks of the same drugs, doses and sample are replicates. Default: they are kept apart, with a warning.
  public var replicates: Replicates = .auto

  /// The names that samples have instead of those in the file. Default: none.
  public var sampleNames: [String: String] = [:]

  /// The hours after the start that are used of a table with several times. Default: the last.
  public var time: Double?

  /// The worksheet that is read of a workbook. Default: all.
  public var sheet: String?

  /// The defaults.
  public init() {}
}
