import Assay

/// What can be wrong with a plate export or a workbook. Every message says what was read, what was expected and what to
/// do.
enum PlateExportError: Error, Equatable {
  // The file.
  case notAnExport(rows: Int)
  case layoutOnly(line: Int)
  case foreignTable(line: Int, names: [String])
  case tooLarge(bytes: Int, most: Int)
  case tooManyCells(line: Int, most: Int)
  case openQuote(line: Int)
  case ambiguousDecimal(line: Int, well: String, text: String)

  // A block of a file.
  case calculatedLeftOut(line: Int, channel: String)
  case calculatedOnly(line: Int, channel: String)
  case sameAgain(line: Int, first: Int)
  case nothingMeasured(line: Int)
  case cutOff(line: Int, missing: Int)
  case passWithoutValue(line: Int, plate: String)
  case rowsMissing(line: Int, rows: Int, expected: Int)
  case rowShifted(line: Int, row: String, values: Int, expected: Int)
  case columnsNotRead(line: Int, names: [String], read: [String])
  case logarithms(line: Int, channel: String)
  case shortGrid(line: Int, rows: Int, columns: Int, expected: Int)
  /// Lettered rows of no plate's width, without the columns' numbers.
  case columnsUntold(line: Int, rows: Int, values: Int)
  case sectionCutOff(line: Int)
  case sizeContradicted(line: Int, stated: Int, well: String)
  case numbered(line: Int, format: PlateFormat)
  case numberedWithoutSize(line: Int, last: Int)

  // A well.
  case notAWell(line: Int, text: String)
  case pastThePlate(line: Int, plate: String, well: String, format: PlateFormat)
  case wellTwice(line: Int, plate: String, well: String, first: String, firstLine: Int, second: String)
  case wellRepeated(line: Int, plate: String, well: String, firstLine: Int)
  case unreadableWell(line: Int, plate: String, well: String, text: String)
  case noted(line: Int, plate: String, note: PlateRead.Note, wells: [String])
  case more(count: Int, of: String, firstLine: Int?)

  /// How grave it is.
  var severity: InputProblem.Severity {
    switch self {
    case .notAnExport, .layoutOnly, .foreignTable, .tooLarge, .tooManyCells, .ambiguousDecimal, .numberedWithoutSize,
      .cutOff, .rowsMissing, .shortGrid, .columnsUntold,
      .sectionCutOff, .logarithms:
      .error
    case .openQuote, .rowShifted, .calculatedOnly, .sizeContradicted, .notAWell, .pastThePlate,
      .wellTwice, .unreadableWell, .more:
      .warning
    case .calculatedLeftOut, .sameAgain, .nothingMeasured, .passWithoutValue, .wellRepeated, .numbered, .noted,
      .columnsNotRead:
      .info
    }
  }

  /// The line of the file.
  var line: Int? {
    switch self {
    case .layoutOnly(let line), .foreignTable(let line, _), .tooManyCells(let line, _), .openQuote(let line),
      .ambiguousDecimal(let line, _, _),
      .calculatedLeftOut(let line, _), .calculatedOnly(let line, _), .sameAgain(let line, _),
      .nothingMeasured(let line), .cutOff(let line, _), .shortGrid(let line, _, _, _), .sectionCutOff(let line),
      .columnsUntold(let line, _, _),
      .passWithoutValue(let line, _), .rowsMissing(let line, _, _), .rowShifted(let line, _, _, _),
      .columnsNotRead(let line, _, _), .logarithms(let line, _),
      .sizeContradicted(let line, _, _), .numbered(let line, _), .numberedWithoutSize(let line, _),
      .notAWell(let line, _), .pastThePlate(let line, _, _, _),
      .wellTwice(let line, _, _, _, _, _), .wellRepeated(let line, _, _, _), .unreadableWell(let line, _, _, _),
      .noted(let line, _, _, _):
      line
    case .more(_, _, let line): line
    case .notAnExport, .tooLarge: nil
    }
  }

  /// What many of its kind are called; `nil` for a kind that is always told.
  var kind: String? {
    switch self {
    case .notAWell: "names that are no wells"
    case .pastThePlate: "wells past the plate"
    case .wellTwice: "wells given twice"
    case .wellRepeated: "wells repeated"
    case .unreadableWell: "wells that are no numbers"
    case .calculatedLeftOut: "calculated blocks"
    case .sameAgain: "blocks given again"
    case .noted: "plates with such wells"
    case .nothingMeasured: "empty blocks"
    default: nil
    }
  }

  /// How many of a kind are told one by one.
  static let mostOfAKind = 5

  /// The problems of one file: of each kind the first few, then how many more there are.
  static func problems(_ found: [PlateExportError], file: String, sheet: String?) -> [InputProblem] {
    var counts: [String: (count: Int, firstLine: Int?)] = [:]
    var kept: [PlateExportError] = []
    for error in found {
      guard let kind = error.kind else {
        kept.append(error)
        continue
      }
      let before = counts[kind] ?? (0, nil)
      if before.count < mostOfAKind { kept.append(error) }
      counts[kind] = (before.count + 1, before.count == mostOfAKind ? error.line : before.firstLine)
    }
    for (kind, rest) in counts.sorted(by: { $0.key < $1.key }) where rest.count > mostOfAKind {
      kept.append(.more(count: rest.count - mostOfAKind, of: kind, firstLine: rest.firstLine))
    }
    return kept.map { error in
      InputProblem(
        file: file, severity: error.severity, line: error.line,
        message: (sheet.map { "sheet \"\($0)\": " } ?? "") + error.description)
    }
  }
}
