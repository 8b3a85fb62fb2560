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
  /// The response's columns: more than one where replicates stand side by side.
  var responses: [Int]
  /// The first of them.
  var response: Int { responses[0] }
  var responseWord: ColumnRole.ResponseWord
  /// Columns that also had a role that another column was taken for.
  var unread: [(name: String, read: String)] = []
  /// Columns whose name says nothing that is needed.
  var others: [Int] = []

  /// The number of needed columns that a header has; tells which separator a file uses.
  static func score(_ names: [String]) -> Int {
    names.reduce(0) {
      $0 + (ColumnRole(columnName: $1) == nil && ColumnRole.endingInUnit($1) == nil ? 0 : 1)
    }
  }

  /// Finds the columns.
  ///
  /// - Throws: `notADoseMatrix` saying what is missing.
  init(names: [String], line: Int) throws(PlateReadingError) {
    var found: [ColumnRole: Int] = [:]
    var responses: [(column: Int, word: ColumnRole.ResponseWord)] = []
    var unread: [(name: String, read: String)] = []
    var replicates: [(column: Int, word: ColumnRole.ResponseWord, stem: String)] = []
    var others: [Int] = []
    for (column, name) in names.enumerated() {
      if let (word, stem) = ColumnRole.replicate(name) { replicates.append((column, word, stem)) }
      guard let role = ColumnRole(columnName: name) ?? ColumnRole.endingInUnit(name)?.role else {
        others.append(column)
        continue
      }
      if case .dose = role, ColumnRole.isLogarithm(name) { throw .logarithms(line: line, column: name) }
      if case .response(let word) = role {
        responses.append((column, word))
      } else if let first = found[role] {
        unread.append((name, names[first]))
      } else {
        found[role] = column
      }
    }
    // Inhibition or viability by name say more than `response` does.
    var response = responses.first { $0.word == .inhibition || $0.word == .viability } ?? responses.first
    if response == nil, let first = replicates.first { response = (first.column, first.word) }
    let stem = response.flatMap { chosen in replicates.first { $0.column == chosen.column }?.stem }
    let sideBySide = replicates.filter { $0.stem == stem }.map(\.column)
    var drugs: [Drug] = []
    while let dose = found[.dose(drugs.count + 1)] {
      let number = drugs.count + 1
      drugs.append(
        Drug(
          name: found[.drug(number)], dose: dose, unit: found[.unit(number)] ?? found[.unit(nil)],
          unitInHeader: ColumnRole.unit(inColumnName: names[dose]) ?? ColumnRole.endingInUnit(names[dose])?.unit))
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
    for other in responses where other.column != response.column && !sideBySide.contains(other.column) {
      unread.append((names[other.column], names[response.column]))
    }
    self.names = names
    self.block = found[.block]
    self.sample = found[.sample]
    self.drugs = drugs
    self.responses = sideBySide.isEmpty ? [response.column] : sideBySide
    self.others = others.filter { !sideBySide.contains($0) }
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
