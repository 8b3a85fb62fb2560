import Plates
import Screening

/// The rows of `qc.csv`: one a plate, then one a block.
enum QualityTable {
  /// The columns: what it is, the verdict and why, counts, then the figures in the units of `QualityCheck`.
  static let columns =
    ["kind", "name", "verdict", "reasons", "plates", "file", "reader", "channel", "wells", "normalisation"]
    + ["negative_controls", "positive_controls", "outliers", "positive_cv"]
    + QualityCheck.allCases.map { column($0) } + [
      "line_effect_place", "z_prime_uncorrected", "edge_effect_uncorrected",
    ]

  /// A check's column: `z_prime`; the share of outliers is `outliers_percent`, the missing wells' likewise.
  static func column(_ check: QualityCheck) -> String {
    let name = check.rawValue.split(separator: "-").joined(separator: "_")
    return check == .outliers || check == .missingWells ? name + "_percent" : name
  }

  /// All rows, in the order of `columns`.
  static func rows(of report: PlateReport) -> [[Field]] {
    report.plates.map { plate in
      let correction = plate.normalisation?.correction
      return [
        .text("plate"), .text(plate.plate), .text(verdict(of: plate)),
        .text(reasons(plate.quality, report.thresholds)), .integer(1), .text(plate.file), .text(plate.reader),
        .text(plate.channel), .integer(plate.wells.count { $0.design.role != .empty }),
        .text(normalisation(plate.normalisation)),
        .integer(plate.wells.count { $0.design.role == .negative }),
        .integer(plate.wells.count { $0.design.role == .positive }), .integer(plate.quality.outlierCount),
        .number(plate.quality.positiveCV),
      ] + figures(plate.quality) + [
        .text(plate.quality.places[.lineEffect]), .number(correction?.zPrimeBefore), .number(correction?.edgeBefore),
      ]
    }
      + report.blocks.map { block in
        [
          .text("block"), .text(block.id), .text(block.quality.verdict.rawValue),
          .text(reasons(block.quality, report.thresholds)), .integer(block.plates.count), .text(nil), .text(nil),
          .text(nil), .text(nil), .text(nil), .text(nil), .text(nil), .integer(block.quality.outlierCount),
          .number(nil),
        ] + figures(block.quality) + [.text(nil), .number(nil), .number(nil)]
      }
  }

  /// A plate's verdict.
  static func verdict(of plate: ScreenPlate) -> String { PlateReport.verdict(of: plate) }

  /// `z-prime 0.31, expected 0.5 or more; …`.
  static func reasons(_ quality: QualityFigures, _ thresholds: QualityThresholds) -> String {
    quality.reasons.map { $0.description(thresholds) }.joined(separator: "; ")
  }

  /// `npi, median, blank 104, polish`.
  static func normalisation(_ record: PlateNormalisation?) -> String? {
    guard let record else { return nil }
    var parts = [record.method.rawValue, record.centre.rawValue]
    if let blank = record.blank {
      var text = ByteWriter()
      text.shortest(blank)
      parts.append("blank \(text.string)")
    }
    if let correction = record.correction { parts.append(correction.kind.rawValue) }
    if let plate = record.dayZeroPlate { parts.append("day 0 \(plate)") }
    return parts.joined(separator: ", ")
  }

  private static func figures(_ quality: QualityFigures) -> [Field] {
    QualityCheck.allCases.map { .number(quality.values[$0]) }
  }

  /// The whole file.
  static func text(of report: PlateReport) -> [UInt8] {
    var out = ByteWriter()
    out.text(columns.joined(separator: ",") + "\n")
    for row in rows(of: report) { out.csv(row) }
    return out.bytes
  }
}
