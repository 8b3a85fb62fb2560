import Plates
import Screening

/// The rows of `qc.csv`: one a plate, then one a block.
enum QualityTable {
  /// The names of the columns.
  static var columns: [String] { dictionary.map(\.name) }

  /// The columns: what it is, the verdict and why, counts, then the figures.
  static let dictionary: [TableColumn] =
    [
      .text("kind", "plate or block"), .text("name", "the plate or the block"),
      .text("verdict", "pass, warn or fail; a plate of day 0 has none"), .text("reasons", "what the verdict rests on"),
      .integer("plates", "plates that it stands on"), .text("file", "the reader's file"), .text("reader", "the reader"),
      .text("channel", "what was read"), .integer("wells", "wells that the layout uses"),
      .text("normalisation", "method, centre of the controls, blank, correction"),
      .integer("negative_controls", "wells"), .integer("positive_controls", "wells"), .integer("outliers", "wells"),
      .number("positive_cv", "%", "coefficient of variation of the positive controls"),
    ]
    + QualityCheck.allCases.map { .number(column($0), $0.unit, $0.meaning) } + [
      .text("line_effect_place", "the row or column of line_effect"),
      .number("z_prime_uncorrected", "", "z_prime before positions were corrected"),
      .number("edge_effect_uncorrected", "%", "edge_effect before positions were corrected"),
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
        .text("plate"), .text(plate.plate), .text(PlateReport.verdict(of: plate)),
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
