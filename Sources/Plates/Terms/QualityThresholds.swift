import DoseTables
import Foundation

/// From where on a plate or a block is doubted (warn) or bad (fail): the one place of all limits.
public struct QualityThresholds: Sendable, Hashable, Codable {
  /// The two limits of a check.
  public struct Limits: Sendable, Hashable, Codable {
    /// Beyond this the verdict is at least `warn`.
    public var warn: Double
    /// Beyond this it is `fail`.
    public var fail: Double

    /// Makes limits.
    public init(warn: Double, fail: Double) {
      self.warn = warn
      self.fail = fail
    }
  }

  /// The limits, in the units of `QualityCheck`. Sources of the defaults: Z′ Zhang 1999 (0.5 excellent, below 0
  /// no separation); SSMD Zhang 2007 (3 good, 2 the least for a moderate control); S/B 3 and 2, CV 15 and 25 %:
  /// *Assay Guidance Manual* (Iversen 2012), whose CV limit of 20 % lies between; positional effects: a tenth of the
  /// signal shifts a response near 50 % by 5 points, the size of a weak synergy. The rest is judgement.
  public var limits: [QualityCheck: Limits] = [
    .zPrime: .init(warn: 0.5, fail: 0), .robustZPrime: .init(warn: 0.5, fail: 0), .ssmd: .init(warn: 3, fail: 2),
    .signalToBackground: .init(warn: 3, fail: 2), .controlCV: .init(warn: 15, fail: 25),
    .replicateCorrelation: .init(warn: 0.9, fail: 0.7), .replicateCV: .init(warn: 15, fail: 30),
    .edgeEffect: .init(warn: 10, fail: 25), .lineEffect: .init(warn: 12, fail: 30), .drift: .init(warn: 12, fail: 30),
    .controlTrend: .init(warn: 15, fail: 30), .outliers: .init(warn: 2, fail: 10),
    .missingWells: .init(warn: 5, fail: 25), .monotherapyAgreement: .init(warn: 10, fail: 25),
    .replicateSD: .init(warn: 10, fail: 20), .fit: .init(warn: 0.8, fail: 0.5),
  ]

  /// How many standard errors a positional effect must be off 0 to count, whatever its size. Default: 3.5, at which one
  /// of forty rows and columns is off by chance on 2 % of plates, most of them by less than the limits.
  public var significance = 3.5

  /// How many robust standard deviations from its replicates makes a well an outlier. Default: 5. (Iglewicz & Hoaglin
  /// 1993 advise 3.5 for one sample of some dozen numbers; a screen has thousands.)
  public var outlierDeviation = 5.0

  /// Deviations smaller than this, in percentage points, are never an outlier. Default: 15.
  public var outlierPoints = 15.0

  /// The defaults.
  public init() {}

  /// The limits of a check.
  public subscript(_ check: QualityCheck) -> Limits {
    get {
      limits[check]
        ?? (check.isBetterHigh ? Limits(warn: -.infinity, fail: -.infinity) : Limits(warn: .infinity, fail: .infinity))
    }
    set { limits[check] = newValue }
  }

  /// What a value of a check is worth. Sizes count without their sign for checks of position.
  func verdict(_ value: Double, of check: QualityCheck) -> QualityVerdict {
    let limits = self[check]
    if check.isBetterHigh { return value < limits.fail ? .fail : value < limits.warn ? .warn : .pass }
    let size = abs(value)
    return size > limits.fail ? .fail : size > limits.warn ? .warn : .pass
  }
}

/// What a plate or a block is worth.
public enum QualityVerdict: String, Sendable, Comparable, CaseIterable, Codable {
  /// Nothing to see.
  case pass
  /// Look at it.
  case warn
  /// Do not trust it.
  case fail

  /// By graveness.
  public static func < (one: QualityVerdict, other: QualityVerdict) -> Bool { one.rank < other.rank }
  private var rank: Int { self == .pass ? 0 : self == .warn ? 1 : 2 }
}

/// One reason for a verdict.
public struct QualityReason: Sendable, Hashable, Codable {
  /// What was checked.
  public var check: QualityCheck
  /// What was found.
  public var value: Double
  /// How grave it is.
  public var verdict: QualityVerdict
  /// Where on the plate, when it has a place: `row C`, `column 7`.
  public var place: String?

  /// Makes a reason.
  public init(check: QualityCheck, value: Double, verdict: QualityVerdict, place: String?) {
    self.check = check
    self.value = value
    self.verdict = verdict
    self.place = place
  }

  /// In words: `z-prime 0.31, expected 0.5 or more`.
  public func description(_ thresholds: QualityThresholds) -> String {
    let limits = thresholds[check]
    let limit = PlateReadingError.number(verdict == .fail ? limits.fail : limits.warn)
    let expected = check.isBetterHigh ? "expected \(limit) or more" : "expected within \(limit)"
    let value = String(format: "%.3g", value)
    return "\(check.rawValue) \(value)\(place.map { " in \($0)" } ?? ""), \(expected)"
  }
}
