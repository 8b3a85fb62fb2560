import Assay
import Foundation
import Plates
import Screening

/// The members `plates` and `block_quality` of `results.json`, read back: what `PlateJSON` writes, key by key. What no
/// report shows (signals after correction, lines of layouts, why the mask file names a well) is not there.
struct PlateRecord: Decodable {
  struct Plate: Decodable {
    var plate: String
    var file: String
    var layout: String
    var reader: String
    var channel: String?
    var verdict: String
    var format: Int
    var normalisation: Normalisation?
    var quality: Quality
    var wells: [Well]
  }
  struct Normalisation: Decodable {
    var method: String
    var centre: String
    var blank: Double?
    var day_zero_plate: String?
    var controls: [Controls]
    var correction: Correction?
  }
  struct Controls: Decodable {
    var sample: String?
    var negative: Double?
    var positive: Double?
    var day_zero: Double?
    var negative_wells: Int
    var positive_wells: Int
  }
  struct Correction: Decodable {
    var kind: String
    var z_prime_before: Double?
    var z_prime_after: Double?
    var edge_effect_before: Double?
    var edge_effect_after: Double?
    var rows: [Double?]
    var columns: [Double?]
  }
  struct Judged: Decodable {
    var check: String
    var value: String
    var verdict: String
    var place: String?
  }
  struct Quality: Decodable {
    var judged: [Judged]
    var outliers: Int
    var positive_cv: Double?
    var line_effect_place: String?
    var values: [QualityCheck: Double]

    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: Key.self)
      judged = try members.decode([Judged].self, forKey: Key(stringValue: "judged"))
      outliers = try members.decode(Int.self, forKey: Key(stringValue: "outliers"))
      positive_cv = try members.decodeIfPresent(Double.self, forKey: Key(stringValue: "positive_cv"))
      line_effect_place = try members.decodeIfPresent(String.self, forKey: Key(stringValue: "line_effect_place"))
      values = [:]
      for check in QualityCheck.allCases {
        values[check] = try members.decodeIfPresent(
          Double.self, forKey: Key(stringValue: QualityTable.column(check)))
      }
    }
  }
  struct Drug: Decodable {
    var name: String
    var dose: Double
    var unit: String
  }
  struct Well: Decodable {
    var well: String
    var role: String
    var sample: String?
    var drugs: [Drug]?
    var raw: Double?
    var response: Double?
    var excluded: String?
    var outlier: String?
  }
  struct Block: Decodable {
    var block_id: String
    var drugs: [String]
    var sample: String?
    var plates: [String]
    var quality: Quality
  }

  var plates: [Plate]
  var block_quality: [Block]

  /// Why the members are not what Isobole wrote.
  struct Mismatch: Error, CustomStringConvertible {
    var description: String
  }

  /// The plates that were written.
  func report(thresholds: QualityThresholds) throws -> PlateReport {
    PlateReport(
      plates: try plates.map { try $0.value() },
      blocks: try block_quality.map {
        .init(id: $0.block_id, drugs: $0.drugs, sample: $0.sample, plates: $0.plates, quality: try $0.quality.value())
      }, thresholds: thresholds)
  }

  /// A word as a value of an enum.
  fileprivate static func word<Value: RawRepresentable<String>>(_ text: String, of kind: String) throws -> Value {
    guard let value = Value(rawValue: text) else { throw Mismatch(description: "\"\(text)\" is no \(kind)") }
    return value
  }
}

extension PlateRecord.Plate {
  fileprivate func value() throws -> ScreenPlate {
    guard let format = PlateFormat(wells: format) else {
      throw PlateRecord.Mismatch(description: "plate \(plate) has \(format) wells")
    }
    return ScreenPlate(
      plate: plate, file: file, layoutFile: layout, reader: reader, channel: channel, format: format,
      isDayZero: verdict == "day 0",
      wells: try wells.map { well in
        guard let position = WellPosition(well.well), format.contains(position) else {
          throw PlateRecord.Mismatch(description: "plate \(plate) has no well \(well.well)")
        }
        return try well.value(at: position)
      }, normalisation: try normalisation?.value(), quality: try quality.value())
  }
}

extension PlateRecord.Well {
  fileprivate func value(at position: WellPosition) throws -> ScreenPlate.Well {
    ScreenPlate.Well(
      design: .init(
        position: position, role: try PlateRecord.word(role, of: "role of a well"),
        treatments: (drugs ?? []).map { .init(drug: $0.name, dose: $0.dose, unit: ConcentrationUnit($0.unit)) },
        sample: sample), raw: raw, response: response,
      exclusion: try excluded.map { word in
        switch word {
        // A reader's masked well and one of the mask file have the same word, and are shown alike.
        case "masked": .mask("")
        case "outlier": .outlier
        case "not normalised": .notNormalised
        case ScreenPlate.Exclusion.absentWord: .absent
        default: .reader(try PlateRecord.word(word, of: "reason to leave a well out"))
        }
      }, outlier: outlier)
  }
}

extension PlateRecord.Normalisation {
  fileprivate func value() throws -> PlateNormalisation {
    PlateNormalisation(
      method: try PlateRecord.word(method, of: "normalisation"), centre: try PlateRecord.word(centre, of: "centre"),
      blank: blank,
      controls: controls.map {
        .init(
          sample: $0.sample, negative: $0.negative ?? .nan, negativeCount: $0.negative_wells, positive: $0.positive,
          positiveCount: $0.positive_wells, dayZero: $0.day_zero)
      }, dayZeroPlate: day_zero_plate,
      correction: try correction.map {
        .init(
          kind: try PlateRecord.word($0.kind, of: "correction"), rows: $0.rows.numbers, columns: $0.columns.numbers,
          zPrimeBefore: $0.z_prime_before, zPrimeAfter: $0.z_prime_after, edgeBefore: $0.edge_effect_before,
          edgeAfter: $0.edge_effect_after)
      })
  }
}

extension PlateRecord.Quality {
  fileprivate func value() throws -> QualityFigures {
    var figures = QualityFigures()
    figures.values = values
    figures.places[.lineEffect] = line_effect_place
    figures.positiveCV = positive_cv
    figures.outlierCount = outliers
    figures.reasons = try judged.map { reason in
      guard let number = Double(reason.value) else {
        throw PlateRecord.Mismatch(description: "\"\(reason.value)\" is no value of a check")
      }
      return QualityReason(
        check: try PlateRecord.word(reason.check, of: "check of quality"), value: number,
        verdict: try PlateRecord.word(reason.verdict, of: "verdict"), place: reason.place)
    }
    return figures
  }
}
