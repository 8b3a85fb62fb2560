import DoseResponse

/// The choices of an analysis, each with its default.
public struct SynergyOptions: Sendable, Hashable, Codable {
  /// Where ZIP's lines start.
  public enum ZIPBaseline: String, Sendable, CaseIterable, Codable {
    /// The observed response at the line's zero dose, as SynergyFinder Plus does.
    case observed
    /// The fitted monotherapy's value there.
    case fitted
  }

  /// The models to score, in the order of the output. Default: all.
  public var models: [NullModel] = NullModel.allCases
  /// Where ZIP's lines start. Default: observed.
  public var zipBaseline: ZIPBaseline = .observed
  /// Doses of each drug in the peak window. Default: 3.
  public var peakWindow: Int = 3
  /// Share of a window's cells that must be scored for the window to count. Default: two thirds.
  public var peakCoverage: Double = 2.0 / 3
  /// How far Loewe's reference may leave both 0–100 % and what the single drugs' curves reach within their doses,
  /// percentage points; cells beyond are not scored. Default: 25.
  public var loeweMargin: Double = 25
  /// Whether RI and CSS are computed; they take as many fits again as ZIP. Default: yes.
  public var sensitivity: Bool = true
  /// What is done where untreated wells do not read 0.
  public var baseline: BaselineOptions = .init()
  /// Drugs that many blocks measured alone.
  public var anchor: AnchorOptions = .init()
  /// Intervals and tests.
  public var inference: InferenceOptions = .init()
  /// BIGL's response-surface tests.
  public var bigl: BIGLOptions = .init()
  /// Bounds of every Hill fit.
  public var bounds: HillBounds = .init()

  /// The defaults.
  public init() {}

  /// Whether a block's numbers need what the screen says (`ScreenEvidence`).
  public var needsEvidence: Bool {
    inference.resamples > 0 || baseline.method != .asRead || anchor.method == .shared
  }

  /// The defaults without intervals and tests.
  public static var scoresOnly: SynergyOptions {
    var options = SynergyOptions()
    options.inference.resamples = 0
    return options
  }
}
