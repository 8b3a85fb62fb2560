import Assay
import Spreadsheets

/// A long table in which one column says what each well was treated with, the doses and their units included:
///
/// ```
/// treatment,viability
/// DMSO,100
/// Selinexor 10 nM + Bortezomib 1 nM,42
/// ```
///
/// Such a table is written anew, with a column for each drug's name, dose and unit.
struct TreatmentTexts {
  /// The table as it is read.
  private(set) var bytes: [UInt8]
  /// What is to be said of it.
  private(set) var finding: Finding

  private struct Drug {
    var name: String
    /// As it is written.
    var dose: String
    var unit: String
  }

  /// The share of the treatments that must be understood for one that is not to be an error.
  private static let understood = 0.5
  private static let mostDrugs = 3

  /// Reads the table; `nil` for one of another kind.
  ///
  /// - Parameters:
  ///   - line: The header's.
  ///   - columns: The header.
  /// - Throws: `treatmentText` for a treatment that is not understood among others that are.
  init?(_ bytes: [UInt8], line: Int, columns: [String]) throws(PlateReadingError) {
    guard let column = Self.column(columns), let text = try? TextDecoding.text(bytes) else { return nil }
    for separator in [TextSheet.Separator.comma, .semicolon, .tab] where separator.occurs(in: text) {
      var sheet = TextSheet(text, separator: separator, mostCells: .max)
      guard sheet.openQuote == nil, sheet.cutAt == nil,
        let header = sheet.rows.firstIndex(where: { $0.line == line }),
        sheet.rows[header].cells.prefix(columns.count).elementsEqual(columns)
      else { continue }
      var drugs: [Int: [Drug]] = [:]
      var unclear: Int?
      let body = sheet.rows.indices.dropFirst(header + 1).filter { !sheet.rows[$0].cell(column).isEmpty }
      for row in body {
        if let own = Self.drugs(in: sheet.rows[row].cell(column)) {
          drugs[row] = own
        } else {
          unclear = unclear ?? row
        }
      }
      guard let first = drugs.filter({ $0.value.count > 1 }).keys.min(),
        Double(drugs.count) >= Self.understood * Double(body.count)
      else { return nil }
      if let unclear {
        throw .treatmentText(line: sheet.rows[unclear].line, text: sheet.rows[unclear].cell(column))
      }
      finding = .info(
        .treatmentsRead(
          line: sheet.rows[first].line, column: columns[column], text: sheet.rows[first].cell(column),
          drugs: drugs[first, default: []].map { "\($0.name) \($0.dose) \($0.unit)" }))
      Self.write(drugs, into: &sheet, header: header, column: column, width: columns.count)
      self.bytes = sheet.csv
      return
    }
    return nil
  }

  /// The column of treatments, where the header has one, a response and no doses.
  static func column(_ columns: [String]) -> Int? {
    let roles = columns.map { ColumnRole(columnName: $0) ?? ColumnRole.endingInUnit($0)?.role }
    let treatments = columns.indices.filter { TreatmentColumn.isName(columns[$0]) }
    let hasResponse = zip(columns, roles).contains { name, role in
      if case .response? = role { true } else { ColumnRole.replicate(name) != nil }
    }
    let hasDoses = roles.contains { role in
      switch role {
      case .dose?, .unit?: true
      default: false
      }
    }
    return treatments.count == 1 && hasResponse && !hasDoses ? treatments[0] : nil
  }

  /// Gives each drug columns of its own.
  private static func write(
    _ drugs: [Int: [Drug]], into sheet: inout TextSheet, header: Int, column: Int, width: Int
  ) {
    let most = max(2, drugs.values.lazy.map(\.count).max() ?? 2)
    let width = max(width, sheet.rows[header].cells.count)
    for row in sheet.rows.indices.dropFirst(header) where !sheet.rows[row].isBlank {
      var cells = sheet.rows[row].cells
      cells += [String](repeating: "", count: max(0, width - cells.count))
      if row == header {
        cells[column] = ""
        for number in 1...most { cells += ["drug\(number)", "conc\(number)", "conc_unit\(number)"] }
      } else {
        cells[column] = ""
        let own = drugs[row, default: []]
        for number in 0..<most {
          cells += number < own.count ? [own[number].name, own[number].dose, own[number].unit] : ["", "", ""]
        }
      }
      sheet.rows[row].cells = cells
    }
  }

  /// The drugs of a treatment, none for the vehicle; `nil` for a text that is not understood.
  private static func drugs(in text: String) -> [Drug]? {
    if Vehicle.isName(text) { return Vehicle.isBlank(text) ? nil : [] }
    var drugs: [Drug] = []
    var parts = [text]
    for mark in ["+", "&", ";", ", ", " and ", " und ", " et ", " with ", " plus ", " / "] {
      parts = parts.flatMap { $0.split(separator: mark).map { String(trimming: $0.utf8) } }
    }
    // `ug/mL` has a slash too.
    parts = parts.flatMap { part in
      let pieces = part.split(separator: "/").map { String(trimming: $0.utf8) }
      return pieces.count > 1 && pieces.allSatisfy { drug($0) != nil || isVehicle($0) } ? pieces : [part]
    }
    for part in parts where !part.isEmpty {
      if let drug = drug(part) {
        guard !drugs.contains(where: { $0.name.lowercased() == drug.name.lowercased() }) else { return nil }
        drugs.append(drug)
      } else if !isVehicle(part) {
        return nil
      }
    }
    return drugs.count <= mostDrugs ? drugs : nil
  }

  /// `DMSO`, `DMSO 0.1 %`
  private static func isVehicle(_ part: String) -> Bool {
    Vehicle.isName(part) || (part.contains("%") && Vehicle.isSolvent(part))
  }

  /// `Selinexor 10 nM`, `Selinexor (10nM)`, `10 nM selinexor`; a dose needs its unit.
  private static func drug(_ part: String) -> Drug? {
    // A dash may join a name and its dose, and is a part of names.
    let joined = part.replacing(/[-_](\d[\d.,]*\s?[a-zµμ]?M)$/) { " \($0.output.1)" }
    let words = String(joined.map { "()[]@:=".contains($0) ? " " : $0 }).split(separator: " ").map(String.init)
    for count in [2, 1] where words.count > count {
      for (dose, name) in [(words.suffix(count), words.dropLast(count)), (words.prefix(count), words.dropFirst(count))]
      {
        guard let (number, unit) = quantity(dose.joined(separator: " ")),
          !name.contains(where: { quantity($0) != nil }), name.contains(where: { $0.contains(where: \.isLetter) })
        else { continue }
        return Drug(name: name.joined(separator: " "), dose: number, unit: unit)
      }
    }
    return nil
  }

  /// A number as it is written, and a molar unit.
  private static func quantity(_ text: String) -> (number: String, unit: String)? {
    guard let last = text.lastIndex(where: { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }) else {
      return nil
    }
    let (number, unit) = (String(text[...last]), ConcentrationUnit(String(text[text.index(after: last)...])))
    let bytes = Array(number.utf8)
    let isDose = [NumberReading(), NumberReading(decimal: UInt8(ascii: ","))].contains { reading in
      reading.number(in: bytes, 0..<bytes.count).map { $0 >= 0 } ?? false
    }
    return unit.molar != nil && isDose ? (number, unit.symbol) : nil
  }
}
