import Assay
import Spreadsheets

/// Gathers the rows of a long table into blocks.
///
/// Rows that agree in block id, drugs, sample and units make a *stretch*; looking up a row's stretch is a comparison of
/// bytes with the row before, so that names become Strings once a stretch and not once a row.
struct TableReader {
  private struct Stretch {
    var block: Int
    /// The columns' drugs that this block has: indices into `columns.drugs`.
    var drugs: [Int]
    /// What turns the stretch's doses into the block's unit.
    var factors: [Double]
    var converts: Bool
  }

  private struct Identity: Hashable {
    var label: String
    var drugs: [String]
    var sample: String?
  }

  private let columns: TableColumns
  private let numbers: NumberReading
  private let drugKey: @Sendable (String) -> String
  private let units: @Sendable (String) -> ConcentrationUnit?
  private let keyColumns: [Int]
  private let lastNeeded: Int
  private var conditions: ConditionColumns
  private var singles: [SingleWell] = []
  private var screen: RawScreen
  private var identities: [Identity: Int] = [:]
  private var stretches: [[UInt8]: Stretch?] = [:]
  private var key: [UInt8] = []
  private var lastKey: [UInt8] = []
  /// Whether `current` is that of `lastKey`.
  private var hasCurrent = false
  private var current: Stretch?
  /// The columns of the doses where a row of `current` is read without further looking: each drug is named, no dose is
  /// converted, and there is one response; else empty.
  private var plainDoses: [Int] = []
  private var doses: [Double] = []
  /// The wells of `current` that its block does not have yet.
  private var newWells: (doses: [Double], values: [Double], lines: [Int]) = ([], [], [])
  /// The unit that was read last, and how it is written.
  private var lastUnit: (text: String, unit: ConcentrationUnit) = ("", .unstated)
  private var unnamed = 0
  /// The columns of names that a row lacks, though it has a dose or others have a name there.
  private var namesMissing: Set<Int> = []
  private var filling: FilledColumns
  /// What was read of drugs alone beside their combination: the same value at the same dose is one measurement.
  private var alone: Set<[UInt64]> = []
  /// The line of a header that is not this table's.
  private var anotherTable: Int?

  init(
    columns: TableColumns, numbers: NumberReading, doseTolerance: Double = 0, filling: Set<Int> = [],
    drugKey: @escaping @Sendable (String) -> String, units: @escaping @Sendable (String) -> ConcentrationUnit?
  ) {
    self.columns = columns
    self.filling = FilledColumns(filling)
    self.numbers = numbers
    self.drugKey = drugKey
    self.units = units
    var keys = columns.drugs.flatMap { [$0.name, $0.unit] } + [columns.block, columns.sample]
    keys.removeAll { $0 == nil }
    keyColumns = Set(keys.compactMap(\.self)).sorted()
    lastNeeded = (columns.drugs.map(\.dose) + [columns.response]).max() ?? 0
    conditions = ConditionColumns(columns, doseTolerance: doseTolerance)
    screen = RawScreen(format: columns.format)
    screen.columns = columns.roles
    screen.responseColumn = (columns.names[columns.response], columns.responseWord)
    if let growth = columns.growth {
      screen.findings.add(.noted(.growthUnread(column: growth.unread, read: growth.read)))
    }
    if columns.responses.count > 1, columns.samples == nil {
      screen.findings.add(.noted(.replicateColumns(names: columns.responses.map { columns.names[$0] })))
    }
    if !columns.alone.isEmpty {
      screen.findings.add(.noted(.aloneColumns(names: columns.alone.map { columns.names[$0] })))
    }
    for (name, read) in columns.unread { screen.findings.add(.doubted(.columnUnread(name: name, read: read))) }
    if columns.drugs.contains(where: { $0.name == nil && $0.nameInHeader == nil }) {
      screen.findings.add(.noted(.noDrugNames))
    }
    if columns.block == nil, columns.drugs.contains(where: { $0.name != nil }) {
      screen.findings.add(.noted(.noBlockColumn))
    }
  }

  /// Takes a row below the header.
  mutating func take(_ row: borrowing TextRow) {
    guard anotherTable == nil else { return }
    let fields = row.count
    if fields > columns.names.count {
      let filled = row.countWithoutTrailingEmpties
      if filled == 0 { return }
      if filled > columns.names.count {
        screen.findings.add(.doubted(.tooManyFields(line: row.line, found: filled, expected: columns.names.count)))
        return
      }
    } else if fields <= lastNeeded {
      if row.countWithoutTrailingEmpties == 0 { return }
      screen.findings.add(.doubted(.tooFewFields(line: row.line, found: fields, expected: lastNeeded + 1)))
      return
    } else if row.countWithoutTrailingEmpties == 0 {
      return  // separators only
    }
    if isRepeatedHeader(row) { return }
    if filling.columns.isEmpty { takeWell(row) } else { takeWell(filling.filled(row)) }
  }

  /// Takes a row that is whole.
  private mutating func takeWell(_ row: borrowing TextRow) {
    if !hasCurrent || !hasLastKey(row) { begin(row) }
    if !plainDoses.isEmpty, readPlain(row) {
      if !conditions.isEmpty, let block = current?.block {
        conditions.append(conditions.numbers(of: row), block: block)
      }
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

  /// Whether a row's names are those of the row before, byte for byte.
  private func hasLastKey(_ row: borrowing TextRow) -> Bool {
    row.bytes.withUnsafeBufferPointer { bytes in
      lastKey.withUnsafeBufferPointer { key in
        var place = 0
        for column in keyColumns {
          let field = row.range(column)
          guard place + field.count < key.count, key[place + field.count] == 0 else { return false }
          for byte in field {
            guard bytes[byte] == key[place] else { return false }
            place += 1
          }
          place += 1
        }
        return place == key.count
      }
    }
  }

  /// Finds the stretch of a row whose names are others than those of the row before.
  private mutating func begin(_ row: borrowing TextRow) {
    addNewWells()
    key.removeAll(keepingCapacity: true)
    for column in keyColumns {
      key.append(contentsOf: row.bytes[row.range(column)])
      key.append(0)
    }
    if let known = stretches[key] {
      current = known
    } else {
      current = stretch(row)
      stretches[key] = .some(current)
    }
    swap(&key, &lastKey)
    hasCurrent = true
    plainDoses = []
    if let current, !current.converts, columns.responses.count == 1, columns.alone.isEmpty,
      current.drugs.count == columns.drugs.count
    {
      plainDoses = current.drugs.map { columns.drugs[$0].dose }
    }
  }

  /// Puts the wells since the stretch began into its block.
  private mutating func addNewWells() {
    guard let block = current?.block, !newWells.values.isEmpty else { return }
    screen.blocks[block].doses += newWells.doses
    screen.blocks[block].values += newWells.values
    screen.blocks[block].lines += newWells.lines
    newWells.doses.removeAll(keepingCapacity: true)
    newWells.values.removeAll(keepingCapacity: true)
    newWells.lines.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ doses: [Double], value: Double, line: Int) {
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
      guard let dose = plain ?? doseWithUnit(row, field, stretch.block, position) else {
        return .doubted(
          .unreadableDose(
            line: row.line, drug: screen.blocks[stretch.block].drugs[position],
            text: row.text(columns.drugs[column].dose)))
      }
      guard dose >= 0 else {
        return .doubted(
          .negativeDose(
            line: row.line, drug: screen.blocks[stretch.block].drugs[position],
            text: row.text(columns.drugs[column].dose)))
      }
      doses.append(dose)
    }
    let value = response(row, columns.response)
    if value == nil, columns.responses.count == 1 || !row.isEmpty(columns.response) {
      return .doubted(.unreadableResponse(line: row.line, text: row.text(columns.response)))
    }
    if stretch.drugs.count < columns.drugs.count {  // a drug without a name must have no dose
      for column in columns.drugs.indices where !stretch.drugs.contains(column) {
        if columns.drugs[column].name.map({ Vehicle.isSolvent(row.text($0)) }) ?? false { continue }
        if let dose = numbers.number(in: row.bytes, row.range(columns.drugs[column].dose)), dose > 0 {
          if let name = columns.drugs[column].name { namesMissing.insert(name) }
          return .doubted(.drugNameMissing(line: row.line, column: missingName(row)))
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

  /// Reads what each drug does alone at the row's dose, where the table has columns for it.
  private mutating func readAlone(_ row: borrowing TextRow, into stretch: Stretch) {
    guard !columns.alone.isEmpty, stretch.drugs.count == 2 else { return }
    for (drug, place) in stretch.drugs.enumerated() where doses[drug] > 0 {
      guard let value = response(row, columns.alone[place]),
        alone.insert(
          [UInt64(stretch.block), UInt64(drug), doses[drug].bitPattern, value.bitPattern]
            + conditions.numbers(of: row).map(UInt64.init)
        ).inserted
      else { continue }
      var own = [0.0, 0]
      own[drug] = doses[drug]
      conditions.append(conditions.numbers(of: row), block: stretch.block)
      add(own, value: value, line: row.line)
    }
  }

  /// A response, with or without a percent sign or an error behind it.
  private mutating func response(_ row: borrowing TextRow, _ column: Int) -> Double? {
    if let value = numbers.number(in: row.bytes, row.range(column)) {
      screen.marks.notePlain()
      return value
    }
    guard let response = numbers.response(in: row.bytes, row.range(column)) else { return nil }
    screen.marks.note(response, line: row.line)
    return response.value
  }

  /// A drug's name in a row.
  private func name(_ row: borrowing TextRow, _ column: Int, _ prefix: String) -> String {
    let name = row.text(column)
    return !prefix.isEmpty && !name.isEmpty && name.allSatisfy(\.isNumber) && name != "0" ? prefix + name : name
  }

  /// Reads the responses beside the first; an empty one is a replicate that was not measured.
  private mutating func readReplicates(_ row: borrowing TextRow, into block: Int, hasFirst: Bool) -> Finding? {
    var any = hasFirst
    for (place, column) in columns.responses.enumerated().dropFirst() where !row.isEmpty(column) {
      guard let value = response(row, column) else {
        return .doubted(.unreadableResponse(line: row.line, text: row.text(column)))
      }
      any = true
      conditions.append(conditions.numbers(of: row, response: place), block: block)
      add(doses, value: value, line: row.line)
    }
    return any ? nil : .doubted(.unreadableResponse(line: row.line, text: ""))
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

  /// Keeps a row that names fewer than two drugs: a vehicle, or nothing, stands for the others. Answers why it was left out.
  private mutating func readSingle(_ row: borrowing TextRow) -> Finding? {
    var well = SingleWell(
      line: row.line, label: columns.block.map { row.text($0) } ?? "",
      sample: columns.sample.map { row.text($0) }.flatMap { $0.isEmpty ? nil : $0 })
    for drug in columns.drugs {
      guard let column = drug.name else { return nil }
      let name = name(row, column, drug.prefix)
      let number = numbers.number(in: row.bytes, row.range(drug.dose))
      let stated = numbers.dose(in: row.bytes, row.range(drug.dose))
      if name.isEmpty || Vehicle.isName(name) {
        // Only a vehicle that is named may have an amount of its own.
        if !Vehicle.isSolvent(name), let dose = number ?? stated?.dose, dose > 0 {
          namesMissing.insert(column)
          return .doubted(.drugNameMissing(line: row.line, column: columns.names[column]))
        }
        continue
      }
      guard let dose = number ?? stated?.dose, dose >= 0 else {
        return .doubted(.unreadableDose(line: row.line, drug: name, text: row.text(drug.dose)))
      }
      let unit = drug.unit.map { self.unit(row.text($0)) } ?? .unstated
      well.drugs.append(
        (name, dose, stated?.unit ?? units(name) ?? (unit == .unstated ? drug.unitInHeader ?? unit : unit)))
    }
    for (place, column) in columns.responses.enumerated() where !row.isEmpty(column) {
      guard let value = response(row, column) else {
        return .doubted(.unreadableResponse(line: row.line, text: row.text(column)))
      }
      well.values.append(value)
      guard columns.samples != nil else { continue }
      // Each value is of a sample of its own.
      var own = well
      (own.values, own.conditions) = ([value], conditions.numbers(of: row, response: place))
      singles.append(own)
    }
    if columns.samples != nil, !well.values.isEmpty { return nil }
    guard !well.values.isEmpty else { return .doubted(.unreadableResponse(line: row.line, text: "")) }
    well.conditions = conditions.numbers(of: row)
    singles.append(well)
    return nil
  }

  /// Finds or makes the block of a row that begins a stretch; `nil` when the row names fewer than two drugs.
  private mutating func stretch(_ row: borrowing TextRow) -> Stretch? {
    var present: [Int] = []
    var names: [String] = []
    var units: [ConcentrationUnit] = []
    var contradiction: Finding?
    for (number, drug) in columns.drugs.enumerated() {
      let name = drug.name.map { self.name(row, $0, drug.prefix) } ?? drug.nameInHeader ?? "drug \(number + 1)"
      if name.isEmpty || Vehicle.isName(name) { continue }
      present.append(number)
      names.append(name)
      let stated = drug.unit.map { unit(row.text($0)) } ?? .unstated
      let read = stated == .unstated || stated.symbol == "NA" ? drug.unitInHeader ?? .unstated : stated
      if let header = drug.unitInHeader, stated.molar != nil, stated != header, self.units(name) == nil {
        contradiction =
          contradiction
          ?? .refused(
            .unitContradicted(
              line: row.line, drug: name, column: columns.names[drug.dose], header: header.symbol, stated: stated.symbol
            ))
      }
      units.append(self.units(name) ?? read)
    }
    guard present.count >= 2 else { return nil }
    let sample = columns.sample.map { row.text($0) }.flatMap { $0.isEmpty ? nil : $0 }
    let label = columns.block.map { row.text($0) } ?? ""
    let keys = names.map(drugKey)
    let identity = Identity(label: label, drugs: keys.sorted(), sample: sample)
    guard let block = identities[identity] else {
      identities[identity] = screen.blocks.count
      if columns.block == nil { unnamed += 1 }
      screen.blocks.append(
        RawBlock(
          label: columns.block == nil ? "\(unnamed)" : label, line: row.line, sample: sample, drugs: names, units: units
        ))
      screen.blocks[screen.blocks.count - 1].refusal = contradiction
      return Stretch(block: screen.blocks.count - 1, drugs: present, factors: present.map { _ in 1 }, converts: false)
    }
    if let contradiction, screen.blocks[block].refusal == nil { screen.blocks[block].refusal = contradiction }
    // The pair may be named the other way round.
    let first = screen.blocks[block].drugs.map(drugKey)
    if keys != first {
      let order = first.compactMap { key in keys.firstIndex(of: key) }
      screen.blocks[block].findings.add(.noted(.pairTurned(line: row.line, drugs: names)))
      (present, names, units) = (order.map { present[$0] }, order.map { names[$0] }, order.map { units[$0] })
    }
    for (name, first) in zip(names, screen.blocks[block].drugs) where name != first {
      screen.blocks[block].findings.add(.noted(.synonymJoined(line: row.line, name: name, first: first)))
    }
    let factors = units.indices.map { drug in screen.blocks[block].factor(from: units[drug], of: drug, line: row.line) }
    return Stretch(block: block, drugs: present, factors: factors, converts: factors.contains { $0 != 1 })
  }

  private mutating func unit(_ text: String) -> ConcentrationUnit {
    if text != lastUnit.text { lastUnit = (text, ConcentrationUnit(text)) }
    return lastUnit.unit
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
        screen.blocks[place].refusal = .refused(
          .sampleMissing(
            line: screen.blocks[place].line, column: columns.names[column], wells: screen.blocks[place].wellCount))
      }
    }
    if let column = columns.block, Set(screen.blocks.map(\.label.isEmpty)).count > 1 {
      screen.namesMissing.insert(column)
    }
    if let line = filling.firstLine {
      screen.findings.add(.doubted(.namesFilled(line: line, columns: filling.columns.map { columns.names[$0] })))
    }
    for finding in screen.marks.findings { screen.findings.add(finding) }
    if columns.drugs.contains(where: { $0.name == nil && $0.nameInHeader == nil }),
      let (column, text) = conditions.treatments()
    {
      for place in screen.blocks.indices where screen.blocks[place].refusal == nil {
        screen.blocks[place].refusal = .refused(
          .treatmentUnread(line: screen.blocks[place].line, column: column, text: text))
      }
    }
    if let anotherTable { screen.findings.add(.refused(.anotherTable(line: anotherTable))) }
    try SingleWell.place(
      singles, in: &screen, conditions: &conditions, isLabelled: columns.block != nil, drugKey: drugKey)
    conditions.group(&screen)
    conditions.split(&screen)
    return screen
  }
}

extension RawBlock {
  /// Adds a well.
  package mutating func append(doses well: [Double], value: Double, line: Int) {
    doses.append(contentsOf: well)
    values.append(value)
    lines.append(line)
  }

  /// The factor that turns a dose in `unit` into the block's unit of the drug. Notes a conversion; refuses the block
  /// when there is none.
  package mutating func factor(from unit: ConcentrationUnit, of drug: Int, line: Int) -> Double {
    guard unit != units[drug] else { return 1 }
    if unit == .unstated || units[drug] == .unstated {
      if units[drug] == .unstated { units[drug] = unit }
      findings.add(.doubted(.unitPartlyStated(line: line, drug: drugs[drug], unit: units[drug].symbol)))
      return 1
    }
    if let factor = unit.factor(to: units[drug]) {
      findings.add(
        .noted(.unitsConverted(line: line, drug: drugs[drug], first: units[drug].symbol, other: unit.symbol)))
      return factor
    }
    if refusal == nil {
      refusal = .refused(.unitsDiffer(line: line, drug: drugs[drug], first: units[drug].symbol, other: unit.symbol))
    }
    return 1
  }
}
