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
  public var isWarning: Bool { Self.withoutCall.contains(flag) || flag == Self.ownBaseline }

  /// The flags of blocks that get no call: what is seen may be a fault of the plate or the file.
  public static let withoutCall: Set<String> = [inputWarning, untreatedCombinations, untreatedHigh, unclearBaseline]

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
