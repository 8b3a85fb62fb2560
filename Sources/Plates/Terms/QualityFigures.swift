/// The quality figures of one plate or block. A figure that it does not give (no positive control, no replicates) is
/// `nil` and has no part in the verdict.
public struct QualityFigures: Sendable, Codable {
  /// The figures, in the units of `QualityCheck`.
  public var values: [QualityCheck: Double] = [:]
  /// The place that a figure is about: the worst row or column.
  public var places: [QualityCheck: String] = [:]
  /// Coefficient of variation of a plate's positive controls, %; not judged, since a dead well's signal is near 0.
  public var positiveCV: Double?
  /// Outlier wells.
  public var outlierCount = 0
  /// Reasons for the verdict, gravest first.
  public var reasons: [QualityReason] = []

  /// No figures.
  public init() {}

  /// Names that are the same in snake case and back.
  private enum CodingKeys: String, CodingKey {
    case values, places, outlierCount, reasons
    case positiveCV = "positiveCv"
  }

  /// The gravest of the reasons.
  public var verdict: QualityVerdict { reasons.map(\.verdict).max() ?? .pass }

  /// Judges the figures. Positional ones count only where `isSignificant`.
  public mutating func judge(_ thresholds: QualityThresholds, isSignificant: (QualityCheck) -> Bool = { _ in true }) {
    reasons = QualityCheck.allCases.compactMap { check in
      guard let value = values[check], !check.isPositional || isSignificant(check) else { return nil }
      let verdict = thresholds.verdict(value, of: check)
      return verdict == .pass ? nil : QualityReason(check: check, value: value, verdict: verdict, place: places[check])
    }
    reasons.sort { $1.verdict < $0.verdict }
  }
}
