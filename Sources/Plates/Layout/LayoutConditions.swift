import DoseTables

/// The columns of a layout without a role that tell wells of one treatment apart, as a donor or a time does: each of their
/// values is a sample of its own. A well that has none of them, without a combination, serves them all.
struct LayoutConditions {
  struct Column {
    var place: Int
    var values: Set<String> = []
    var tells = false
  }

  let table: LayoutTable
  let numbers: TextTable
  private var telling: [Column] = []
  private var unread: [String] = []
  /// Columns that mark wells to be used or not.
  private var marks: [(name: String, values: [String])] = []
  /// The samples that wells have by their values, by the layout's own name of the sample.
  private var samples: [String?: [(name: String, values: [String])]] = [:]

  /// The rows of each well, where each has one drug.
  private var wells: [[String]: [TextTable.Row]] = [:]

  /// Names of columns that say whether a well is to be used.
  private static let markNames: Set<String> = [
    "exclude", "excluded", "exclusion", "outlier", "outliers", "flag", "flagged", "qc", "qcflag", "qcpass", "use",
    "used",
    "include", "included", "valid", "isvalid", "mask", "masked", "omit", "remove", "reject", "rejected", "keep", "bad",
  ]

  init(_ table: LayoutTable, _ rows: ArraySlice<TextTable.Row>, numbers: TextTable) {
    self.table = table
    self.numbers = numbers
    let header = table.header
    let known = Set(table.columns.values)
    var others = header.indices.filter { !known.contains($0) && !header[$0].isEmpty }
    // Times after the start are conditions as others are.
    if let day = table.columns[.day] {
      let times = Set(
        rows.map { $0.field(day) }.filter { !LayoutBuilder.isNothing($0) && !LayoutBuilder.isDayZero($0) })
      if times.count > 1 { others.append(day) }
    }
    // The reading itself, where the table is layout and reading in one.
    if WellTable.isHeader(header) { others.removeAll { WellTable.hasSignal([header[$0]]) } }
    guard !others.isEmpty else { return }
    if table.isOneDrugARow { wells = Dictionary(grouping: rows, by: place) }
    let treated = rows.filter { !Self.dosed($0, table).isEmpty }
    for place in others where !ColumnRole.isReplicateName(header[place]) {
      if let column = column(place, treated) ?? ownGrids(place, rows) { telling.append(column) }
    }
    for place in others where !telling.contains(where: { $0.place == place }) {
      let values = Set(rows.map { $0.field(place) })
      if Self.markNames.contains(ColumnRole.fold(header[place])), values.count > 1 {
        marks.append((header[place], values.filter { !$0.isEmpty }.sorted()))
      } else {
        unread.append(header[place])
      }
    }
    gather(treated)
  }

  /// The drugs of a row that have a dose.
  private static func dosed(_ row: TextTable.Row, _ table: LayoutTable) -> [Int] {
    table.columns.compactMap { column, place -> Int? in
      guard case .drug(let number) = column, !LayoutBuilder.isNoDrug(row.field(place)) else { return nil }
      // What is no number of 0 counts as a dose.
      let dose = table.columns[.dose(number)].map(row.field) ?? ""
      let digits = dose.filter(\.isNumber)
      return !digits.isEmpty && digits.allSatisfy { $0 == "0" } ? nil : number
    }
  }

  /// A column, where it tells wells of one treatment apart. What a drug alone leaves empty does not.
  private func column(_ place: Int, _ treated: [TextTable.Row]) -> Column? {
    let treatment = table.columns.filter { column, _ in
      switch column {
      case .drug, .dose, .unit, .role, .sample: true
      default: false
      }
    }.values.sorted()
    var found = Column(place: place)
    var first: [[String]: String] = [:]
    var treatments: [String: Set<[String]>] = [:]
    for row in treated {
      let value = value(row, place)
      guard !value.isEmpty || doses(row) > 1 else { continue }
      found.values.insert(value)
      let key = treatment.map(row.field)
      treatments[value, default: []].insert(key)
      if let other = first[key] { found.tells = found.tells || other != value } else { first[key] = value }
    }
    // A donor or a time stands with many treatments, another name of the treatment with one.
    return found.tells && treatments.values.allSatisfy { $0.count >= 3 } ? found : nil
  }

  private mutating func gather(_ treated: [TextTable.Row]) {
    guard !telling.isEmpty else { return }
    for row in treated {
      let own = ownSample(row)
      let values = telling.map { value(row, $0.place) }
      guard values.contains(where: { !$0.isEmpty }), let name = sample(own, row),
        samples[own]?.contains(where: { $0.name == name }) != true
      else { continue }
      samples[own, default: []].append((name, values))
    }
  }

  func ownSample(_ row: TextTable.Row) -> String? {
    table.columns[.sample].map(row.field).flatMap { LayoutBuilder.isNothing($0) ? nil : $0 }
  }

  /// Where a row's well is, in words.
  private func place(_ row: TextTable.Row) -> [String] {
    [LayoutColumn.plate, .well, .row, .column].map { table.columns[$0].map(row.field) ?? "" }
  }

  /// How many drugs of a row's well have a dose.
  private func doses(_ row: TextTable.Row) -> Int {
    wellRows(row).reduce(0) { $0 + Self.dosed($1, table).count }
  }

  /// The rows of a row's well.
  func wellRows(_ row: TextTable.Row) -> [TextTable.Row] { wells.isEmpty ? [row] : wells[place(row)] ?? [row] }

  /// What a row says in a column, or another row of its well.
  func value(_ row: TextTable.Row, _ place: Int) -> String {
    let rows = [row] + (wells.isEmpty ? [] : wells[self.place(row)] ?? [])
    return rows.lazy.map { $0.field(place) }.first { !LayoutBuilder.isNothing($0) } ?? ""
  }

  /// What a row says in the columns. A control's value that no treated well has is none.
  private func values(_ row: TextTable.Row) -> [String] {
    let isControl = doses(row) == 0
    return telling.map { column in
      let value = value(row, column.place)
      return isControl && !column.values.contains(value) ? "" : value
    }
  }

  /// The sample of a row: its own name with the values of the columns.
  func sample(_ own: String?, _ row: TextTable.Row) -> String? {
    let stated = zip(telling, values(row)).filter { !$1.isEmpty }
    let parts = [own].compactMap(\.self) + stated.map { "\(table.header[$0.place]) \($1)" }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The samples that a row without a combination serves, where it leaves a column empty.
  func others(_ own: String?, _ row: TextTable.Row) -> [String]? {
    let values = values(row)
    let dosed = doses(row)
    guard values.contains(""), dosed < 2 else { return nil }
    // Combinations without a value are a condition of their own, of which the drugs alone without one are.
    let isOwn = zip(values, telling).contains { $0.isEmpty && $1.values.contains("") }
    guard dosed == 0 || !isOwn else { return nil }
    let names = (samples[own] ?? []).filter { other in
      zip(values, other.values).allSatisfy { $0.isEmpty || $0 == $1 }
    }.map(\.name)
    return names.isEmpty ? nil : names
  }

  /// Says which columns tell samples apart, which mark wells, and which were not needed.
  func tell(_ problems: inout PlateProblems, file: String) {
    for column in telling {
      problems.add(
        .layoutCondition(column: table.header[column.place], values: column.values.sorted()), .warning, file: file)
    }
    for mark in marks { problems.add(.layoutMarks(column: mark.name, values: mark.values), .warning, file: file) }
    if !unread.isEmpty { problems.add(.layoutColumnsUnread(names: unread), .info, file: file) }
  }
}
