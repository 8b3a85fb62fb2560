import DoseTables
import Screening
import Synergy

/// What a screen says over samples in `results.json`: the member `across_samples`.
enum AcrossSamplesJSON {
  /// The member with a comma before it, on one line.
  static func member(of across: AcrossSamples) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("across_samples")
      json.object { json in
        json.member("primary", across.primary.rawValue)
        json.key("annotations")
        if let table = across.table { write(table, to: &json) } else { json.value(String?.none) }
        json.key("combinations")
        json.array { json in for place in across.repeated { write(across.combinations[place], to: &json) } }
        json.key("map")
        write(across, across.matrix, to: &json)
        json.key("classes")
        json.array { json in for group in across.classes { write(group, across, to: &json) } }
        let table = AssociationTable(across)
        json.key("associations")
        json.array { json in
          for row in table.rows {
            json.object { json in
              for (column, field) in zip(table.columns, row) {
                json.key(column)
                json.value(field)
              }
            }
          }
        }
      }
    }
    return Array(",\n".utf8) + json.bytes.dropFirst().dropLast()
  }

  private static func write(_ table: SampleTable, to json: inout JSONWriter) {
    json.object { json in
      json.member("file", table.file)
      json.key("samples")
      json.array { json in for sample in table.samples { json.value(sample) } }
      json.key("columns")
      json.array { json in
        for column in table.columns {
          json.object { json in
            json.member("name", column.name)
            json.key("values")
            json.array { json in for value in column.values { json.value(value) } }
            if let numbers = column.numbers {
              json.key("numbers")
              json.array { json in for number in numbers { json.value(number) } }
            }
          }
        }
      }
    }
  }

  private static func write(_ combination: CombinationAcrossSamples, to json: inout JSONWriter) {
    json.object { json in
      json.key("drugs")
      json.array { json in for drug in combination.drugs { json.value(drug) } }
      json.key("samples")
      json.array { json in
        for sample in combination.samples {
          json.object { json in
            json.member("sample", sample.name)
            json.key("blocks")
            json.array { json in for block in sample.blocks { json.value(block) } }
            json.member("call", sample.call?.rawValue)
            json.key("consensus")
            json.value(sample.consensus)
          }
        }
      }
      json.key("models")
      json.object { json in
        for model in combination.models {
          json.key(model.model.rawValue)
          json.object { json in write(model, of: combination, to: &json) }
        }
      }
    }
  }

  private static func write(
    _ model: CombinationAcrossSamples.Model, of combination: CombinationAcrossSamples, to json: inout JSONWriter
  ) {
    json.key("scores")
    json.object { json in
      for place in model.scored {
        guard let score = combination.samples[place].scores[model.model] else { continue }
        json.key(combination.samples[place].name)
        json.object { json in
          json.key("score")
          json.value(score.value)
          json.key("standard_error")
          json.value(score.standardError)
          guard let selective = model.selective.first(where: { $0.sample == place }) else { return }
          for (name, value) in [
            ("difference", selective.difference), ("difference_se", selective.standardError), ("p", selective.p),
            ("q", selective.q),
          ] {
            json.key(name)
            json.value(value)
          }
        }
      }
    }
    json.key("mean")
    json.value(model.mean)
    json.key("sd")
    json.value(model.sd)
    guard let pooled = model.pooled else { return }
    json.key("random_effects")
    json.object { json in
      for (name, value) in [
        ("mean", pooled.mean), ("standard_error", pooled.standardError), ("low", pooled.interval.low),
        ("high", pooled.interval.high), ("tau", pooled.tau), ("q", pooled.q), ("p", pooled.p), ("i2", pooled.iSquared),
      ] {
        json.key(name)
        json.value(value)
      }
    }
  }

  /// Names of rows and columns in the order of the map, and its values.
  private static func write(_ across: AcrossSamples, _ matrix: SampleMatrix, to json: inout JSONWriter) {
    json.object { json in
      json.member("ordered_by", matrix.primary.rawValue)
      json.key("samples")
      json.array { json in for column in matrix.columnOrder { json.value(matrix.samples[column]) } }
      json.key("combinations")
      json.array { json in
        for row in matrix.rowOrder {
          json.array { json in
            for drug in across.combinations[matrix.combinations[row]].drugs { json.value(drug) }
          }
        }
      }
      let tables = [("consensus", matrix.consensus)] + across.models.map { ($0.rawValue, matrix.scores[$0] ?? []) }
      for (name, values) in tables {
        json.key(name)
        json.array { json in
          for row in matrix.rowOrder where values.indices.contains(row) {
            json.array { json in for column in matrix.columnOrder { json.value(values[row][column]) } }
          }
        }
      }
    }
  }

  private static func write(_ group: ClassSummary, _ across: AcrossSamples, to json: inout JSONWriter) {
    json.object { json in
      json.member("anchor", group.anchor)
      json.member("class", group.partnerClass)
      json.key("partners")
      json.array { json in for partner in group.partners { json.value(partner) } }
      json.member("samples", group.samples)
      json.member("tested", group.tested)
      for call in Call.allCases { json.member(call.rawValue, group.calls[call, default: 0]) }
      for (name, value) in [
        ("mean", group.mean), ("lowest", group.range.lowerBound), ("highest", group.range.upperBound),
      ] {
        json.key(name)
        json.value(value)
      }
    }
  }
}
