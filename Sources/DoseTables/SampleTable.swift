import Assay

/// What is known of samples: a small table whose first column names the sample and whose others are annotations
/// (`sample,subtype,TP53,MYC`).
///
/// Comma, semicolon or tab, point or comma as decimal mark, lines that begin with `#` passed over, as in every table
/// that is read here. An empty field, `NA`, `N/A`, `NaN`, `?`, `-`, `.`, `unknown` and `not done` say that it is not
/// known.
public struct SampleTable: Sendable, Hashable, Codable {
  /// One annotation of all samples.
  public struct Column: Sendable, Hashable, Codable {
    /// What the header says.
    public var name: String
    /// What stands there for each sample, in the order of `samples`; `nil` where it is not known.
    public var values: [String?]
    /// The same as numbers, where every known value is one.
    public var numbers: [Double?]?

    /// Makes a column.
    public init(name: String, values: [String?], numbers: [Double?]? = nil) {
      self.name = name
      self.values = values
      self.numbers = numbers
    }
  }

  /// The file, as the user named it.
  public var file: String
  /// The samples, in the order of the file.
  public var samples: [String]
  /// The annotations.
  public var columns: [Column]

  /// Makes a table.
  public init(file: String, samples: [String], columns: [Column]) {
    self.file = file
    self.samples = samples
    self.columns = columns
  }

  /// The most annotations.
  public static let mostColumns = 200
  /// The most samples.
  public static let mostSamples = 100_000

  /// Whether a file is a table of samples: its first column says so.
  public static func recognises(_ bytes: [UInt8]) -> Bool {
    guard let header = try? TextTable(bytes).rows.first?.fields, header.count > 1, let first = header.first else {
      return false
    }
    return ColumnRole(columnName: first) == .sample
  }

  private static let unknown: Set<String> = ["", "na", "n/a", "nan", "?", "-", "–", ".", "unknown", "not done"]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - file: Its name for problems.
  /// - Returns: The table, `nil` where the file is none, and what was refused, doubted or noted, with lines.
  public static func read(_ bytes: [UInt8], file: String) -> (table: SampleTable?, problems: [InputProblem]) {
    var problems: [InputProblem] = []
    func tell(_ severity: InputProblem.Severity, _ line: Int?, _ message: String) {
      problems.append(InputProblem(file: file, severity: severity, line: line, message: message))
    }
    let text: TextTable
    do throws(PlateReadingError) {
      text = try TextTable(bytes)
    } catch {
      tell(.error, nil, "\(error)")
      return (nil, problems)
    }
    switch text.ending {
    case .complete, .stopped: break
    case .rowTooLarge(let line):
      tell(.error, line, "the row is longer than any table's; expected sample names and their annotations")
      return (nil, problems)
    case .openQuote(let line):
      tell(.error, line, "a quote is not closed, so the rest of the file is one field; close it")
      return (nil, problems)
    }
    guard let header = text.rows.first, header.fields.count > 1 else {
      tell(
        .error, text.rows.first?.line,
        "expected a header with a column of samples and at least one annotation, as sample,subtype,TP53")
      return (nil, problems)
    }
    guard header.fields.count <= mostColumns + 1, text.rows.count <= mostSamples + 1 else {
      tell(
        .error, nil,
        "\(text.rows.count - 1) samples with \(header.fields.count - 1) annotations; expected at most \(mostSamples) and "
          + "\(mostColumns)")
      return (nil, problems)
    }
    var columns: [(place: Int, name: String)] = []
    for (place, name) in header.fields.enumerated().dropFirst() {
      if name.isEmpty {
        let isUsed = text.rows.dropFirst().contains { !$0.field(place).isEmpty }
        if isUsed { tell(.error, header.line, "column \(place + 1) has no name; it was excluded, name it") }
      } else if let twin = columns.first(where: { $0.name.lowercased() == name.lowercased() }) {
        tell(
          .error, header.line,
          "column \(place + 1) is called \(name) like column \(twin.place + 1); it was excluded, rename one of them")
      } else {
        columns.append((place, name))
      }
    }
    let rows = rows(of: text, width: header.fields.count, tell: tell)
    let annotations = columns.map { column -> Column in
      let values = rows.map { row -> String? in
        let value = row.field(column.place)
        return unknown.contains(value.lowercased()) ? nil : value
      }
      let numbers = values.map { $0.flatMap(text.number) }
      let isNumeric = zip(values, numbers).allSatisfy { ($0 == nil) == ($1 == nil) }
      return Column(name: column.name, values: values, numbers: isNumeric ? numbers : nil)
    }
    return (SampleTable(file: file, samples: rows.map { $0.field(0) }, columns: annotations), problems)
  }

  /// The rows that name a sample, each sample once. Rows of one sample that contradict each other are all left out.
  private static func rows(
    of text: TextTable, width: Int, tell: (InputProblem.Severity, Int?, String) -> Void
  ) -> [TextTable.Row] {
    var rows: [TextTable.Row] = []
    var places: [String: Int] = [:]
    var contradicted: Set<String> = []
    for row in text.rows.dropFirst() {
      let name = row.field(0)
      if name.isEmpty {
        tell(.error, row.line, "the row names no sample; it was excluded")
      } else if row.fields.count > width {
        tell(
          .error, row.line,
          "the row of \(name) has \(row.fields.count) fields, the header \(width); it was excluded, quote texts that hold "
            + "the separator")
      } else if let place = places[name] {
        if rows[place].fields == row.fields {
          tell(.info, row.line, "\(name) stands in the table twice, with the same annotations")
        } else {
          contradicted.insert(name)
          tell(
            .error, row.line,
            "\(name) has other annotations than on line \(rows[place].line); both rows were excluded, keep the right one"
          )
        }
      } else {
        places[name] = rows.count
        rows.append(row)
      }
    }
    return rows.filter { !contradicted.contains($0.field(0)) }
  }
}
