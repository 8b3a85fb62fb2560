import Assay
import Plates
import Screening

/// The plates in `results.json`: what was read, what was done to it, what it is worth.
enum PlateJSON {
  /// The members `plates` and `block_quality` of the results with a comma before them, on one line; `PlateRecord` reads
  /// them back.
  static func members(of report: PlateReport) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("plates")
      json.array { json in for plate in report.plates { write(plate, report.thresholds, to: &json) } }
      json.key("block_quality")
      json.array { json in
        for block in report.blocks {
          json.object { json in
            json.key("block_id")
            json.value(block.id)
            json.key("drugs")
            json.array { json in for drug in block.drugs { json.value(drug) } }
            json.member("sample", block.sample)
            json.key("plates")
            json.array { json in for plate in block.plates { json.value(plate) } }
            write(block.quality, report.thresholds, to: &json)
          }
        }
      }
    }
    return Array(",\n".utf8) + json.bytes.dropFirst().dropLast()
  }

  private static func write(_ plate: ScreenPlate, _ thresholds: QualityThresholds, to json: inout JSONWriter) {
    json.object { json in
      for (name, text) in [
        ("plate", plate.plate), ("file", plate.file), ("layout", plate.layoutFile), ("reader", plate.reader),
        ("channel", plate.channel), ("verdict", QualityTable.verdict(of: plate)),
      ] {
        json.key(name)
        json.value(text)
      }
      json.key("format")
      json.value(plate.format.wells)
      json.key("normalisation")
      if let record = plate.normalisation { write(record, to: &json) } else { json.value(String?.none) }
      write(plate.quality, thresholds, to: &json)
      json.key("wells")
      json.array { json in for well in plate.wells where well.design.role != .empty { write(well, to: &json) } }
    }
  }

  private static func write(_ record: PlateNormalisation, to json: inout JSONWriter) {
    json.object { json in
      json.key("method")
      json.value(record.method.rawValue)
      json.key("centre")
      json.value(record.centre.rawValue)
      json.key("blank")
      json.value(record.blank)
      json.key("day_zero_plate")
      json.value(record.dayZeroPlate)
      json.key("controls")
      json.array { json in
        for controls in record.controls {
          json.object { json in
            json.key("sample")
            json.value(controls.sample)
            for (name, value) in [
              ("negative", controls.negative), ("positive", controls.positive), ("day_zero", controls.dayZero),
            ] {
              json.key(name)
              json.value(value)
            }
            json.key("negative_wells")
            json.value(controls.negativeCount)
            json.key("positive_wells")
            json.value(controls.positiveCount)
          }
        }
      }
      json.key("correction")
      guard let correction = record.correction else { return json.value(String?.none) }
      json.object { json in
        json.key("kind")
        json.value(correction.kind.rawValue)
        for (name, value) in [
          ("z_prime_before", correction.zPrimeBefore), ("z_prime_after", correction.zPrimeAfter),
          ("edge_effect_before", correction.edgeBefore), ("edge_effect_after", correction.edgeAfter),
        ] {
          json.key(name)
          json.value(value)
        }
        json.key("rows")
        json.values(correction.rows)
        json.key("columns")
        json.values(correction.columns)
      }
    }
  }

  private static func write(_ quality: QualityFigures, _ thresholds: QualityThresholds, to json: inout JSONWriter) {
    json.key("quality")
    json.object { json in
      json.key("verdict")
      json.value(quality.verdict.rawValue)
      json.key("reasons")
      json.array { json in for reason in quality.reasons { json.value(reason.description(thresholds)) } }
      json.key("judged")
      json.array { json in
        for reason in quality.reasons {
          json.object { json in
            json.member("check", reason.check.rawValue)
            json.member("value", reason.value.description)
            json.member("verdict", reason.verdict.rawValue)
            json.member("place", reason.place)
          }
        }
      }
      json.key("outliers")
      json.value(quality.outlierCount)
      json.key("positive_cv")
      json.value(quality.positiveCV)
      json.member("line_effect_place", quality.places[.lineEffect])
      for check in QualityCheck.allCases {
        json.key(QualityTable.column(check))
        json.value(quality.values[check])
      }
    }
  }

  private static func write(_ well: ScreenPlate.Well, to json: inout JSONWriter) {
    json.object { json in
      json.key("well")
      json.value(well.design.position.description)
      json.key("role")
      json.value(well.design.role.rawValue)
      if let sample = well.design.sample {
        json.key("sample")
        json.value(sample)
      }
      if !well.design.treatments.isEmpty {
        json.key("drugs")
        json.array { json in
          for treatment in well.design.treatments {
            json.object { json in
              json.key("name")
              json.value(treatment.drug)
              json.key("dose")
              json.value(treatment.dose)
              json.key("unit")
              json.value(treatment.unit.symbol)
            }
          }
        }
      }
      json.key("raw")
      json.value(well.raw)
      json.key("response")
      json.value(well.response)
      for (name, text) in [("excluded", well.exclusion?.word), ("outlier", well.outlier)] where text != nil {
        json.key(name)
        json.value(text)
      }
    }
  }
}
