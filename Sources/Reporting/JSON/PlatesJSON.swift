import Assay
import PlateReading

/// What `isobole read --json` prints: every plate with its wells, and what was refused or doubted.
public enum PlatesJSON {
  /// One file that was read.
  public typealias File = (path: String, export: PlateExport)

  /// The plates of all files, in their order.
  ///
  /// `repeat` counts from 1, `row` and `column` from 1; a well's `value` is in the reader's unit, `null` where it has
  /// none, and `note` then says why.
  public static func bytes(_ files: [File], others: [InputProblem] = []) -> [UInt8] {
    var json = JSONWriter(capacity: 1 << 16)
    json.object { json in
      json.key("plates")
      json.array { json in
        for file in files {
          for plate in file.export.plates { write(plate, file: file.path, to: &json) }
        }
      }
      json.key("problems")
      json.array { json in
        for problem in others + files.flatMap(\.export.problems) {
          json.object { json in
            json.key("file")
            json.value(problem.file)
            json.key("severity")
            json.value(problem.severity.rawValue)
            json.key("line")
            json.value(problem.line)
            json.key("message")
            json.value(problem.message)
          }
        }
      }
    }
    return json.bytes
  }

  private static func write(_ plate: PlateRead, file: String, to json: inout JSONWriter) {
    json.object { json in
      json.key("file")
      json.value(file)
      json.key("barcode")
      json.value(plate.barcode)
      if let number = plate.plate {
        json.key("plate")
        json.value(number)
      }
      json.key("format")
      json.value(plate.format.wells)
      json.key("reader")
      json.value(plate.reader)
      json.key("channel")
      json.value(plate.channel)
      json.key("role")
      json.value(plate.role.rawValue)
      json.key("repeat")
      json.value(plate.repeatNumber)
      json.key("time")
      json.value(plate.time)
      json.key("wells")
      json.array { json in
        for well in plate.wells {
          json.object { json in
            json.key("well")
            json.value(well.position.description)
            json.key("row")
            json.value(well.position.row + 1)
            json.key("column")
            json.value(well.position.column + 1)
            json.key("value")
            json.value(well.value)
            if let note = well.note {
              json.key("note")
              json.value(note.rawValue)
            }
          }
        }
      }
    }
  }
}
