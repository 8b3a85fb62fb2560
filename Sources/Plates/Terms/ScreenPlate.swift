import Assay

/// One plate of a screen: what was read, what stood in its wells, what became of it and what it is worth.
public struct ScreenPlate: Sendable, Codable {
  /// Why a well that has a layout has no part in the analysis.
  public enum Exclusion: Sendable, Hashable, Codable {
    /// The export does not have it.
    case absent
    /// The reader gives no value.
    case reader(PlateRead.Note)
    /// The mask file names it, with its reason.
    case mask(String)
    /// A person excluded it from a block (its name, and why); in other blocks that share it, it has its part.
    case byHand(block: String, reason: String)
    /// It was detected as an outlier and those are masked.
    case outlier
    /// Its controls are missing or wrong, so it has no response.
    case notNormalised
    /// It is a negative control without the vehicle, and those with it read otherwise.
    case otherControl

    /// What a well that the export does not have is called in results.
    public static let absentWord = "not in the export"

    /// In a word.
    public var word: String {
      switch self {
      case .absent: Self.absentWord
      case .reader(let note): note.rawValue
      case .mask: "masked"
      case .byHand: "excluded by hand"
      case .outlier: "outlier"
      case .notNormalised: "not normalised"
      case .otherControl: "no vehicle control"
      }
    }

    /// The word, and a person's reason where there is one.
    public var reason: String {
      switch self {
      case .mask(let reason) where !reason.isEmpty: "\(word): \(reason)"
      case .byHand(let block, let reason): "\(word) from block \(block)\(reason.isEmpty ? "" : ": \(reason)")"
      default: word
      }
    }
  }

  /// One well.
  public struct Well: Sendable, Codable {
    /// What stands in it.
    public var design: PlateLayout.Well
    /// The signal, in the reader's unit; `nil` when there is none.
    public var raw: Double?
    /// The signal less the blank and after positional correction; what is normalised.
    public var signal: Double?
    /// % inhibition; `nil` when the well is excluded, blank or empty.
    public var response: Double?
    /// Why it has no part in the analysis; `nil` when it has.
    public var exclusion: Exclusion?
    /// Why it looks like an outlier; `nil` when it does not. It stays in unless `exclusion` says otherwise.
    public var outlier: String?

    /// Makes a well.
    public init(
      design: PlateLayout.Well, raw: Double?, signal: Double? = nil, response: Double? = nil,
      exclusion: Exclusion? = nil, outlier: String? = nil
    ) {
      self.design = design
      self.raw = raw
      self.signal = signal
      self.response = response
      self.exclusion = exclusion
      self.outlier = outlier
    }

    /// Whether its signal counts.
    var isUsable: Bool { exclusion == nil && signal != nil }
  }

  /// The plate's name as the layout writes it.
  public var plate: String
  /// The export's file.
  public var file: String
  /// The layout's file.
  public var layoutFile: String
  /// The instrument or software.
  public var reader: String
  /// The measurement channel; `nil` when the export names none.
  public var channel: String?
  /// The size.
  public var format: PlateFormat
  /// Whether it is a plate of the start, which is not normalised itself.
  public var isDayZero: Bool
  /// The wells of the layout that the export has, by position.
  public var wells: [Well]
  /// What was done to the signals; `nil` when the plate could not be normalised.
  public var normalisation: PlateNormalisation?
  /// What the plate is worth.
  public var quality = QualityFigures()

  /// Makes a plate.
  public init(
    plate: String, file: String, layoutFile: String, reader: String, channel: String?, format: PlateFormat,
    isDayZero: Bool, wells: [Well], normalisation: PlateNormalisation? = nil, quality: QualityFigures = .init()
  ) {
    self.plate = plate
    self.file = file
    self.layoutFile = layoutFile
    self.reader = reader
    self.channel = channel
    self.format = format
    self.isDayZero = isDayZero
    self.wells = wells
    self.normalisation = normalisation
    self.quality = quality
  }

  /// The wells of a role whose signals count.
  func wells(_ role: PlateLayout.Role) -> [Well] { wells.filter { $0.design.role == role && $0.isUsable } }

  /// Controls by which the wells of a sample, or of several, are normalised.
  struct ControlGroup {
    var negative: [Well]
    var positive: [Well]
  }

  /// The controls of a sample: its own, else those that name no sample; for wells without a sample any.
  func controls(_ role: PlateLayout.Role, of sample: String?) -> [Well] {
    let all = wells(role)
    let own = all.filter { $0.design.isOf(sample) }
    return own.isEmpty ? all.filter { $0.design.sample == nil || sample == nil } : own
  }

  /// The controls of the plate's samples, those that several share once. A plate without treated wells has one group.
  var controlGroups: [ControlGroup] {
    let samples = Set(wells.filter { $0.design.role == .sample }.map(\.design.sample))
    guard samples.count > 1 else {
      return [
        samples.first.map { group(of: $0) } ?? ControlGroup(negative: wells(.negative), positive: wells(.positive))
      ]
    }
    var seen: Set<[WellPosition]> = []
    return samples.sorted { ($0 ?? "") < ($1 ?? "") }.map(group).filter { group in
      seen.insert(group.negative.map(\.design.position) + group.positive.map(\.design.position)).inserted
    }
  }

  private func group(of sample: String?) -> ControlGroup {
    ControlGroup(negative: controls(.negative, of: sample), positive: controls(.positive, of: sample))
  }
}

/// What was done to a plate's signals.
public struct PlateNormalisation: Sendable, Hashable, Codable {
  /// Controls that some wells were normalised by.
  public struct Controls: Sendable, Hashable, Codable {
    /// The sample they belong to; `nil` for all.
    public var sample: String?
    /// The centre of the negative controls, signal.
    public var negative: Double
    /// How many there are.
    public var negativeCount: Int
    /// The centre of the positive controls, signal.
    public var positive: Double?
    /// How many there are.
    public var positiveCount: Int
    /// The untreated signal of the day-0 plate.
    public var dayZero: Double?

    /// Makes controls.
    public init(
      sample: String?, negative: Double, negativeCount: Int, positive: Double?, positiveCount: Int, dayZero: Double?
    ) {
      self.sample = sample
      self.negative = negative
      self.negativeCount = negativeCount
      self.positive = positive
      self.positiveCount = positiveCount
      self.dayZero = dayZero
    }
  }

  /// The positional correction and what it did.
  public struct Correction: Sendable, Hashable, Codable {
    /// Which one.
    public var kind: NormalisationOptions.Correction
    /// What was taken off each row: a share of the signal (`polish`) or signal (`b-score`).
    public var rows: [Double]
    /// What was taken off each column.
    public var columns: [Double]
    /// Z′ without the correction.
    public var zPrimeBefore: Double?
    /// Z′ with it.
    public var zPrimeAfter: Double?
    /// The edge effect without it, %.
    public var edgeBefore: Double?
    /// The edge effect with it, %.
    public var edgeAfter: Double?

    /// Makes a correction.
    public init(
      kind: NormalisationOptions.Correction, rows: [Double], columns: [Double], zPrimeBefore: Double? = nil,
      zPrimeAfter: Double? = nil, edgeBefore: Double? = nil, edgeAfter: Double? = nil
    ) {
      self.kind = kind
      self.rows = rows
      self.columns = columns
      self.zPrimeBefore = zPrimeBefore
      self.zPrimeAfter = zPrimeAfter
      self.edgeBefore = edgeBefore
      self.edgeAfter = edgeAfter
    }
  }

  /// The formula that was used; never `auto`.
  public var method: NormalisationOptions.Method
  /// How controls were summarised.
  public var centre: NormalisationOptions.Centre
  /// The blank that was taken off; `nil` for none.
  public var blank: Double?
  /// The controls, one for each sample that has its own.
  public var controls: [Controls]
  /// The plate of the start; `nil` unless growth rates were made.
  public var dayZeroPlate: String?
  /// The positional correction; `nil` for none.
  public var correction: Correction?

  /// Makes a record.
  public init(
    method: NormalisationOptions.Method, centre: NormalisationOptions.Centre, blank: Double?, controls: [Controls],
    dayZeroPlate: String?, correction: Correction?
  ) {
    self.method = method
    self.centre = centre
    self.blank = blank
    self.controls = controls
    self.dayZeroPlate = dayZeroPlate
    self.correction = correction
  }
}
