/// What a plate or a block is judged by. Each says its unit, what it means and where it comes from; the limits are in
/// `QualityThresholds`.
public enum QualityCheck: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable,
  CustomStringConvertible
{
  /// Z′ = 1 − 3 (s₊ + s₋) / |m₊ − m₋| of the controls' means and SDs (Zhang 1999, J Biomol Screen 4:67).
  case zPrime = "z-prime"
  /// Z′ of medians and MADs × 1.4826 (Zhang 1999; robust form: Birmingham 2009, Nat Methods 6:569).
  case robustZPrime = "robust-z-prime"
  /// Strictly standardised mean difference |m₋ − m₊| / √(s₋² + s₊²) of the controls (Zhang 2007, Genomics 89:552).
  case ssmd
  /// Signal to background: the larger of the controls' centres over the smaller one.
  case signalToBackground = "signal-to-background"
  /// Coefficient of variation of the negative controls, %.
  case controlCV = "control-cv"
  /// Pearson's correlation of each well's response with the mean of its replicates.
  case replicateCorrelation = "replicate-correlation"
  /// Median over treatments of the coefficient of variation of replicate signals, %, where 15 % or more of the
  /// untreated signal is left.
  case replicateCV = "replicate-cv"
  /// How much higher (+) or lower (−) wells at the plate's rim read than wells within, % of what their replicates read.
  case edgeEffect = "edge-effect"
  /// The row or column that is farthest off the rest, % of what its wells' replicates read: a dispensing error.
  case lineEffect = "line-effect"
  /// Change across the plate along the rows or the columns, % of what the wells' replicates read.
  case drift
  /// Change of the negative controls' signal across the plate, % of their median.
  case controlTrend = "control-trend"
  /// Outlier wells, % of the wells that were judged.
  case outliers
  /// Wells of the layout without a usable value, %.
  case missingWells = "missing-wells"
  /// Median difference between plates in a drug's response alone, percentage points.
  case monotherapyAgreement = "monotherapy-agreement"
  /// Pooled standard deviation of replicate responses, percentage points.
  case replicateSD = "replicate-sd"
  /// The smallest R² of the drugs' Hill fits, of drugs that do something.
  case fit

  /// The unit of its value; empty for a number without one.
  public var unit: String {
    switch self {
    case .zPrime, .robustZPrime, .ssmd, .signalToBackground, .replicateCorrelation, .fit: ""
    case .monotherapyAgreement, .replicateSD: "percentage points"
    case .controlCV, .replicateCV, .edgeEffect, .lineEffect, .drift, .controlTrend, .outliers, .missingWells: "%"
    }
  }

  /// What it says, in a few words.
  public var meaning: String {
    switch self {
    case .zPrime: "Z′ of the controls' means and standard deviations"
    case .robustZPrime: "Z′ of the controls' medians and median absolute deviations"
    case .ssmd: "strictly standardised mean difference of the controls"
    case .signalToBackground: "the larger of the controls' centres over the smaller one"
    case .controlCV: "coefficient of variation of the negative controls"
    case .replicateCorrelation: "correlation of each well's response with the mean of its replicates"
    case .replicateCV: "median coefficient of variation of replicate signals"
    case .edgeEffect: "how much higher wells at the rim read than wells within"
    case .lineEffect: "the row or column that is farthest off the rest"
    case .drift: "change across the plate along the rows or the columns"
    case .controlTrend: "change of the negative controls' signal across the plate"
    case .outliers: "outlier wells"
    case .missingWells: "wells of the layout without a usable value"
    case .monotherapyAgreement: "median difference between plates in a drug's response alone"
    case .replicateSD: "pooled standard deviation of replicate responses"
    case .fit: "the smallest R² of the drugs' Hill fits, of drugs that do something"
    }
  }

  /// The name under which its limits are set.
  public var description: String { rawValue }

  /// Whether small values are the bad ones.
  public var isBetterHigh: Bool {
    switch self {
    case .zPrime, .robustZPrime, .ssmd, .signalToBackground, .replicateCorrelation, .fit: true
    default: false
    }
  }

  /// Whether it comes from positions and must stand out of the noise to count.
  var isPositional: Bool {
    switch self {
    case .edgeEffect, .lineEffect, .drift, .controlTrend: true
    default: false
    }
  }
}
