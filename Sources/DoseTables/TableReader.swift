import Assay
import Spreadsheets

/// Gathers the rows of a long table into blocks.
///
/// Rows that agree in block id, drugs, sample and units make a *stretch* (`TableReader+Stretches.swift`); rows that name fewer
/// than two drugs are kept until all blocks are known (`TableReader+Singles.swift`).
struct TableReader {
  let columns: TableColumns
  let numbers: NumberReading
  let drugKey: @Sendable (String) -> String
  let units: @Sendable (String) -> ConcentrationUnit?
  /// The names that samples have instead of those in the table.
  let sampleNames: [String: String]
  let lastNeeded: Int
  var conditions: ConditionColumns
  var singles: [SingleWell] = []
  var screen: RawScreen
  /// Numbers of the blocks, by what identifies them.
  var identities = ByteKeys()
  var identityBytes: [UInt8] = []
  var blocks: [Int] = []
  /// Numbers of the stretches, by the names of their rows.
  var stretchKeys = ByteKeys()
  var stretches: [Stretch?] = []
  var last: LastNames
  /// Whether `current` is that of `last`.
  var hasCurrent = false
  var current: Stretch?
  /// The columns of the doses where a row of `current` is read without further looking: each drug is named, no dose is
  /// converted, and there is one response; else empty.
  var plainDoses: [Int] = []
  var doses: [Double] = []
  /// The wells of `current` that its block does not have yet.
  var newWells: (doses: [Double], values: [Double], lines: [Int]) = ([], [], [])
  /// The unit that was read last, and how it is written.
  var lastUnit: (text: String, unit: ConcentrationUnit) = ("", .unstated)
  var unnamed = 0
  /// The columns of names that a row lacks, though it has a dose or others have a name there.
  var namesMissing: Set<Int> = []
  var filling: FilledColumns
  /// What was read of drugs alone beside their combination: the same value at the same dose is one measurement.
  var alone: Set<[UInt64]> = []
  /// The line of a header that is not this table's.
  var anotherTable: Int?
  /// Doses that are written as a dash, and the first one's line.
  var dashes: (count: Int, line: Int)?
  /// The column of times, where one time is asked for.
  var time: TimeColumn?

  init(
    columns: TableColumns, numbers: NumberReading, doseTolerance: Double = 0, filling: Set<Int> = [],
    drugKey: @escaping @Sendable (String) -> String, units: @escaping @Sendable (String) -> ConcentrationUnit?,
    sampleNames: [String: String] = [:]
  ) {
    self.columns = columns
    self.sampleNames = sampleNames
    self.filling = FilledColumns(filling)
    self.numbers = numbers
    self.drugKey = drugKey
    self.units = units
    var keys = columns.drugs.flatMap { [$0.name, $0.unit] } + [columns.block, columns.sample]
    keys.removeAll { $0 == nil }
    last = LastNames(columns: Set(keys.compactMap(\.self)).sorted())
    lastNeeded = (columns.drugs.map(\.dose) + [columns.response]).max() ?? 0
    conditions = ConditionColumns(columns, doseTolerance: doseTolerance, sampleNames: sampleNames)
    screen = RawScreen(format: columns.format)
    screen.columns = columns.roles
    screen.responseColumn = (columns.names[columns.response], columns.responseWord)
    if let growth = columns.growth {
      screen.findings.add(.info(.growthUnread(column: growth.unread, read: growth.read)))
    }
    if columns.areDosesBare {
      screen.findings.add(.warning(.dosesBare(columns: columns.drugs.compactMap(\.nameInHeader))))
    }
    if columns.responses.count > 1, columns.samples == nil {
      screen.findings.add(.info(.replicateColumns(names: columns.responses.map { columns.names[$0] })))
    }
    if !columns.alone.isEmpty {
      screen.findings.add(.info(.aloneColumns(names: columns.alone.map { columns.names[$0] })))
    }
    for (name, read) in columns.unread { screen.findings.add(.warning(.columnUnread(name: name, read: read))) }
    for name in columns.corrected {
      screen.findings.add(.warning(.correctedUnread(name: name, read: columns.names[columns.response])))
    }
    if columns.drugs.contains(where: { $0.name == nil && $0.nameInHeader == nil }) {
      screen.findings.add(.info(.noDrugNames))
    }
    if columns.block == nil, columns.drugs.contains(where: { $0.name != nil }) {
      screen.findings.add(.info(.noBlockColumn))
    }
  }

  /// Takes all rows of a text. Here and not where it is asked for: in a reader that others see, every row is a copy of it.
  mutating func read(_ text: TextDecoding.Text, _ dialect: Dialect) -> CSVRows.Ending {
    var excerpt = TableExcerpt(columns: columns.names)
    var isHeader = true
    let ending = CSVRows.forEach(
      in: text.bytes, from: dialect.start, firstLine: dialect.line, separator: dialect.separator
    ) { row in
      if isHeader {
        isHeader = row.line < dialect.tableLine
      } else {
        if excerpt.rows.count < TableExcerpt.mostRows { excerpt.rows.append(row.texts) }
        take(row)
      }
      return true
    }
    screen.excerpt = excerpt
    return ending
  }

  /// Takes a row below the header.
  mutating func take(_ row: borrowing TextRow) {
    let fields = row.count
    if time != nil, let place = time?.place, place < fields, time?.takes(row) == false {
      // Its names may be those of the rows below it.
      if !filling.columns.isEmpty { _ = filling.filled(row) }
      return
    }
    // Most rows have the names of the row before, a dose in each column and a response.
    if hasCurrent, !plainDoses.isEmpty, lastNeeded < fields, fields <= columns.names.count, filling.columns.isEmpty,
      anotherTable == nil, last.areThose(of: row), readPlain(row)
    {
      if !conditions.isEmpty, let block = current?.block { conditions.append(row, block: block) }
      return
    }
    guard anotherTable == nil else { return }
    if fields > columns.names.count {
      let filled = row.countWithoutTrailingEmpties
      if filled == 0 { return }
      if filled > columns.names.count {
        screen.findings.add(.warning(.tooManyFields(line: row.line, found: filled, expected: columns.names.count)))
        return
      }
    } else if fields <= lastNeeded {
      if row.countWithoutTrailingEmpties == 0 { return }
      screen.findings.add(.warning(.tooFewFields(line: row.line, found: fields, expected: lastNeeded + 1)))
      return
    } else if row.countWithoutTrailingEmpties == 0 {
      return  // separators only
    }
    if isRepeatedHeader(row) { return }
    if filling.columns.isEmpty { takeWell(row) } else { takeWell(filling.filled(row)) }
  }

  /// Takes a row that is whole.
  private mutating func takeWell(_ row: borrowing TextRow) {
    if !hasCurrent || !last.areThose(of: row) { begin(row) }
    if !plainDoses.isEmpty, readPlain(row) {
      if !conditions.isEmpty, let block = current?.block { conditions.append(row, block: block) }
      return
    }
    guard let stretch = current else {
      if let finding = readSingle(row) { screen.findings.add(finding) }
      return
    }
    if let finding = read(row, into: stretch) {
      screen.blocks[stretch.block].findings.add(finding)
      screen.blocks[stretch.block].leftOut += 1
    }
  }

  /// Puts the wells since the stretch began into its block.
  mutating func addNewWells() {
    guard let block = current?.block, !newWells.values.isEmpty else { return }
    screen.blocks[block].doses += newWells.doses
    screen.blocks[block].values += newWells.values
    screen.blocks[block].lines += newWells.lines
    newWells.doses.removeAll(keepingCapacity: true)
    newWells.values.removeAll(keepingCapacity: true)
    newWells.lines.removeAll(keepingCapacity: true)
  }

  mutating func add(_ doses: [Double], value: Double, line: Int) {
    newWells.doses += doses
    newWells.values.append(value)
    newWells.lines.append(line)
  }

  /// Reads a row that holds a dose in each of the columns and a response, all of them plain numbers; whether it did.
  private mutating func readPlain(_ row: borrowing TextRow) -> Bool {
    row.bytes.withUnsafeBufferPointer { bytes in
      let before = newWells.doses.count
      for column in plainDoses {
        guard let dose = numbers.number(in: bytes, row.range(column)), dose >= 0 else {
          newWells.doses.removeSubrange(before...)
          return false
        }
        newWells.doses.append(dose)
      }
      guard let value = numbers.number(in: bytes, row.range(columns.response)) else {
        newWells.doses.removeSubrange(before...)
        return false
      }
      newWells.values.append(value)
      newWells.lines.append(row.line)
      screen.marks.notePlain()
      return true
    }
  }

  /// Reads a row's numbers; answers why it was left out.
  private mutating func read(_ row: borrowing TextRow, into stretch: Stretch) -> Finding? {
    doses.removeAll(keepingCapacity: true)
    for (position, column) in stretch.drugs.enumerated() {
      let field = row.range(columns.drugs[column].dose)
      // A dose that has its unit beside it is converted by that alone.
      let plain = numbers.number(in: row.bytes, field).map { $0 * stretch.factors[position] }
      guard let dose = plain ?? doseWithUnit(row, field, stretch.block, position) ?? dash(row, field) else {
        return .warning(
          .unreadableDose(
            line: row.line, drug: screen.blocks[stretch.block].drugs[position],
            text: row.text(columns.drugs[column].dose)))
      }
      guard dose >= 0 else {
        return .warning(
          .negativeDose(
            line: row.line, drug: screen.blocks[stretch.block].drugs[position],
            text: row.text(columns.drugs[column].dose)))
      }
      // A dose that has its unit beside it has one.
      if stretch.isUnitEmpty[position], dose > 0, plain != nil,
        screen.blocks[stretch.block].unitlessLines[position] == nil
      {
        screen.blocks[stretch.block].unitlessLines[position] = row.line
      }
      doses.append(dose)
    }
    let value = response(row, columns.response)
    if value == nil, columns.responses.count == 1 || !row.isEmpty(columns.response) {
      return .warning(.unreadableResponse(line: row.line, text: row.text(columns.response)))
    }
    if stretch.drugs.count < columns.drugs.count {  // a drug without a name must have no dose
      for column in columns.drugs.indices where !stretch.drugs.contains(column) {
        if columns.drugs[column].name.map({ Vehicle.isSolvent(row.text($0)) }) ?? false { continue }
        if let dose = numbers.number(in: row.bytes, row.range(columns.drugs[column].dose)), dose > 0 {
          if let name = columns.drugs[column].name { namesMissing.insert(name) }
          return .warning(.drugNameMissing(line: row.line, column: missingName(row)))
        }
      }
    }
    if let value {
      conditions.append(conditions.numbers(of: row), block: stretch.block)
      add(doses, value: value, line: row.line)
    }
    readAlone(row, into: stretch)
    return readReplicates(row, into: stretch.block, hasFirst: value != nil)
  }

  /// Whether a row is the header once more, as in tables that were put below one another; says so where another table begins,
  /// of which nothing is read.
  private mutating func isRepeatedHeader(_ row: borrowing TextRow) -> Bool {
    let field = row.range(columns.response)
    guard let first = row.bytes[field].first, first | 0x20 >= UInt8(ascii: "a"),
      numbers.number(in: row.bytes, field) == nil
    else { return false }
    let texts = row.texts
    if texts == columns.names { return true }
    guard TableColumns.score(texts) >= 3 else { return false }
    anotherTable = anotherTable ?? row.line
    return true
  }

  /// A response, with or without a percent sign or an error behind it.
  mutating func response(_ row: borrowing TextRow, _ column: Int) -> Double? {
    if let value = numbers.number(in: row.bytes, row.range(column)) {
      screen.marks.notePlain()
      return value
    }
    guard let response = numbers.response(in: row.bytes, row.range(column)) else { return nil }
    screen.marks.note(response, line: row.line)
    return response.value
  }

  /// A drug's name in a row.
  func name(_ row: borrowing TextRow, _ column: Int, _ prefix: String) -> String {
    let name = row.text(column)
    return !prefix.isEmpty && !name.isEmpty && name.allSatisfy(\.isNumber) && name != "0" ? prefix + name : name
  }

  /// Reads the responses beside the first; an empty one is a replicate that was not measured.
  private mutating func readReplicates(_ row: borrowing TextRow, into block: Int, hasFirst: Bool) -> Finding? {
    var any = hasFirst
    for (place, column) in columns.responses.enumerated().dropFirst() where !row.isEmpty(column) {
      guard let value = response(row, column) else {
        return .warning(.unreadableResponse(line: row.line, text: row.text(column)))
      }
      any = true
      conditions.append(conditions.numbers(of: row, response: place), block: block)
      add(doses, value: value, line: row.line)
    }
    return any ? nil : .warning(.unreadableResponse(line: row.line, text: ""))
  }

  /// A dose that states its unit, `0.5 uM`, in the block's unit; that of its first well where none was stated.
  private mutating func doseWithUnit(
    _ row: borrowing TextRow, _ field: Range<Int>, _ block: Int, _ drug: Int
  ) -> Double? {
    guard let (dose, unit) = numbers.dose(in: row.bytes, field) else { return nil }
    addNewWells()
    if screen.blocks[block].units[drug] == .unstated, screen.blocks[block].wellCount == 0 {
      screen.blocks[block].units[drug] = unit
    }
    return dose * screen.blocks[block].factor(from: unit, of: drug, line: row.line)
  }

  /// The dose 0 for a dash.
  mutating func dash(_ row: borrowing TextRow, _ field: Range<Int>) -> Double? {
    let bytes = row.bytes[field]
    guard bytes.elementsEqual([UInt8(ascii: "-")]) || ["–", "—"].contains(where: { bytes.elementsEqual($0.utf8) })
    else {
      return nil
    }
    dashes = ((dashes?.count ?? 0) + 1, dashes?.line ?? row.line)
    return 0
  }

  private func missingName(_ row: borrowing TextRow) -> String {
    for drug in columns.drugs {
      if let name = drug.name, row.isEmpty(name) || row.text(name) == "NA" { return columns.names[name] }
    }
    return "drug1"
  }

  /// What was gathered.
  mutating func finish() throws(PlateReadingError) -> RawScreen {
    addNewWells()
    // Moved out, so that the blocks are changed in place.
    var (screen, conditions) = (screen, conditions)
    (self.screen, self.conditions) = (RawScreen(format: ""), ConditionColumns())
    screen.namesMissing = namesMissing
    if let column = columns.sample, screen.blocks.contains(where: { $0.sample != nil }) {
      for place in screen.blocks.indices where screen.blocks[place].sample == nil {
        screen.namesMissing.insert(column)
        screen.blocks[place].refusal = .error(
          .sampleMissing(
            line: screen.blocks[place].line, column: columns.names[column], wells: screen.blocks[place].wellCount))
      }
    }
    if let column = columns.sample { Self.refuseComputed(&screen, column: columns.names[column]) }
    if let column = columns.block, Set(screen.blocks.map(\.label.isEmpty)).count > 1 {
      screen.namesMissing.insert(column)
    }
    if let line = filling.firstLine {
      screen.findings.add(.warning(.namesFilled(line: line, columns: filling.columns.map { columns.names[$0] })))
    }
    for finding in screen.marks.findings { screen.findings.add(finding) }
    if let dashes { screen.findings.add(.info(.dashes(count: dashes.count, line: dashes.line))) }
    if columns.drugs.contains(where: { $0.name == nil && $0.nameInHeader == nil }),
      let (column, text) = conditions.treatments()
    {
      for place in screen.blocks.indices where screen.blocks[place].refusal == nil {
        screen.blocks[place].refusal = .error(
          .treatmentUnread(line: screen.blocks[place].line, column: column, text: text))
      }
    }
    if let time { for finding in time.findings { screen.findings.add(finding) } }
    if let anotherTable { screen.findings.add(.error(.anotherTable(line: anotherTable))) }
    try SingleWell.place(
      singles, in: &screen, conditions: &conditions, isLabelled: columns.block != nil, drugKey: drugKey)
    for place in screen.blocks.indices where !screen.blocks[place].unitlessLines.isEmpty {
      let block = screen.blocks[place]
      for (drug, line) in block.unitlessLines.sorted(by: { $0.key < $1.key }) where block.units[drug] != .unstated {
        screen.blocks[place].findings.add(
          .warning(.unitPartlyStated(line: line, drug: block.drugs[drug], unit: block.units[drug].symbol)))
      }
    }
    conditions.used = time?.name
    conditions.takeOutOthers(&screen)
    conditions.group(&screen)
    conditions.split(&screen)
    return screen
  }
}
