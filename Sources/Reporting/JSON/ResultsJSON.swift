import Assay
import Screening

/// The parts of `results.json` around its blocks.
enum ResultsJSON {
  /// The version of the file's structure; a change that old readers do not understand adds one.
  static let formatVersion = 1

  /// The file up to its first block.
  static func head(title: String, version: String, options: ScreenOptions) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("format")
      json.value("isobole-results")
      json.key("format_version")
      json.value(formatVersion)
      json.key("isobole_version")
      json.value(version)
      json.key("title")
      json.value(title)
      json.key("units")
      json.object { json in
        for (name, unit) in units {
          json.key(name)
          json.value(unit)
        }
      }
      json.key("options")
      OptionTree(results: options).write(to: &json)
    }
    return Array(json.bytes.dropLast()) + Array(",\n\"blocks\":[".utf8)
  }

  private static let units = [
    ("response", "% inhibition"), ("synergy", "percentage points"), ("css", "%"), ("ri", "%"),
    ("dose", "the drug's unit"),
    ("ec50", "the drug's unit"), ("ic50", "the drug's unit"),
    ("cells", "row-major over shape, the last drug's dose fastest"),
  ]

  /// A problem's object.
  static func object(of problem: InputProblem) -> [UInt8] {
    var json = JSONWriter()
    json.value(problem)
    return json.bytes
  }

  /// A file's object.
  static func object(of input: ScreenInput) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("path")
      json.value(input.path)
      json.key("sha256")
      json.value(input.sha256)
      json.key("bytes")
      json.value(input.bytes)
      json.key("format")
      json.value(input.format)
      json.key("response")
      json.value(input.response)
      json.key("blocks")
      json.value(input.blocks)
    }
    return json.bytes
  }

  /// A row of the ranking as an object, with the block's `index`.
  static func object(columns: [String], row: [Field], of summary: BlockSummary) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("index")
      json.value(summary.index)
      for (column, field) in zip(columns, row) {
        json.key(column)
        json.value(field)
      }
    }
    return json.bytes
  }
}
