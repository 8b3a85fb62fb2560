import Assay
import Spreadsheets

/// A table whose header says what each well was treated with and whose rows are points in time, as IncuCyte writes it:
///
/// ```
/// Date Time,Elapsed,"selinexor 45.7 nM,MCF7 (1) 10K / well","selinexor 45.7 nM,bortezomib 16 nM,MCF7 (1) 10K / well"
/// 12/10/2020 12:20,72,82.3,28.4
/// ```
package struct ConditionTable {
  /// What one column's wells were treated with.
  package struct Treatment {
    package var column: Int
    package var drugs: [(name: String, dose: Double, unit: ConcentrationUnit)] = []
    package var sample: String?
    /// Whether no drug is in it, but what drugs are dissolved in.
    package var isSolvent = false
  }

  package var treatments: [Treatment]
  /// The column of the hours since the start.
  package var elapsed: Int?
  /// How many columns of untreated cells without the solvent were left out.
  package var plainControls = 0
  /// Columns of standard deviations and the like.
  package var passedOver: [String] = []

  /// Reads a header; `nil` unless it names a time and most of the other columns are treatments, two drugs among them.
  package init?(_ names: [String]) {
    let times = names.prefix(3).enumerated().filter { Self.isTime($0.element) }.map(\.offset)
    guard let last = times.last, names.count > last + 4 else { return nil }
    elapsed = times.first { ColumnRole.fold(names[$0]).hasPrefix("elapsed") } ?? times.last
    treatments = []
    var others: [String] = []
    for column in (last + 1)..<names.count {
      let name = names[column]
      let lower = name.lowercased()
      if ["std dev", "std err"].contains(where: lower.contains)
        || [" sd", " sem", " std", " se", "(sd)", "(sem)"].contains(where: lower.hasSuffix)
      {
        passedOver.append(name)
      } else if Self.isBlank(name), Self.treatment(name, column: column)?.drugs.isEmpty ?? true {
        passedOver.append(name)
      } else if let treatment = Self.treatment(name, column: column) {
        treatments.append(treatment)
      } else {
        others.append(name)
      }
    }
    guard treatments.contains(where: { $0.drugs.count > 1 }), others.count * 5 <= treatments.count else { return nil }
    passedOver += others.filter { !$0.isEmpty }
    useSolvent()
  }

  /// Where cells in the drugs' solvent were measured, they are the untreated ones, and not cells without it.
  private mutating func useSolvent() {
    let samples = Set(treatments.filter(\.isSolvent).map(\.sample))
    let plain = treatments.filter { $0.drugs.isEmpty && !$0.isSolvent && samples.contains($0.sample) }.map(\.column)
    treatments.removeAll { plain.contains($0.column) }
    plainControls = plain.count
  }

  private static func isTime(_ name: String) -> Bool {
    let folded = ColumnRole.fold(name)
    return folded.hasPrefix("elapsed") || folded.hasPrefix("time") || folded.hasPrefix("datetime") || folded == "date"
  }

  /// `selinexor 45.7 nM,bortezomib 16 nM,MCF7 (1) 10K / well`: drugs with their doses, and what is left, the sample. `nil`
  /// where there is neither a drug nor a vehicle.
  package static func treatment(_ name: String, column: Int) -> Treatment? {
    var treatment = Treatment(column: column)
    var rest: [String] = []
    var isControl = false
    // `MCF7 10K / well MK-1775 45.7 nM prexasertib 16 nM`: cells, and what was put to them.
    let cells = name.replacing(/\/ ?well\s+(?=\S)/) { _ in "/ well," }
    for part in cells.replacing(" + ", with: ",").split(separator: ",").map({ String(trimming: $0.utf8) })
    where !part.isEmpty {
      if let several = drugsInRow(part) {
        treatment.drugs += several.filter { !Vehicle.isName($0.name) }
        isControl = isControl || several.contains { Vehicle.isName($0.name) }
      } else if let (drug, dose, unit) = drugAndDose(part) {
        if Vehicle.isName(drug) { isControl = true } else { treatment.drugs.append((drug, dose, unit)) }
      } else if let name = control(part) {
        isControl = true
        treatment.isSolvent = Vehicle.isSolvent(name)
      } else {
        rest.append(part)
      }
    }
    guard !treatment.drugs.isEmpty || isControl else { return nil }
    if !treatment.drugs.isEmpty { treatment.isSolvent = false }
    // `MCF7_Control` are wells of MCF7.
    if treatment.drugs.isEmpty { rest = rest.map { $0.replacing(/(?i)[_ ]+control\b/, with: "") } }
    treatment.sample =
      rest.isEmpty ? nil : rest.map { $0.replacing(/\s+/) { _ in " " } }.joined(separator: ", ")
    return treatment
  }

  /// `MK-1775 45.7 nM prexasertib 16 nM`: two or more, one after the other; `nil` of one, and of anything else.
  private static func drugsInRow(_ part: String) -> [(name: String, dose: Double, unit: ConcentrationUnit)]? {
    let words = part.split(separator: " ").map(String.init)
    guard words.count >= 6 else { return nil }
    var drugs: [(name: String, dose: Double, unit: ConcentrationUnit)] = []
    var name: [String] = []
    var place = 0
    while place < words.count {
      let bytes = Array(words[place].utf8)
      if place + 1 < words.count, ConcentrationUnit(words[place + 1]).molar != nil, !name.isEmpty,
        let dose = NumberReading().number(in: bytes, 0..<bytes.count), dose >= 0
      {
        drugs.append((name.joined(separator: " "), dose, ConcentrationUnit(words[place + 1])))
        name = []
        place += 2
      } else {
        name.append(words[place])
        place += 1
      }
    }
    return drugs.count > 1 && name.isEmpty ? drugs : nil
  }

  /// `MK-1775 45.7 nM`.
  private static func drugAndDose(_ part: String) -> (String, Double, ConcentrationUnit)? {
    let words = part.split(separator: " ").map(String.init)
    guard words.count >= 2, let last = words.last else { return nil }
    let bytes = Array(last.utf8)
    if words.count >= 3, ConcentrationUnit(last).molar != nil {
      let number = Array(words[words.count - 2].utf8)
      guard let dose = NumberReading().number(in: number, 0..<number.count), dose >= 0 else { return nil }
      return (words.dropLast(2).joined(separator: " "), dose, ConcentrationUnit(last))
    }
    guard let (dose, unit) = NumberReading().dose(in: bytes, 0..<bytes.count), dose >= 0 else { return nil }
    return (words.dropLast().joined(separator: " "), dose, unit)
  }

  /// Whether a column is of wells without cells, which are no untreated ones.
  private static func isBlank(_ name: String) -> Bool {
    name.split(separator: ",").map { String(trimming: $0.utf8).lowercased() }.contains {
      Vehicle.isBlank($0) || ["empty", "blanks", "empty wells"].contains($0)
    }
  }

  /// The name of a control, `CellsOnly 100%` or `DMSO_combination 0.34%`; `nil` for anything else.
  private static func control(_ part: String) -> String? {
    let name = part.split(separator: " ").filter { word in !(word.contains(where: \.isNumber) || word == "%") }
      .joined(separator: " ")
    return Vehicle.isName(name) || (part.last == "%" && Vehicle.isSolvent(name)) ? name : nil
  }
}

/// Gathers the rows of a `ConditionTable`.
struct ConditionTableReader {
  private let table: ConditionTable
  private let numbers: NumberReading
  private let drugKey: @Sendable (String) -> String
  private let units: @Sendable (String) -> ConcentrationUnit?
  private var screen = RawScreen(format: "table of treatments and times (IncuCyte)")
  private var isOver = false
  private var unread: [String] = []
  private var rows: [(line: Int, time: String, hours: Double?, values: [Double?])] = []

  init(
    _ table: ConditionTable, numbers: NumberReading, drugKey: @escaping @Sendable (String) -> String,
    units: @escaping @Sendable (String) -> ConcentrationUnit?
  ) {
    (self.table, self.numbers, self.drugKey, self.units) = (table, numbers, drugKey, units)
  }

  /// Takes a row below the header.
  mutating func take(_ row: borrowing TextRow) {
    let values = table.treatments.map { numbers.number(in: row.bytes, row.range($0.column)) }
    guard !isOver, values.contains(where: { $0 != nil }) else {
      // A header once more: another table, of deviations as like as not.
      if !rows.isEmpty, ConditionTable(row.texts) != nil { isOver = true }
      return
    }
    let time = table.elapsed.map { row.text($0) } ?? ""
    let hours = table.elapsed.flatMap { numbers.number(in: row.bytes, row.range($0)) }
    // `Mean` and `SD` below the times are no times.
    if table.elapsed != nil, hours == nil, time.isEmpty || time.allSatisfy({ $0.isLetter || $0 == " " }) {
      unread.append(time.isEmpty ? row.text(0) : time)
      return
    }
    rows.append((row.line, time, hours, values))
  }

  /// What was gathered at one time.
  ///
  /// - Parameter hours: The time; `nil` for the last.
  consuming func finish(hours: Double?) throws(PlateReadingError) -> RawScreen {
    screen.responseColumn = ("signal", .signal)
    if let first = unread.first { screen.findings.add(.info(.rowsAround(count: unread.count, first: first))) }
    let chosen: Int?
    if let hours {
      chosen = rows.lastIndex { $0.hours.map { abs($0 - hours) <= 1e-6 * max(1, hours) } ?? false }
    } else {
      // The greatest, in whatever order they stand.
      chosen = rows.indices.max { (rows[$0].hours ?? 0, $0) < (rows[$1].hours ?? 0, $1) }
    }
    guard let chosen else {
      screen.findings.add(.error(.timeNotFound(wanted: hours, times: rows.map(\.time))))
      return screen
    }
    let row = rows[chosen]
    // A course that begins anew is measured once more.
    let alike = rows.filter { $0.line == row.line || ($0.hours != nil && $0.hours == row.hours) }
    if alike.count > 1 {
      screen.findings.add(.warning(.timeRepeated(time: row.time, lines: alike.map(\.line))))
    }
    var met: Set<String> = []
    let times = rows.map(\.time).filter { met.insert($0).inserted }
    if times.count > 1 {
      let finding = PlateReadingError.timeChosen(time: row.time, times: times, wasAsked: hours != nil)
      screen.findings.add(hours == nil ? .warning(finding) : .info(finding))
    }
    var singles: [SingleWell] = []
    var places: [[String]: Int] = [:]
    for row in alike { take(row, into: &singles, &places) }
    var none = ConditionColumns()
    try SingleWell.place(singles, in: &screen, conditions: &none, isLabelled: false, drugKey: drugKey)
    if table.plainControls > 0 { screen.findings.add(.info(.solventUsed(columns: table.plainControls))) }
    if !table.passedOver.isEmpty { screen.findings.add(.info(.columnsPassedOver(names: table.passedOver))) }
    return screen
  }

  /// Takes the wells of one point in time.
  private mutating func take(
    _ row: (line: Int, time: String, hours: Double?, values: [Double?]), into singles: inout [SingleWell],
    _ places: inout [[String]: Int]
  ) {
    for (treatment, value) in zip(table.treatments, row.values) {
      guard let value else {
        screen.findings.add(.warning(.unreadableResponse(line: row.line, text: "")))
        continue
      }
      let drugs = treatment.drugs.map { (name: $0.name, dose: $0.dose, unit: units($0.name) ?? $0.unit) }
      guard drugs.count > 1 else {
        var well = SingleWell(line: row.line, label: "", sample: treatment.sample)
        well.drugs = drugs
        well.values = [value]
        singles.append(well)
        continue
      }
      let identity = [treatment.sample ?? ""] + drugs.map { drugKey($0.name) }.sorted()
      let place: Int
      if let known = places[identity] {
        place = known
      } else {
        place = screen.blocks.count
        places[identity] = place
        screen.blocks.append(
          RawBlock(
            label: "\(place + 1)", line: row.line, sample: treatment.sample, drugs: drugs.map(\.name),
            units: drugs.map(\.unit)))
      }
      let keys = screen.blocks[place].drugs.map(drugKey)
      var doses = [Double](repeating: 0, count: keys.count)
      for drug in drugs {
        guard let axis = keys.firstIndex(of: drugKey(drug.name)) else { continue }
        doses[axis] = drug.dose * screen.blocks[place].factor(from: drug.unit, of: axis, line: row.line)
      }
      screen.blocks[place].append(doses: doses, value: value, line: row.line)
    }
  }
}
