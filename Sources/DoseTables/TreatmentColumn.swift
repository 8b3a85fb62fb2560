import Assay
import Spreadsheets

/// A long table in which one column says what each well was treated with, one drug or several (`selinexor + bortezomib`). The
/// doses stand in one column too (`1 + 10`), or in one for each drug.
///
/// Such a table is written anew, with a column for each drug's name and dose. A name is taken apart only where each part stands
/// alone elsewhere in the column, or where there is one dose for each part: `5-FU/LV` may well be one treatment.
struct TreatmentColumn {
  /// The table as it is read.
  private(set) var bytes: [UInt8]
  /// What is to be said of it.
  private(set) var finding: Finding

  private static let names: Set<String> = [
    "treatment", "treatments", "drug", "drugs", "drugname", "drugnames", "compound", "compounds", "compoundname",
    "combination", "combinations", "combo", "drugcombination", "drugcombo", "agent", "agents", "therapy", "behandlung",
    "wirkstoff", "wirkstoffe", "traitement",
  ]
  private static let doseNames: Set<String> = [
    "dose", "doses", "conc", "concs", "concentration", "concentrations", "konzentration", "konzentrationen", "dosis",
    "dosage",
  ]
  private static let separators = [" + ", "+", " & ", "&", ";", "|", " and ", " / ", "/"]
  private static let doseSeparators = [" + ", "+", ";", "|", "&", " and ", " / ", "/", ", ", ":"]
  /// Larger files are not looked at: the whole table is kept.
  private static let largestFile = 24 << 20
  private static let mostDrugs = 3

  /// Reads the table; `nil` for one of another kind.
  ///
  /// - Parameter isWellTable: Whether a table with columns of these names holds wells and their raw signal.
  /// - Throws: `treatmentUnclear` for a treatment that may be two drugs and cannot be taken apart.
  init?(_ bytes: [UInt8], isWellTable: ([String]) -> Bool) throws(PlateReadingError) {
    guard bytes.count <= Self.largestFile, let text = try? TextDecoding.text(bytes),
      let found = Self.header(text, isWellTable: isWellTable)
    else { return nil }
    var sheet = TextSheet(text, separator: found.separator, mostCells: .max)
    guard sheet.openQuote == nil, sheet.cutAt == nil,
      let place = sheet.rows.firstIndex(where: { $0.line == found.line })
    else { return nil }
    let body = sheet.rows.indices.dropFirst(place + 1)
    let column = found.treatment
    guard body.contains(where: { row in Self.separators.contains { sheet.rows[row].cell(column).contains($0) } }) else {
      return nil
    }
    let alone = Set(body.map { sheet.rows[$0].cell(column).lowercased() })
    var parts: [Int: [String]] = [:]
    var unclear: (line: Int, text: String)?
    for row in body {
      let name = sheet.rows[row].cell(column)
      switch Self.parts(of: name, doses: found.doses.map { sheet.rows[row].cell($0) }, alone: alone) {
      case .one: break
      case .several(let own): parts[row] = own
      case .unclear: unclear = unclear ?? (sheet.rows[row].line, name)
      }
    }
    if let unclear { throw .treatmentUnclear(line: unclear.line, text: unclear.text, doses: found.doses.count) }
    guard let first = parts.min(by: { $0.key < $1.key }) else { return nil }
    let drugs = max(2, parts.values.lazy.map(\.count).max() ?? 2)
    finding = .info(
      .treatmentsSplit(
        line: sheet.rows[first.key].line, column: found.names[column], text: sheet.rows[first.key].cell(column),
        drugs: first.value))
    if found.doses.count == 1 {
      Self.splitDoses(&sheet, header: place, found, parts, drugs)
    } else {
      try Self.nameDoses(&sheet, header: place, found, parts)
    }
    self.bytes = sheet.csv
  }

  /// Whether a column's name says that it names treatments.
  static func isName(_ name: String) -> Bool { names.contains(ColumnRole.fold(name)) }

  private struct Header {
    var separator: TextSheet.Separator
    var line: Int
    var names: [String]
    var treatment: Int
    var doses: [Int]
  }

  /// The first row that names treatments, doses and a response, and no drug by a number.
  private static func header(_ text: TextDecoding.Text, isWellTable: ([String]) -> Bool) -> Header? {
    for separator in [TextSheet.Separator.comma, .semicolon, .tab] {
      var found: Header?
      var looked = 0
      CSVRows.forEach(in: text.bytes, from: text.start, separator: separator.delimiter) { row in
        looked += 1
        if row.count >= 3, row.count <= 1_000 {
          let names = row.texts
          let roles = names.map { ColumnRole(columnName: $0) ?? ColumnRole.endingInUnit($0)?.role }
          if roles.contains(where: { if case .drug = $0 { true } else { false } }) { return false }
          let treatments = names.indices.filter { self.names.contains(ColumnRole.fold(names[$0])) }
          let hasResponse = zip(names, roles).contains { name, role in
            if case .response = role { true } else { ColumnRole.replicate(name) != nil }
          }
          var doses = (1...mostDrugs).compactMap { number in roles.firstIndex { $0 == .dose(number) } }
          if doses.isEmpty { doses = names.indices.filter { isDose(names[$0]) } } else if doses.count < 2 { doses = [] }
          if treatments.count == 1, hasResponse, !isWellTable(names), !doses.isEmpty,
            doses.count == 1 || roles.contains(.dose(1))
          {
            found = Header(
              separator: separator, line: row.line, names: names, treatment: treatments[0], doses: doses)
            return false
          }
        }
        return looked < 50
      }
      if let found { return found }
    }
    return nil
  }

  /// Whether a column is called as the doses of any drug are: `Dose`, `Concentration (uM)`, `conc_nM`.
  private static func isDose(_ name: String) -> Bool {
    if doseNames.contains(ColumnRole.fold(name)) { return true }
    guard let cut = name.lastIndex(where: { "_. -".contains($0) }) else { return false }
    return ConcentrationUnit(String(name[name.index(after: cut)...])).molar != nil
      && doseNames.contains(ColumnRole.fold(String(name[..<cut])))
  }

  private enum Parts {
    case one
    case several([String])
    case unclear
  }

  /// What a treatment consists of.
  private static func parts(of name: String, doses: [String], alone: Set<String>) -> Parts {
    var mayBeSeveral = false
    for separator in separators where name.contains(separator) {
      let own = split(name, separator)
      guard (2...mostDrugs).contains(own.count), own.allSatisfy({ !$0.isEmpty }) else { continue }
      let areAlone = own.allSatisfy { alone.contains($0.lowercased()) }
      let areDosed =
        doses.count == 1
        ? split(doses: doses[0], into: own.count) != nil
        : own.count <= doses.count && doses.prefix(own.count).allSatisfy { number($0).map { $0 > 0 } ?? false }
      // Where there is one column of doses each drug needs its own.
      if areDosed || (areAlone && doses.count > 1) { return .several(own) }
      if areAlone { return doses[0].isEmpty || number(doses[0]) == 0 ? .several(own) : .unclear }
      if separator != "/", separator != "&", separator != "+" { mayBeSeveral = true }
    }
    return mayBeSeveral ? .unclear : .one
  }

  private static func split(_ text: String, _ separator: String) -> [String] {
    text.split(separator: separator, omittingEmptySubsequences: false).map { String(trimming: $0.utf8) }
  }

  /// `1 + 10` in its parts, each a dose; `nil` for anything else.
  private static func split(doses text: String, into count: Int) -> [String]? {
    for separator in doseSeparators where text.contains(separator) {
      let parts = split(text, separator)
      if parts.count == count, parts.allSatisfy({ number($0) != nil }) { return parts }
    }
    return nil
  }

  private static func number(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    for reading in [NumberReading(), NumberReading(decimal: UInt8(ascii: ","))] {
      let found =
        reading.number(in: bytes, 0..<bytes.count) ?? reading.dose(in: bytes, 0..<bytes.count)?.dose
      if let found { return found }
    }
    return nil
  }

  /// Gives each drug a column of its own for its name and dose, where doses stand in one column.
  private static func splitDoses(
    _ sheet: inout TextSheet, header: Int, _ found: Header, _ parts: [Int: [String]], _ drugs: Int
  ) {
    let dose = found.doses[0]
    let name = found.names[dose]
    let unit =
      ColumnRole.unit(inColumnName: name)
      ?? name.lastIndex(where: { "_. -".contains($0) }).map {
        ConcentrationUnit(String(name[name.index(after: $0)...]))
      }
    let suffix = unit.flatMap { $0.molar == nil ? nil : " (\($0.symbol))" } ?? ""
    let width = max(found.names.count, sheet.rows[header].cells.count)
    for row in sheet.rows.indices.dropFirst(header) {
      var cells = sheet.rows[row].cells
      guard cells.contains(where: { !$0.isEmpty }) else { continue }
      cells += [String](repeating: "", count: max(0, width - cells.count))
      if row == header {
        (cells[found.treatment], cells[dose]) = ("drug1", "conc1" + suffix)
        for number in 2...drugs { cells += ["drug\(number)", "conc\(number)" + suffix] }
      } else if let own = parts[row] {
        let doses = split(doses: cells[dose], into: own.count) ?? own.map { _ in "0" }
        (cells[found.treatment], cells[dose]) = (own[0], doses[0])
        for number in 1..<own.count { cells += [own[number], doses[number]] }
        cells += [String](repeating: "", count: 2 * (drugs - own.count))
      } else {
        cells += [String](repeating: "", count: 2 * (drugs - 1))
      }
      sheet.rows[row].cells = cells
    }
  }

  /// Names the drugs of dose columns that stand beside one another.
  ///
  /// - Throws: `treatmentDoses` where a drug has a dose in two columns, or two have one.
  private static func nameDoses(
    _ sheet: inout TextSheet, header: Int, _ found: Header, _ parts: [Int: [String]]
  ) throws(PlateReadingError) {
    let slots = found.doses.count
    func dosed(_ row: Int) -> [Int] {
      (0..<slots).filter { number(sheet.rows[row].cell(found.doses[$0])).map { $0 > 0 } ?? false }
    }
    // In which column a drug's doses are where it is alone.
    var own: [String: Set<Int>] = [:]
    for row in sheet.rows.indices.dropFirst(header + 1) where parts[row] == nil {
      own[sheet.rows[row].cell(found.treatment).lowercased(), default: []].formUnion(dosed(row))
    }
    let width = max(found.names.count, sheet.rows[header].cells.count)
    for row in sheet.rows.indices.dropFirst(header) {
      var cells = sheet.rows[row].cells
      guard cells.contains(where: { !$0.isEmpty }) else { continue }
      cells += [String](repeating: "", count: max(0, width - cells.count))
      let name = cells[found.treatment]
      if row == header {
        cells[found.treatment] = ""
        cells += (1...slots).map { "drug\($0)" }
      } else {
        var names = [String](repeating: "", count: slots)
        if let drugs = parts[row] {
          guard drugs.count <= slots else { throw .treatmentDoses(line: sheet.rows[row].line, text: name) }
          let known = drugs.map { own[$0.lowercased()].flatMap { $0.count == 1 ? $0.first : nil } }
          // Alone, every drug may stand in the first column: then the order of the names tells.
          let isTold = Set(known.compactMap(\.self)).count == drugs.count
          if !isTold, zip(known, drugs.indices).contains(where: { $0 != nil && $0 != 0 && $0 != $1 }) {
            throw .treatmentDoses(line: sheet.rows[row].line, text: name)
          }
          for (place, drug) in drugs.enumerated() { names[isTold ? known[place] ?? place : place] = drug }
        } else {
          let places = dosed(row)
          guard places.count <= 1 || Vehicle.isName(name) else {
            throw .treatmentDoses(line: sheet.rows[row].line, text: name)
          }
          names[places.first ?? 0] = name
        }
        cells[found.treatment] = ""
        cells += names
      }
      sheet.rows[row].cells = cells
    }
  }
}
