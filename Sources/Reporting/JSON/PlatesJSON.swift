import Assay
import Plates

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
        for problem in others + files.flatMap(\.export.problems) { json.value(problem) }
      }
    }
    return json.bytes
  }

  private static func write(_ plate: PlateRead, file: String, to json: inout JSONWriter) {
    json.object { json in
      json.member("file", file)
      json.member("barcode", plate.barcode)
      if let number = plate.plate { json.member("plate", number) }
      json.member("format", plate.format.wells)
      json.member("reader", plate.reader)
      json.member("channel", plate.channel)
      json.member("role", plate.role.rawValue)
      json.member("repeat", plate.repeatNumber)
      json.member("time", plate.time)
      json.key("wells")
      json.array { json in
        for well in plate.wells { write(well, to: &json) }
      }
    }
  }

  private static func write(_ well: PlateRead.Well, to json: inout JSONWriter) {
    json.object { json in
      json.member("well", well.position.description)
      json.member("row", well.position.row + 1)
      json.member("column", well.position.column + 1)
      json.key("value")
      json.value(well.value)
      if let note = well.note { json.member("note", note.rawValue) }
    }
  }
}
