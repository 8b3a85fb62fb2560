import Assay
import Spreadsheets

/// What a text is that is no table of doses and responses, where it shows what else it is: times across, mixtures in fixed
/// ratios that cannot be told, responses of several samples beside one another.
enum OtherTables {
  private static let mostRows = 200

  /// The error that says so; `nil` where nothing is known of the text.
  static func error(_ bytes: [UInt8], line: Int, columns: [String], missing: [String]) -> PlateReadingError? {
    guard let text = try? TextDecoding.text(bytes) else { return nil }
    var rows: [TextRow] = []
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      var own: [TextRow] = []
      CSVRows.forEach(in: text.bytes, from: text.start, separator: separator) { row in
        if row.countWithoutTrailingEmpties > 0 { own.append(copy row) }
        return own.count < mostRows
      }
      if (own.map(\.count).max() ?? 0) > (rows.map(\.count).max() ?? 0) { rows = own }
    }
    if let (dose, share) = RayTable.columns(columns) { return .rays(line: line, dose: dose, share: share) }
    if let logarithm = rows.prefix(20).lazy.flatMap(\.texts).first(where: ColumnRole.isLogarithm) {
      return .logarithms(line: line, column: logarithm)
    }
    let known = columns.filter { ColumnRole.doseOfNamedDrug($0)?.unit != nil }
    if known.count == 1, missing.count == 2, let place = rows.firstIndex(where: { $0.line == line }) {
      let wide = numeric(columns, rows[(place + 1)...]).filter { name in
        if case .response? = ColumnRole(columnName: name) { false } else { true }
      }
      if !wide.isEmpty { return .secondDose(line: line, known: known[0], columns: wide) }
    }
    if missing.count == 1, missing[0].contains("response"), let place = rows.firstIndex(where: { $0.line == line }) {
      let wide = numeric(columns, rows[(place + 1)...])
      if !wide.isEmpty { return .wideResponses(line: line, columns: wide) }
    }
    return times(rows)
  }

  /// Whether a header is that of GDSC's raw files: a row for each drug of a well, and what wells are for in tags.
  static func isOneRowADrug(_ columns: [String]) -> Bool {
    Set(columns.map { ColumnRole.fold($0) }).isSuperset(of: [
      "barcode", "position", "tag", "drugid", "conc", "intensity",
    ])
  }

  /// Columns that are called after drugs and hold numbers, as `value, drugA, drugB`: the choices that read them as doses.
  static func dosesInDrugColumns(_ bytes: [UInt8], line: Int, columns: [String]) -> [String]? {
    guard let text = try? TextDecoding.text(bytes) else { return nil }
    var found: [Int: Int] = [:]
    for (place, name) in columns.enumerated() {
      switch ColumnRole(columnName: name) {
      case .drug(let number): found[number] = place
      case .dose: return nil
      default:
        if let match = name.wholeMatch(of: /[cC]([1-3])/), let number = Int(match.output.1) {
          found[number] = found[number] ?? place
        }
      }
    }
    guard (2...3).contains(found.count), found.keys.sorted() == Array(1...found.count) else { return nil }
    let places = found.sorted { $0.key < $1.key }.map(\.value)
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      var rows = 0
      var areNumbers = true
      CSVRows.forEach(in: text.bytes, from: text.start, separator: separator) { row in
        guard row.line > line, row.countWithoutTrailingEmpties > 0 else { return true }
        rows += 1
        areNumbers = places.allSatisfy { number(row.text($0)).map { $0 >= 0 } ?? false }
        return areNumbers && rows < mostRows
      }
      if areNumbers, rows > 3 { return places.map { columns[$0] } }
    }
    return nil
  }

  /// Names of columns of numbers that are no responses.
  private static let others: Set<String> = [
    "sd", "std", "stdev", "stddev", "sem", "se", "cv", "n", "error", "variance", "mean", "average", "avg", "median",
    "day",
    "days", "time", "hours", "passage", "line", "concentration", "conc", "dose", "truth", "expected", "duration",
    "referencedivisiontime", "divisiontime", "backgroundvalue", "background", "elapsed",
  ]

  /// What columns are called that are computed of others.
  private static let computed: Set<String> = [
    "sd", "std", "stdev", "stddev", "sem", "se", "cv", "n", "error", "variance", "ci", "lower", "upper", "pvalue",
  ]

  /// Whether the last word of a name says that it was computed: `A549_sd`, `mtt SEM`, `viability.cv`.
  private static func isOfOthers(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.count > 1 && (words.last.map { computed.contains(String($0)) } ?? false)
  }

  /// The columns without a role that hold numbers wherever they hold something.
  private static func numeric(_ columns: [String], _ rows: ArraySlice<TextRow>) -> [String] {
    columns.indices.filter { column in
      let name = columns[column]
      guard !name.isEmpty, !ColumnRole.isReplicateName(name), ColumnRole.endingInUnit(name) == nil,
        ColumnRole.doseOfNamedDrug(name) == nil, !others.contains(ColumnRole.fold(name)), !isOfOthers(name)
      else { return false }
      switch ColumnRole(columnName: name) {
      case nil, .response?: break
      default: return false
      }
      let filled = rows.filter { !$0.isEmpty(column) }
      return !filled.isEmpty
        && filled.allSatisfy { row in
          [NumberReading(), NumberReading(decimal: UInt8(ascii: ","))].contains {
            $0.response(in: row.bytes, row.range(column)) != nil
          }
        }
    }.map { columns[$0] }
  }

  /// A matrix of numbers whose first row holds times: `0 h, 24 h, 48 h`, or numbers behind a corner that says so.
  private static func times(_ rows: [TextRow]) -> PlateReadingError? {
    for (place, row) in rows.enumerated() {
      for column in 0...2 {
        let filled = row.countWithoutTrailingEmpties
        guard filled > column + 2 else { continue }
        let across = (column + 1..<filled).map { row.text($0) }
        let said = across.filter { TimeWords.isTime($0) }
        let isTold = TimeWords.isAxis(row.text(column))
        guard across.allSatisfy({ TimeWords.isTime($0) || number($0) != nil }),
          said.count * 2 > across.count || (isTold && across.allSatisfy { number($0) != nil })
        else { continue }
        let below = rows[(place + 1)...].prefix { next in
          next.count > column + 1 && isDose(next.text(column)) && number(next.text(column + 1)) != nil
        }
        if below.count >= 2 { return .timesAcross(line: row.line, times: across) }
      }
    }
    return nil
  }

  private static func number(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return NumberReading().number(in: bytes, 0..<bytes.count)
      ?? NumberReading(decimal: UInt8(ascii: ",")).number(in: bytes, 0..<bytes.count)
  }

  private static func isDose(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return number(text) != nil || NumberReading().dose(in: bytes, 0..<bytes.count) != nil
  }
}

/// Words of times, where doses are expected.
enum TimeWords {
  private static let units: Set<String> = [
    "h", "hr", "hrs", "hour", "hours", "std", "stunden", "heures", "min", "mins", "minutes", "d", "day", "days", "tage",
    "jours",
  ]

  /// Whether a text is a time: `24h`, `0 hours`, `day 3`.
  static func isTime(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }
    guard words.count == 1, let word = words.first, units.contains(String(word)) else { return false }
    // H929 and D283 are cell lines.
    guard text.wholeMatch(of: /[A-Za-z]\d{3,}.*/) == nil else { return false }
    return text.contains(where: \.isNumber) && text.allSatisfy { $0.isLetter || $0.isNumber || " .,_".contains($0) }
  }

  /// Whether an axis' name says that times go along it: `Time (h)`, `Hours`, and no `MM1S 72 hours`.
  static func isAxis(_ text: String) -> Bool {
    guard !text.contains(where: \.isNumber) else { return false }
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    guard words.count <= 4 else { return false }
    let names: Set = [
      "time", "timepoint", "timepoints", "elapsed", "hours", "hour", "hrs", "days", "minutes", "zeit", "stunden",
      "temps",
      "heures",
    ]
    return words.contains(where: names.contains) || text.lowercased().contains("(h)")
      || text.lowercased().contains("[h]")
  }

  /// Whether a title says that what follows is a course of time.
  static func isCourse(_ text: String) -> Bool {
    let folded = text.lowercased().filter { !" -_".contains($0) }
    return ["timecourse", "kinetic", "zeitverlauf", "timeseries"].contains(where: folded.contains)
  }

  /// Whether numbers are the hours of whole days, 0, 24, 48, 72, as no dilution is.
  static func areDays(_ numbers: [Double]) -> Bool {
    let steps = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
    return numbers.count >= 3 && numbers.allSatisfy { $0.truncatingRemainder(dividingBy: 24) == 0 }
      && steps.allSatisfy { $0 == steps[0] && $0 > 0 } && numbers.contains(48)
  }
}
