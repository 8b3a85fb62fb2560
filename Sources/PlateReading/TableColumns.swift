import Assay

/// Which columns of a long table hold what.
struct TableColumns {
  /// One drug's columns.
  struct Drug: Hashable {
    var name: Int?
    var dose: Int
    var unit: Int?
    /// The unit that the dose column's own name states.
    var unitInHeader: ConcentrationUnit?
  }

  /// The header's names without empty ones at the end.
  var names: [String]
  var block: Int?
  var sample: Int?
  var drugs: [Drug]
  var response: Int
  var responseWord: ColumnRole.ResponseWord
  /// Columns that also had a role that another column was taken for.
  var unread: [(name: String, read: String)] = []

  /// The number of needed columns that a header has; tells which separator a file uses.
  static func score(_ names: [String]) -> Int {
    names.reduce(0) { $0 + (ColumnRole(columnName: $1) == nil ? 0 : 1) }
  }

  /// Finds the columns.
  ///
  /// - Throws: `notADoseMatrix` saying what is missing.
  init(names: [String], line: Int) throws(PlateReadingError) {
    var found: [ColumnRole: Int] = [:]
    var responses: [(column: Int, word: ColumnRole.ResponseWord)] = []
    var unread: [(name: String, read: String)] = []
    for (column, name) in names.enumerated() {
      guard let role = ColumnRole(columnName: name) else { continue }
      if case .response(let word) = role {
        responses.append((column, word))
      } else if let first = found[role] {
        unread.append((name, names[first]))
      } else {
        found[role] = column
      }
    }
    // Inhibition or viability by name say more than `response` does.
    let response = responses.first { $0.word == .inhibition || $0.word == .viability } ?? responses.first
    var drugs: [Drug] = []
    while let dose = found[.dose(drugs.count + 1)] {
      let number = drugs.count + 1
      drugs.append(
        Drug(
          name: found[.drug(number)], dose: dose, unit: found[.unit(number)] ?? found[.unit(nil)],
          unitInHeader: ColumnRole.unit(inColumnName: names[dose])))
    }
    let named = drugs.count { $0.name != nil }
    let namesAreMissing = named > 0 && named < drugs.count
    guard let response, drugs.count >= 2, !namesAreMissing else {
      var missing: [String] = []
      for number in 1...2 where drugs.count < number { missing.append("the dose of drug \(number) (conc\(number))") }
      if namesAreMissing {
        for number in drugs.indices where drugs[number].name == nil {
          missing.append("the name of drug \(number + 1) (drug\(number + 1))")
        }
      }
      if response == nil { missing.append("the measured response (response, inhibition or viability)") }
      throw .notADoseMatrix(line: line, columns: names, missing: missing)
    }
    for other in responses where other.column != response.column {
      unread.append((names[other.column], names[response.column]))
    }
    self.names = names
    self.block = found[.block]
    self.sample = found[.sample]
    self.drugs = drugs
    self.response = response.column
    self.responseWord = response.word
    self.unread = unread
  }

  /// The format in words.
  var format: String {
    let folded = names.map(ColumnRole.fold)
    if drugs.contains(where: { $0.name == nil }) { return "long table of doses and effects (Python synergy)" }
    if folded.contains("rowconcs") { return "NCATS long table" }
    if folded.contains("drugrow"), folded.contains("inhibition") { return "DrugComb table" }
    return "SynergyFinder table"
  }
}
