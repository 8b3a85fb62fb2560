import Spreadsheets

/// The column of a long table that says at which time a row was measured, of which one time is asked for.
struct TimeColumn {
  let place: Int
  let name: String
  /// The hours that are asked for.
  let wanted: Double
  private let numbers: NumberReading
  /// How many hours a number without a unit is.
  private let unit: Double
  /// The times that rows state, as they are written, and whether each is the one.
  private var texts: [String] = []
  private var isWanted: [Bool] = []
  /// The rows that state none.
  private var empty: (count: Int, line: Int?) = (0, nil)
  private var last: (text: [UInt8], place: Int)?
  /// The column of the sample, and for each sample whether it has rows of the time.
  private let sample: Int?
  private var samples: [String: Bool] = [:]
  private var named = ""

  /// Finds the column; `nil` where none is called after a time.
  init?(_ table: TableColumns, wanted: Double, numbers: NumberReading) {
    let candidates = table.others + [table.sample, table.block].compactMap(\.self)
    func folded(_ place: Int) -> String { ColumnRole.fold(table.names[place]) }
    func isTime(_ place: Int) -> Bool {
      TimeWords.isAxis(table.names[place]) || ["h", "hrs", "day", "d"].contains(folded(place))
        || ["time", "hour", "elapsed"].contains { folded(place).hasPrefix($0) }
    }
    // A column of days beside one of hours counts experiments.
    let times = candidates.filter(isTime)
    guard let place = times.first(where: { Self.unit(in: table.names[$0]) != 24 }) ?? times.first else { return nil }
    sample = table.sample == place ? nil : table.sample
    (self.place, name, self.wanted, self.numbers) = (place, table.names[place], wanted, numbers)
    unit = Self.unit(in: table.names[place]) ?? 1
  }

  /// The hours of the unit that a text names.
  private static func unit(in text: String) -> Double? {
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
      switch word {
      case "h", "hr", "hrs", "hour", "hours", "std", "stunden", "heures": return 1
      case "d", "day", "days", "tag", "tage", "jour", "jours": return 24
      case "min", "mins", "minute", "minutes": return 1 / 60
      default: continue
      }
    }
    return nil
  }

  /// The hours of a text: `72`, `72 h`, `day 3`.
  private func hours(_ text: String) -> Double? {
    let bytes = Array(text.filter { !$0.isLetter && $0 != "_" }.utf8)
    return numbers.number(in: bytes, 0..<bytes.count).map { $0 * (Self.unit(in: text) ?? unit) }
  }

  /// Whether a row is of the time that is asked for; one that states none is of every time.
  mutating func takes(_ row: borrowing TextRow) -> Bool {
    let isTaken = isOfTime(row)
    if let sample, row.countWithoutTrailingEmpties > 0 {
      // A name that stands once is that of the rows below it.
      if !row.isEmpty(sample) { named = row.text(sample) }
      if !named.isEmpty { samples[named] = samples[named] == true || isTaken }
    }
    return isTaken
  }

  private mutating func isOfTime(_ row: borrowing TextRow) -> Bool {
    if let last, row.field(place, equals: last.text) { return last.place < 0 || isWanted[last.place] }
    let text = row.text(place)
    guard !text.isEmpty else {
      if row.countWithoutTrailingEmpties > 0 { empty = (empty.count + 1, empty.line ?? row.line) }
      return true
    }
    let bytes = Array(row.bytes[row.range(place)])
    guard text != name else {
      last = (bytes, -1)
      return true
    }
    if let known = texts.firstIndex(of: text) {
      last = (bytes, known)
      return isWanted[known]
    }
    last = (bytes, texts.count)
    texts.append(text)
    isWanted.append(hours(text).map { abs($0 - wanted) <= 1e-6 * max(1, wanted) } ?? false)
    return isWanted[texts.count - 1]
  }

  /// What is said when all rows were seen.
  var findings: [Finding] {
    guard let chosen = isWanted.firstIndex(of: true) else {
      return [.error(.timeNotFound(wanted: wanted, times: texts))]
    }
    var found = [Finding.info(.timeChosen(time: texts[chosen], times: texts, wasAsked: true))]
    let without = samples.filter { !$0.value }.keys.sorted()
    if !without.isEmpty { found.append(.warning(.samplesWithoutTime(time: texts[chosen], samples: without))) }
    if let line = empty.line { found.append(.warning(.timeMissing(line: line, column: name, rows: empty.count))) }
    return found
  }
}
