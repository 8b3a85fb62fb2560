import Assay

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
  }

  /// The largest plate there is.
  private static let largest = PlateFormat.standard.last

  /// The file that is being read.
  var file = ""
  /// What was found.
  var problems = PlateProblems()
  /// Wells that were taken, those that could not be read too.
  private(set) var taken = 0
  private var plates: [String: Int] = [:]
  private var layouts: [Gathered] = []

  private struct Gathered {
    var name: String
    var file: String
    var wells: [WellPosition: PlateLayout.Well] = [:]
    var days: Set<Bool> = []
  }

  /// Takes a record; `table` reads its numbers.
  mutating func take(_ record: Record, numbers table: TextTable) {
    let plate = record.plate
    taken += 1
    guard let position = WellPosition(record.well), Self.largest?.contains(position) == true else {
      return problems.add(.badWell(plate: plate, text: record.well), .doubted, file: file, line: record.line)
    }
    var well = PlateLayout.Well(position: position, role: .empty, line: record.line)
    switch read(record, position, table) {
    case .success(let read): well = read
    case .failure(let problem): problems.add(problem, .doubted, file: file, line: record.line)
    }
    let number = plates[PlateLayout.key(plate)] ?? layouts.count
    if number == layouts.count {
      plates[PlateLayout.key(plate)] = number
      layouts.append(Gathered(name: plate, file: file))
    }
    layouts[number].days.insert(Self.isDayZero(record.values[.day]))
    if let other = layouts[number].wells[position] {
      add(well, other, plate: plate, to: number)
    } else {
      layouts[number].wells[position] = well
    }
  }

  /// A well that was stated before: the same design is said once, two designs leave the well out.
  private mutating func add(_ well: PlateLayout.Well, _ other: PlateLayout.Well, plate: String, to number: Int) {
    var same = other
    same.line = well.line
    let lines = [other.line ?? 0, well.line ?? 0]
    let error = PlateProblem.wellTwice(
      plate: plate, well: well.position.description, lines: lines, isSame: same == well)
    if same == well { return problems.add(error, .noted, file: file, line: well.line) }
    layouts[number].wells[well.position] = PlateLayout.Well(position: well.position, role: .empty, line: other.line)
    problems.add(error, .doubted, file: file, line: well.line)
  }

  /// The layouts, in the order in which they begin.
  mutating func finish() -> [PlateLayout] {
    layouts.map { layout in
      if layout.days.count > 1 { problems.add(.dayMixed(plate: layout.name), .doubted, file: layout.file) }
      return PlateLayout(
        plate: layout.name, file: layout.file, isDayZero: layout.days == [true],
        wells: layout.wells.values.sorted { $0.position < $1.position })
    }
  }

  private func read(
    _ record: Record, _ position: WellPosition, _ table: TextTable
  ) -> Result<PlateLayout.Well, PlateProblem> {
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
    for number in Self.drugNumbers(record) {
      let drug = record.values[.drug(number)].flatMap { Self.isNoDrug($0) ? nil : $0 }
      let text = record.values[.dose(number)] ?? ""
      let quantity = table.quantity(text)
      guard let drug else {
        guard let quantity, quantity.value != 0, !isControl else { continue }
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
    var role = stated ?? .sample
    if stated == nil {
      if treatments.isEmpty {
        role = .empty
      } else if !record.hasRoles, treatments.allSatisfy({ $0.dose == 0 }) {
        role = .negative
      }
    }
    return .success(
      PlateLayout.Well(
        position: position, role: role, treatments: role == .empty ? [] : treatments,
        sample: record.values[.sample].flatMap { Self.isNothing($0) ? nil : $0 },
        replicate: record.values[.replicate].flatMap { table.number($0) }.flatMap { Int(exactly: $0) },
        line: record.line))
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
  private static func isDayZero(_ text: String?) -> Bool {
    guard let text else { return false }
    return ["0", "day0", "d0", "t0", "0h", "0hours", "dayzero"].contains(ColumnRole.fold(text))
  }

  /// Whether a field says that there is nothing.
  static func isNothing(_ text: String) -> Bool { ["", "-", "na", "n/a", "nan", "."].contains(text.lowercased()) }

  /// Whether a drug's name says that there is none.
  static func isNoDrug(_ text: String) -> Bool {
    isNothing(text) || ["none", "dmso", "vehicle", "medium", "untreated"].contains(text.lowercased())
  }
}
