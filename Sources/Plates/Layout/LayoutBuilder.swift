import Assay
import DoseTables

/// Gathers the wells of layouts, from whatever shape of file, and tells wells that are stated twice.
struct LayoutBuilder {
  /// What one place of a layout file says of one well.
  struct Record {
    var plate: String
    var well: String
    var line: Int
    var values: [LayoutColumn: String]
    /// The units that the columns' own names state.
    var headerUnits: [Int: ConcentrationUnit] = [:]
    /// Whether the file states roles at all.
    var hasRoles: Bool
    /// Whether the file itself names the plate.
    var isNamed = true
    /// Whether the file has one drug a row, so that a combination has several rows.
    var isOneDrugARow = false
    /// The samples that a well serves of which the file does not say the condition that tells the others apart.
    var alsoOf: [String]?
  }

  /// The largest plate there is.
  private static let largest = PlateFormat.standard.last

  /// The file that is being read.
  var file = ""
  /// Whether the name that stands for a plate's, where the file states none, is one: a sheet's.
  var namesPlates = false
  /// What was found.
  var problems = PlateProblems()
  /// Wells that were taken, those that could not be read too.
  private(set) var taken = 0
  private var plates: [String: Int] = [:]
  private var layouts: [Gathered] = []

  struct Gathered {
    var name: String
    var file: String
    var wells: [WellPosition: PlateLayout.Well] = [:]
    var days: Set<Bool> = []
    var isNamed = false
    /// Wells that have several rows, each with another drug.
    var joined: Set<WellPosition> = []
    /// Wells that were taken for negative controls because they hold no drug.
    var untreated: Set<WellPosition> = []
    /// Wells of which the file says nothing.
    var unsaid: Set<WellPosition> = []
    /// Wells that are called blank, with or without cells.
    var blank: Set<WellPosition> = []
    /// Wells that hold a medium in the place of every drug, with or without cells.
    var medium: Set<WellPosition> = []
    /// Wells without a role of their own in a layout that has roles, whose every dose is 0.
    var zero: Set<WellPosition> = []
    /// Wells whose role says that they are not used, though they have drugs.
    var emptied: Set<WellPosition> = []
  }

  /// A well, and what its place says besides.
  private struct Reading {
    var well: PlateLayout.Well
    var isMedium = false
    var isZero = false
    var isEmptied = false
  }

  /// Takes a record; `table` reads its numbers.
  mutating func take(_ record: Record, numbers table: TextTable) {
    let plate = record.plate
    taken += 1
    guard let position = WellName.position(record.well), Self.largest?.contains(position) == true else {
      return problems.add(.badWell(plate: plate, text: record.well), .warning, file: file, line: record.line)
    }
    var found = Reading(well: PlateLayout.Well(position: position, role: .empty, line: record.line))
    var isRead = false
    var isBlank = false
    switch read(record, position, table) {
    case .success(let read):
      found = read
      isRead = true
    case .failure(.blankOrUntreated): isBlank = true
    case .failure(let problem): problems.add(problem, .warning, file: file, line: record.line)
    }
    let well = found.well
    let number = place(of: plate)
    layouts[number].days.insert(Self.isDayZero(record.values[.day]))
    if record.isNamed || namesPlates { layouts[number].isNamed = true }
    if isBlank { layouts[number].blank.insert(position) }
    if found.isMedium { layouts[number].medium.insert(position) }
    if found.isZero { layouts[number].zero.insert(position) }
    if found.isEmptied { layouts[number].emptied.insert(position) }
    if well.treatments.isEmpty, record.values[.role].map(Self.isNothing) ?? true {
      if well.role == .negative { layouts[number].untreated.insert(position) }
      if isRead, well.role == .empty { layouts[number].unsaid.insert(position) }
    }
    guard let other = layouts[number].wells[position] else {
      layouts[number].wells[position] = well
      return
    }
    if record.isOneDrugARow, let both = Self.joined(other, well) {
      layouts[number].wells[position] = both
      layouts[number].joined.insert(position)
      if both.role != .negative { layouts[number].untreated.remove(position) }
    } else {
      add(well, other, plate: plate, to: number)
    }
  }

  /// Takes a well whose drugs are known, from a dispenser's report or a drawing.
  mutating func take(_ well: PlateLayout.Well, plate: String, isNamed: Bool, isMedium: Bool = false) {
    taken += 1
    let number = place(of: plate)
    if isNamed || namesPlates { layouts[number].isNamed = true }
    if isMedium { layouts[number].medium.insert(well.position) }
    if let other = layouts[number].wells[well.position] {
      add(well, other, plate: plate, to: number)
    } else {
      layouts[number].wells[well.position] = well
    }
  }

  private mutating func place(of plate: String) -> Int {
    if let number = plates[PlateLayout.key(plate)] { return number }
    plates[PlateLayout.key(plate)] = layouts.count
    layouts.append(Gathered(name: plate, file: file))
    return layouts.count - 1
  }

  /// Two rows of one well that bring different drugs, or a drug and its vehicle; `nil` where they say different things.
  private static func joined(_ one: PlateLayout.Well, _ other: PlateLayout.Well) -> PlateLayout.Well? {
    let roles: Set<PlateLayout.Role> = [.sample, .negative]
    guard one.sample == other.sample, one.replicate == other.replicate, roles.isSuperset(of: [one.role, other.role]),
      one.role == other.role || one.treatments.isEmpty || other.treatments.isEmpty
    else { return nil }
    let known = Set(one.treatments.map { $0.drug.lowercased() })
    guard !other.treatments.contains(where: { known.contains($0.drug.lowercased()) }),
      !(one.treatments.isEmpty && other.treatments.isEmpty)
    else { return nil }
    var both = one
    both.treatments += other.treatments
    both.role = one.role == .sample || other.role == .sample ? .sample : .negative
    return both
  }

  /// A well that was stated before: the same design is said once, two designs leave the well out.
  private mutating func add(_ well: PlateLayout.Well, _ other: PlateLayout.Well, plate: String, to number: Int) {
    var same = other
    same.line = well.line
    let lines = [other.line ?? 0, well.line ?? 0]
    let error = PlateProblem.wellTwice(
      plate: plate, well: well.position.description, lines: lines, isSame: same == well)
    if same == well { return problems.add(error, .info, file: file, line: well.line) }
    layouts[number].wells[well.position] = PlateLayout.Well(position: well.position, role: .empty, line: other.line)
    problems.add(error, .warning, file: file, line: well.line)
  }

  /// The layouts, in the order in which they begin.
  mutating func finish() -> [PlateLayout] {
    layouts.map { layout in
      var layout = layout
      LayoutChecks.nameBlanks(&layout, &problems)
      LayoutChecks.apply(to: &layout, &problems)
      if layout.days.count > 1 { problems.add(.dayMixed(plate: layout.name), .warning, file: layout.file) }
      for (wells, problem) in [
        (layout.untreated, PlateProblem.controlsByDrug), (layout.joined, PlateProblem.severalRows),
        (layout.unsaid, PlateProblem.nothingSaid),
      ] where !wells.isEmpty {
        problems.add(problem(layout.name, wells.sorted().map(\.description)), .info, file: layout.file)
      }
      return PlateLayout(
        plate: layout.name, file: layout.file, isDayZero: layout.days == [true], isTemplate: !layout.isNamed,
        wells: layout.wells.values.sorted { $0.position < $1.position })
    }
  }

  private func read(
    _ record: Record, _ position: WellPosition, _ table: TextTable
  ) -> Result<Reading, PlateProblem> {
    let name = position.description
    var stated: PlateLayout.Role?
    if let word = record.values[.role], !Self.isNothing(word) {
      guard let role = PlateLayout.Role(word: word) else {
        return .failure(.badRole(plate: record.plate, well: name, text: word))
      }
      stated = role
    }
    let isControl = stated.map { $0 != .sample } ?? false
    var treatments: [PlateLayout.Treatment] = []
    var (vehicles, mediums, blanks, zeros) = (0, 0, 0, 0)
    var called: PlateLayout.Role?
    for number in Self.drugNumbers(record) {
      let own = record.values[.drug(number)]
      let text = record.values[.dose(number)] ?? ""
      let quantity = table.quantity(text)
      if quantity?.value == 0 { zeros += 1 }
      if let own, let role = ControlName.role(own, hasDose: !Self.isNothing(text), isZero: quantity?.value == 0) {
        if role == .negative { vehicles += 1 } else { called = called ?? role }
        continue
      }
      guard let drug = own.flatMap({ Self.isNoDrug($0) ? nil : $0 }) else {
        let isVehicle = own.map(Self.isVehicle) ?? false
        // A vehicle may have a concentration of its own; a word for nothing at dose 0 says that the well has none of a drug.
        let word = own?.lowercased() ?? ""
        if word == "blank" { blanks += 1 }
        if ControlName.isMedium(word) { mediums += 1 }
        // Without roles a dose of 0 says that the well has none, whatever drug it is of.
        let isZero = quantity?.value == 0 && !["blank", "empty"].contains(word)
        if isVehicle || (isZero && (!record.hasRoles || !word.isEmpty)) { vehicles += 1 }
        guard !isVehicle, let quantity, quantity.value != 0, !isControl else { continue }
        return .failure(.doseWithoutDrug(plate: record.plate, well: name, column: "drug\(number)"))
      }
      if isControl, text.isEmpty { continue }
      guard let quantity, quantity.value == 0 || (quantity.value > 0 && DoseMatrix.plausible.contains(quantity.value))
      else {
        return .failure(.badDose(plate: record.plate, well: name, drug: drug, text: text))
      }
      if treatments.contains(where: { $0.drug.lowercased() == drug.lowercased() }) {
        return .failure(.drugTwice(plate: record.plate, well: name, drug: drug))
      }
      let unit = quantity.unit ?? Self.unit(record, number)
      treatments.append(.init(drug: drug, dose: quantity.value, unit: unit))
    }
    // No drug, or no cells?
    if stated == nil, treatments.isEmpty, called == nil, blanks > 0, vehicles == 0 {
      return .failure(.blankOrUntreated(plate: record.plate, well: name))
    }
    let isUndosed = treatments.allSatisfy { $0.dose == 0 }
    let role =
      stated
      ?? (treatments.isEmpty
        ? called ?? (vehicles > 0 ? .negative : .empty) : !record.hasRoles && isUndosed ? .negative : .sample)
    var well = PlateLayout.Well(
      position: position, role: role, treatments: role == .empty ? [] : treatments,
      sample: record.values[.sample].flatMap { Self.isNothing($0) ? nil : $0 },
      replicate: record.values[.replicate].flatMap { table.number($0) }.flatMap { Int(exactly: $0) },
      line: record.line, alsoOf: record.alsoOf)
    let words = Self.drugNumbers(record).map { LayoutColumn.drug($0) } + [.role]
    if role == .negative, words.contains(where: { record.values[$0].map(ControlName.isVehicle) ?? false }) {
      well.holdsVehicle = true
    }
    return .success(
      Reading(
        well: well, isMedium: stated == nil && treatments.isEmpty && mediums > 0 && mediums == vehicles,
        isZero: stated == nil && isUndosed && zeros > 0 && called == nil && role != .negative,
        isEmptied: stated == .empty && !isUndosed))
  }

  private static func drugNumbers(_ record: Record) -> [Int] {
    Set(
      record.values.keys.compactMap { column in
        switch column {
        case .drug(let number), .dose(let number): number
        default: nil
        }
      }
    ).sorted()
  }

  private static func unit(_ record: Record, _ number: Int) -> ConcentrationUnit {
    for column in [LayoutColumn.unit(number), .unit(nil)] {
      if let text = record.values[column], !isNothing(text) { return ConcentrationUnit(text) }
    }
    return record.headerUnits[number] ?? .unstated
  }

  /// `0`, `day 0`, `t0`, `d0`, `0 h`: the plate of the start.
  static func isDayZero(_ text: String?) -> Bool {
    guard let text else { return false }
    return ["0", "day0", "d0", "t0", "0h", "0hours", "dayzero"].contains(ColumnRole.fold(text))
  }

  /// Whether a field says that there is nothing.
  static func isNothing(_ text: String) -> Bool { ["", "-", "na", "n/a", "nan", "."].contains(text.lowercased()) }

  /// Whether a drug's name says that there is none.
  static func isNoDrug(_ text: String) -> Bool { isNothing(text) || Vehicle.isName(text) || isShare(text) }

  /// Whether a name is the vehicle with its share: `DMSO 0.1 %`, `0.1% DMSO`, `DMSO (0.1%)`.
  static func isShare(_ text: String) -> Bool {
    guard text.contains("%") else { return false }
    let words = text.split { " ()[]".contains($0) }.filter {
      !$0.contains(where: \.isNumber) && $0 != "%" && $0 != "v/v"
    }
    return words.count == 1 && Vehicle.isName(String(words[0]))
  }

  /// Whether a drug's name says that there is the vehicle, rather than nothing at all.
  private static func isVehicle(_ text: String) -> Bool {
    isNoDrug(text) && !isNothing(text)
      && !["none", "null", "blank", "empty", "0", "–", "—", "n/a"].contains(text.lowercased())
  }
}
